package lesson

import (
	"context"
	"slices"
	"strconv"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/text"
)

// Filter narrows a list; its zero value is everything that the actor may see.
type Filter struct {
	PartnershipID string
	State         State
	Topic         string
	After         string // ID of the last one already shown
	Limit         int    // at most PageSize, which it is where nothing is said
}

// PageSize is the length of one page of a list.
const PageSize = 50

// Listed is a lesson in a list: of its texts, the title and the summary.
type Listed struct {
	Lesson
	Society  text.Text     // its short name
	Coverage text.Coverage // where each language of the whole lesson stands
}

// List gives lessons, the newest first, and tells whether there are more. Four statements, however many lessons there are.
func (s *Store) List(ctx context.Context, a access.Actor, f Filter) (list []Listed, more bool, err error) {
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		list, more, err = s.ListIn(ctx, tx, a, f)
		return err
	})
	return list, more, err
}

// ListIn is List within a transaction.
func (s *Store) ListIn(ctx context.Context, tx *database.Tx, a access.Actor, f Filter) ([]Listed, bool, error) {
	seen, err := access.Partnerships(ctx, tx, a)
	if err != nil {
		return nil, false, err
	}
	if f.Limit <= 0 || f.Limit > PageSize {
		f.Limit = PageSize
	}
	list, err := f.rows(ctx, tx, a, seen)
	if err != nil || len(list) == 0 {
		return nil, false, err
	}
	more := len(list) > f.Limit
	list = list[:min(len(list), f.Limit)]
	return list, more, words(ctx, tx, list)
}

func (f Filter) rows(ctx context.Context, tx *database.Tx, a access.Actor, seen access.Seen) ([]Listed, error) {
	var args database.Args
	newest := ` order by created_at desc, id desc limit ` + strconv.Itoa(f.Limit+1)
	here := seen.Each("partnership_id", &args, func(here string) string {
		return `select * from lessons where ` + here + ` and ` + access.SeesDraftsSQL(a, "lessons.partnership_id", "lessons.society_id", "state", &args) + f.narrowed(&args) + newest
	})
	return database.All(ctx, tx, func(row database.Scanner) (l Listed, err error) {
		l.Lesson, err = readWith(row, &l.Society.ID)
		return l, err
	}, `select `+columns+`, u.short_name_id from (select * from (`+here+`) n`+newest+`) l join units u on u.id = l.society_id
		order by l.created_at desc, l.id desc`, args...)
}

// narrowed are the filter's conditions. Topics are few and short, and a partnership's lessons are in order: `like` reads no
// further than the page is long, or to the end of one partnership.
func (f Filter) narrowed(args *database.Args) (where string) {
	if f.PartnershipID != "" {
		where += ` and partnership_id = ` + args.Add(f.PartnershipID)
	}
	if f.State != "" {
		where += ` and state = ` + args.Add(string(f.State))
	}
	switch {
	case f.Topic == "":
	case !slices.Contains(Topics, f.Topic):
		where += ` and 1 = 0`
	default:
		where += ` and ',' || topics || ',' like ` + args.Add("%,"+f.Topic+",%")
	}
	if f.After != "" {
		where += ` and (created_at, id) < (select x.created_at, x.id from lessons x where x.id = ` + args.Add(f.After) + `)`
	}
	return where
}

// words reads what a list says: titles, summaries, societies, and how far each lesson is translated.
func words(ctx context.Context, tx *database.Tx, list []Listed) error {
	ids := make([]string, len(list))
	var wanted []string
	for i, l := range list {
		ids[i] = l.ID
		wanted = append(wanted, l.Texts[Title].ID, l.Texts[Summary].ID, l.Society.ID)
	}
	texts, err := text.Load(ctx, tx, wanted...)
	if err != nil {
		return err
	}
	covered, err := coverage(ctx, tx, ids)
	for i := range list {
		list[i].say(texts)
		list[i].Society, list[i].Coverage = texts[list[i].Society.ID], covered[list[i].ID]
	}
	return err
}
