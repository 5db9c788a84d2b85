package action

import (
	"context"
	"strings"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
)

// Whose items a list holds.
type Whose string

const (
	All  Whose = "all"  // of every partnership that the actor sees
	Ours Whose = "ours" // with a part of one of the actor's units
	Mine Whose = "mine" // with a part that the actor is responsible for
)

// Filter narrows a list; its zero value is everything that the actor may see.
type Filter struct {
	Whose       Whose
	Unfinished  bool
	Closed      bool
	Partnership string
	After       string // ID of the last item already shown
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

// ListIn is List within a transaction.
func (s *Store) ListIn(ctx context.Context, tx *database.Tx, a access.Actor, f Filter) ([]Action, bool, error) {
	limit := f.Limit
	if limit <= 0 || limit > PageSize {
		limit = PageSize
	}
	var args database.Args
	where := f.where(a, &args)
	list, err := load(ctx, tx, where+` order by due_on, id limit `+args.Add(limit+1), args...)
	if err != nil || len(list) <= limit {
		return list, false, err
	}
	return list[:limit], true, nil
}

func (f Filter) where(a access.Actor, args *database.Args) string {
	conditions := []string{access.SeesSQL(a, "partnership_id", args)}
	add := func(condition string) { conditions = append(conditions, condition) }
	switch f.Whose {
	case Mine:
		add(`id in (select action_id from action_parts where person_id = ` + args.Add(a.PersonID) + `)`)
	case Ours:
		var units []string
		for _, m := range a.Memberships {
			units = append(units, m.UnitID)
		}
		add(`id in (select action_id from action_parts where unit_id in ` + args.In(units) + `)`)
	}
	if f.Unfinished {
		add(`closed_at is null`)
	}
	if f.Closed {
		add(`closed_at is not null`)
	}
	if f.Partnership != "" {
		add(`partnership_id = ` + args.Add(f.Partnership))
	}
	if f.After != "" {
		add(`(due_on, id) > (select x.due_on, x.id from actions x where x.id = ` + args.Add(f.After) + `)`)
	}
	return `where ` + strings.Join(conditions, " and ")
}

// MineDue are the unfinished items with a part of the actor's own, the most urgent first.
func (s *Store) MineDue(ctx context.Context, a access.Actor, limit int) ([]Action, error) {
	list, _, err := s.List(ctx, a, Filter{Whose: Mine, Unfinished: true, Limit: limit})
	return list, err
}

// ofOneConference is how many items of one conference are read; nobody decides on more in a meeting.
const ofOneConference = 200

// OfConferenceIn are the items that a conference decided on. Nobody asks who is asking.
func (s *Store) OfConferenceIn(ctx context.Context, tx *database.Tx, conferenceID string) ([]Action, error) {
	return load(ctx, tx, `where conference_id = $1 order by due_on, id limit $2`, conferenceID, ofOneConference)
}

// OpenIn are the unfinished items of a partnership, of whatever conference: what the next agenda begins with.
func (s *Store) OpenIn(ctx context.Context, tx *database.Tx, partnershipID string) ([]Action, error) {
	return load(ctx, tx, `where partnership_id = $1 and closed_at is null order by due_on, id limit $2`, partnershipID, ofOneConference)
}
