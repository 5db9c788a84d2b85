package action_test

import (
	"slices"
	"testing"

	"example.org/tandem/internal/action"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

func TestAReportIsKeptWholeOrNotAtAll(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		a := d.now()
		own, other := a.Parts[0], a.Parts[1]
		note := text.Draft{Language: locale.Danish, Body: "Første udkast er klar."}
		moved := action.Move{PartID: own.ID, State: action.InProgress, Version: own.Version}
		for name, c := range map[string]struct {
			report action.Report
			kind   problem.Kind
		}{
			"that says nothing":                    {action.Report{Note: text.Draft{Language: locale.Danish, Body: " \n"}}, problem.Invalid},
			"with a part of the other side":        {action.Report{Moves: []action.Move{moved, {PartID: other.ID, State: action.Done, Version: other.Version}}, Note: note}, problem.Forbidden},
			"with a part that moved meanwhile":     {action.Report{Moves: []action.Move{moved, {PartID: own.ID, State: action.Done, Version: own.Version}}, Note: note}, problem.Conflict},
			"with the ball to whom it cannot be":   {action.Report{Moves: []action.Move{moved}, BallUnitID: d.Brest, Version: a.Version}, problem.Invalid},
			"with the ball from an older page":     {action.Report{Moves: []action.Move{moved}, BallUnitID: d.Secretariat, Version: a.Version - 1}, problem.Conflict},
			"with more moves than there are parts": {action.Report{Moves: slices.Repeat([]action.Move{moved}, action.MaxParts+1)}, problem.Invalid},
			"with a note in none of our languages": {action.Report{Moves: []action.Move{moved}, Note: text.Draft{Language: "uk", Body: "x"}}, problem.Invalid},
		} {
			if _, err := d.Report(t.Context(), d.KogeStaff.Actor, d.item, c.report); !problem.Is(err, c.kind) {
				t.Errorf("%s: %v", name, err)
			}
			if got := d.now(); got.Parts[0].State != action.Open || len(got.Notes) > 0 || got.BallUnitID != d.Koge {
				t.Fatalf("%s: half of it was kept: %+v", name, got)
			}
		}
		whole := action.Report{Moves: []action.Move{moved}, BallUnitID: d.Secretariat, Version: a.Version, Note: note}
		closed, err := d.Report(t.Context(), d.KogeStaff.Actor, d.item, whole)
		got := d.now()
		if err != nil || closed || got.Parts[0].State != action.InProgress || got.BallUnitID != d.Secretariat || got.Notes[0].Text.In(locale.Danish) != note.Body {
			t.Fatalf("%v, closed %t, got %+v", err, closed, got)
		}
	})
}

func TestAReportTellsWhenItHasClosedTheItem(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		for i, who := range d.coordinators() {
			p := d.now().Parts[i]
			closed, err := d.Report(t.Context(), who, d.item, action.Report{Moves: []action.Move{{PartID: p.ID, State: action.Done, Version: p.Version}}})
			if err != nil || closed != (i == 1) {
				t.Errorf("after part %d: %v, closed %t", i, err, closed)
			}
		}
		note := action.Report{Note: text.Draft{Language: locale.English, Body: "It went well."}}
		if closed, err := d.Report(t.Context(), d.KogeStaff.Actor, d.item, note); err != nil || closed {
			t.Errorf("a word on a closed item: %v, closed %t", err, closed)
		}
	})
}
