package conference

import (
	"context"
	"slices"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Propose keeps a plan as a draft, or asks everybody which of its two to ten times suit them. It gives the new
// conference's ID.
func (s *Store) Propose(ctx context.Context, a access.Actor, p Plan) (id string, err error) {
	err = s.db.Write(ctx, func(tx *database.Tx) error {
		id, err = s.ProposeIn(ctx, tx, a, p)
		return err
	})
	return id, err
}

// ProposeIn is Propose within a transaction.
func (s *Store) ProposeIn(ctx context.Context, tx *database.Tx, a access.Actor, p Plan) (string, error) {
	if !p.Draft && len(p.Times) == 1 {
		return "", problem.Refuse("conference.problem.one-time")
	}
	return s.plan(ctx, tx, a, p)
}

// plan makes a conference of a plan, and takes it as far as the plan says.
func (s *Store) plan(ctx context.Context, tx *database.Tx, a access.Actor, p Plan) (string, error) {
	d, err := s.decide(ctx, tx, a, p)
	if err != nil {
		return "", err
	}
	id := database.NewID()
	d.Room = d.Room.made(s, id)
	if err := d.insert(ctx, tx, a.PersonID, id); err != nil {
		return "", err
	}
	if err := d.attach(ctx, tx, id); err != nil {
		return "", err
	}
	if err := audit.Record(ctx, tx, a.PersonID, "propose conference", "conference:"+id, nil); err != nil {
		return "", err
	}
	if d.Past {
		return id, d.record(ctx, tx, a, id)
	}
	if d.Draft {
		return id, nil
	}
	return id, d.open(ctx, tx, a, id, 1)
}

// decide asks whether the actor may plan here, and holds the plan to the rules.
func (s *Store) decide(ctx context.Context, tx *database.Tx, a access.Actor, p Plan) (decided, error) {
	units, err := access.PartnershipUnits(ctx, tx, p.PartnershipID)
	if err != nil {
		return decided{}, err
	}
	if err := access.Check(a, access.PlanConference, access.SeePartnership, access.Case{Units: units}); err != nil {
		return decided{}, err
	}
	members, err := s.MembersIn(ctx, tx, p.PartnershipID)
	if err != nil {
		return decided{}, err
	}
	d, err := s.check(p, tx.Now, units, members)
	if err != nil || p.FollowsID == "" {
		return d, err
	}
	before, err := s.FindIn(ctx, tx, a, p.FollowsID)
	if err == nil && before.PartnershipID != p.PartnershipID {
		err = problem.Missing()
	}
	return d, err
}

func (d decided) insert(ctx context.Context, tx *database.Tx, personID, id string) error {
	title, err := text.New(ctx, tx, d.Title, personID)
	if err != nil {
		return err
	}
	purpose, err := text.New(ctx, tx, d.Purpose, personID)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `insert into conferences (id, partnership_id, title_id, purpose_id, state, zone, starts_at, minutes,
		room_url, room_kind, languages, interpretation, moderator_id, minute_taker_id, follows_id, poll_deadline_at, poll_private,
		created_by_id, created_at, changed_at, dial_number, dial_pin)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $19, $20, $21)`,
		id, d.PartnershipID, title, purpose, Draft, d.Zone, d.first(tx.Now), d.Minutes,
		d.Room.URL, d.Room.Kind, locale.JoinList(d.Languages), joinPairs(d.Interpretation),
		null(d.ModeratorID), null(d.MinuteTakerID), null(d.FollowsID), nullTime(d.deadline), d.Private, personID, tx.Now,
		d.Room.Phone.Number, d.Room.Phone.PIN)
	return err
}

// attach writes what a conference has several of. Times are slots until one of them is chosen.
func (d decided) attach(ctx context.Context, tx *database.Tx, id string) error {
	if err := d.host(ctx, tx, id); err != nil {
		return err
	}
	if err := d.ask(ctx, tx, id, d.Participants); err != nil {
		return err
	}
	if !d.Draft && len(d.Times) < MinSlots {
		return nil
	}
	return d.offer(ctx, tx, id)
}

func (d decided) host(ctx context.Context, tx *database.Tx, id string) error {
	for i, unit := range d.Hosts {
		_, err := tx.Exec(ctx, `insert into conference_hosts (conference_id, unit_id, position) values ($1, $2, $3)`, id, unit, i)
		if err != nil {
			return err
		}
	}
	return nil
}

// offer writes the proposed times, in the order in which they come.
func (d decided) offer(ctx context.Context, tx *database.Tx, id string) error {
	order := make([]int, len(d.Times))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return d.times[a].Compare(d.times[b]) })
	for position, i := range order {
		_, err := tx.Exec(ctx, `insert into slots (id, conference_id, starts_local, zone, position) values ($1, $2, $3, $4, $5)`,
			database.NewID(), id, d.Times[i], d.Zone, position)
		if err != nil {
			return err
		}
	}
	return nil
}

// ask puts people on the list of participants, each for their own unit.
func (d decided) ask(ctx context.Context, tx *database.Tx, id string, people []string) error {
	for _, person := range people {
		_, err := tx.Exec(ctx, `insert into participants (conference_id, person_id, unit_id, rsvp) values ($1, $2, $3, $4)`,
			id, person, d.members[person].UnitID, NeedsAction)
		if err != nil {
			return err
		}
	}
	return nil
}

// open takes a draft to its next state: with one time it is scheduled, with several people are asked.
func (d decided) open(ctx context.Context, tx *database.Tx, a access.Actor, id string, version int) error {
	if len(d.Times) == 1 {
		return set(ctx, tx, a, chosen{id: id, local: d.Times[0], zone: d.Zone, at: d.times[0], length: d.Minutes}, d.Participants, 0)
	}
	_, err := tx.Exec(ctx, `update conferences set state = $1 where id = $2`, Poll, id)
	if err != nil {
		return err
	}
	if err := audit.Record(ctx, tx, a.PersonID, "open poll", "conference:"+id, nil); err != nil {
		return err
	}
	if err := d.remindOfPoll(ctx, tx, id); err != nil {
		return err
	}
	return tell(ctx, tx, AskMail, id, version, d.Participants, tx.Now)
}

// first is when the conference may begin at the earliest: lists are in this order.
func (d decided) first(now time.Time) time.Time {
	if len(d.times) == 0 {
		return now
	}
	return slices.MinFunc(d.times, time.Time.Compare)
}

func null(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func nullTime(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
