package text

import (
	"context"
	"slices"

	"example.org/tandem/internal/database"
)

// Back makes a whole text say again what it said at an earlier version, as one version more. A paragraph whose meaning has
// moved on since gets its wording of then with the translations of then; one that still means the same keeps the translations
// that were made since. What came since is taken out, what was taken out comes again as a new paragraph.
func Back(ctx context.Context, tx *database.Tx, textID string, version int, personID string) error {
	now, err := lock(ctx, tx, textID)
	if err != nil || version >= now.Version {
		return err
	}
	texts, err := Then(ctx, tx, map[string]int{textID: version})
	if err != nil {
		return err
	}
	w := writer{tx, textID, now.Version + 1, personID}
	changed, err := w.back(ctx, now, texts[textID])
	if err != nil || !changed {
		return err
	}
	return w.finish(ctx)
}

func (w writer) back(ctx context.Context, now, then Text) (changed bool, err error) {
	for _, p := range now.Paragraphs {
		if !slices.ContainsFunc(then.Paragraphs, func(old Paragraph) bool { return old.ID == p.ID }) {
			changed = true
			if err := w.remove(ctx, p); err != nil {
				return false, err
			}
		}
	}
	all, err := everyPlace(ctx, w.tx, w.textID)
	for _, old := range then.Paragraphs {
		if err != nil {
			break
		}
		i := slices.IndexFunc(now.Paragraphs, func(p Paragraph) bool { return p.ID == old.ID })
		if i < 0 {
			at := slices.IndexFunc(all, func(p place) bool { return p.paragraph == old.ID })
			changed, err = true, w.take(ctx, old, all[at].position)
		} else if p := now.Paragraphs[i]; !p.says(old) {
			changed, err = true, w.recall(ctx, p, old)
		}
	}
	return changed, err
}

// says tells whether a paragraph still says what it said once: in the words of the language that was its origin then.
func (p Paragraph) says(old Paragraph) bool {
	return p.Kind == old.Kind && p.Meaning == old.Meaning && p.Versions[old.Origin].Body == old.Versions[old.Origin].Body
}

// recall says again what a paragraph said. Where only the wording had changed, that is all that changes back.
func (w writer) recall(ctx context.Context, p, old Paragraph) error {
	meaning := p.Meaning
	if p.Meaning == old.Meaning {
		v := p.Versions[old.Origin]
		err := w.append(ctx, p.ID, Revision{Language: old.Origin, Number: v.Number + 1, Meaning: meaning, Body: old.Versions[old.Origin].Body, How: Written})
		if err != nil {
			return err
		}
	} else {
		meaning++
		if err := w.say(ctx, p, old, meaning); err != nil {
			return err
		}
	}
	_, err := w.tx.Exec(ctx, `update text_paragraphs set kind = $1, kinds = kinds || $2, meaning = $3, origin = $4 where id = $5`,
		string(old.Kind), w.before(p.Kind, old.Kind), meaning, string(old.Origin), p.ID)
	return err
}
