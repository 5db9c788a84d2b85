package conference_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/room"
)

func TestProposingKeepsThePlanAndAsksEverybodyOnce(t *testing.T) {
	each(t, func(h house) {
		c := h.poll()
		p := h.planned()
		if c.State != conference.Poll || c.Title.In(locale.Russian) != p.Title.Body || c.Purpose.In(locale.Russian) != p.Purpose.Body {
			h.Errorf("got %+v", c)
		}
		if c.Length != 90*time.Minute || c.Room != p.Room || !slices.Equal(c.Interpretation, p.Interpretation) || !slices.Equal(c.Hosts, p.Hosts) {
			h.Errorf("got %+v", c)
		}
		if c.HasTime() || len(c.Slots) != 3 || !c.Slots[0].StartsAt.Equal(time.Date(2020, 8, 25, 11, 0, 0, 0, time.UTC)) {
			h.Errorf("slots %+v", c.Slots)
		}
		who, _ := c.Participant(h.BrestStaff.ID)
		if who.UnitID != h.Brest || who.SocietyID != h.Belarus || who.RSVP != conference.NeedsAction || who.InvitedAt.IsZero() {
			h.Errorf("participant %+v", who)
		}
		if got := h.letters(conference.AskMail, c.ID); len(got) != 4 {
			h.Errorf("asked: %v", got)
		}
		if want := []string{"propose conference", "open poll"}; !slices.Equal(h.deeds(c.ID), want) {
			h.Errorf("audit: %v", h.deeds(c.ID))
		}
	})
}

func TestWhatAPlanIsRefusedFor(t *testing.T) {
	each(t, func(h house) {
		for _, c := range []struct {
			name, field, key string
			spoil            func(*conference.Plan)
		}{
			{"no title", "title", "error.required", func(p *conference.Plan) { p.Title.Body = " \n" }},
			{"a title of 201 characters", "title", "error.too-long", func(p *conference.Plan) { p.Title.Body = strings.Repeat("ў", 201) }},
			{"a purpose without end", "purpose", "error.too-long", func(p *conference.Plan) { p.Purpose.Body = strings.Repeat("а", 20_001) }},
			{"nine minutes", "minutes", "conference.problem.length", func(p *conference.Plan) { p.Minutes = 9 }},
			{"nine hours", "minutes", "conference.problem.length", func(p *conference.Plan) { p.Minutes = 540 }},
			{"no time", "slot-1", "calendar.problem.time", func(p *conference.Plan) { p.Times = nil }},
			{"a time that is none", "slot-2", "calendar.problem.time", func(p *conference.Plan) { p.Times[1] = "2020-02-30T10:00" }},
			{"a time in the past", "slot-1", "conference.problem.past", func(p *conference.Plan) { p.Times[0] = "2020-07-27T12:00" }},
			{"the same time twice", "slot-3", "conference.problem.twice", func(p *conference.Plan) { p.Times[2] = p.Times[0] }},
			{"an hour that does not exist", "slot-1", "calendar.problem.gap", func(p *conference.Plan) {
				p.Zone, p.Times[0] = "Europe/Copenhagen", "2021-03-28T02:30"
			}},
			{"eleven times", "slot-10", "conference.problem.slots", func(p *conference.Plan) {
				for day := range 8 {
					p.Times = append(p.Times, "2020-09-1"+string(rune('0'+day))+"T10:00")
				}
			}},
			{"a clock that nobody here has", "zone", "calendar.problem.zone", func(p *conference.Plan) { p.Zone = "Local" }},
			{"a deadline after the first time", "deadline", "conference.problem.deadline", func(p *conference.Plan) { p.Deadline = "2020-08-26" }},
			{"a deadline that is over", "deadline", "conference.problem.deadline", func(p *conference.Plan) { p.Deadline = "2020-07-26" }},
			{"a deadline that is no day", "deadline", "error.day", func(p *conference.Plan) { p.Deadline = "soon" }},
			{"one host", "hosts", "conference.problem.hosts", func(p *conference.Plan) { p.Hosts = p.Hosts[:1] }},
			{"two hosts of one side", "hosts", "conference.problem.hosts", func(p *conference.Plan) { p.Hosts = []string{h.Secretariat, h.Brest} }},
			{"a host from elsewhere", "hosts", "conference.problem.hosts", func(p *conference.Plan) { p.Hosts[1] = h.Aarhus }},
			{"a stranger", "participants", "conference.problem.member", func(p *conference.Plan) { p.Participants[0] = h.Outsider.ID }},
			{"somebody of a unit below", "participants", "conference.problem.member", func(p *conference.Plan) { p.Participants[0] = h.BrestTownStaff.ID }},
			{"a moderator who left", "participants", "conference.problem.member", func(p *conference.Plan) { p.ModeratorID = h.Former.ID }},
			{"one side alone", "participants", "conference.problem.sides", func(p *conference.Plan) {
				p.Participants, p.ModeratorID = []string{h.MinskCoordinator.ID, h.BrestStaff.ID}, ""
			}},
			{"no language", "languages", "conference.problem.languages", func(p *conference.Plan) { p.Languages = nil }},
			{"a language we do not have", "languages", "conference.problem.languages", func(p *conference.Plan) { p.Languages[0] = "xx" }},
			{"a room that is no link", "room-url", "room.problem.https", func(p *conference.Plan) { p.Room.URL = "javascript:alert(1)" }},
			{"a room of another kind", "room", "error.choice", func(p *conference.Plan) { p.Room.Kind = "cave" }},
		} {
			h.Run(c.name, func(t *testing.T) {
				h := h
				h.T = t
				p := h.planned()
				c.spoil(&p)
				_, err := h.Propose(t.Context(), h.MinskCoordinator.Actor, p)
				h.refusedField(err, c.field, c.key)
			})
		}
	})
}

func TestOnlyCoordinatorsOfThePartnershipPlan(t *testing.T) {
	each(t, func(h house) {
		for name, c := range map[string]struct {
			who  access.Actor
			want string
		}{
			"a staff member": {h.BrestStaff.Actor, "error.forbidden"}, "an outsider": {h.Outsider.Actor, "error.notFound"},
			"the site administrator": {h.SiteAdmin.Actor, "error.notFound"}, "nobody": {access.Actor{}, "error.notFound"},
		} {
			_, err := h.Propose(h.Context(), c.who, h.planned())
			h.Log(name)
			h.refused(err, c.want)
		}
	})
}

func TestModeratorAndMinuteTakerAreAlwaysInvited(t *testing.T) {
	each(t, func(h house) {
		p := h.one()
		p.Participants = []string{h.MinskCoordinator.ID}
		id, err := h.Schedule(h.Context(), h.MinskCoordinator.Actor, p)
		h.ok(err)
		if got := len(h.find(id).Participants); got != 3 {
			h.Errorf("got %d participants", got)
		}
	})
}

func TestARoomIsMadeAndCannotBeTyped(t *testing.T) {
	each(t, func(h house) {
		p := h.one()
		p.Room = conference.Room{Kind: room.KindJitsi, URL: "https://evil.example/room"}
		id, err := h.Schedule(h.Context(), h.MinskCoordinator.Actor, p)
		h.ok(err)
		if got := h.find(id).Room.URL; !strings.HasPrefix(got, "https://meet.tandem.example/tandem-") {
			h.Errorf("got %s", got)
		}
	})
}

func TestAFollowUpStaysInItsPartnership(t *testing.T) {
	each(t, func(h house) {
		before := h.scheduled()
		p := h.planned()
		p.Draft, p.FollowsID = true, before.ID
		id, err := h.Propose(h.Context(), h.KogeCoordinator.Actor, p)
		h.ok(err)
		if got := h.find(before.ID); got.FollowedByID != id || !got.FollowedByDraft || got.FollowedByTitle.Empty() {
			h.Errorf("got %+v", got)
		}
		if got := h.find(id); got.FollowsID != before.ID || got.FollowsTitle.Empty() {
			h.Errorf("got %+v", got)
		}
		p.FollowsID = "no such conference"
		_, err = h.Propose(h.Context(), h.KogeCoordinator.Actor, p)
		h.missing(err)
	})
}
