package work

import (
	"context"
	"unicode"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// MailedNote is a progress note as it came by mail.
type MailedNote struct {
	ActionID string
	From     string                     // who sent it, in lower case
	Body     string                     // what they wrote themselves
	Made     func(personID string) bool // whether the mark in its subject was made for a person
}

// NoteByMailIn keeps a progress note that came by mail as if it had been written on the page: of who has the address that it came
// from and the mark that it bears. From anybody else it is not found.
func (d *Desk) NoteByMailIn(ctx context.Context, tx *database.Tx, m MailedNote) error {
	people, err := org.WithAddressIn(ctx, tx, m.From)
	if err != nil {
		return err
	}
	for _, one := range people {
		if !m.Made(one.PersonID) {
			continue
		}
		a, err := org.ActorIn(ctx, tx, one.PersonID)
		if err != nil {
			return err
		}
		return d.Actions.NoteProgressIn(ctx, tx, a, m.ActionID, text.Draft{Language: writtenIn(m.Body, one.Reads), Body: m.Body})
	}
	return problem.Missing()
}

// writtenIn is the first of somebody's languages that has the letters of a text. In a mail nobody chooses the language.
func writtenIn(body string, languages []locale.Language) locale.Language {
	cyrillic, latin := 0, 0
	for _, letter := range body {
		switch {
		case unicode.Is(unicode.Cyrillic, letter):
			cyrillic++
		case unicode.Is(unicode.Latin, letter):
			latin++
		}
	}
	for _, l := range languages {
		if (l == locale.Belarusian || l == locale.Russian) == (cyrillic > latin) {
			return l
		}
	}
	if cyrillic > latin {
		return locale.Russian
	}
	return locale.English
}
