package org

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// UnitChange is a unit as its form was sent. Each name is there in every language that it was given in; whoever fills the form
// in has all of them before their eyes, so all count as checked.
type UnitChange struct {
	Version      int             // of the UnitFile that the form started from; of a new unit none
	Writes       locale.Language // that a new unit's names were thought of in
	Level        Level
	Zone         string
	Languages    []locale.Language
	Names        map[locale.Language]string
	ShortNames   map[locale.Language]string
	Places       map[locale.Language]string
	Email, Phone string
}

// names are the three by the name of their field.
func (d UnitChange) names() map[string]map[locale.Language]string {
	return map[string]map[locale.Language]string{"name": d.Names, "short-name": d.ShortNames, "place": d.Places}
}

// check looks at the form; old are the names that are there already. Its name fields are called name-be, name-ru, …
func (d UnitChange) check(old map[string]text.Text, level Level) error {
	var c problem.Check
	d.checkWith(&c, old, level)
	return c.Err()
}

func (d UnitChange) checkWith(c *problem.Check, old map[string]text.Text, level Level) {
	for _, field := range []string{"name", "short-name", "place"} {
		checkNames(c, field, old[field], d.names()[field], d.Writes)
	}
	c.That(slices.Contains(levels, d.Level) && (d.Level == National) == (level == National), "level", "error.choice")
	c.That(isZone(d.Zone), "zone", "error.choice")
	c.That(len(d.Languages) > 0 && !containsOther(d.Languages), "languages", "organisations.problem.languages")
	c.That(d.Email == "" || isEmail(d.Email), "email", "people.problem.email")
	c.That(isPhone(d.Phone), "phone", "organisations.problem.phone")
}

// checkNames: a name that was there can be changed, not emptied; a new one needs one language at least.
func checkNames(c *problem.Check, field string, old text.Text, names map[locale.Language]string, writes locale.Language) {
	any := !old.Empty()
	for _, l := range locale.All {
		if oneLine(names[l]) != "" || old.State(l) != text.Missing {
			text.Draft{Language: l, Body: names[l]}.CheckLine(c, field+"-"+string(l))
			any = true
		}
	}
	c.That(any, field+"-"+string(writes), "error.required")
}

// isPhone is as loose as isEmail: numbers are written in many ways.
func isPhone(number string) bool {
	return utf8.RuneCountInString(number) <= 40 && strings.Trim(number, "+0123456789 ()-./") == ""
}

// AddUnit adds a unit below another.
func (s *Store) AddUnit(ctx context.Context, a access.Actor, parentID string, d UnitChange) (id string, err error) {
	err = s.db.Write(ctx, func(tx *database.Tx) error {
		if _, err := manageable(ctx, tx, a, parentID); err != nil {
			return err
		}
		if err := d.check(nil, Branch); err != nil {
			return err
		}
		id, err = s.AddUnitIn(ctx, tx, a.PersonID, UnitDraft{ParentID: parentID, Level: d.Level, Zone: d.Zone, Languages: d.Languages,
			Name: d.first(d.Names), ShortName: d.first(d.ShortNames), Place: d.first(d.Places), Email: d.Email, Phone: d.Phone})
		return err
	})
	return id, err
}

// first puts the language that somebody writes in before the others, which are its translations.
func (d UnitChange) first(names map[locale.Language]string) Name {
	var n Name
	for _, l := range locale.All {
		if body := oneLine(names[l]); body != "" {
			n = append(n, text.Draft{Language: l, Body: body})
		}
	}
	slices.SortStableFunc(n, func(x, y text.Draft) int {
		return cmp.Compare(after(x.Language, d.Writes), after(y.Language, d.Writes))
	})
	return n
}

func after(l, first locale.Language) int {
	if l == first {
		return 0
	}
	return 1
}

// manageable finds a unit for somebody who administers it.
func manageable(ctx context.Context, tx *database.Tx, a access.Actor, id string) (UnitFile, error) {
	return unitFor(ctx, tx, a, id, access.ManageUnit)
}

// unitFor finds a unit for somebody who may do something to it. Nobody else changes it or what is above it until the
// transaction ends.
func unitFor(ctx context.Context, tx *database.Tx, a access.Actor, id string, d access.Deed) (u UnitFile, err error) {
	if err := access.Check(a, access.SeeUnit, access.SeeUnit, access.Case{}); err != nil {
		return u, err
	}
	if err := holdSociety(ctx, tx, id); err != nil {
		return u, err
	}
	u, err = unitFile(ctx, tx, a, id)
	if err != nil {
		return u, err
	}
	return u, access.Check(a, d, access.SeeUnit, u.Case())
}

// holdSociety takes the tree that a unit stands in: two moves at once could hang two units below each other.
func holdSociety(ctx context.Context, tx *database.Tx, unitID string) error {
	_, err := tx.Exec(ctx, `update units set version = version where id = (select society_id from units where id = $1)`, unitID)
	return err
}

// ChangeUnit writes what a unit is called, where it works and how it is reached. Where it was changed elsewhere since the form
// was shown, nothing is written and the problem is a Conflict.
func (s *Store) ChangeUnit(ctx context.Context, a access.Actor, id string, d UnitChange) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		u, err := manageable(ctx, tx, a, id)
		if err != nil {
			return err
		}
		if err := d.check(map[string]text.Text{"name": u.Name, "short-name": u.Short, "place": u.Place}, u.Level); err != nil {
			return err
		}
		if d.Version != u.Version {
			return problem.Moved()
		}
		if err := staysTwin(ctx, tx, u, d.Level); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `update units set level = $1, zone = $2, languages = $3, email = $4, phone = $5, version = version + 1 where id = $6`,
			string(d.Level), d.Zone, locale.JoinList(d.Languages), d.Email, d.Phone, id)
		if err != nil {
			return err
		}
		for _, name := range []struct {
			old text.Text
			now map[locale.Language]string
		}{{u.Name, d.Names}, {u.Short, d.ShortNames}, {u.Place, d.Places}} {
			if err := rename(ctx, tx, name.old, name.now, a.PersonID); err != nil {
				return err
			}
		}
		return audit.Record(ctx, tx, a.PersonID, "change unit", "unit:"+id, audit.Details{"level": string(d.Level), "zone": d.Zone})
	})
}

// staysTwin keeps a unit of a running twinning local.
func staysTwin(ctx context.Context, tx *database.Tx, u UnitFile, to Level) error {
	if to == u.Level || slices.Contains(local, to) {
		return nil
	}
	twin, err := exists(ctx, tx, `select count(*) from partnership_units pu join partnerships p on p.id = pu.partnership_id
		where pu.unit_id = $1 and p.kind = 'twinning' and (p.ends_on is null or p.ends_on >= $2)`, u.ID, today(tx))
	if err == nil && twin {
		var c problem.Check
		c.Add("level", "organisations.problem.twin")
		return c.Err()
	}
	return err
}
