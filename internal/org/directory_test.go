package org_test

import (
	"slices"
	"testing"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/org/orgtest"
	"example.org/tandem/internal/problem"
)

func TestUnitsHigherUpComeFirst(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w := orgtest.New(t, db)
		list, more, err := org.New(db).Units(t.Context(), w.KogeStaff.Actor)
		if err != nil || more || len(list) != 9 {
			t.Fatalf("%d units, more %t, %v", len(list), more, err)
		}
		place := map[string]int{}
		for i, u := range list {
			place[u.ID] = i
			if above, there := place[u.ParentID]; u.ParentID != "" && (!there || above > i) {
				t.Errorf("unit %s comes before the one above it", u.ID)
			}
		}
		if place[w.BrestTown] != 8 {
			t.Errorf("the lowest unit is number %d of the list", place[w.BrestTown])
		}
	})
}

func TestPeopleOfAUnit(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w := orgtest.New(t, db)
		for unit, want := range map[string][]string{
			"": {w.MinskAdmin.ID, w.DenmarkAdmin.ID, w.MinskCoordinator.ID, w.BrestCoordinator.ID, w.BrestStaff.ID,
				w.BrestTownStaff.ID, w.Outsider.ID, w.KogeCoordinator.ID, w.KogeStaff.ID, w.HeadquartersStaff.ID},
			w.Brest:   {w.BrestCoordinator.ID, w.BrestStaff.ID, w.BrestTownStaff.ID},
			w.Aarhus:  nil,
			w.Denmark: {w.DenmarkAdmin.ID, w.KogeCoordinator.ID, w.KogeStaff.ID, w.HeadquartersStaff.ID},
		} {
			list, err := org.New(db).People(t.Context(), w.KogeStaff.Actor, unit)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, c := range list.People {
				got = append(got, c.PersonID)
			}
			slices.Sort(got)
			if slices.Sort(want); !slices.Equal(got, want) {
				t.Errorf("unit %q: %v, want %v", unit, got, want)
			}
		}
	})
}

func TestDirectoryIsForMembers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w, store := orgtest.New(t, db), org.New(db)
		for who, a := range map[string]access.Actor{"former": w.Former.Actor, "nobody": {}} {
			if _, _, err := store.Units(t.Context(), a); !problem.Is(err, problem.NotFound) {
				t.Errorf("%s sees units: %v", who, err)
			}
			if _, err := store.People(t.Context(), a, w.Koge); !problem.Is(err, problem.NotFound) {
				t.Errorf("%s sees people: %v", who, err)
			}
		}
		if _, err := store.People(t.Context(), w.KogeStaff.Actor, "gone"); !problem.Is(err, problem.NotFound) {
			t.Errorf("a unit that is not there: %v", err)
		}
	})
}
