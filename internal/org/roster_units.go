package org

import (
	"context"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// rosterUnit is a unit that a line may name.
type rosterUnit struct {
	unit     Unit
	language locale.Language // that it works in first
	manages  bool            // the actor does
}

// rosterUnits are all units: everybody who belongs somewhere sees them, so that a line may be told that one is not theirs.
type rosterUnits struct {
	byID   map[string]rosterUnit
	byName map[string][]string
}

func loadRosterUnits(ctx context.Context, tx *database.Tx, a access.Actor) (units rosterUnits, err error) {
	type row struct {
		u         unitRow
		languages string
		manages   bool
	}
	var args database.Args
	rows, err := database.All(ctx, tx, func(s database.Scanner) (r row, err error) {
		return r, s.Scan(append([]any{&r.languages, &r.manages}, r.u.into()...)...)
	}, `select u.languages, case when `+access.ManagesSQL(a, "u.id", &args)+` then true else false end as manages, `+unitColumns+` from `+unitTables+`
		where u.archived_at is null order by manages desc, u.id limit `+args.Add(UnitLimit), args...)
	if err != nil {
		return units, err
	}
	var ids []string
	for _, r := range rows {
		ids = append(ids, r.u.texts()...)
	}
	texts, err := text.Load(ctx, tx, ids...)
	units = rosterUnits{byID: map[string]rosterUnit{}, byName: map[string][]string{}}
	for _, r := range rows {
		units.add(rosterUnit{r.u.unit(texts), append(locale.ParseList(r.languages), locale.English)[0], r.manages})
	}
	return units, err
}

func (units *rosterUnits) add(u rosterUnit) {
	units.byID[u.unit.ID] = u
	names := map[string]bool{}
	for _, l := range locale.All {
		names[foldWord(u.unit.Name.In(l))], names[foldWord(u.unit.Short.In(l))] = true, true
	}
	delete(names, "")
	for name := range names {
		units.byName[name] = append(units.byName[name], u.unit.ID)
	}
}

func (units rosterUnits) managed(id string) bool { return units.byID[id].manages }

// find is the unit that somebody means by an ID or a name in any language. Of several with one name it is the one that they
// administer, where there is one.
func (units rosterUnits) find(typed, preset string, c *problem.Check) rosterUnit {
	if typed == "" {
		typed = preset
	}
	found := units.byName[foldWord(typed)]
	if _, is := units.byID[typed]; is {
		found = []string{typed}
	}
	var own []rosterUnit
	for _, id := range found {
		if units.managed(id) {
			own = append(own, units.byID[id])
		}
	}
	switch {
	case typed == "":
		c.Add("unit", "people.import.problem.unit.none")
	case len(own) > 1:
		c.Add("unit", "people.import.problem.unit.several")
	case len(own) == 1:
		return own[0]
	case len(found) > 0:
		c.Add("unit", "people.import.problem.unit.other")
	default:
		c.Add("unit", "people.import.problem.unit")
	}
	return rosterUnit{}
}
