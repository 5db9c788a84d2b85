package action_test

import (
	"strings"
	"testing"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/action"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// plan is what the editor of the desk's item starts from.
func (d desk) plan() action.Plan {
	a := d.now()
	p := action.Plan{Version: a.Version, Title: text.Draft{Language: locale.Danish, Body: a.Title.In(locale.Danish)}, TitleVersion: a.Title.Version,
		DueOn: a.DueOn, Priority: a.Priority, BallUnitID: a.BallUnitID}
	for _, part := range a.Parts {
		p.Parts = append(p.Parts, action.PartDraft{UnitID: part.UnitID, PersonID: part.PersonID})
	}
	return p
}

func TestAPlanChangesWhatAnItemIs(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		p := d.plan()
		p.Title.Body, p.DueOn, p.Priority, p.BallUnitID = "Lav to dagsordener", "2020-09-01", action.High, d.Brest
		p.Parts = []action.PartDraft{{UnitID: d.Brest, PersonID: d.BrestStaff.ID}, {UnitID: d.Koge}}
		if err := d.Change(t.Context(), d.MinskCoordinator.Actor, d.item, p); err != nil {
			t.Fatal(err)
		}
		a := d.now()
		if a.Title.In(locale.Danish) != p.Title.Body || a.DueOn != p.DueOn || a.Priority != action.High || a.BallUnitID != d.Brest {
			t.Errorf("got %+v", a)
		}
		if len(a.Parts) != 2 || a.Parts[0].PersonID != d.BrestStaff.ID || a.Parts[1].UnitID != d.Koge || a.Parts[1].PersonID != "" {
			t.Errorf("got %+v", a.Parts)
		}
		mine, err := d.MineDue(t.Context(), d.BrestStaff.Actor, 5)
		if err != nil || len(mine) != 1 || mine[0].DueOn != "2020-09-01" {
			t.Errorf("in the list of who is responsible now: %v, %v", mine, err)
		}
	})
}

func TestAUnitThatHasBegunStaysInThePlan(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		d.work(1, action.InProgress)
		p := d.plan()
		p.Parts = p.Parts[:1]
		if err := d.Change(t.Context(), d.KogeCoordinator.Actor, d.item, p); !problem.Is(err, problem.Invalid) {
			t.Fatal(err)
		}
		if got := d.now().Parts; len(got) != 2 || got[1].State != action.InProgress {
			t.Fatalf("got %+v", got)
		}
	})
}

func TestTakingOutTheLastUnfinishedPartClosesTheItem(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		d.work(0, action.Done)
		p := d.plan()
		p.Parts = p.Parts[:1]
		if err := d.Change(t.Context(), d.KogeCoordinator.Actor, d.item, p); err != nil {
			t.Fatal(err)
		}
		if a := d.now(); !a.Closed() || a.BallUnitID != "" {
			t.Fatalf("closed %t, ball with %q", a.Closed(), a.BallUnitID)
		}
	})
}

func TestADueDayThatIsPastAndAPersonWhoHasLeftMayStay(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		d.clock.Advance(3 * 365 * 24 * 3600 * 1e9)
		p := d.plan()
		p.Priority = action.Low
		if err := d.Change(t.Context(), d.KogeCoordinator.Actor, d.item, p); err != nil {
			t.Fatal(err)
		}
		p = d.plan()
		p.DueOn = "2020-08-15"
		if err := d.Change(t.Context(), d.KogeCoordinator.Actor, d.item, p); !problem.Is(err, problem.Invalid) {
			t.Fatalf("another day three years back: %v", err)
		}
	})
}

func TestAPlanIsRefused(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		old := d.plan()
		if err := d.Change(t.Context(), d.KogeCoordinator.Actor, d.item, d.plan()); err != nil {
			t.Fatal(err)
		}
		foreign := d.plan()
		foreign.Parts = append(foreign.Parts, action.PartDraft{UnitID: d.Vitebsk})
		untitled := d.plan()
		untitled.Title.Body = " "
		for name, c := range map[string]struct {
			who  access.Actor
			plan action.Plan
			kind problem.Kind
		}{
			"by staff":                     {d.KogeStaff.Actor, d.plan(), problem.Forbidden},
			"by an outsider":               {d.Outsider.Actor, d.plan(), problem.NotFound},
			"with a unit from elsewhere":   {d.KogeCoordinator.Actor, foreign, problem.Invalid},
			"without title":                {d.KogeCoordinator.Actor, untitled, problem.Invalid},
			"made from an earlier version": {d.MinskCoordinator.Actor, old, problem.Conflict},
		} {
			if err := d.Change(t.Context(), c.who, d.item, c.plan); !problem.Is(err, c.kind) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := d.Change(t.Context(), d.KogeCoordinator.Actor, "nowhere", d.plan()); !problem.Is(err, problem.NotFound) {
			t.Errorf("of an item that is not there: %v", err)
		}
	})
}

func TestProgressNotesAreKeptTheLatestFirst(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		for _, n := range []struct {
			who  access.Actor
			note text.Draft
		}{{d.KogeStaff.Actor, text.Draft{Language: locale.Danish, Body: "I gang."}},
			{d.BrestStaff.Actor, text.Draft{Language: locale.Belarusian, Body: "Частка гатова.\n\n- раз\n- два"}}} {
			if err := d.NoteProgress(t.Context(), n.who, d.item, n.note); err != nil {
				t.Fatal(err)
			}
			d.clock.Advance(1e9)
		}
		notes := d.now().Notes
		if len(notes) != 2 || notes[0].PersonID != d.BrestStaff.ID || len(notes[0].Text.Paragraphs) != 3 || notes[1].Text.In(locale.Danish) != "I gang." {
			t.Fatalf("got %+v", notes)
		}
	})
}

func TestAProgressNoteIsRefused(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		for name, c := range map[string]struct {
			who  access.Actor
			note text.Draft
			kind problem.Kind
		}{
			"with nothing in it": {d.KogeStaff.Actor, text.Draft{Language: locale.Danish, Body: " \n- \n"}, problem.Invalid},
			"that is too long":   {d.KogeStaff.Actor, text.Draft{Language: locale.Danish, Body: strings.Repeat("я", action.MaxNote+1)}, problem.Invalid},
			"in no language":     {d.KogeStaff.Actor, text.Draft{Body: "I gang."}, problem.Invalid},
			"by an outsider":     {d.Outsider.Actor, text.Draft{Language: locale.Russian, Body: "Так."}, problem.NotFound},
		} {
			if err := d.NoteProgress(t.Context(), c.who, d.item, c.note); !problem.Is(err, c.kind) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if notes := d.now().Notes; len(notes) > 0 {
			t.Errorf("kept %+v", notes)
		}
	})
}
