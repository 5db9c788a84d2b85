package text

import (
	"context"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
)

// Take puts paragraphs of other texts behind those of a text: each as the language that it was written in says it, with the
// translations of just that. They are paragraphs of their own from then on.
func Take(ctx context.Context, tx *database.Tx, textID string, paragraphs []Paragraph, personID string) error {
	t, err := lock(ctx, tx, textID)
	if err != nil {
		return err
	}
	w := writer{tx, t.ID, t.Version + 1, personID}
	for i, p := range paragraphs {
		if err := w.take(ctx, p, len(t.Paragraphs)+i); err != nil {
			return err
		}
	}
	return w.finish(ctx)
}

// take adds one paragraph with all its languages that are up to date.
func (w writer) take(ctx context.Context, p Paragraph, position int) error {
	id := database.NewID()
	_, err := w.tx.Exec(ctx, `insert into text_paragraphs (id, text_id, position, kind, meaning, origin, added)
		values ($1, $2, $3, $4, 1, $5, $6)`, id, w.textID, position, string(p.Kind), string(p.Origin), w.version)
	if err != nil {
		return err
	}
	return w.say(ctx, Paragraph{ID: id, Versions: map[locale.Language]Revision{}}, p, 1)
}

// say appends what another paragraph says, or what this one said once, under a new meaning: first its origin, then what is
// up to date with that.
func (w writer) say(ctx context.Context, to, from Paragraph, meaning int) error {
	number := to.Versions[from.Origin].Number + 1
	err := w.append(ctx, to.ID, Revision{Language: from.Origin, Number: number, Meaning: meaning, Body: from.Versions[from.Origin].Body, How: Written})
	if err != nil {
		return err
	}
	for _, l := range locale.All {
		r := from.Versions[l]
		if l == from.Origin || from.State(l) == Missing || from.State(l) == OutOfDate {
			continue
		}
		said := Revision{Language: l, Number: to.Versions[l].Number + 1, Meaning: meaning, Body: r.Body, How: r.How, FromLanguage: from.Origin, FromRevision: number}
		if r.How == Written {
			said.How = Checked
		}
		if err := w.append(ctx, to.ID, said); err != nil {
			return err
		}
	}
	return nil
}
