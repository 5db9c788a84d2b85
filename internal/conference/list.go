package conference

import (
	"context"
	"strconv"
	"strings"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
)

// Limits of one page of a list.
const (
	Page    = 20
	MaxPage = 100
)

// Filter narrows a list. The zero value is everything that is coming.
type Filter struct {
	PartnershipID string
	Past          bool // what is over, the latest first; else what is coming, the next first
	Awaiting      bool // only where an answer of the actor's is wanted
	After         string
	Limit         int // 0: Page
}

// Listed is a conference as a list shows it.
type Listed struct {
	ID, PartnershipID string
	Title             text.Text
	State             State
	Zone              string
	StartsAt          time.Time // of a poll or draft, the earliest it may be
	HasTime           bool
	Length            time.Duration
	Room              Room
	Languages         []locale.Language
	Hosts             []string // units
	Slots             int      // proposed times
	Deadline          time.Time
	Mine              RSVP // the actor's own answer; "" for who is not asked
	Awaits            bool // an answer of the actor's is wanted: to the poll or to the invitation
	Series            Occurrence
	Before            time.Time // of an occurrence, when the one before it is; zero: it is the first
}

// List is one page of a list.
type List struct {
	Conferences []Listed
	Next        string // for Filter.After; "" on the last page
}

// List gives the conferences that the actor may see: two statements, however many there are.
func (s *Store) List(ctx context.Context, a access.Actor, f Filter) (list List, err error) {
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		list, err = s.ListIn(ctx, tx, a, f)
		return err
	})
	return list, err
}

// Upcoming gives what comes next of all that the actor may see.
func (s *Store) Upcoming(ctx context.Context, a access.Actor, limit int) ([]Listed, error) {
	list, err := s.List(ctx, a, Filter{Limit: limit})
	return list.Conferences, err
}

// Awaiting gives the polls and invitations that wait for the actor's answer.
func (s *Store) Awaiting(ctx context.Context, a access.Actor, limit int) ([]Listed, error) {
	list, err := s.List(ctx, a, Filter{Awaiting: true, Limit: limit})
	return list.Conferences, err
}

// ListIn is List within a transaction.
func (s *Store) ListIn(ctx context.Context, tx *database.Tx, a access.Actor, f Filter) (List, error) {
	lists, err := s.ListsIn(ctx, tx, a, f)
	if err != nil {
		return List{}, err
	}
	return lists[0], nil
}

// Lists gives several lists at once, in as many statements as one: what is coming and what is over, say.
func (s *Store) Lists(ctx context.Context, a access.Actor, filters ...Filter) (lists []List, err error) {
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		lists, err = s.ListsIn(ctx, tx, a, filters...)
		return err
	})
	return lists, err
}

// ListsIn is Lists within a transaction.
func (s *Store) ListsIn(ctx context.Context, tx *database.Tx, a access.Actor, filters ...Filter) ([]List, error) {
	var texts text.Batch
	lists, err := s.ListsWith(ctx, tx, &texts, a, filters...)
	if err != nil {
		return nil, err
	}
	return lists, texts.Load(ctx, tx)
}

// ListsWith is ListsIn for a page that reads the texts of several features at once: the titles are there after texts.Load.
func (s *Store) ListsWith(ctx context.Context, tx *database.Tx, texts *text.Batch, a access.Actor, filters ...Filter) ([]List, error) {
	var args database.Args
	parts := make([]string, len(filters))
	for i, f := range filters {
		parts[i] = f.query(i, a, tx.Now, &args)
	}
	rows, err := database.All(ctx, tx, func(s database.Scanner) (r listRow, err error) {
		err = r.read(s, tx.Now)
		return r, err
	}, strings.Join(parts, " union all "), args...)
	inOrder(rows, filters)
	lists := make([]List, len(filters))
	for _, r := range rows {
		lists[r.list].add(r, filters[r.list].limit())
	}
	for _, list := range lists {
		for i := range list.Conferences {
			texts.Want(list.Conferences[i].Title.ID, &list.Conferences[i].Title)
		}
	}
	return lists, err
}

// add takes the rows in their order. One more than the limit was asked for: it tells that there is a next page.
func (l *List) add(r listRow, limit int) {
	if len(l.Conferences) == limit {
		l.Next = l.Conferences[limit-1].ID
		return
	}
	l.Conferences = append(l.Conferences, r.Listed)
}

func (f Filter) limit() int {
	if f.Limit <= 0 || f.Limit > MaxPage {
		return Page
	}
	return f.Limit
}

// query is one list as a statement whose rows are in order. Pages are found by the last row of the one before (no offset,
// which reads all that it leaves out).
func (f Filter) query(number int, a access.Actor, now time.Time, args *database.Args) string {
	column, order, beyond := "c.starts_at", "asc", ">"
	at, me := args.Add(now), args.Add(a.PersonID)
	when := "(c.over_at is null or c.over_at > " + at + ")"
	if f.Past {
		column, order, beyond = "c.over_at", "desc", "<"
		when = "c.over_at <= " + at
	}
	where := []string{when, access.SeesSQL(a, "c.partnership_id", args),
		"(c.state <> 'draft' or " + access.PlansSQL(a, "c.partnership_id", args) + ")"}
	if f.PartnershipID != "" {
		where = append(where, "c.partnership_id = "+args.Add(f.PartnershipID))
	}
	if f.Awaiting {
		where = append(where, awaiting(me, at))
	}
	if f.After != "" {
		where = append(where, "("+column+", c.id) "+beyond+" (select "+column+", c.id from conferences c where c.id = "+args.Add(f.After)+")")
	}
	// What a row says besides is looked up for the rows of this page only, not for all that are sorted.
	return `select * from (select ` + strconv.Itoa(number) + ` as list, ` + listColumns + ` from (select c.*
		from conferences c left join participants p on p.conference_id = c.id and p.person_id = ` + me + `
		where ` + strings.Join(where, " and ") + ` order by ` + column + " " + order + ", c.id " + order + `
		limit ` + args.Add(f.limit()+1) + `) c left join participants p on p.conference_id = c.id and p.person_id = ` + me + `) x`
}

// awaiting: a poll in which the person has said nothing, or an invitation without an answer to what has not begun.
func awaiting(me, now string) string {
	return `(c.state = 'poll' and p.person_id is not null and not exists (select 1 from slots s
		join slot_answers sa on sa.slot_id = s.id where s.conference_id = c.id and sa.person_id = ` + me + `)
		or c.state = 'scheduled' and p.rsvp = 'NEEDS-ACTION' and c.closed_at is null and c.starts_at > ` + now + `)`
}

// Plannable are the IDs of the partnerships in which the actor may plan conferences.
func (s *Store) Plannable(ctx context.Context, a access.Actor) (ids []string, err error) {
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		var args database.Args
		ids, err = database.Strings(ctx, tx, `select id from partnerships where `+access.PlansSQL(a, "id", &args)+` order by id`, args...)
		return err
	})
	return ids, err
}
