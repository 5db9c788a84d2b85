package conference

import (
	"context"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/text"
)

// TitlesIn are the titles of some conferences, by their IDs: for lists of what came of them. Nobody is asked: who sees
// what came of a conference may know what it was called. Two statements, however many.
func (s *Store) TitlesIn(ctx context.Context, tx *database.Tx, ids ...string) (map[string]text.Text, error) {
	var args database.Args
	type row struct{ id, title string }
	rows, err := database.All(ctx, tx, func(s database.Scanner) (r row, err error) {
		return r, s.Scan(&r.id, &r.title)
	}, `select id, title_id from conferences where id in `+args.In(ids), args...)
	if err != nil {
		return nil, err
	}
	var texts []string
	for _, r := range rows {
		texts = append(texts, r.title)
	}
	all, err := text.Load(ctx, tx, texts...)
	titles := map[string]text.Text{}
	for _, r := range rows {
		titles[r.id] = all[r.title]
	}
	return titles, err
}

// TitlesWith are the titles of those of some conferences that somebody sees, by their IDs; they are there after texts.Load.
func (s *Store) TitlesWith(ctx context.Context, tx *database.Tx, texts *text.Batch, seen access.Seen, ids []string) (map[string]*text.Text, error) {
	var args database.Args
	return texts.Named(ctx, tx, `select id, title_id from conferences where state <> 'draft' and id in `+args.In(ids)+
		` and partnership_id in `+args.In(seen.IDs), args...)
}
