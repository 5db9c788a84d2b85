package conference_test

import (
	"testing"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/org/orgtest"
)

// mailed is how many letters of each kind wait to be written: changes, invitations beyond the first four, removals, cancellations.
func (h house) mailed(id string) [4]int {
	count := func(kind string) int { return len(h.letters(kind, id)) }
	return [4]int{count(conference.ChangeMail), count(conference.InvitationMail) - 4, count(conference.RemovalMail), count(conference.CancellationMail)}
}

func (h house) without(who orgtest.Person) func(*conference.Plan) {
	return func(p *conference.Plan) {
		p.Hold = true
		var left []string
		for _, id := range p.Participants {
			if id != who.ID {
				left = append(left, id)
			}
		}
		p.Participants = left
	}
}

func (h house) with(who orgtest.Person) func(*conference.Plan) {
	return func(p *conference.Plan) {
		p.Hold = true
		p.Participants = append(p.Participants, who.ID)
	}
}

func TestMailsThatAreKeptBackGoOnceAndTellAll(t *testing.T) {
	each(t, func(h house) {
		c := h.change(h.scheduled(), h.with(h.HeadquartersStaff))
		c = h.change(c, func(p *conference.Plan) {
			h.without(h.KogeStaff)(p)
			h.with(h.HeadquartersStaff)(p)
			p.Times = []string{"2020-10-27T11:00"}
		})
		if got := h.mailed(c.ID); got != [4]int{} || c.Held != 5 {
			h.Fatalf("mailed %v, %d kept back", got, c.Held)
		}
		h.refused(h.Release(h.Context(), h.KogeStaff.Actor, c.ID), "error.forbidden")
		h.ok(h.Release(h.Context(), h.MinskCoordinator.Actor, c.ID))
		if got, left := h.mailed(c.ID), h.find(c.ID).Held; got != [4]int{3, 1, 1, 0} || left != 0 {
			h.Errorf("mailed %v, %d still kept back", got, left)
		}
		h.refused(h.Release(h.Context(), h.MinskCoordinator.Actor, c.ID), "conference.problem.nothing-held")
	})
}

func TestTheNextChangeTakesWhatWasKeptBackAlong(t *testing.T) {
	each(t, func(h house) {
		c := h.change(h.scheduled(), h.without(h.KogeStaff))
		c = h.change(c, func(p *conference.Plan) {
			h.without(h.KogeStaff)(p)
			p.Hold, p.Times = false, []string{"2020-10-27T11:00"}
		})
		if got := h.mailed(c.ID); got != [4]int{3, 0, 1, 0} || c.Held != 0 {
			h.Errorf("mailed %v, %d kept back", got, c.Held)
		}
	})
}

func TestWhoNeverHeardOfAConferenceIsNotToldThatItIsOff(t *testing.T) {
	each(t, func(h house) {
		c := h.change(h.scheduled(), h.with(h.HeadquartersStaff))
		c = h.change(c, h.without(h.HeadquartersStaff)) // came and went
		if c.Held != 0 {
			h.Errorf("%d kept back", c.Held)
		}
		c = h.change(c, h.with(h.HeadquartersStaff))
		c = h.change(c, func(p *conference.Plan) {
			h.with(h.HeadquartersStaff)(p)
			h.without(h.KogeStaff)(p)
		})
		h.ok(h.Cancel(h.Context(), h.MinskCoordinator.Actor, c.ID, c.Version))
		if got := h.mailed(c.ID); got != [4]int{0, 0, 1, 3} {
			h.Errorf("mailed %v", got)
		}
	})
}
