package lesson

import (
	"context"
	"database/sql"
	"strconv"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/text"
)

// Told is a lesson as a page tells of it that is not its own.
type Told struct {
	ID          string
	State       State
	Title       text.Text
	Summary     text.Text // of published ones only
	SocietyID   string
	Society     text.Text // its short name
	SharedAt    time.Time // zero for a draft
	PublishedAt time.Time // zero until then
	CreatedAt   time.Time
}

// On is when people could first read it, or when a draft was begun.
func (t Told) On() time.Time {
	if t.SharedAt.IsZero() {
		return t.CreatedAt
	}
	return t.SharedAt
}

const toldColumns = `l.id, l.state, l.title_id, l.summary_id, l.society_id, l.shared_at, l.published_at, l.created_at`

// SharedWith are the lessons of others that were shared since a time, the latest first. Their texts are there after texts.Load.
func (s *Store) SharedWith(ctx context.Context, tx *database.Tx, texts *text.Batch, a access.Actor, seen access.Seen, since time.Time, limit int) ([]Told, error) {
	var args database.Args
	at, me := args.Add(since), args.Add(a.PersonID)
	return told(ctx, tx, texts, seen.Each("l.partnership_id", &args, func(here string) string {
		return `select ` + toldColumns + ` from lessons l where ` + here + ` and l.state <> 'draft' and l.shared_at > ` + at + `
			and l.created_by_id <> ` + me + ` order by l.shared_at desc, l.id desc limit ` + strconv.Itoa(limit)
	}), `l.shared_at desc`, limit, args)
}

// OfPartnershipWith are the newest lessons of one partnership that the actor sees: drafts of their own society too.
func (s *Store) OfPartnershipWith(ctx context.Context, tx *database.Tx, texts *text.Batch, a access.Actor, partnershipID string, limit int) ([]Told, error) {
	var args database.Args
	here := `l.partnership_id = ` + args.Add(partnershipID) + ` and ` + access.SeesLessonsSQL(a, "l.partnership_id", "l.society_id", "l.state", &args)
	return told(ctx, tx, texts, `select `+toldColumns+` from lessons l where `+here+` order by l.created_at desc, l.id desc limit `+strconv.Itoa(limit),
		`l.created_at desc`, limit, args)
}

// LatestPublished are those that anybody may read, the latest first.
func (s *Store) LatestPublished(ctx context.Context, limit int) (list []Told, err error) {
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		var texts text.Batch
		list, err = told(ctx, tx, &texts, `select `+toldColumns+` from lessons l where l.state = 'published'
			order by l.published_at desc, l.id desc limit `+strconv.Itoa(limit), `l.published_at desc`, limit, nil)
		if err != nil {
			return err
		}
		for i := range list {
			texts.Want(list[i].Summary.ID, &list[i].Summary)
		}
		return texts.Load(ctx, tx)
	})
	return list, err
}

// told reads what a statement finds, with the societies, in one order.
func told(ctx context.Context, tx *database.Tx, texts *text.Batch, lessons, order string, limit int, args database.Args) ([]Told, error) {
	list, err := database.All(ctx, tx, func(row database.Scanner) (t Told, err error) {
		var shared, published sql.NullTime
		err = row.Scan(&t.ID, &t.State, &t.Title.ID, &t.Summary.ID, &t.SocietyID, &shared, &published, &t.CreatedAt, &t.Society.ID)
		t.SharedAt, t.PublishedAt = shared.Time, published.Time
		return t, err
	}, `select l.*, u.short_name_id from (`+lessons+`) l join units u on u.id = l.society_id
		order by `+order+`, l.id desc limit `+strconv.Itoa(limit), args...)
	for i := range list {
		texts.Want(list[i].Title.ID, &list[i].Title)
		texts.Want(list[i].Society.ID, &list[i].Society)
	}
	return list, err
}

// TitlesWith are the titles of those of some lessons that have been shared with somebody, by their IDs; they are there after texts.Load.
func (s *Store) TitlesWith(ctx context.Context, tx *database.Tx, texts *text.Batch, seen access.Seen, ids []string) (map[string]*text.Text, error) {
	var args database.Args
	return texts.Named(ctx, tx, `select id, title_id from lessons where state <> 'draft' and id in `+args.In(ids)+
		` and partnership_id in `+args.In(seen.IDs), args...)
}
