package decision

import (
	"context"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/text"
)

// Filter narrows a list; its zero value is everything that the actor may see.
type Filter struct {
	Partnership string
	Conference  string
	After       string // ID of the last one already shown
	Limit       int    // at most PageSize, which it is where nothing is said
}

// PageSize is the length of one page of a list.
const PageSize = 50

// List gives decisions, the newest first, and tells whether there are more.
func (s *Store) List(ctx context.Context, a access.Actor, f Filter) (list []Decision, more bool, err error) {
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		list, more, err = s.ListIn(ctx, tx, a, f)
		return err
	})
	return list, more, err
}

// ListIn is List within a transaction.
func (s *Store) ListIn(ctx context.Context, tx *database.Tx, a access.Actor, f Filter) ([]Decision, bool, error) {
	var texts text.Batch
	list, more, err := s.ListWith(ctx, tx, &texts, a, f)
	if err != nil {
		return nil, false, err
	}
	return list, more, texts.Load(ctx, tx)
}

// ListWith is ListIn for a page that reads the texts of several features at once: what was decided is there after texts.Load.
func (s *Store) ListWith(ctx context.Context, tx *database.Tx, texts *text.Batch, a access.Actor, f Filter) ([]Decision, bool, error) {
	limit := f.Limit
	if limit <= 0 || limit > PageSize {
		limit = PageSize
	}
	var args database.Args
	where := `where ` + access.SeesSQL(a, "partnership_id", &args)
	if f.Partnership != "" {
		where += ` and partnership_id = ` + args.Add(f.Partnership)
	}
	if f.Conference != "" {
		where += ` and conference_id = ` + args.Add(f.Conference)
	}
	if f.After != "" {
		where += ` and (decided_on, number, id) < (select x.decided_on, x.number, x.id from decisions x where x.id = ` + args.Add(f.After) + `)`
	}
	list, err := loadWith(ctx, tx, texts, where+` order by decided_on desc, number desc, id desc limit `+args.Add(limit+1), args)
	if err != nil || len(list) <= limit {
		return list, false, err
	}
	return list[:limit], true, nil
}

// GetOfIn are all decisions of one conference in the order of their numbers. Nobody is asked: whoever may see the
// conference may see them.
func (s *Store) GetOfIn(ctx context.Context, tx *database.Tx, conferenceID string) ([]Decision, error) {
	return load(ctx, tx, `where conference_id = $1 order by year, number`, []any{conferenceID})
}
