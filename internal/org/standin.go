package org

import (
	"context"
	"slices"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// StandInLife is how long somebody can be away at a time.
const StandInLife = 366 * 24 * time.Hour

// StandIn acts for somebody who is away: they may do what only that person could, on these days, both included.
type StandIn struct {
	PersonID        string
	Name            text.Text
	FromOn, UntilOn string // YYYY-MM-DD
}

// On tells whether somebody stands in on a day.
func (s StandIn) On(day string) bool { return s.PersonID != "" && s.FromOn <= day && day <= s.UntilOn }

// Absence is who stands in for somebody, and who could.
type Absence struct {
	PersonID   string
	Name       text.Text
	StandIn    StandIn // zero for nobody
	Candidates []Colleague
}

// Absence is for those themselves and for who administers all units of theirs.
func (s *Store) Absence(ctx context.Context, a access.Actor, personID string) (away Absence, err error) {
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		p, err := absent(ctx, tx, a, personID)
		if err != nil {
			return err
		}
		away = Absence{PersonID: personID, Name: p.Name, StandIn: p.StandIn}
		away.Candidates, err = substitutes(ctx, tx, personID)
		return err
	})
	return away, err
}

// absent finds somebody for whom the actor may name a stand-in.
func absent(ctx context.Context, tx *database.Tx, a access.Actor, personID string) (PersonFile, error) {
	if err := access.Check(a, access.SeePerson, access.SeePerson, access.Case{Person: personID}); err != nil {
		return PersonFile{}, err
	}
	p, err := personFile(ctx, tx, a, personID)
	if err == nil && !p.MayNameStandIn {
		err = problem.Forbid()
	}
	return p, err
}

// mayNameStandIn: oneself, and who administers every unit that the person belongs to: a stand-in acts for them in all.
func mayNameStandIn(a access.Actor, p PersonFile) bool {
	c := access.Case{Person: p.PersonID}
	for _, h := range p.Held {
		c.Units = append(c.Units, h.what.Units...)
	}
	return len(p.Held) > 0 && access.Can(a, access.NameStandIn, c)
}

// sameSociety are the other members of a society that a person, $1, belongs to.
const sameSociety = `m.ended_at is null and u.archived_at is null and p.left_at is null and p.id <> $1 and u.society_id in (select x.society_id
	from memberships o join units x on x.id = o.unit_id where o.person_id = $1 and o.ended_at is null)`

func substitutes(ctx context.Context, tx *database.Tx, personID string) (list []Colleague, err error) {
	rows, err := colleagues(ctx, tx, sameSociety+` order by top.depth, u.id, m.id limit $2`, []any{personID, PeopleLimit})
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, r := range rows {
		ids = append(append(ids, r.name), r.u.texts()...)
	}
	texts, err := text.Load(ctx, tx, ids...)
	for _, r := range rows {
		if !slices.ContainsFunc(list, func(c Colleague) bool { return c.PersonID == r.c.PersonID }) {
			list = append(list, r.colleague(texts))
		}
	}
	return list, err
}

// NameStandIn names who acts for somebody while they are away. It takes the place of whoever was named before. Nobody names
// themselves for another: that would be a right that they gave to themselves.
func (s *Store) NameStandIn(ctx context.Context, a access.Actor, personID string, d StandIn) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		if _, err := absent(ctx, tx, a, personID); err != nil {
			return err
		}
		if err := d.check(tx.Now); err != nil {
			return err
		}
		if d.PersonID == a.PersonID {
			return wrong("stand-in", "people.problem.raise")
		}
		may, err := exists(ctx, tx, `select count(*) from memberships m join units u on u.id = m.unit_id join people p on p.id = m.person_id
			where p.id = $2 and `+sameSociety, personID, d.PersonID)
		if err != nil {
			return err
		}
		if !may {
			return wrong("stand-in", "people.stand-in.problem.who")
		}
		if err := endStandIn(ctx, tx, personID); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `insert into stand_ins (person_id, stand_in_id, from_on, until_on) values ($1, $2, $3, $4)`, personID, d.PersonID, d.FromOn, d.UntilOn)
		if err == nil {
			err = moveRights(ctx, tx, d.PersonID)
		}
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, a.PersonID, "name stand-in", "person:"+personID,
			audit.Details{"stand-in": d.PersonID, "from": d.FromOn, "until": d.UntilOn})
	})
}

// check looks at the days. Content is dated by UTC, here and where a session is read.
func (d StandIn) check(now time.Time) error {
	var c problem.Check
	c.That(d.PersonID != "", "stand-in", "error.choice")
	from := c.That(isDay(d.FromOn), "from", "error.required")
	until := c.That(isDay(d.UntilOn), "until", "error.required")
	if from && until {
		c.That(d.UntilOn >= d.FromOn, "until", "people.stand-in.problem.order")
		c.That(d.UntilOn >= day(now), "until", "people.stand-in.problem.past")
		c.That(d.UntilOn <= day(now.Add(StandInLife)), "until", "people.stand-in.problem.long")
	}
	return c.Err()
}

func day(now time.Time) string { return now.UTC().Format(time.DateOnly) }

// EndStandIn takes it back at once.
func (s *Store) EndStandIn(ctx context.Context, a access.Actor, personID string) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		if _, err := absent(ctx, tx, a, personID); err != nil {
			return err
		}
		if err := endStandIn(ctx, tx, personID); err != nil {
			return err
		}
		return audit.Record(ctx, tx, a.PersonID, "end stand-in", "person:"+personID, nil)
	})
}

func endStandIn(ctx context.Context, tx *database.Tx, personID string) error {
	var before string
	err := tx.Row(ctx, `delete from stand_ins where person_id = $1 returning stand_in_id`, personID).Scan(&before)
	if database.IsNone(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return moveRights(ctx, tx, before)
}

// dropStandIns ends what a person stood in for, and who stood in for them, where the two are of one society no more.
func dropStandIns(ctx context.Context, tx *database.Tx, personID string) error {
	_, err := tx.Exec(ctx, `delete from stand_ins where (person_id = $1 or stand_in_id = $1) and not exists (select 1
		from memberships m join units u on u.id = m.unit_id join units v on v.society_id = u.society_id join memberships o on o.unit_id = v.id
		where m.person_id = stand_ins.person_id and m.ended_at is null and o.person_id = stand_ins.stand_in_id and o.ended_at is null)`, personID)
	return err
}

// standInOf is who is named for somebody, until the last day is over.
func standInOf(ctx context.Context, tx *database.Tx, personID string) (s StandIn, name string, err error) {
	err = tx.Row(ctx, `select a.stand_in_id, p.name_id, a.from_on, a.until_on from stand_ins a join people p on p.id = a.stand_in_id
		where a.person_id = $1 and a.until_on >= $2`, personID, day(tx.Now)).Scan(&s.PersonID, &name, &s.FromOn, &s.UntilOn)
	if database.IsNone(err) {
		return StandIn{}, "", nil
	}
	return s, name, err
}

// StandInIn is who stands in for somebody today; nobody asks who is asking. It is "" for nobody.
func (s *Store) StandInIn(ctx context.Context, tx *database.Tx, personID string) (string, error) {
	who, _, err := standInOf(ctx, tx, personID)
	if !who.On(day(tx.Now)) {
		return "", err
	}
	return who.PersonID, err
}
