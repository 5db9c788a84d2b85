package text

import (
	"context"
	"slices"
	"strings"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
)

// Translation is one paragraph put into another language by somebody who had a revision of it before them.
type Translation struct {
	TextID       string
	Paragraph    string
	Language     locale.Language
	Base         int // revision in that language which the translator started from; 0 where there was none
	Body         string
	FromLanguage locale.Language
	FromRevision int
	By           How // Translated, ByMachine or Checked (a person who has checked what they wrote)
	PersonID     string
}

// Translate keeps a translation. It moves no meaning: it takes over that of the revision it was made from. A machine never
// writes over a person, and nobody translates into the language that the others follow: there one edits.
func Translate(ctx context.Context, tx *database.Tx, n Translation) error {
	t, p, err := paragraph(ctx, tx, n.TextID, n.Paragraph)
	if err != nil {
		return err
	}
	before := p.Versions[n.Language]
	switch {
	case p.Origin == n.Language:
		return problem.Refuse("text.problem.origin")
	case before.Number != n.Base:
		return problem.Moved()
	case n.By == ByMachine && before.Number > 0 && before.How != ByMachine:
		return problem.Refuse("text.problem.human")
	}
	body := OneBlock(n.Body)
	if body == "" || len([]rune(body)) > MaxLength {
		return problem.Refuse("text.problem.empty")
	}
	meaning, err := meaningOf(ctx, tx, p.ID, n.FromLanguage, n.FromRevision)
	if err != nil {
		return err
	}
	w := writer{tx, t.ID, t.Version + 1, n.PersonID}
	err = w.append(ctx, p.ID, Revision{Language: n.Language, Number: before.Number + 1, Meaning: meaning, Body: body, How: n.By,
		FromLanguage: n.FromLanguage, FromRevision: n.FromRevision})
	if err != nil {
		return err
	}
	return w.finish(ctx)
}

// Check records that a person has read a translation against its source and stands by it.
func Check(ctx context.Context, tx *database.Tx, textID, paragraphID string, l locale.Language, personID string) error {
	t, p, err := paragraph(ctx, tx, textID, paragraphID)
	if err != nil {
		return err
	}
	switch p.State(l) {
	case Good, Source:
		return nil
	case Missing, OutOfDate:
		return problem.Refuse("text.problem.outdated")
	}
	checked := p.Versions[l]
	checked.Number++
	checked.How = Checked
	w := writer{tx, t.ID, t.Version + 1, personID}
	if err := w.append(ctx, p.ID, checked); err != nil {
		return err
	}
	return w.finish(ctx)
}

// Restore brings back an earlier revision as one more: what was written is written anew, what was translated is a
// translation of what it was made from. In the language that the others follow it is authoring in any case: one language
// always says what holds now.
func Restore(ctx context.Context, tx *database.Tx, textID, paragraphID string, l locale.Language, number int, personID string) error {
	t, p, err := paragraph(ctx, tx, textID, paragraphID)
	if err != nil {
		return err
	}
	r, err := revision(ctx, tx, p.ID, l, number)
	if err != nil {
		return err
	}
	w := writer{tx, t.ID, t.Version + 1, personID}
	if r.How == Written || p.Origin == l {
		err = w.change(ctx, p, Block{p.Kind, r.Body}, l, false)
	} else {
		r.Number = p.Versions[l].Number + 1
		err = w.append(ctx, p.ID, r)
	}
	if err != nil {
		return err
	}
	return w.finish(ctx)
}

func paragraph(ctx context.Context, tx *database.Tx, textID, paragraphID string) (Text, Paragraph, error) {
	t, err := lock(ctx, tx, textID)
	if err != nil {
		return t, Paragraph{}, err
	}
	i := slices.IndexFunc(t.Paragraphs, func(p Paragraph) bool { return p.ID == paragraphID })
	if i < 0 {
		return t, Paragraph{}, problem.Missing()
	}
	return t, t.Paragraphs[i], nil
}

func meaningOf(ctx context.Context, tx *database.Tx, paragraphID string, l locale.Language, number int) (int, error) {
	r, err := revision(ctx, tx, paragraphID, l, number)
	return r.Meaning, err
}

func revision(ctx context.Context, tx *database.Tx, paragraphID string, l locale.Language, number int) (Revision, error) {
	list, err := Revisions(ctx, tx, paragraphID, l)
	if err != nil {
		return Revision{}, err
	}
	for _, r := range list {
		if r.Number == number {
			return r, nil
		}
	}
	return Revision{}, problem.Missing()
}

// Revisions are all that a paragraph ever said in a language, oldest first.
func Revisions(ctx context.Context, tx *database.Tx, paragraphID string, l locale.Language) ([]Revision, error) {
	return database.All(ctx, tx, func(s database.Scanner) (Revision, error) {
		r := Revision{Language: l}
		return r, s.Scan(&r.Number, &r.Meaning, &r.Body, &r.How, &r.FromLanguage, &r.FromRevision, &r.PersonID, &r.At)
	}, `select revision, meaning, body, how, from_language, from_revision, person_id, at
		from text_revisions where paragraph_id = $1 and language = $2 order by revision`, paragraphID, string(l))
}

// OneBlock is what somebody typed as a single paragraph, as the source of a translation is.
func OneBlock(typed string) string {
	var bodies []string
	for _, b := range Split(typed) {
		bodies = append(bodies, b.Body)
	}
	return strings.Join(bodies, "\n")
}
