package org_test

import (
	"testing"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/org/orgtest"
	"example.org/tandem/internal/problem"
)

func TestWhoMayNameAStandIn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w, s := orgtest.New(t, db), org.New(db)
		days := func(id, from, until string) org.StandIn {
			return org.StandIn{PersonID: id, FromOn: from, UntilOn: until}
		}
		good := days(w.HeadquartersStaff.ID, "2020-07-20", "2020-08-10")
		for name, refused := range map[string]struct {
			by   access.Actor
			d    org.StandIn
			want problem.Kind
		}{
			"for somebody else, by a colleague":        {w.KogeCoordinator.Actor, good, problem.Forbidden},
			"by an administrator of the other society": {w.MinskAdmin.Actor, good, problem.Forbidden},
			"by somebody who is a member no more":      {w.Former.Actor, good, problem.NotFound},
			"an administrator naming themselves":       {w.DenmarkAdmin.Actor, days(w.DenmarkAdmin.ID, "2020-07-20", "2020-08-10"), problem.Invalid},
			"themselves":                               {w.KogeStaff.Actor, days(w.KogeStaff.ID, "2020-07-20", "2020-08-10"), problem.Invalid},
			"somebody of the other society":            {w.KogeStaff.Actor, days(w.BrestStaff.ID, "2020-07-20", "2020-08-10"), problem.Invalid},
			"somebody who is not there":                {w.KogeStaff.Actor, days("nobody", "2020-07-20", "2020-08-10"), problem.Invalid},
			"until before from":                        {w.KogeStaff.Actor, days(w.HeadquartersStaff.ID, "2020-08-11", "2020-08-10"), problem.Invalid},
			"until a day that is over":                 {w.KogeStaff.Actor, days(w.HeadquartersStaff.ID, "2020-07-01", "2020-07-26"), problem.Invalid},
			"for years":                                {w.KogeStaff.Actor, days(w.HeadquartersStaff.ID, "2020-07-01", "2022-07-26"), problem.Invalid},
			"no day":                                   {w.KogeStaff.Actor, days(w.HeadquartersStaff.ID, "", "soon"), problem.Invalid},
		} {
			if err := s.NameStandIn(t.Context(), refused.by, w.KogeStaff.ID, refused.d); !problem.Is(err, refused.want) {
				t.Errorf("%s: %v", name, err)
			}
		}
		for _, by := range []access.Actor{w.KogeStaff.Actor, w.DenmarkAdmin.Actor} {
			if err := s.NameStandIn(t.Context(), by, w.KogeStaff.ID, good); err != nil {
				t.Error(err)
			}
		}
		seen, err := s.FindPerson(t.Context(), w.BrestStaff.Actor, w.KogeStaff.ID)
		if err != nil || seen.StandIn.PersonID != w.HeadquartersStaff.ID || seen.StandIn.Name.Empty() || seen.MayNameStandIn {
			t.Errorf("others see %+v, %v", seen.StandIn, err)
		}
		if n := count(t, db, `select rights from people where id = '`+w.HeadquartersStaff.ID+`'`); n < 4 {
			t.Errorf("the stand-in's rights moved on to %d only", n)
		}
		if err := s.EndStandIn(t.Context(), w.KogeStaff.Actor, w.KogeStaff.ID); err != nil || count(t, db, `select count(*) from stand_ins`) != 0 {
			t.Errorf("it is not ended: %v", err)
		}
		if err := s.NameStandIn(t.Context(), w.KogeStaff.Actor, w.KogeStaff.ID, good); err != nil {
			t.Fatal(err)
		}
		err = db.Write(t.Context(), func(tx *database.Tx) error {
			return s.EndMembershipIn(t.Context(), tx, w.DenmarkAdmin.ID, w.HeadquartersStaff.MembershipID)
		})
		if err != nil || count(t, db, `select count(*) from stand_ins`) != 0 {
			t.Errorf("somebody who is a member no more stands in: %v", err)
		}
	})
}
