package work_test

import (
	"slices"
	"strings"
	"testing"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/minutes"
	"example.org/tandem/internal/org/orgtest"
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

// count is a number from the database.
func (h *house) count(query string) (n int) {
	h.Helper()
	h.ok(h.db.Read(h.Context(), func(tx *database.Tx) error { return tx.Row(h.Context(), query).Scan(&n) }))
	return n
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

func line(l string) conference.UninvitedDraft {
	return conference.UninvitedDraft{Line: in(da, l)}
}

func TestWhoCameUninvitedStandsInTheMinutesAndGetsNoMail(t *testing.T) {
	eachMixed(t, func(h *house) {
		person := conference.UninvitedDraft{PersonID: h.HeadquartersStaff.ID}
		other := line("Frivillig,  Roskilde afdeling")
		other.SocietyID = h.Denmark
		jobs := h.count(`select count(*) from jobs`)
		h.ok(h.AddUninvited(t.Context(), h.MinskCoordinator.Actor, h.conference, person))
		h.ok(h.AddUninvited(t.Context(), h.KogeCoordinator.Actor, h.conference, other))
		if n := h.count(`select count(*) from jobs`); n != jobs {
			t.Errorf("%d mails or other jobs", n-jobs)
		}
		want := []string{h.KogeCoordinator.ID, h.HeadquartersStaff.ID}
		slices.Sort(want)
		if got := came(h); !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
		side := h.read(h.HeadquartersStaff).Record.Sides[1]
		if len(side.Others) != 1 || side.Others[0].Line != "Frivillig, Roskilde afdeling" || side.Others[0].Language != da {
			t.Errorf("%+v", side.Others)
		}
		if c, err := h.Conferences.Get(t.Context(), h.conference); err != nil || len(c.Participants) != 4 {
			t.Errorf("they are asked to take part: %d, %v", len(c.Participants), err)
		}
		h.refused(h.AddUninvited(t.Context(), h.MinskCoordinator.Actor, h.conference, person), "minutes.problem.uninvited-there")
		h.refused(h.AddUninvited(t.Context(), h.MinskCoordinator.Actor, h.conference, other), "minutes.problem.uninvited-there")
	})
}

func TestWhoCameUninvitedEndsAnAgreementAndStaysInFrozenMinutes(t *testing.T) {
	eachMixed(t, func(h *house) {
		other := line("Frivillig")
		other.SocietyID = h.Denmark
		h.agree(h.MinskCoordinator, ru)
		h.ok(h.AddUninvited(t.Context(), h.KogeCoordinator.Actor, h.conference, other))
		if got := h.mails(minutes.VoidedMail); len(got) == 0 {
			t.Error("an agreement to other minutes counts")
		}
		id := h.read(h.KogeStaff).Uninvited[0].ID
		h.agree(h.MinskCoordinator, ru)
		h.agree(h.KogeCoordinator, da)
		h.refused(h.AddUninvited(t.Context(), h.KogeCoordinator.Actor, h.conference, conference.UninvitedDraft{PersonID: h.HeadquartersStaff.ID}), "minutes.problem.frozen")
		h.refused(h.DropUninvited(t.Context(), h.KogeCoordinator.Actor, h.conference, id), "minutes.problem.frozen")
		if got := h.read(h.KogeStaff); !got.Frozen || len(got.Record.Sides[1].Others) != 1 {
			t.Errorf("%+v", got.Record.Sides)
		}
	})
}

func TestAddingWhoCameUninvitedIsRefused(t *testing.T) {
	eachMixed(t, func(h *house) {
		right := line("Frivillig")
		right.SocietyID = h.Denmark
		for name, a := range everybody(h) {
			if h.AddUninvited(t.Context(), a, h.conference, right) == nil {
				t.Errorf("to %s", name)
			}
		}
		for key, d := range map[string]conference.UninvitedDraft{
			"error.required": {SocietyID: h.Denmark, Line: in(da, " ")},
			"error.too-long": {SocietyID: h.Denmark, Line: in(da, strings.Repeat("x", 1000))},
			"error.choice":   {SocietyID: h.Koge, Line: in(da, "Frivillig")},
		} {
			h.refused(h.AddUninvited(t.Context(), h.KogeCoordinator.Actor, h.conference, d), key)
		}
		h.refused(h.AddUninvited(t.Context(), h.KogeCoordinator.Actor, h.conference, conference.UninvitedDraft{PersonID: h.Outsider.ID}), "error.choice")
		h.refused(h.AddUninvited(t.Context(), h.KogeCoordinator.Actor, h.conference, conference.UninvitedDraft{PersonID: h.KogeStaff.ID}), "minutes.problem.uninvited-there")
		h.ok(h.AddUninvited(t.Context(), h.KogeCoordinator.Actor, h.conference, right))
		id := h.read(h.KogeStaff).Uninvited[0].ID
		for name, a := range everybody(h) {
			if h.DropUninvited(t.Context(), a, h.conference, id) == nil {
				t.Errorf("%s takes them off", name)
			}
		}
		h.ok(h.DropUninvited(t.Context(), h.MinskCoordinator.Actor, h.conference, id))
		if err := h.DropUninvited(t.Context(), h.MinskCoordinator.Actor, h.conference, id); !problem.Is(err, problem.NotFound) {
			t.Errorf("twice: %v", err)
		}
		h.back(before)
		h.refused(h.AddUninvited(t.Context(), h.KogeCoordinator.Actor, h.conference, right), "minutes.problem.not-held")
	})
}

func TestWhoCameUninvitedIsInTheirExport(t *testing.T) {
	eachMixed(t, func(h *house) {
		h.ok(h.AddUninvited(t.Context(), h.KogeCoordinator.Actor, h.conference, conference.UninvitedDraft{PersonID: h.HeadquartersStaff.ID}))
		for _, p := range []orgtest.Person{h.HeadquartersStaff, h.KogeCoordinator} {
			h.ok(h.db.Read(t.Context(), func(tx *database.Tx) error {
				own, err := h.Conferences.OwnUninvitedIn(t.Context(), tx, p.ID, "", 10)
				if len(own) != 1 || own[0].ConferenceID != h.conference || own[0].Myself != (p.ID == h.HeadquartersStaff.ID) {
					t.Errorf("%+v", own)
				}
				return err
			}))
		}
	})
}
