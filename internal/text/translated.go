package text

import (
	"context"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
)

// NewTranslated keeps a text that is there in several languages from the start, and gives its ID. The first draft is what was
// written; the others are translations that a person has checked, with as many paragraphs as the first.
func NewTranslated(ctx context.Context, tx *database.Tx, drafts []Draft, personID string) (string, error) {
	if len(drafts) == 0 {
		return New(ctx, tx, Draft{}, personID)
	}
	id, err := New(ctx, tx, drafts[0], personID)
	if err != nil {
		return "", err
	}
	t, err := One(ctx, tx, id)
	if err != nil {
		return "", err
	}
	for _, d := range drafts[1:] {
		if err := t.translate(ctx, tx, d, personID); err != nil {
			return "", err
		}
	}
	return id, nil
}

// translate adds one whole language to a text that has just been written.
func (t Text) translate(ctx context.Context, tx *database.Tx, d Draft, personID string) error {
	blocks := Split(d.Body)
	if len(blocks) != len(t.Paragraphs) {
		return problem.Refuse("text.problem.paragraphs")
	}
	for i, p := range t.Paragraphs {
		err := Translate(ctx, tx, Translation{TextID: t.ID, Paragraph: p.ID, Language: d.Language, Body: blocks[i].Body,
			FromLanguage: p.Origin, FromRevision: p.Versions[p.Origin].Number, By: Checked, PersonID: personID})
		if err != nil {
			return err
		}
	}
	return nil
}
