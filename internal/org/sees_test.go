package org_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/org/orgtest"
)

// SeesSQL and PlansSQL are the policy table's rules once more, for lists. Whoever the actor is, they say the same.
func TestSeesSQLAgreesWithThePolicy(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w := orgtest.New(t, db)
		units := []string{w.Belarus, w.Secretariat, w.Brest, w.BrestTown, w.Vitebsk, w.Denmark, w.Headquarters, w.Koge, w.Aarhus, "gone"}
		membership := rapid.Custom(func(t *rapid.T) access.Membership {
			return access.Membership{UnitID: rapid.SampledFrom(units).Draw(t, "unit"),
				Role: rapid.SampledFrom([]access.Role{access.Staff, access.Coordinator, access.Administrator, ""}).Draw(t, "role")}
		})
		rapid.Check(t, func(r *rapid.T) {
			a := access.Actor{PersonID: "somebody", SiteAdmin: rapid.Bool().Draw(r, "site"),
				Memberships: rapid.SliceOfN(membership, 0, 3).Draw(r, "memberships")}
			err := db.Read(t.Context(), func(tx *database.Tx) error {
				agree(t, r, tx, a, w, access.SeePartnership, access.SeesSQL)
				agree(t, r, tx, a, w, access.PlanConference, access.PlansSQL)
				return nil
			})
			if err != nil {
				r.Fatal(err)
			}
		})
	})
}

type rule func(a access.Actor, column string, args *database.Args) string

func agree(t *testing.T, r *rapid.T, tx *database.Tx, a access.Actor, w orgtest.World, deed access.Deed, condition rule) {
	var args database.Args
	listed, err := database.Strings(t.Context(), tx, `select id from partnerships where `+condition(a, "id", &args), args...)
	if err != nil {
		r.Fatal(err)
	}
	for _, id := range []string{w.Partnership, w.Other} {
		units, err := access.PartnershipUnits(t.Context(), tx, id)
		if err != nil {
			r.Fatal(err)
		}
		if may := access.Can(a, deed, access.Case{Units: units}); may != slices.Contains(listed, id) {
			r.Errorf("the table says %t, the list %t to %s by %+v", may, !may, deed, a.Memberships)
		}
	}
}
