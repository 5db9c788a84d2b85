package org_test

import (
	"testing"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/link"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/org/orgtest"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// newcomer is who the tests invite to Køge.
func newcomer(w orgtest.World) org.InvitationDraft {
	return org.InvitationDraft{UnitID: w.Koge, Role: access.Coordinator, Name: text.Draft{Language: locale.Danish, Body: "Ny koordinator"},
		Email: "ny@tandem.example", Language: locale.Danish}
}

func TestWhoInvites(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w, s := orgtest.New(t, db), org.New(db)
		invite := func(a access.Actor, spoil func(*org.InvitationDraft)) error {
			d := newcomer(w)
			spoil(&d)
			_, err := s.Invite(t.Context(), a, d)
			return err
		}
		as := func(*org.InvitationDraft) {}
		to := func(unit string, role access.Role) func(*org.InvitationDraft) {
			return func(d *org.InvitationDraft) { d.UnitID, d.Role = unit, role }
		}
		for what, line := range map[string]struct {
			err  error
			kind problem.Kind
		}{
			"a coordinator":                                           {invite(w.KogeCoordinator.Actor, as), problem.Forbidden},
			"the other society's administrator":                       {invite(w.MinskAdmin.Actor, as), problem.Forbidden},
			"who belongs nowhere":                                     {invite(w.Former.Actor, as), problem.NotFound},
			"the site administrator, as staff":                        {invite(w.SiteAdmin.Actor, to(w.Denmark, access.Staff)), problem.Forbidden},
			"the site administrator, to a branch":                     {invite(w.SiteAdmin.Actor, to(w.Koge, access.Administrator)), problem.Forbidden},
			"the site administrator, where there is an administrator": {invite(w.SiteAdmin.Actor, to(w.Denmark, access.Administrator)), problem.Forbidden},
			"to a unit that is not there":                             {invite(w.DenmarkAdmin.Actor, to("gone", access.Staff)), problem.NotFound},
			"to a role that there is not":                             {invite(w.DenmarkAdmin.Actor, to(w.Koge, "king")), problem.Invalid},
			"without a name":                                          {invite(w.DenmarkAdmin.Actor, func(d *org.InvitationDraft) { d.Name.Body = " " }), problem.Invalid},
			"at an address that is none":                              {invite(w.DenmarkAdmin.Actor, func(d *org.InvitationDraft) { d.Email = "ny" }), problem.Invalid},
		} {
			if !problem.Is(line.err, line.kind) {
				t.Errorf("%s: %v", what, line.err)
			}
		}
		if err := invite(w.DenmarkAdmin.Actor, as); err != nil {
			t.Fatal(err)
		}
		if err := invite(w.DenmarkAdmin.Actor, func(d *org.InvitationDraft) { d.Email = "NY@tandem.example" }); !problem.Is(err, problem.Invalid) {
			t.Errorf("the same address twice: %v", err)
		}
	})
}

// guest is an invitation with its link, and a way to accept it.
type guest struct {
	t       *testing.T
	db      *database.DB
	s       *org.Store
	id      string
	subject string
}

func (g guest) accept(person string) (id string, err error) {
	err = g.db.Write(g.t.Context(), func(tx *database.Tx) error {
		id, err = g.s.AcceptIn(g.t.Context(), tx, g.id, person, org.Identity{Issuer: "https://login.example", Subject: g.subject}, "")
		return err
	})
	return id, err
}

func (g guest) opens(token string) bool {
	err := g.db.Read(g.t.Context(), func(tx *database.Tx) error {
		_, err := link.FindIn(g.t.Context(), tx, link.Invitation, token)
		return err
	})
	return err == nil
}

func TestAnInvitationIsGoodOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, clock *dbtest.Clock) {
		w, s := orgtest.New(t, db), org.New(db)
		id, err := s.Invite(t.Context(), w.DenmarkAdmin.Actor, newcomer(w))
		if err != nil {
			t.Fatal(err)
		}
		g := guest{t, db, s, id, "new"}
		_, first, err := s.HandOver(t.Context(), w.DenmarkAdmin.Actor, id)
		if err != nil {
			t.Fatal(err)
		}
		_, second, _ := s.HandOver(t.Context(), w.DenmarkAdmin.Actor, id)
		if g.opens(first) || !g.opens(second) {
			t.Error("there is one link at a time, the last")
		}
		if _, err := g.accept(w.DenmarkAdmin.ID); !problem.Is(err, problem.Invalid) {
			t.Errorf("by who sent it: %v", err)
		}
		person, err := g.accept("")
		if err != nil {
			t.Fatal(err)
		}
		p, err := s.FindPerson(t.Context(), w.DenmarkAdmin.Actor, person)
		if err != nil || len(p.Held) != 1 || p.Held[0].Unit.ID != w.Koge || p.Held[0].Role != access.Coordinator || p.Email != "ny@tandem.example" ||
			p.Name.In(locale.Danish) != "Ny koordinator" {
			t.Errorf("%+v %v", p, err)
		}
		if _, err := g.accept(w.KogeStaff.ID); !problem.Is(err, problem.NotFound) || g.opens(second) {
			t.Errorf("a second time: %v", err)
		}
		if list := expected(t, s, w); len(list) != 0 {
			t.Errorf("still expected: %v", list)
		}
	})
}

func expected(t *testing.T, s *org.Store, w orgtest.World) []org.Invitation {
	t.Helper()
	e, err := s.Expected(t.Context(), w.DenmarkAdmin.Actor, w.Denmark)
	if err != nil {
		t.Fatal(err)
	}
	return e.Invitations
}

// A society has no administrator yet: who looks after the installation names the first, and is not it.
func TestTheFirstAdministratorOfASociety(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w, s := orgtest.New(t, db), org.New(db)
		for _, unit := range []string{w.Denmark, w.Koge} { // one of them stays and waits for somebody
			d := newcomer(w)
			d.UnitID, d.Role, d.Email = unit, access.Administrator, unit+"@tandem.example"
			if _, err := s.Invite(t.Context(), w.DenmarkAdmin.Actor, d); err != nil {
				t.Fatal(err)
			}
		}
		if e, err := s.Expected(t.Context(), w.SiteAdmin.Actor, w.Denmark); err != nil || len(e.Roles)+len(e.Invitations) > 0 {
			t.Errorf("where there is an administrator the site's sees %+v %v", e, err)
		}
		if err := db.Write(t.Context(), func(tx *database.Tx) error {
			return s.EndMembershipIn(t.Context(), tx, "", w.DenmarkAdmin.MembershipID)
		}); err != nil {
			t.Fatal(err)
		}
		e, err := s.Expected(t.Context(), w.SiteAdmin.Actor, w.Denmark)
		if err != nil || len(e.Roles) != 1 || len(e.Invitations) != 1 || e.Invitations[0].Unit.ID != w.Denmark {
			t.Fatalf("%+v %v", e, err)
		}
		if _, _, err := s.HandOver(t.Context(), w.SiteAdmin.Actor, e.Invitations[0].ID); err != nil {
			t.Fatal(err)
		}
		g := guest{t, db, s, e.Invitations[0].ID, "first"}
		if _, err := g.accept(w.SiteAdmin.ID); !problem.Is(err, problem.Invalid) {
			t.Errorf("the site administrator takes it for themselves: %v", err)
		}
		if _, err := g.accept(""); err != nil {
			t.Error(err)
		}
	})
}

func TestNobodyIsTakenIntoAnotherSocietyUnasked(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w, s := orgtest.New(t, db), org.New(db)
		if err := s.AddMembership(t.Context(), w.DenmarkAdmin.Actor, w.BrestStaff.ID, w.Koge, access.Staff); !problem.Is(err, problem.Invalid) {
			t.Errorf("of the other society: %v", err)
		}
		if err := s.AddMembership(t.Context(), w.DenmarkAdmin.Actor, w.Former.ID, w.Koge, access.Staff); !problem.Is(err, problem.Invalid) {
			t.Errorf("of no society any more: %v", err)
		}
		p, err := s.FindPerson(t.Context(), w.DenmarkAdmin.Actor, w.BrestStaff.ID)
		if err != nil || p.Email != "" || len(p.Units) > 0 || p.MayNameStandIn {
			t.Errorf("%+v %v", p, err)
		}
		if err := s.AddMembership(t.Context(), w.DenmarkAdmin.Actor, w.KogeStaff.ID, w.Aarhus, access.Staff); err != nil {
			t.Errorf("of the same: %v", err)
		}
	})
}

func TestWhoDidNotComeIsForgotten(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, clock *dbtest.Clock) {
		w, s := orgtest.New(t, db), org.New(db)
		id, err := s.Invite(t.Context(), w.DenmarkAdmin.Actor, newcomer(w))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Grant(t.Context(), "https://login.example", "admin@tandem.example"); err != nil {
			t.Fatal(err)
		}
		left := func() (names, grants int) {
			return count(t, db, `select count(*) from invitations where id = '`+id+`' and email <> '' and name_id is not null`), count(t, db, `select count(*) from grants`)
		}
		clock.Advance(org.InvitationLife + 29*24*time.Hour)
		if err := s.Tidy(t.Context()); err != nil {
			t.Fatal(err)
		}
		if names, _ := left(); names != 1 {
			t.Error("forgotten while it can still be sent again")
		}
		clock.Advance(2 * 24 * time.Hour)
		if err := s.Tidy(t.Context()); err != nil {
			t.Fatal(err)
		}
		if names, grants := left(); names+grants > 0 {
			t.Errorf("%d names and %d grants are kept", names, grants)
		}
		if list := expected(t, s, w); len(list) > 0 {
			t.Errorf("still expected: %+v", list)
		}
	})
}

func TestAnInvitationEnds(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, clock *dbtest.Clock) {
		w, s := orgtest.New(t, db), org.New(db)
		a := w.DenmarkAdmin.Actor
		id, err := s.Invite(t.Context(), a, newcomer(w))
		if err != nil {
			t.Fatal(err)
		}
		g := guest{t, db, s, id, "late"}
		clock.Advance(org.InvitationLife)
		if _, err := g.accept(""); !problem.Is(err, problem.NotFound) {
			t.Errorf("after two weeks: %v", err)
		}
		if list := expected(t, s, w); len(list) != 1 || !list[0].Over(clock.Now()) {
			t.Errorf("what is over is shown to who can send it again: %v", list)
		}
		if n, err := s.InviteAllAgain(t.Context(), a, w.Denmark); err != nil || n != 1 {
			t.Errorf("%d %v", n, err)
		}
		if list := expected(t, s, w); len(list) != 1 || !list[0].EndsAt.Equal(clock.Now().Add(org.InvitationLife)) {
			t.Errorf("%v", list)
		}
		for name, other := range map[string]access.Actor{"coordinator": w.KogeCoordinator.Actor, "other society": w.MinskAdmin.Actor} {
			if err := s.RevokeInvitation(t.Context(), other, id); !problem.Is(err, problem.NotFound) {
				t.Errorf("%s withdraws it: %v", name, err)
			}
			if _, _, err := s.HandOver(t.Context(), other, id); !problem.Is(err, problem.NotFound) {
				t.Errorf("%s gets its link: %v", name, err)
			}
		}
		if err := s.RevokeInvitation(t.Context(), a, id); err != nil {
			t.Fatal(err)
		}
		if _, err := g.accept(""); !problem.Is(err, problem.NotFound) {
			t.Errorf("withdrawn: %v", err)
		}
	})
}

func TestRightsThatNobodyGivesThemselves(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w, s := orgtest.New(t, db), org.New(db)
		a, ctx := w.DenmarkAdmin.Actor, t.Context()
		end := func(by access.Actor, membership string) error {
			return db.Write(ctx, func(tx *database.Tx) error {
				h, err := s.MembershipIn(ctx, tx, by, membership, true)
				if err != nil {
					return err
				}
				return s.EndIn(ctx, tx, by, h)
			})
		}
		for what, line := range map[string]struct {
			err  error
			kind problem.Kind
		}{
			"a coordinator changes a role":             {s.ChangeRole(ctx, w.KogeCoordinator.Actor, w.KogeStaff.MembershipID, access.Coordinator), problem.Forbidden},
			"the other society's administrator":        {s.ChangeRole(ctx, w.MinskAdmin.Actor, w.KogeStaff.MembershipID, access.Coordinator), problem.Forbidden},
			"an administrator adds themselves":         {s.AddMembership(ctx, a, a.PersonID, w.Koge, access.Administrator), problem.Invalid},
			"somebody is added to another society":     {s.AddMembership(ctx, a, w.KogeStaff.ID, w.Brest, access.Staff), problem.Forbidden},
			"the last administrator steps down":        {s.ChangeRole(ctx, a, w.DenmarkAdmin.MembershipID, access.Staff), problem.Invalid},
			"the last administrator goes":              {end(a, w.DenmarkAdmin.MembershipID), problem.Invalid},
			"a coordinator ends another's membership":  {end(w.KogeCoordinator.Actor, w.KogeStaff.MembershipID), problem.Forbidden},
			"a membership that is over is ended again": {end(w.MinskAdmin.Actor, w.Former.MembershipID), problem.NotFound},
		} {
			if !problem.Is(line.err, line.kind) {
				t.Errorf("%s: %v", what, line.err)
			}
		}
		before := rights(t, db, w.KogeStaff.ID)
		for _, err := range []error{s.ChangeRole(ctx, a, w.KogeStaff.MembershipID, access.Coordinator), end(w.KogeStaff.Actor, w.KogeStaff.MembershipID)} {
			if err != nil {
				t.Error(err)
			}
		}
		if got := rights(t, db, w.KogeStaff.ID); got != before+2 {
			t.Errorf("sessions are renewed with every change of rights: %d after %d", got, before)
		}
	})
}
