package org_test

import (
	"context"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/org/orgtest"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

func TestFocusAreasAreTheTopicsOfLessons(t *testing.T) {
	if !slices.Equal(org.FocusAreas, lesson.Topics) {
		t.Errorf("%v and %v", org.FocusAreas, lesson.Topics)
	}
}

// helpline is what the tests propose: Vitebsk and Køge.
func helpline(w orgtest.World) org.PartnershipDraft {
	return org.PartnershipDraft{Kind: org.Joint, Name: org.Name{{Language: locale.Danish, Body: "Støttetelefon"}},
		Purpose: org.Name{{Language: locale.Danish, Body: "Lære af hinanden."}}, StartsOn: "2020-08-01", Focus: []string{"helpline"}, UnitIDs: []string{w.Koge, w.Vitebsk}}
}

func TestWhoProposes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w, s := orgtest.New(t, db), org.New(db)
		koge := admin(w.Koge, w.Denmark, w.KogeStaff.ID)
		propose := func(a access.Actor, spoil func(*org.PartnershipDraft)) error {
			d := helpline(w)
			spoil(&d)
			_, err := s.Propose(t.Context(), a, d)
			return err
		}
		as := func(*org.PartnershipDraft) {}
		with := func(ids ...string) func(*org.PartnershipDraft) {
			return func(d *org.PartnershipDraft) { d.UnitIDs = ids }
		}
		before := audited(t, db)
		for what, line := range map[string]struct {
			err  error
			kind problem.Kind
		}{
			"a coordinator":          {propose(w.KogeCoordinator.Actor, as), problem.Forbidden},
			"the site administrator": {propose(w.SiteAdmin.Actor, as), problem.Forbidden},
			"who belongs nowhere":    {propose(w.Former.Actor, as), problem.NotFound},
			"for others only":        {propose(koge, with(w.Vitebsk, w.Aarhus)), problem.Invalid},
			"with a unit of one's society that is another's": {propose(koge, with(w.Koge, w.Aarhus, w.Vitebsk)), problem.Invalid},
			"within one society":                             {propose(koge, with(w.Koge)), problem.Invalid},
			"with a unit that is not there":                  {propose(koge, with(w.Koge, w.Vitebsk, "gone")), problem.NotFound},
			"a twinning with a region":                       {propose(koge, func(d *org.PartnershipDraft) { d.Kind = org.Twinning }), problem.Invalid},
			"a focus of one's own":                           {propose(koge, func(d *org.PartnershipDraft) { d.Focus = []string{"moon"} }), problem.Invalid},
			"without a name":                                 {propose(koge, func(d *org.PartnershipDraft) { d.Name[0].Body = " " }), problem.Invalid},
			"with more units than one reads":                 {propose(koge, with(make([]string, org.MaxPartners+1)...)), problem.Invalid},
		} {
			if !problem.Is(line.err, line.kind) {
				t.Errorf("%s: %v", what, line.err)
			}
		}
		if n := audited(t, db) - before; n != 0 || mailed(t, db, org.ProposedMail) != nil {
			t.Errorf("%d audit entries or mails tell of what was refused", n)
		}
	})
}

// mailed are the subjects of the mails of one kind that are to be sent.
func mailed(t *testing.T, db *database.DB, kind string) (list []string) {
	t.Helper()
	write(t, db, func(ctx context.Context, tx *database.Tx) (err error) {
		list, err = database.Strings(ctx, tx, `select subject from jobs where kind = $1 order by subject`, kind)
		return err
	})
	return list
}

func TestAPartnershipNeedsBothSides(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w, s := orgtest.New(t, db), org.New(db)
		ctx := t.Context()
		koge, vitebsk := admin(w.Koge, w.Denmark, w.KogeStaff.ID), admin(w.Vitebsk, w.Belarus, w.Outsider.ID)
		id, err := s.Propose(ctx, koge, helpline(w))
		if err != nil {
			t.Fatal(err)
		}
		if told, want := mailed(t, db, org.ProposedMail), []string{id + " " + w.MinskAdmin.ID}; !slices.Equal(told, want) {
			t.Errorf("told are %v, want the administrator above Vitebsk: %v", told, want)
		}

		// Nobody sees more than before, and only administrators of the units see the proposal.
		if list, _, err := s.Partnerships(ctx, w.BrestTownStaff.Actor); err != nil || len(list) != 0 {
			t.Errorf("a proposal shows partnerships: %v, %v", list, err)
		}
		for what, a := range map[string]access.Actor{"staff": w.KogeStaff.Actor, "a coordinator": w.Outsider.Actor, "a unit beside": admin(w.Brest, w.Belarus, "x"),
			"the site administrator": w.SiteAdmin.Actor, "who left": w.Former.Actor} {
			if _, err := s.FindProposal(ctx, a, id); !problem.Is(err, problem.NotFound) {
				t.Errorf("%s: %v", what, err)
			}
			if _, err := s.Accept(ctx, a, id); !problem.Is(err, problem.NotFound) {
				t.Errorf("%s accepts: %v", what, err)
			}
		}
		if _, err := s.Accept(ctx, koge, id); !problem.Is(err, problem.Forbidden) {
			t.Errorf("who proposes accepts: %v", err)
		}
		if _, err := s.Accept(ctx, w.DenmarkAdmin.Actor, id); !problem.Is(err, problem.Forbidden) {
			t.Errorf("who is above who proposes accepts: %v", err)
		}
		if err := s.Withdraw(ctx, vitebsk, id); !problem.Is(err, problem.Forbidden) {
			t.Errorf("who is asked withdraws: %v", err)
		}

		partnership, err := s.Accept(ctx, vitebsk, id)
		if err != nil || partnership == "" {
			t.Fatalf("%q, %v", partnership, err)
		}
		p, _, err := s.FindPartnership(ctx, w.KogeStaff.Actor, partnership)
		if err != nil || len(p.Units) != 2 || !slices.Equal(p.Focus, []string{"helpline"}) || p.Name.In(locale.Danish) != "Støttetelefon" {
			t.Errorf("what has begun is %+v, %v", p, err)
		}
		if told := mailed(t, db, org.AnsweredMail); !slices.Equal(told, []string{id + " " + w.KogeStaff.ID}) {
			t.Errorf("told of the answer are %v", told)
		}
		if _, err := s.Accept(ctx, vitebsk, id); !problem.Is(err, problem.Invalid) {
			t.Errorf("accepted twice: %v", err)
		}
		if err := s.Withdraw(ctx, koge, id); !problem.Is(err, problem.Invalid) {
			t.Errorf("withdrawn when it has begun: %v", err)
		}
		closed, err := s.FindProposal(ctx, koge, id)
		if err != nil || closed.Outcome != org.Accepted || closed.PartnershipID != partnership || closed.Answers(vitebsk) != "" {
			t.Errorf("the proposal stands at %+v, %v", closed, err)
		}
		if open, _, err := s.Proposals(ctx, vitebsk); err != nil || len(open) != 0 {
			t.Errorf("still listed: %v, %v", open, err)
		}
		noWords(t, db)
	})
}

func TestWhoAdministersOnlySomeUnitsBindsNotTheOthers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w, s := orgtest.New(t, db), org.New(db)
		ctx := t.Context()
		d := helpline(w)
		d.UnitIDs = []string{w.Koge, w.Vitebsk, w.Brest}
		id, err := s.Propose(ctx, w.DenmarkAdmin.Actor, d)
		if err != nil {
			t.Fatal(err)
		}
		brest := admin(w.Brest, w.Belarus, w.BrestStaff.ID)
		if _, err := s.Accept(ctx, brest, id); !problem.Is(err, problem.Forbidden) {
			t.Errorf("accepted for the neighbours: %v", err)
		}
		reason := text.Draft{Language: locale.Russian, Body: "Не сейчас."}
		if err := s.Decline(ctx, brest, id, reason); !problem.Is(err, problem.Forbidden) {
			t.Errorf("declined for the neighbours: %v", err)
		}
		if err := s.ArchiveUnit(ctx, w.MinskAdmin.Actor, w.Vitebsk); !problem.Is(err, problem.Invalid) {
			t.Errorf("archived while it is asked: %v", err)
		}
		if err := s.Decline(ctx, w.MinskAdmin.Actor, id, text.Draft{Language: "sv", Body: "Nej"}); !problem.Is(err, problem.Invalid) {
			t.Errorf("a reason in a fifth language: %v", err)
		}
		if err := s.Decline(ctx, w.MinskAdmin.Actor, id, reason); err != nil {
			t.Fatal(err)
		}
		p, err := s.FindProposal(ctx, brest, id)
		if err != nil || p.Outcome != org.Declined || p.Reason.In(locale.Russian) != "Не сейчас." || p.PartnershipID != "" {
			t.Errorf("it stands at %+v, %v", p, err)
		}
		other, err := s.Propose(ctx, w.DenmarkAdmin.Actor, d)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Withdraw(ctx, w.DenmarkAdmin.Actor, other); err != nil {
			t.Error(err)
		}
		if _, err := s.Accept(ctx, w.MinskAdmin.Actor, other); !problem.Is(err, problem.Invalid) {
			t.Errorf("accepted what was withdrawn: %v", err)
		}
	})
}

func TestOfThreeSocietiesTheLastYesCounts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w, s := orgtest.New(t, db), org.New(db)
		ctx := t.Context()
		var third string
		write(t, db, func(ctx context.Context, tx *database.Tx) (err error) {
			third, err = s.AddSocietyIn(ctx, tx, "", org.UnitDraft{Level: org.National, Country: "DK", Zone: "Europe/Copenhagen",
				Languages: []locale.Language{locale.Danish}, Name: name, ShortName: name, Place: name})
			return err
		})
		d := helpline(w)
		d.UnitIDs = append(d.UnitIDs, third)
		id, err := s.Propose(ctx, w.DenmarkAdmin.Actor, d)
		if err != nil {
			t.Fatal(err)
		}
		if begun, err := s.Accept(ctx, w.MinskAdmin.Actor, id); err != nil || begun != "" {
			t.Fatalf("begun without the third: %q, %v", begun, err)
		}
		p, err := s.FindProposal(ctx, w.DenmarkAdmin.Actor, id)
		if err != nil || !slices.Equal(p.Agreed, []string{w.Belarus}) || len(p.Awaited()) != 1 || mailed(t, db, org.AnsweredMail) != nil {
			t.Errorf("after one yes it stands at %+v, %v", p.Agreed, err)
		}
		if _, err := s.Accept(ctx, w.MinskAdmin.Actor, id); !problem.Is(err, problem.Forbidden) {
			t.Errorf("one side says yes twice: %v", err)
		}
		if begun, err := s.Accept(ctx, admin(third, third, w.HeadquartersStaff.ID), id); err != nil || begun == "" {
			t.Errorf("not begun with the last yes: %v", err)
		}
	})
}

// SeesProposalsSQL and ManagesSQL say the same as the policy table.
func TestConditionsAgreeWithThePolicy(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w, s := orgtest.New(t, db), org.New(db)
		id, err := s.Propose(t.Context(), w.DenmarkAdmin.Actor, helpline(w))
		if err != nil {
			t.Fatal(err)
		}
		all := []string{w.Belarus, w.Secretariat, w.Brest, w.BrestTown, w.Vitebsk, w.Denmark, w.Headquarters, w.Koge, w.Aarhus}
		membership := rapid.Custom(func(t *rapid.T) access.Membership {
			return access.Membership{UnitID: rapid.SampledFrom(all).Draw(t, "unit"),
				Role: rapid.SampledFrom([]access.Role{access.Staff, access.Coordinator, access.Administrator, ""}).Draw(t, "role")}
		})
		rapid.Check(t, func(r *rapid.T) {
			a := access.Actor{PersonID: "somebody", SiteAdmin: rapid.Bool().Draw(r, "site"), Memberships: rapid.SliceOfN(membership, 0, 3).Draw(r, "memberships")}
			err := db.Read(t.Context(), func(tx *database.Tx) error {
				units, err := access.ProposalUnits(t.Context(), tx, id)
				if err != nil {
					return err
				}
				same(r, tx, a, "proposals", access.SeesProposalsSQL, []string{id}, func(string) bool {
					return access.Can(a, access.SeeProposal, access.Case{Units: units})
				})
				every, err := access.UnitsByID(t.Context(), tx, all...)
				same(r, tx, a, "units", access.ManagesSQL, all, func(id string) bool {
					i := slices.IndexFunc(every, func(u access.Unit) bool { return u.ID == id })
					return access.Can(a, access.ManageUnit, access.Case{Units: every[i : i+1]})
				})
				return err
			})
			if err != nil {
				r.Fatal(err)
			}
		})
	})
}

func same(r *rapid.T, tx *database.Tx, a access.Actor, table string, condition rule, ids []string, may func(string) bool) {
	var args database.Args
	listed, err := database.Strings(context.Background(), tx, `select id from `+table+` where `+condition(a, "id", &args), args...)
	if err != nil {
		r.Fatal(err)
	}
	for _, id := range ids {
		if may(id) != slices.Contains(listed, id) {
			r.Errorf("the table says %t, the list of %s %t, by %+v", may(id), table, !may(id), a.Memberships)
		}
	}
}

func TestKeepingAPartnership(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w, s := orgtest.New(t, db), org.New(db)
		ctx := t.Context()
		koge := admin(w.Koge, w.Denmark, w.KogeStaff.ID)
		now := func() org.Partnership {
			p, _, err := s.FindPartnership(ctx, w.DenmarkAdmin.Actor, w.Partnership)
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
		change := func(a access.Actor, spoil func(*org.PartnershipChange)) error {
			p := now()
			d := org.PartnershipChange{Version: p.Version, Name: text.Draft{Language: locale.Russian, Body: p.Name.In(locale.Russian)}, NameBase: p.Name.Version,
				Purpose: text.Draft{Language: locale.Russian, Body: p.Purpose.In(locale.Russian)}, PurposeBase: p.Purpose.Version, StartsOn: p.StartsOn}
			spoil(&d)
			return s.ChangePartnership(ctx, a, w.Partnership, d)
		}
		same := func(*org.PartnershipChange) {}
		for what, line := range map[string]struct {
			err  error
			kind problem.Kind
		}{
			"changed by a coordinator":             {change(w.KogeCoordinator.Actor, same), problem.Forbidden},
			"changed by who does not see it":       {change(admin(w.Aarhus, w.Denmark, "x"), same), problem.NotFound},
			"ended before it began":                {change(koge, func(d *org.PartnershipChange) { d.EndsOn = "2019-01-01" }), problem.Invalid},
			"changed after somebody else":          {change(koge, func(d *org.PartnershipChange) { d.Version-- }), problem.Conflict},
			"joined by a unit one administers not": {s.AddPartner(ctx, koge, w.Partnership, w.Aarhus), problem.Forbidden},
			"joined by a unit of the other side":   {s.AddPartner(ctx, w.DenmarkAdmin.Actor, w.Partnership, w.Vitebsk), problem.Forbidden},
			"joined twice":                         {s.AddPartner(ctx, koge, w.Partnership, w.Koge), problem.Invalid},
			"joined by a unit that is not there":   {s.AddPartner(ctx, koge, w.Partnership, "gone"), problem.NotFound},
			"rid of the other side":                {s.RemovePartner(ctx, koge, w.Partnership, w.Brest), problem.Forbidden},
			"rid of a unit beside":                 {s.RemovePartner(ctx, koge, w.Partnership, w.Headquarters), problem.Forbidden},
		} {
			if !problem.Is(line.err, line.kind) {
				t.Errorf("%s: %v", what, line.err)
			}
		}
		err := change(koge, func(d *org.PartnershipChange) {
			d.EndsOn, d.Focus, d.Purpose.Body = "2021-12-31", []string{"youth"}, "Новая цель."
		})
		if p := now(); err != nil || p.EndsOn != "2021-12-31" || !slices.Equal(p.Focus, []string{"youth"}) || p.Purpose.In(locale.Russian) != "Новая цель." || p.Name.In(locale.Danish) == "" {
			t.Errorf("kept is %+v, %v", p, err)
		}
		if err := s.AddPartner(ctx, w.DenmarkAdmin.Actor, w.Partnership, w.Aarhus); err != nil {
			t.Error(err)
		}
		for _, id := range []string{w.Aarhus, w.Headquarters} {
			if err := s.RemovePartner(ctx, w.DenmarkAdmin.Actor, w.Partnership, id); err != nil {
				t.Error(err)
			}
		}
		if err := s.RemovePartner(ctx, koge, w.Partnership, w.Koge); !problem.Is(err, problem.Invalid) {
			t.Errorf("one society is left alone: %v", err)
		}
	})
}
