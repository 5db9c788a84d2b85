package org

import (
	"context"
	"slices"

	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Level is where in its society a unit stands.
type Level string

const (
	National     Level = "national" // the society itself
	Secretariat  Level = "secretariat"
	Headquarters Level = "headquarters"
	Regional     Level = "regional"
	City         Level = "city"
	District     Level = "district"
	Branch       Level = "branch"
	Primary      Level = "primary"
)

var levels = []Level{National, Secretariat, Headquarters, Regional, City, District, Branch, Primary}

// local are the levels that a twinning joins.
var local = []Level{City, District, Branch, Primary}

// tier is how far from the top of its society a unit works: for the whole country, for a region, in one place.
func (l Level) tier() int {
	switch l {
	case National, Secretariat, Headquarters:
		return 0
	case Regional:
		return 1
	}
	return 2
}

// UnitDraft is a unit before it is there. What is empty of Country, Zone and Languages is as in the unit above.
type UnitDraft struct {
	ParentID  string
	Level     Level
	Country   string // ISO 3166-1 alpha-2: whose holidays
	Zone      string // IANA name
	Languages []locale.Language
	Name      Name
	ShortName Name
	Place     Name // town that it works in or from
	Email     string
	Phone     string
}

func (d UnitDraft) check() error {
	var c problem.Check
	c.That(slices.Contains(levels, d.Level), "level", "error.choice")
	c.That(len(d.Country) == 2, "country", "error.choice")
	c.That(isZone(d.Zone), "zone", "error.choice")
	c.That(len(d.Languages) > 0 && !containsOther(d.Languages), "languages", "error.choice")
	d.Name.check(&c, "name")
	d.ShortName.check(&c, "short-name")
	d.Place.check(&c, "place")
	return c.Err()
}

// AddSocietyIn adds a national society: the root of a tree of units. By is who does it; empty is the program itself.
func (s *Store) AddSocietyIn(ctx context.Context, tx *database.Tx, by string, d UnitDraft) (string, error) {
	if d.ParentID != "" || d.Level != National {
		return "", problem.Refuse("organisations.problem.root")
	}
	id := database.NewID()
	return id, addUnit(ctx, tx, by, id, id, d)
}

// AddUnitIn adds a unit below another.
func (s *Store) AddUnitIn(ctx context.Context, tx *database.Tx, by string, d UnitDraft) (string, error) {
	if d.Level == National {
		return "", problem.Refuse("organisations.problem.root")
	}
	var society, languages string
	var above UnitDraft
	err := tx.Row(ctx, `select society_id, country, zone, languages from units where id = $1 and archived_at is null`, d.ParentID).
		Scan(&society, &above.Country, &above.Zone, &languages)
	if database.IsNone(err) {
		return "", problem.Missing()
	}
	if err != nil {
		return "", err
	}
	above.Languages = locale.ParseList(languages)
	id := database.NewID()
	return id, addUnit(ctx, tx, by, id, society, d.as(above))
}

// as fills what was left empty with what holds in the unit above.
func (d UnitDraft) as(above UnitDraft) UnitDraft {
	if d.Country == "" {
		d.Country = above.Country
	}
	if d.Zone == "" {
		d.Zone = above.Zone
	}
	if len(d.Languages) == 0 {
		d.Languages = above.Languages
	}
	return d
}

func addUnit(ctx context.Context, tx *database.Tx, by, id, society string, d UnitDraft) error {
	if err := d.check(); err != nil {
		return err
	}
	names, err := keep(ctx, tx, by, d.Name, d.ShortName, d.Place)
	if err != nil {
		return err
	}
	var parent *string
	if d.ParentID != "" {
		parent = &d.ParentID
	}
	_, err = tx.Exec(ctx, `insert into units (id, society_id, parent_id, level, country, zone, languages, name_id, short_name_id, place_id, email, phone)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`, id, society, parent, string(d.Level), d.Country, d.Zone,
		locale.JoinList(d.Languages), names[0], names[1], names[2], d.Email, d.Phone)
	if err != nil {
		return err
	}
	if err := addAncestors(ctx, tx, id, d.ParentID); err != nil {
		return err
	}
	return audit.Record(ctx, tx, by, "add unit", "unit:"+id, audit.Details{"parent": d.ParentID, "level": string(d.Level)})
}

// addAncestors notes all that is above a new unit: itself, its parent, and what is above that.
func addAncestors(ctx context.Context, tx *database.Tx, id, parentID string) error {
	_, err := tx.Exec(ctx, `insert into unit_ancestors (unit_id, ancestor_id, depth) values ($1, $1, 0)`, id)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `insert into unit_ancestors (unit_id, ancestor_id, depth)
		select $1, ancestor_id, depth + 1 from unit_ancestors where unit_id = $2`, id, parentID)
	return err
}

// keep writes names as texts and gives their IDs in the same order.
func keep(ctx context.Context, tx *database.Tx, by string, names ...Name) ([]string, error) {
	ids := make([]string, len(names))
	for i, n := range names {
		id, err := text.NewTranslated(ctx, tx, n, by)
		if err != nil {
			return nil, err
		}
		ids[i] = id
	}
	return ids, nil
}
