package minutes

import (
	"context"
	"strconv"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/text"
)

// Unagreed is a conference whose minutes wait for the agreement of one side.
type Unagreed struct {
	ConferenceID string
	Title        text.Text
	StartsAt     time.Time
}

// Waiting are the conferences that are over and whose minutes a side has not agreed to for which the actor may: the one that
// was over first comes first.
func (s *Store) Waiting(ctx context.Context, a access.Actor, limit int) (list []Unagreed, err error) {
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		list, err = s.WaitingIn(ctx, tx, a, limit)
		return err
	})
	return list, err
}

// WaitingIn is Waiting within a transaction: three statements.
func (s *Store) WaitingIn(ctx context.Context, tx *database.Tx, a access.Actor, limit int) ([]Unagreed, error) {
	seen, err := access.Partnerships(ctx, tx, a)
	if err != nil {
		return nil, err
	}
	var texts text.Batch
	list, err := s.WaitingWith(ctx, tx, &texts, a, seen, limit)
	if err != nil {
		return nil, err
	}
	return list, texts.Load(ctx, tx)
}

// WaitingWith is WaitingIn for a page that knows already what the actor sees, and reads the texts of several features at once:
// the titles are there after texts.Load.
func (s *Store) WaitingWith(ctx context.Context, tx *database.Tx, texts *text.Batch, a access.Actor, seen access.Seen, limit int) ([]Unagreed, error) {
	var args database.Args
	waiting := ` and c.state = 'scheduled' and c.agreed_at is null and c.over_at <= ` + args.Add(tx.Now) + ` and exists ` + mySide(a, &args)
	first := ` order by over_at, id limit ` + strconv.Itoa(limit)
	statement := seen.Each("c.partnership_id", &args, func(here string) string {
		return `select c.id, c.title_id, c.starts_at, c.over_at from conferences c where ` + here + waiting + first
	})
	list, err := database.All(ctx, tx, func(s database.Scanner) (u Unagreed, err error) {
		err = s.Scan(&u.ConferenceID, &u.Title.ID, &u.StartsAt)
		u.StartsAt = u.StartsAt.UTC()
		return u, err
	}, `select id, title_id, starts_at from (`+statement+`) n`+first, args...)
	for i := range list {
		texts.Want(list[i].Title.ID, &list[i].Title)
	}
	return list, err
}

// mySide: a host's society that has not agreed, with a unit in the partnership that the actor is a coordinator of.
func mySide(a access.Actor, args *database.Args) string {
	var units []string
	for _, m := range a.Memberships {
		if m.Role.Reaches(access.Coordinator) {
			units = append(units, m.UnitID)
		}
	}
	return `(select 1 from conference_hosts h join units host on host.id = h.unit_id
		join partnership_units pu on pu.partnership_id = c.partnership_id
		join units u on u.id = pu.unit_id and u.society_id = host.society_id
		join unit_ancestors ua on ua.unit_id = u.id and ua.ancestor_id in ` + args.In(units) + `
		where h.conference_id = c.id and not exists (select 1 from minutes_agreements g
			where g.conference_id = c.id and g.society_id = host.society_id and g.voided_at is null))`
}
