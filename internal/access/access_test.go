package access_test

import (
	"slices"
	"testing"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/problem"
)

// The sample: a partnership of Brest (in Belarus) and Køge (in Denmark). Town is below Brest, Vitebsk beside it.
var (
	brest = access.Unit{ID: "brest", SocietyID: "by", Line: []string{"brest", "by"}}
	koge  = access.Unit{ID: "koge", SocietyID: "dk", Line: []string{"koge", "dk"}}
	whole = access.Unit{ID: "by", SocietyID: "by", Line: []string{"by"}}
)

func member(unit, society string, role access.Role) access.Actor {
	return access.Actor{PersonID: unit + " " + string(role),
		Memberships: []access.Membership{{UnitID: unit, SocietyID: society, Role: role}}}
}

// people are everybody whom a rule may tell apart.
var people = map[string]access.Actor{
	"nobody":            {},
	"no membership":     {PersonID: "ended"}, // every membership is over
	"site admin":        {PersonID: "site", SiteAdmin: true},
	"brest staff":       member("brest", "by", access.Staff),
	"brest coordinator": member("brest", "by", access.Coordinator),
	"brest admin":       member("brest", "by", access.Administrator),
	"above staff":       member("by", "by", access.Staff),
	"above coordinator": member("by", "by", access.Coordinator),
	"above admin":       member("by", "by", access.Administrator),
	"below admin":       member("town", "by", access.Administrator),
	"beside admin":      member("vitebsk", "by", access.Administrator), // in other partnerships only
	"koge staff":        member("koge", "dk", access.Staff),
	"koge coordinator":  member("koge", "dk", access.Coordinator),
	"koge admin":        member("koge", "dk", access.Administrator),
	"koge stand-in":     standIn(),
	"both sides":        both(),
}

// both is a coordinator of Køge, and of a Belarusian unit that is not in the partnership.
func both() access.Actor {
	a := member("koge", "dk", access.Coordinator)
	a.PersonID = "koge and vitebsk"
	a.Memberships = append(a.Memberships, access.Membership{UnitID: "vitebsk", SocietyID: "by", Role: access.Coordinator})
	return a
}

// standIn is somebody of Køge's staff who acts for another.
func standIn() access.Actor {
	a := member("koge", "dk", access.Staff)
	a.PersonID, a.StandsFor = "another of koge", []string{"koge staff"}
	return a
}

var (
	brestPlans = []string{"brest coordinator", "brest admin", "above coordinator", "above admin"}
	kogePlans  = []string{"koge coordinator", "koge admin", "both sides"}
	planners   = slices.Concat(brestPlans, kogePlans)

	brestPeople = slices.Concat(brestPlans, []string{"brest staff", "above staff"})
	kogePeople  = slices.Concat(kogePlans, []string{"koge staff", "koge stand-in"})
	partners    = slices.Concat(planners, []string{"brest staff", "above staff", "koge staff", "koge stand-in"})
	members     = slices.Concat(partners, []string{"below admin", "beside admin"})
	everybody   = slices.Concat(members, []string{"no membership", "site admin"})
)

// joint is what both sides do together.
var joint = access.Case{Units: []access.Unit{brest, koge}}

// of is a case in the partnership that one person is personally concerned by.
func of(person string, c access.Case) access.Case {
	c.Units, c.Person = joint.Units, people[person].PersonID
	return c
}

// policy is DESIGN.md §3 line by line. Who is not named may not.
var policy = []struct {
	deed access.Deed
	when string
	c    access.Case
	may  []string
}{
	{access.SeePartnership, "", joint, partners},
	{access.SeePartnership, "that is not there", access.Case{}, nil},
	{access.SeeConference, "", joint, partners},
	{access.SeeConference, "a draft", access.Case{Units: joint.Units, Draft: true}, planners},
	{access.PlanConference, "", joint, planners},
	{access.AnswerConference, "invited", of("koge staff", access.Case{Invited: true}), []string{"koge staff"}},
	{access.AnswerConference, "not invited", of("koge staff", access.Case{}), nil},
	{access.AnswerConference, "invited to a draft", of("koge staff", access.Case{Invited: true, Draft: true}), nil},
	{access.AnswerConference, "invited once, and left since", of("no membership", access.Case{Invited: true}), nil},
	{access.ReadPapers, "", joint, partners},
	{access.ReadPapers, "a draft", access.Case{Units: joint.Units, Draft: true}, planners},
	{access.ReadPapers, "as interpreter at another partnership's", access.Case{Invited: true, Interprets: true}, nil},
	{access.RunConference, "hosted by Køge", access.Case{Units: joint.Units, Hosts: []access.Unit{koge}}, kogePlans},
	{access.RunConference, "hosted by both", access.Case{Units: joint.Units, Hosts: joint.Units}, planners},
	{access.RunConference, "as moderator or minute taker", access.Case{Units: joint.Units, Leads: true}, partners},
	{access.RunConference, "a draft, as moderator", access.Case{Units: joint.Units, Leads: true, Draft: true}, planners},
	{access.RunConference, "as moderator of another partnership's", access.Case{Leads: true}, nil},
	{access.WriteNotes, "", joint, planners},
	{access.WriteNotes, "as moderator or minute taker", access.Case{Units: joint.Units, Leads: true}, partners},
	{access.RecordOutcome, "", joint, planners},
	{access.AgreeMinutes, "for Belarus", access.Case{Units: joint.Units, Owner: &brest}, brestPlans},
	{access.AgreeMinutes, "for Denmark", access.Case{Units: joint.Units, Owner: &koge}, kogePlans},
	{access.AgreeMinutes, "for nobody", joint, nil},
	{access.SeeAction, "", joint, partners},
	{access.PlanAction, "", joint, planners},
	{access.WorkOnPart, "of Brest", access.Case{Units: joint.Units, Owner: &brest}, brestPlans},
	{access.WorkOnPart, "of Køge", access.Case{Units: joint.Units, Owner: &koge}, kogePlans},
	{access.WorkOnPart, "of Køge, its staff responsible", of("koge staff", access.Case{Owner: &koge}),
		slices.Concat(kogePlans, []string{"koge staff", "koge stand-in"})},
	{access.WorkOnPart, "of Køge, nobody responsible", access.Case{Units: joint.Units, Owner: &koge}, kogePlans},
	{access.WorkOnPart, "of Brest, somebody responsible who left", of("no membership", access.Case{Owner: &brest}), brestPlans},
	{access.NoteProgress, "", joint, partners},
	{access.SeeLesson, "shared", access.Case{Units: joint.Units, Owner: &brest}, partners},
	{access.SeeLesson, "a draft from Brest", access.Case{Units: joint.Units, Owner: &brest, Draft: true}, brestPeople},
	{access.SeeLesson, "a draft from Køge", access.Case{Units: joint.Units, Owner: &koge, Draft: true}, kogePeople},
	{access.SeeLesson, "a draft from Brest in a partnership without Brest", access.Case{Units: []access.Unit{koge}, Owner: &brest, Draft: true}, nil},
	{access.WriteLesson, "of Brest", access.Case{Units: joint.Units, Owner: &brest}, brestPlans},
	{access.WriteLesson, "of Køge", access.Case{Units: joint.Units, Owner: &koge, Draft: true}, kogePlans},
	{access.WriteLesson, "of nobody", joint, nil},
	{access.TranslateText, "what is joint", joint, partners},
	{access.TranslateText, "a draft from Køge", access.Case{Units: joint.Units, Owner: &koge, Draft: true}, kogePeople},
	{access.CheckTranslation, "what is joint", joint, planners},
	{access.CheckTranslation, "a draft from Brest", access.Case{Units: joint.Units, Owner: &brest, Draft: true}, brestPlans},
	{access.SeeUnit, "", access.Case{}, slices.Concat(members, []string{"site admin"})},
	{access.ManageUnit, "Brest", access.Case{Units: []access.Unit{brest}}, []string{"brest admin", "above admin"}},
	{access.ManageUnit, "Køge", access.Case{Units: []access.Unit{koge}}, []string{"koge admin"}},
	{access.PlaceUnit, "Brest", access.Case{Units: []access.Unit{brest}}, []string{"above admin"}},
	{access.PlaceUnit, "a society", access.Case{Units: []access.Unit{whole}}, nil},
	{access.NameFirst, "of a society without administrator", access.Case{Units: []access.Unit{whole}, Unled: true}, []string{"above admin", "site admin"}},
	{access.NameFirst, "of a society that has one", access.Case{Units: []access.Unit{whole}}, []string{"above admin"}},
	{access.NameFirst, "of Brest", access.Case{Units: []access.Unit{brest}}, []string{"brest admin", "above admin"}},
	{access.NameFirst, "of nothing", access.Case{}, nil},
	{access.SeeProposal, "", joint, []string{"brest admin", "above admin", "koge admin"}},
	{access.ProposeUnit, "Brest", access.Case{Owner: &brest}, []string{"brest admin", "above admin"}},
	{access.ProposeUnit, "Køge", access.Case{Owner: &koge}, []string{"koge admin"}},
	{access.ProposeUnit, "none", access.Case{}, nil},
	{access.AnswerProposal, "for Belarus", access.Case{Units: joint.Units, Owner: &brest}, []string{"brest admin", "above admin"}},
	{access.AnswerProposal, "for Denmark", access.Case{Units: joint.Units, Owner: &koge}, []string{"koge admin"}},
	{access.AnswerProposal, "for a unit that it does not join", access.Case{Units: []access.Unit{koge}, Owner: &brest}, nil},
	{access.KeepPartnership, "", joint, []string{"brest admin", "above admin", "koge admin"}},
	{access.KeepPartnership, "that is not there", access.Case{}, nil},
	{access.NameStandIn, "for oneself", access.Case{Person: people["koge staff"].PersonID}, []string{"koge staff"}},
	{access.NameStandIn, "for somebody of Køge", access.Case{Units: []access.Unit{koge}, Person: people["koge staff"].PersonID},
		[]string{"koge staff", "koge admin"}},
	{access.NameStandIn, "for somebody of Køge and Brest", access.Case{Units: []access.Unit{koge, brest}, Person: people["koge staff"].PersonID},
		[]string{"koge staff"}},
	{access.SeePerson, "", access.Case{Person: "somebody"}, slices.Concat(members, []string{"site admin"})},
	{access.SeePerson, "oneself", of("no membership", access.Case{}), everybody},
	{access.EditProfile, "", of("brest staff", access.Case{}), []string{"brest staff"}},
	{access.RunSite, "", access.Case{}, []string{"site admin"}},
}

func TestPolicy(t *testing.T) {
	for _, line := range policy {
		for name, actor := range people {
			want := slices.Contains(line.may, name)
			if got := access.Can(actor, line.deed, line.c); got != want {
				t.Errorf("%s: %s %s: %t, want %t", name, line.deed, line.when, got, want)
			}
		}
	}
}

func TestEveryDeedHasALine(t *testing.T) {
	for _, deed := range access.Deeds() {
		found := false
		for _, line := range policy {
			found = found || line.deed == deed
		}
		if !found {
			t.Errorf("nothing says who may %s", deed)
		}
	}
}

func TestUnknownDeedIsRefused(t *testing.T) {
	for name, actor := range people {
		if access.Can(actor, "fly", joint) {
			t.Errorf("%s may do what the table does not know", name)
		}
	}
}

func TestCheckHidesWhatMayNotBeSeen(t *testing.T) {
	for name, want := range map[string]problem.Kind{
		"nobody": problem.NotFound, "beside admin": problem.NotFound, "site admin": problem.NotFound,
		"koge staff": problem.Forbidden, // who sees the partnership is told that they may not plan
	} {
		err := access.Check(people[name], access.PlanConference, access.SeePartnership, joint)
		if !problem.Is(err, want) {
			t.Errorf("%s: %v, want kind %d", name, err, want)
		}
	}
	if err := access.Check(people["koge admin"], access.PlanConference, access.SeePartnership, joint); err != nil {
		t.Errorf("an administrator of Køge: %v", err)
	}
}
