package work_test

import (
	"slices"
	"testing"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/minutes"
	"example.org/tandem/internal/problem"
)

func TestMinutesNameThoseWhoCame(t *testing.T) {
	eachMixed(t, func(h *house) {
		if got := came(h); !slices.Equal(got, []string{h.KogeCoordinator.ID}) {
			t.Errorf("before anybody has noted it: %v, want who had said yes", got)
		}
		h.ok(h.Attend(t.Context(), h.MinskCoordinator.Actor, h.conference, []string{h.MinskCoordinator.ID, h.KogeStaff.ID}))
		want := []string{h.MinskCoordinator.ID, h.KogeStaff.ID}
		slices.Sort(want)
		if got := came(h); !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
		h.agree(h.MinskCoordinator, ru)
		h.ok(h.Attend(t.Context(), h.KogeCoordinator.Actor, h.conference, want))
		if got := h.mails(minutes.VoidedMail); len(got) > 0 {
			t.Errorf("the same list again ends an agreement: %v", got)
		}
		h.agree(h.KogeCoordinator, da)
		h.refused(h.Attend(t.Context(), h.KogeCoordinator.Actor, h.conference, nil), "minutes.problem.frozen")
	})
}

// came are the people whom the minutes name as participants.
func came(h *house) (ids []string) {
	for _, side := range h.read(h.KogeStaff).Record.Sides {
		for _, p := range side.People {
			ids = append(ids, p.PersonID)
		}
	}
	slices.Sort(ids)
	return ids
}

func TestNotingWhoCameIsRefused(t *testing.T) {
	eachMixed(t, func(h *house) {
		for name, a := range everybody(h) {
			if h.Attend(t.Context(), a, h.conference, []string{h.KogeStaff.ID}) == nil {
				t.Errorf("to %s", name)
			}
		}
		if err := h.Attend(t.Context(), h.MinskCoordinator.Actor, h.conference, []string{h.Outsider.ID}); !problem.Is(err, problem.NotFound) {
			t.Errorf("of somebody who was not invited: %v", err)
		}
		h.back(before)
		h.refused(h.Attend(t.Context(), h.MinskCoordinator.Actor, h.conference, nil), "minutes.problem.not-held")
		h.back(after)
		if got := came(h); len(got) != 1 || h.read(h.KogeStaff).Conference.State != conference.Held {
			t.Errorf("%v", got)
		}
	})
}
