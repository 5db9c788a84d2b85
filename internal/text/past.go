package text

import (
	"context"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
)

// Past is all that some paragraphs ever said, by their IDs: each language's revisions, oldest first.
type Past map[string][]Revision

// PastOf reads it in one statement, however many paragraphs.
func PastOf(ctx context.Context, tx *database.Tx, paragraphs ...string) (Past, error) {
	past := Past{}
	if len(paragraphs) == 0 {
		return past, nil
	}
	var args database.Args
	_, err := database.All(ctx, tx, func(s database.Scanner) (none struct{}, err error) {
		var paragraph string
		var r Revision
		err = s.Scan(&paragraph, &r.Language, &r.Number, &r.Meaning, &r.Body, &r.How, &r.FromLanguage, &r.FromRevision, &r.PersonID, &r.At)
		past[paragraph] = append(past[paragraph], r)
		return none, err
	}, `select paragraph_id, language, revision, meaning, body, how, from_language, from_revision, person_id, at
		from text_revisions where paragraph_id in `+args.In(distinct(paragraphs))+` order by paragraph_id, language, revision`, args...)
	return past, err
}

// Revision is one of a paragraph's, if it is there.
func (past Past) Revision(paragraph string, l locale.Language, number int) (Revision, bool) {
	for _, r := range past[paragraph] {
		if r.Language == l && r.Number == number {
			return r, true
		}
	}
	return Revision{}, false
}

// Basis is what a language said when a version of the paragraph was right: the revision it was made from or, where it was made
// from another language, the last one of that meaning. A language that came later has none.
func (past Past) Basis(paragraph string, version Revision, from locale.Language) (basis Revision, there bool) {
	if version.FromLanguage == from {
		return past.Revision(paragraph, from, version.FromRevision)
	}
	for _, r := range past[paragraph] {
		if r.Language == from && r.Meaning <= version.Meaning {
			basis, there = r, true
		}
	}
	return basis, there
}
