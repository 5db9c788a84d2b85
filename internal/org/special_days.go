package org

import (
	"context"
	"slices"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// The years whose days can be entered: governments publish their lists a year ahead or two.
const (
	FirstSpecialYear  = 2020
	SpecialYearsAhead = 3 // after this one
)

// SpecialDayDraft is a day as its form was sent: its name in every language that it was given in. Who fills the form in has all of
// them before their eyes, so all count as checked.
type SpecialDayDraft struct {
	Country string
	On      string // YYYY-MM-DD
	Kind    calendar.Kind
	Writes  locale.Language // that the name was thought of in
	Names   map[locale.Language]string
}

// check looks at the form. Its name fields are called name-be, name-ru, …
func (d SpecialDayDraft) check(now time.Time) error {
	var c problem.Check
	c.That(slices.Contains(Countries, d.Country), "country", "error.choice")
	if c.That(isDay(d.On), "day", "error.day") {
		first, last := SpecialSpan(now)
		c.That(d.On >= first && d.On <= last, "day", "admin.holidays.problem.years", problem.Values{"First": FirstSpecialYear, "Last": now.Year() + SpecialYearsAhead})
	}
	c.That(d.Kind == calendar.Off || d.Kind == calendar.Working, "kind", "error.choice")
	checkNames(&c, "name", text.Text{}, d.Names, d.Writes)
	return c.Err()
}

// SpecialSpan is the first and the last day that can be entered.
func SpecialSpan(now time.Time) (first, last string) {
	return time.Date(FirstSpecialYear, time.January, 1, 0, 0, 0, 0, time.UTC).Format(time.DateOnly),
		time.Date(now.Year()+SpecialYearsAhead, time.December, 31, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

// AddSpecialDay enters a day that is other than the calendar's rules say. A day has one entry per country. Only who looks after the
// installation may; for anybody else there is no such thing to do.
func (s *Store) AddSpecialDay(ctx context.Context, a access.Actor, d SpecialDayDraft) error {
	if err := access.Check(a, access.RunSite, access.RunSite, access.Case{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *database.Tx) error {
		if err := d.check(tx.Now); err != nil {
			return err
		}
		name, err := text.NewTranslated(ctx, tx, UnitChange{Writes: d.Writes}.first(d.Names), a.PersonID)
		if err != nil {
			return err
		}
		id := database.NewID()
		_, err = tx.Exec(ctx, `insert into special_days (id, country, day_on, kind, name_id, created_by_id, created_at)
			values ($1, $2, $3, $4, $5, $6, $7)`, id, d.Country, d.On, string(d.Kind), name, a.PersonID, tx.Now)
		if database.IsDuplicate(err) {
			var c problem.Check
			c.Add("day", "admin.holidays.problem.twice")
			return c.Err()
		}
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, a.PersonID, "add special day", "special-day:"+id, audit.Details{"country": d.Country, "on": d.On, "kind": string(d.Kind)})
	})
}

// RemoveSpecialDay lets the rules hold again. It gives the day that was entered; its name is gone.
func (s *Store) RemoveSpecialDay(ctx context.Context, a access.Actor, id string) (d calendar.SpecialDay, err error) {
	if err := access.Check(a, access.RunSite, access.RunSite, access.Case{}); err != nil {
		return d, err
	}
	err = s.db.Write(ctx, func(tx *database.Tx) error {
		d = calendar.SpecialDay{ID: id}
		var name string
		err := tx.Row(ctx, `delete from special_days where id = $1 returning country, day_on, kind, name_id`, id).Scan(&d.Country, &d.On, &d.Kind, &name)
		if database.IsNone(err) {
			return problem.Missing()
		}
		if err != nil {
			return err
		}
		if err := text.ForgetIn(ctx, tx, name); err != nil {
			return err
		}
		return audit.Record(ctx, tx, a.PersonID, "remove special day", "special-day:"+id, audit.Details{"country": d.Country, "on": d.On, "kind": string(d.Kind)})
	})
	return d, err
}

// Days of all countries that societies are in, with what was entered for those from one day to another (YYYY-MM-DD). It is no
// secret of anybody's, so nobody is asked.
func (s *Store) Days(ctx context.Context, from, until string) (days calendar.Days, err error) {
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		special, err := specialDays(ctx, tx, from, until)
		days = calendar.NewDays(special)
		return err
	})
	return days, err
}

func specialDays(ctx context.Context, tx *database.Tx, from, until string) ([]calendar.SpecialDay, error) {
	var texts text.Batch
	list, err := SpecialDaysWith(ctx, tx, &texts, from, until)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list, texts.Load(ctx, tx)
}

// SpecialDaysWith is what was entered for the days from one to another, at most one for every day and country, for a page that reads
// the texts of several features at once: their names are there after texts.Load, and only then calendar.NewDays may have them.
func SpecialDaysWith(ctx context.Context, tx *database.Tx, texts *text.Batch, from, until string) ([]calendar.SpecialDay, error) {
	var names []string
	list, err := database.All(ctx, tx, func(row database.Scanner) (d calendar.SpecialDay, err error) {
		var name string
		err = row.Scan(&d.ID, &d.Country, &d.On, &d.Kind, &name)
		names = append(names, name)
		return d, err
	}, `select id, country, day_on, kind, name_id from special_days where day_on between $1 and $2 order by day_on, country`, from, until)
	for i := range list {
		texts.Want(names[i], &list[i].Name)
	}
	return list, err
}
