package action

import (
	"context"
	"strings"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/text"
)

// Whose items a list holds.
type Whose string

const (
	All  Whose = "all"  // of every partnership that the actor sees
	Ours Whose = "ours" // with a part of a unit that the actor belongs to, or of one below it
	Mine Whose = "mine" // with a part that the actor is responsible for
)

// Filter narrows a list; its zero value is everything that the actor may see.
type Filter struct {
	Whose       Whose
	Unfinished  bool // of mine and ours: somebody's part is unfinished; of all: the item is
	Closed      bool // the reverse; the latest due day comes first
	Partnership string
	After       string // Place of the last item already shown
	Limit       int    // at most PageSize, which it is where nothing is said
}

// PageSize is the length of one page of a list.
const PageSize = 50

// List gives items in the order of their due days, and tells whether there are more.
func (s *Store) List(ctx context.Context, a access.Actor, f Filter) (list []Action, more bool, err error) {
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		list, more, err = s.ListIn(ctx, tx, a, f)
		return err
	})
	return list, more, err
}

// ListIn is List within a transaction: three statements, however many items there are.
func (s *Store) ListIn(ctx context.Context, tx *database.Tx, a access.Actor, f Filter) ([]Action, bool, error) {
	var texts text.Batch
	list, more, err := s.ListWith(ctx, tx, &texts, a, f)
	if err != nil || len(list) == 0 {
		return nil, false, err
	}
	return list, more, texts.Load(ctx, tx)
}

// ListWith is ListIn for a page that reads the texts of several features at once: the titles are there after texts.Load.
func (s *Store) ListWith(ctx context.Context, tx *database.Tx, texts *text.Batch, a access.Actor, f Filter) ([]Action, bool, error) {
	if f.Limit <= 0 || f.Limit > PageSize {
		f.Limit = PageSize
	}
	q := query{Filter: f, actor: a}
	if err := q.look(ctx, tx); err != nil {
		return nil, false, err
	}
	list, err := loadWith(ctx, tx, texts, q.text(), q.order(), q.args...)
	if err != nil || len(list) <= f.Limit {
		return list, false, err
	}
	return list[:f.Limit], true, nil
}

// Place is where an item stands in a list: what Filter.After goes on from.
func (a Action) Place() string { return a.DueOn + "." + a.ID }

// MineDue are the items with an unfinished part of the actor's own, the most urgent first.
func (s *Store) MineDue(ctx context.Context, a access.Actor, limit int) ([]Action, error) {
	list, _, err := s.List(ctx, a, Filter{Whose: Mine, Unfinished: true, Limit: limit})
	return list, err
}

// MineDueWith is MineDue for a page that knows already what the actor sees, and reads the texts of several features at once.
func (s *Store) MineDueWith(ctx context.Context, tx *database.Tx, texts *text.Batch, a access.Actor, seen access.Seen, limit int) ([]Action, error) {
	q := query{Filter: Filter{Whose: Mine, Unfinished: true, Limit: limit}, actor: a, partnerships: seen.IDs}
	list, err := loadWith(ctx, tx, texts, q.text(), q.order(), q.args...)
	return list[:min(len(list), limit)], err
}

// ofOneConference is how many items of one conference are read; nobody decides on more in a meeting.
const ofOneConference = 200

// OfConferenceIn are the items that a conference decided on. Nobody asks who is asking.
func (s *Store) OfConferenceIn(ctx context.Context, tx *database.Tx, conferenceID string) ([]Action, error) {
	return load(ctx, tx, `select id from actions where conference_id = $1 order by due_on, id limit $2`, "", conferenceID, ofOneConference)
}

// OpenOfIn are the unfinished items of a conference: those that it decided on, and those that were carried to its agenda.
func (s *Store) OpenOfIn(ctx context.Context, tx *database.Tx, conferenceID string) ([]Action, error) {
	return load(ctx, tx, `select id from actions where closed_at is null and (conference_id = $1 or
		id in (select action_id from agenda_items where conference_id = $1)) order by due_on, id limit $2`, "", conferenceID, ofOneConference)
}

// OpenIn are the unfinished items of a partnership, of whatever conference: what the next agenda begins with.
func (s *Store) OpenIn(ctx context.Context, tx *database.Tx, partnershipID string) ([]Action, error) {
	return load(ctx, tx, `select id from actions where partnership_id = $1 and closed_at is null order by due_on, id limit $2`, "",
		partnershipID, ofOneConference)
}

// after takes a Place apart; what is none is the beginning of the list.
func (f Filter) after() (due, id string, ok bool) { return strings.Cut(f.After, ".") }
