package org

import (
	"context"
	"slices"
	"strings"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
)

// rename writes a name in several languages at once. In the language that the others follow it is authoring; the others
// are translations that whoever sees all of them has checked. So an old translation does not stay behind.
func rename(ctx context.Context, tx *database.Tx, old text.Text, names map[locale.Language]string, by string) error {
	if old.Empty() {
		return nil
	}
	origin := old.Paragraphs[0].Origin
	_, err := text.Save(ctx, tx, text.Edit{TextID: old.ID, Base: old.Version, Language: origin, Body: oneLine(names[origin]), PersonID: by})
	if err != nil {
		return err
	}
	now, err := text.One(ctx, tx, old.ID)
	if err != nil {
		return err
	}
	p := now.Paragraphs[0]
	for _, l := range locale.All {
		name := oneLine(names[l])
		if l == origin || name == "" || name == p.Versions[l].Body && p.State(l) == text.Good {
			continue
		}
		err := text.Translate(ctx, tx, text.Translation{TextID: old.ID, Paragraph: p.ID, Language: l, Base: p.Versions[l].Number, Body: name,
			FromLanguage: origin, FromRevision: p.Versions[origin].Number, By: text.Checked, PersonID: by})
		if err != nil {
			return err
		}
	}
	return nil
}

// oneLine keeps a name from becoming two paragraphs.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func containsOther(list []locale.Language) bool {
	return slices.ContainsFunc(list, func(l locale.Language) bool { return !isLanguage(l) })
}
