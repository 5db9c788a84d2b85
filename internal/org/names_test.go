package org_test

import (
	"sync/atomic"
	"testing"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/org/orgtest"
)

func TestNames(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w := orgtest.New(t, db)
		var statements atomic.Int64
		ctx := database.WithCounter(t.Context(), &statements)
		names, err := org.New(db).Names(ctx, []string{w.KogeCoordinator.ID, w.Former.ID, "nobody"}, []string{w.BrestTown})
		if err != nil {
			t.Fatal(err)
		}
		for _, pair := range [][2]string{
			{names.Person(w.KogeCoordinator.ID).In(locale.Danish), "Afdelingsformand, Køge"},
			{names.PersonUnit(w.KogeCoordinator.ID), w.Koge},
			{names.PersonSociety(w.KogeCoordinator.ID), w.Denmark},
			{names.Unit(w.Koge).In(locale.Danish), "Røde Kors Køge"},
			{names.Short(w.Denmark).In(locale.Danish), "Dansk RK"},
			{names.Unit(w.BrestTown).In(locale.Russian), "Брестская городская организация"},
			{names.Society(w.BrestTown), w.Belarus},
			{names.Person(w.Former.ID).In(locale.Belarusian), "Каардынатар у мінулым"},
			{names.PersonUnit(w.Former.ID), ""},
			{names.Person("nobody").In(locale.English), ""},
		} {
			if got, want := pair[0], pair[1]; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		}
		if statements.Load() != 2 {
			t.Errorf("%d statements, want 2", statements.Load())
		}
	})
}
