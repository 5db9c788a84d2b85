package org_test

import (
	"context"
	"slices"
	"sync/atomic"
	"testing"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/org/orgtest"
	"example.org/tandem/internal/problem"
)

func TestPartnershipsAreThoseOnesOwn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w := orgtest.New(t, db)
		for _, line := range []struct {
			who  string
			a    access.Actor
			want []string
		}{
			{"staff", w.KogeStaff.Actor, []string{w.Partnership}},
			{"outsider", w.Outsider.Actor, []string{w.Other}},
			{"administrator above both", w.DenmarkAdmin.Actor, []string{w.Other, w.Partnership}},
			{"a unit below", w.BrestTownStaff.Actor, nil},
			{"former", w.Former.Actor, nil},
			{"site administrator", w.SiteAdmin.Actor, nil},
			{"nobody", access.Actor{}, nil},
		} {
			list, more, err := org.New(db).Partnerships(t.Context(), line.a)
			if err != nil || more {
				t.Fatal(more, err)
			}
			var got []string
			for _, p := range list {
				got = append(got, p.ID)
			}
			if slices.Sort(got); !slices.Equal(got, slices.Sorted(slices.Values(line.want))) {
				t.Errorf("%s: sees %v, want %v", line.who, got, line.want)
			}
			for _, id := range []string{w.Partnership, w.Other} {
				_, _, err := org.New(db).FindPartnership(t.Context(), line.a, id)
				if slices.Contains(line.want, id) && err != nil || !slices.Contains(line.want, id) && !problem.Is(err, problem.NotFound) {
					t.Errorf("%s: finding one of %v gives %v", line.who, line.want, err)
				}
			}
		}
	})
}

func TestFindPartnership(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w := orgtest.New(t, db)
		var statements atomic.Int64
		ctx := database.WithCounter(t.Context(), &statements)
		p, members, err := org.New(db).FindPartnership(ctx, w.KogeStaff.Actor, w.Partnership)
		if err != nil {
			t.Fatal(err)
		}
		if p.Name.In(locale.Danish) != "Frivillige under covid-19" || p.StartsOn != "2020-05-04" || p.EndsOn != "" {
			t.Errorf("partnership is %+v", p)
		}
		if len(p.Societies()) != 2 || p.Societies()[0].ID != w.Belarus || p.Societies()[1].ID != w.Denmark || len(p.Of(w.Denmark)) != 2 {
			t.Errorf("societies %v, units %+v", p.Societies(), p.Units)
		}
		expectMembers(t, w, members)
		if statements.Load() > 5 {
			t.Errorf("%d statements, want at most 5", statements.Load())
		}
	})
}

func expectMembers(t *testing.T, w orgtest.World, members []org.Member) {
	t.Helper()
	want := map[string]access.Role{
		w.MinskCoordinator.ID: access.Coordinator, w.BrestCoordinator.ID: access.Coordinator, w.BrestStaff.ID: access.Staff,
		w.HeadquartersStaff.ID: access.Staff, w.KogeCoordinator.ID: access.Coordinator, w.KogeStaff.ID: access.Staff,
		w.MinskAdmin.ID: access.Administrator, w.DenmarkAdmin.ID: access.Administrator,
	}
	for _, m := range members {
		if role, belongs := want[m.PersonID]; !belongs || role != m.Role {
			t.Errorf("unexpected member %s as %s", m.Name.In(m.Name.Paragraphs[0].Origin), m.Role)
		}
		delete(want, m.PersonID)
	}
	if len(want) > 0 {
		t.Errorf("missing members: %v", want)
	}
}

func TestMemberOfTwoUnitsIsThereOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w, store := orgtest.New(t, db), org.New(db)
		write(t, db, func(ctx context.Context, tx *database.Tx) error {
			_, err := store.JoinIn(ctx, tx, "", w.KogeStaff.ID, w.Denmark, access.Administrator)
			return err
		})
		err := db.Read(t.Context(), func(tx *database.Tx) error {
			members, err := store.Members(t.Context(), tx, w.Partnership)
			if err != nil {
				return err
			}
			members = slices.DeleteFunc(members, func(m org.Member) bool { return m.PersonID != w.KogeStaff.ID })
			if len(members) != 1 || members[0].UnitID != w.Koge || members[0].Role != access.Administrator {
				t.Errorf("got %+v, want one of Køge who is an administrator", members)
			}
			sides, err := store.SocietiesOf(t.Context(), tx, w.Partnership)
			if !slices.Equal(sides, []string{w.Belarus, w.Denmark}) {
				t.Errorf("societies are %v", sides)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func write(t *testing.T, db *database.DB, f func(context.Context, *database.Tx) error) {
	t.Helper()
	if err := db.Write(t.Context(), func(tx *database.Tx) error { return f(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}
