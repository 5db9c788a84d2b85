package org_test

import (
	"context"
	"testing"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/org/orgtest"
	"example.org/tandem/internal/problem"
)

// change is one of the store's writing methods, called with something that it has to refuse.
type change func(context.Context, *database.Tx, *org.Store, orgtest.World) error

var name = org.Name{{Language: locale.Danish, Body: "Navn"}}

// refused are named after what is wrong; the field is the form's, or "" where the deed as a whole is refused.
var refused = []struct {
	what  string
	kind  problem.Kind
	field string
	do    change
}{
	{"society below a unit", problem.Invalid, "", addSociety(func(d *org.UnitDraft, w orgtest.World) { d.ParentID = w.Koge })},
	{"society without zone", problem.Invalid, "zone", addSociety(func(d *org.UnitDraft, _ orgtest.World) { d.Zone = "" })},
	{"zone of this machine", problem.Invalid, "zone", addSociety(func(d *org.UnitDraft, _ orgtest.World) { d.Zone = "Local" })},
	{"society without language", problem.Invalid, "languages", addSociety(func(d *org.UnitDraft, _ orgtest.World) { d.Languages = nil })},
	{"unit without name", problem.Invalid, "name", addUnit(func(d *org.UnitDraft, _ orgtest.World) { d.Name = nil })},
	{"unit of unknown level", problem.Invalid, "level", addUnit(func(d *org.UnitDraft, _ orgtest.World) { d.Level = "moon" })},
	{"society as a unit", problem.Invalid, "", addUnit(func(d *org.UnitDraft, _ orgtest.World) { d.Level = org.National })},
	{"unit below nothing", problem.NotFound, "", addUnit(func(d *org.UnitDraft, _ orgtest.World) { d.ParentID = "gone" })},
	{"person without address", problem.Invalid, "email", addPerson(func(d *org.PersonDraft) { d.Email = "somebody" })},
	{"person of a fifth language", problem.Invalid, "reads", addPerson(func(d *org.PersonDraft) { d.Reads = []locale.Language{"sv"} })},
	{"person without name", problem.Invalid, "name", addPerson(func(d *org.PersonDraft) { d.Name = org.Name{{Language: "da", Body: " "}} })},
	{"membership twice", problem.Invalid, "", join(func(w orgtest.World) (string, string, access.Role) {
		return w.KogeStaff.ID, w.Koge, access.Coordinator
	})},
	{"membership without role", problem.Invalid, "role", join(func(w orgtest.World) (string, string, access.Role) {
		return w.KogeStaff.ID, w.Aarhus, "king"
	})},
	{"ending what is over", problem.NotFound, "", func(ctx context.Context, tx *database.Tx, s *org.Store, w orgtest.World) error {
		return s.EndMembershipIn(ctx, tx, "", w.Former.MembershipID)
	}},
	{"partnership of one society", problem.Invalid, "units", plan(func(d *org.PartnershipDraft, w orgtest.World) {
		d.UnitIDs = []string{w.Koge, w.Aarhus}
	})},
	{"partnership of nobody", problem.Invalid, "units", plan(func(d *org.PartnershipDraft, _ orgtest.World) { d.UnitIDs = nil })},
	{"partnership with a unit twice", problem.NotFound, "", plan(func(d *org.PartnershipDraft, w orgtest.World) {
		d.UnitIDs = []string{w.Koge, w.Brest, w.Koge}
	})},
	{"twinning of a region", problem.Invalid, "units", plan(func(d *org.PartnershipDraft, _ orgtest.World) { d.Kind = org.Twinning })},
	{"end before start", problem.Invalid, "ends-on", plan(func(d *org.PartnershipDraft, _ orgtest.World) { d.EndsOn = "2019-01-01" })},
	{"day that is none", problem.Invalid, "starts-on", plan(func(d *org.PartnershipDraft, _ orgtest.World) { d.StartsOn = "30 February" })},
}

func TestChangesRefuse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w := orgtest.New(t, db)
		before := audited(t, db)
		for _, line := range refused {
			err := db.Write(t.Context(), func(tx *database.Tx) error { return line.do(t.Context(), tx, org.New(db), w) })
			p, is := problem.As(err)
			if !is || p.Kind != line.kind || line.field != "" && (len(p.Fields) != 1 || p.Fields[0].Name != line.field) {
				t.Errorf("%s: %v", line.what, err)
			}
		}
		if after := audited(t, db); after != before {
			t.Errorf("%d audit entries tell of what was refused", after-before)
		}
	})
}

func TestTwinning(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w := orgtest.New(t, db)
		before := audited(t, db)
		write(t, db, func(ctx context.Context, tx *database.Tx) error {
			return plan(func(d *org.PartnershipDraft, w orgtest.World) {
				d.Kind, d.UnitIDs = org.Twinning, []string{w.BrestTown, w.Koge}
			})(ctx, tx, org.New(db), w)
		})
		if n := audited(t, db) - before; n != 3 {
			t.Errorf("%d audit entries, want one for the twinning and one for each twin", n)
		}
		list, _, err := org.New(db).Partnerships(t.Context(), w.BrestTownStaff.Actor)
		if err != nil || len(list) != 1 || list[0].Kind != org.Twinning {
			t.Errorf("a twin sees %+v, %v", list, err)
		}
	})
}

func TestEndedMembershipGivesNoRight(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w, store := orgtest.New(t, db), org.New(db)
		write(t, db, func(ctx context.Context, tx *database.Tx) error {
			return store.EndMembershipIn(ctx, tx, w.DenmarkAdmin.ID, w.KogeStaff.MembershipID)
		})
		_, members, err := store.FindPartnership(t.Context(), w.KogeCoordinator.Actor, w.Partnership)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range members {
			if m.PersonID == w.KogeStaff.ID {
				t.Error("who left is still a member")
			}
		}
	})
}

func audited(t *testing.T, db *database.DB) (n int) {
	t.Helper()
	write(t, db, func(ctx context.Context, tx *database.Tx) error {
		return tx.Row(ctx, `select count(*) from audit`).Scan(&n)
	})
	return n
}

func addSociety(spoil func(*org.UnitDraft, orgtest.World)) change {
	return func(ctx context.Context, tx *database.Tx, s *org.Store, w orgtest.World) error {
		d := org.UnitDraft{Level: org.National, Country: "DK", Zone: "Europe/Copenhagen", Languages: []locale.Language{locale.Danish},
			Name: name, ShortName: name, Place: name}
		spoil(&d, w)
		_, err := s.AddSocietyIn(ctx, tx, "", d)
		return err
	}
}

func addUnit(spoil func(*org.UnitDraft, orgtest.World)) change {
	return func(ctx context.Context, tx *database.Tx, s *org.Store, w orgtest.World) error {
		d := org.UnitDraft{ParentID: w.Denmark, Level: org.Branch, Name: name, ShortName: name, Place: name}
		spoil(&d, w)
		_, err := s.AddUnitIn(ctx, tx, "", d)
		return err
	}
}

func addPerson(spoil func(*org.PersonDraft)) change {
	return func(ctx context.Context, tx *database.Tx, s *org.Store, _ orgtest.World) error {
		d := org.PersonDraft{Name: name, Email: "somebody@tandem.example", Language: locale.Danish, Zone: "Europe/Copenhagen"}
		spoil(&d)
		_, err := s.AddPersonIn(ctx, tx, "", d)
		return err
	}
}

func join(who func(orgtest.World) (person, unit string, role access.Role)) change {
	return func(ctx context.Context, tx *database.Tx, s *org.Store, w orgtest.World) error {
		person, unit, role := who(w)
		_, err := s.JoinIn(ctx, tx, "", person, unit, role)
		return err
	}
}

func plan(spoil func(*org.PartnershipDraft, orgtest.World)) change {
	return func(ctx context.Context, tx *database.Tx, s *org.Store, w orgtest.World) error {
		d := org.PartnershipDraft{Kind: org.Joint, Name: name, StartsOn: "2020-05-04", UnitIDs: []string{w.Brest, w.Koge}}
		spoil(&d, w)
		_, err := s.PlanPartnershipIn(ctx, tx, "", d)
		return err
	}
}
