package conference_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/room"
	"example.org/tandem/internal/text"
)

// edit is the plan that a form would show for a conference.
func edit(c conference.Conference, p conference.Plan) conference.Plan {
	p.TitleBase, p.PurposeBase = c.Title.Version, c.Purpose.Version
	return p
}

func (h house) change(c conference.Conference, how func(*conference.Plan)) conference.Conference {
	h.Helper()
	p := edit(c, h.one())
	how(&p)
	h.ok(h.Change(h.Context(), h.KogeCoordinator.Actor, c.ID, c.Version, p))
	return h.find(c.ID)
}

func TestAnotherTimeAsksEverybodyAnewAMinuteLater(t *testing.T) {
	each(t, func(h house) {
		c := h.scheduled()
		h.ok(h.Answer(h.Context(), h.KogeStaff.Actor, c.ID, conference.Accepted, time.Time{}))
		got := h.change(c, func(p *conference.Plan) { p.Times = []string{"2020-10-27T11:00"} })
		if want := time.Date(2020, 10, 27, 8, 0, 0, 0, time.UTC); !got.StartsAt.Equal(want) || got.Sequence != 1 {
			h.Errorf("got %s, sequence %d", got.StartsAt, got.Sequence)
		}
		if h.rsvp(c.ID, h.KogeStaff) != conference.NeedsAction {
			h.Error("an answer about another time was kept")
		}
		letters := h.letters(conference.ChangeMail, c.ID)
		if len(letters) != 4 || letters[0].Sequence != 1 {
			h.Errorf("told: %v", letters)
		}
		h.ok(h.db.Read(h.Context(), func(tx *database.Tx) error {
			var due time.Time
			err := tx.Row(h.Context(), `select run_at from jobs where kind = 'change' limit 1`).Scan(&due)
			if !due.Equal(h.clock.Now().Add(time.Minute)) {
				h.Errorf("mailed at %s, %v", due, err)
			}
			return nil
		}))
	})
}

func TestARoomOrTitleIsToldAndAnswersStay(t *testing.T) {
	each(t, func(h house) {
		c := h.scheduled()
		h.ok(h.Answer(h.Context(), h.KogeStaff.Actor, c.ID, conference.Accepted, time.Time{}))
		c = h.change(c, func(p *conference.Plan) { p.Room.URL = "https://meet.tandem.example/other" })
		if c.Sequence != 1 || h.rsvp(c.ID, h.KogeStaff) != conference.Accepted {
			h.Errorf("sequence %d", c.Sequence)
		}
		c = h.change(c, func(p *conference.Plan) {
			p.Room, p.Title.Body = c.Room, "Вторая волна"
		})
		if c.Sequence != 2 || c.Title.In(locale.Russian) != "Вторая волна" {
			h.Errorf("sequence %d, title %q", c.Sequence, c.Title.In(locale.Russian))
		}
	})
}

func TestAnotherWayInByTelephoneIsTold(t *testing.T) {
	each(t, func(h house) {
		c := h.scheduled()
		phones := []room.Phone{{Number: "+45 70 12 34 56"}, {Number: "+45 70 12 34 56", PIN: "1234#"}, {}}
		for i, phone := range phones {
			c = h.change(c, func(p *conference.Plan) { p.Room.Phone = phone })
			letters := h.letters(conference.ChangeMail, c.ID)
			if c.Sequence != i+1 || c.Room.Phone != phone || c.Room.URL != h.one().Room.URL || len(letters) != 4*(i+1) {
				h.Errorf("%+v: %+v, sequence %d, %d letters", phone, c.Room, c.Sequence, len(letters))
			}
		}
		c = h.change(c, func(p *conference.Plan) { p.Room.Phone = room.Phone{} })
		if c.Sequence != len(phones) {
			h.Error("what stayed as it was is told")
		}
		p := edit(c, h.one())
		p.Room.Phone.Number = "ring mig"
		if err := h.Change(h.Context(), h.KogeCoordinator.Actor, c.ID, c.Version, p); !problem.Is(err, problem.Invalid) {
			h.Errorf("what cannot be dialled: %v", err)
		}
	})
}

func TestWhoHostsARoomAndWhenItOpens(t *testing.T) {
	each(t, func(h house) {
		c := h.scheduled() // moderated by Køge's coordinator, minutes taken by staff of Brest
		for _, who := range []struct {
			name  string
			actor access.Actor
			hosts bool
		}{{"who plans", h.MinskCoordinator.Actor, true}, {"who takes the minutes", h.BrestStaff.Actor, true}, {"who takes part", h.KogeStaff.Actor, false}} {
			if c.HostedBy(who.actor) != who.hosts {
				h.Errorf("%s hosts: %v", who.name, !who.hosts)
			}
			for _, at := range []struct {
				now  time.Time
				open bool
			}{{c.StartsAt.Add(-conference.Doors - time.Second), who.hosts}, {c.StartsAt.Add(-conference.Doors), true}, {c.StartsAt, true}} {
				if c.OpenTo(who.actor, at.now) != at.open {
					h.Errorf("%s at %s: %v", who.name, at.now, !at.open)
				}
			}
		}
		if err := h.EndRoom(h.Context(), h.KogeStaff.Actor, c.ID); !problem.Is(err, problem.Forbidden) {
			h.Errorf("who takes part ends the meeting: %v", err)
		}
		if err := h.EndRoom(h.Context(), h.MinskCoordinator.Actor, c.ID); !problem.Is(err, problem.NotFound) {
			h.Errorf("a link is ended: %v", err)
		}
		if err := h.ShareRecordings(h.Context(), h.KogeStaff.Actor, c.ID, true); !problem.Is(err, problem.Forbidden) {
			h.Errorf("who takes part shares recordings: %v", err)
		}
	})
}

func TestWhatNobodyNeedsToKnowIsNotMailed(t *testing.T) {
	each(t, func(h house) {
		c := h.scheduled()
		got := h.change(c, func(p *conference.Plan) {
			p.MinuteTakerID, p.Hosts = h.MinskCoordinator.ID, []string{h.Brest, h.Headquarters}
		})
		if got.Sequence != 0 || len(h.letters(conference.ChangeMail, c.ID)) > 0 || got.MinuteTakerID != h.MinskCoordinator.ID || got.Hosts[0] != h.Brest {
			h.Errorf("got %+v", got)
		}
	})
}

func TestWhoIsTakenOffOrPutOnTheListIsTold(t *testing.T) {
	each(t, func(h house) {
		c := h.scheduled()
		got := h.change(c, func(p *conference.Plan) {
			p.Participants = []string{h.MinskCoordinator.ID, h.BrestStaff.ID, h.KogeCoordinator.ID, h.HeadquartersStaff.ID}
		})
		if _, still := got.Participant(h.KogeStaff.ID); still {
			h.Error("still on the list")
		}
		off, on := h.letters(conference.RemovalMail, c.ID), h.letters(conference.InvitationMail, c.ID)
		if len(off) != 1 || off[0] != (conference.Letter{ConferenceID: c.ID, PersonID: h.KogeStaff.ID, Sequence: 1}) {
			h.Errorf("taken off: %v", off)
		}
		added := func(l conference.Letter) bool { return l.PersonID == h.HeadquartersStaff.ID && l.Sequence == 1 }
		if len(on) != 5 || !slices.ContainsFunc(on, added) || len(h.letters(conference.ChangeMail, c.ID)) > 0 {
			h.Errorf("put on: %v", on)
		}
	})
}

func TestADraftBecomesAPollWithOtherTimes(t *testing.T) {
	each(t, func(h house) {
		p := h.planned()
		p.Draft, p.Times = true, nil
		id, err := h.Propose(h.Context(), h.MinskCoordinator.Actor, p)
		h.ok(err)
		c := h.find(id)
		p = edit(c, h.planned())
		p.Draft, p.Times = true, p.Times[:1]
		h.ok(h.Change(h.Context(), h.MinskCoordinator.Actor, id, c.Version, p))
		if c = h.find(id); c.State != conference.Draft || len(c.Slots) != 1 {
			h.Errorf("got %s with %d slots", c.State, len(c.Slots))
		}
		h.ok(h.Change(h.Context(), h.KogeCoordinator.Actor, id, c.Version, edit(c, h.planned())))
		if c = h.find(id); c.State != conference.Poll || len(c.Slots) != 3 || len(h.letters(conference.AskMail, id)) != 4 {
			h.Errorf("got %s with %d slots", c.State, len(c.Slots))
		}
	})
}

func TestADraftWithOneTimeIsScheduled(t *testing.T) {
	each(t, func(h house) {
		p := h.one()
		p.Draft = true
		id, err := h.Propose(h.Context(), h.MinskCoordinator.Actor, p)
		h.ok(err)
		c := h.find(id)
		h.ok(h.Change(h.Context(), h.MinskCoordinator.Actor, id, c.Version, edit(c, h.one())))
		if c = h.find(id); c.State != conference.Scheduled || len(c.Slots) != 0 || len(h.letters(conference.InvitationMail, id)) != 4 {
			h.Errorf("got %s, %d slots", c.State, len(c.Slots))
		}
	})
}

func TestAPollKeepsItsTimesAndAnswersWhenItsListChanges(t *testing.T) {
	each(t, func(h house) {
		c := h.poll()
		h.says(c, h.KogeStaff, conference.Yes)
		p := edit(c, h.planned())
		p.Times, p.Participants = []string{"2020-09-01T10:00"}, append(p.Participants, h.DenmarkAdmin.ID)
		h.ok(h.Change(h.Context(), h.MinskCoordinator.Actor, c.ID, c.Version, p))
		got := h.find(c.ID)
		if len(got.Slots) != 3 || got.Slots[0].Answers[h.KogeStaff.ID] != conference.Yes || len(got.Participants) != 5 {
			h.Errorf("got %+v", got)
		}
		if letters := h.letters(conference.AskMail, c.ID); len(letters) != 5 {
			h.Errorf("asked: %v", letters)
		}
	})
}

func TestTwoEditorsDoNotWriteOverEachOther(t *testing.T) {
	each(t, func(h house) {
		c := h.scheduled()
		h.change(c, func(p *conference.Plan) { p.Title.Body = "Первый" })
		p := edit(c, h.one())
		p.Title.Body = "Второй"
		h.refused(h.Change(h.Context(), h.MinskCoordinator.Actor, c.ID, c.Version, p), "error.conflict")
		if got := h.find(c.ID).Title.In(locale.Russian); got != "Первый" {
			h.Errorf("got %q", got)
		}
	})
}

func TestWhatAChangeIsRefusedFor(t *testing.T) {
	each(t, func(h house) {
		c := h.scheduled()
		ctx, minsk := h.Context(), h.MinskCoordinator.Actor
		p := edit(c, h.one())
		h.refused(h.Change(ctx, h.KogeStaff.Actor, c.ID, c.Version, p), "error.forbidden")
		h.missing(h.Change(ctx, h.Outsider.Actor, c.ID, c.Version, p))
		p.Title.Body = strings.Repeat("x", 201)
		h.refusedField(h.Change(ctx, minsk, c.ID, c.Version, p), "title", "error.too-long")
		p = edit(c, h.one())
		p.Times = []string{"2020-07-01T10:00"}
		h.refusedField(h.Change(ctx, minsk, c.ID, c.Version, p), "slot-1", "conference.problem.past")
		h.clock.Set(c.Ends().Add(conference.Overtime))
		h.refused(h.Change(ctx, minsk, c.ID, c.Version, edit(c, h.one())), "conference.problem.closed")
	})
}

func TestTheRoomCanMoveWhileItIsGoingOn(t *testing.T) {
	each(t, func(h house) {
		c := h.scheduled()
		h.clock.Set(c.StartsAt.Add(5 * time.Minute))
		got := h.change(c, func(p *conference.Plan) {
			p.Room.URL, p.Times = "https://meet.tandem.example/other", []string{"2020-12-01T10:00"}
		})
		if got.Room.URL != "https://meet.tandem.example/other" || !got.StartsAt.Equal(c.StartsAt) || len(h.letters(conference.ChangeMail, c.ID)) != 4 {
			h.Errorf("got %+v", got)
		}
	})
}

func TestWhoLeftThePartnershipCanStayOnTheList(t *testing.T) {
	each(t, func(h house) {
		c := h.scheduled()
		h.ok(h.db.Write(h.Context(), func(tx *database.Tx) error {
			_, err := tx.Exec(h.Context(), `update memberships set ended_at = $1 where id = $2`, tx.Now, h.KogeStaff.MembershipID)
			return err
		}))
		got := h.change(c, func(p *conference.Plan) { p.Minutes = 60 })
		if _, still := got.Participant(h.KogeStaff.ID); !still || got.Length != time.Hour {
			h.Errorf("got %+v", got)
		}
	})
}

func TestATranslatedTitleStaysTranslated(t *testing.T) {
	each(t, func(h house) {
		c := h.scheduled()
		h.ok(h.db.Write(h.Context(), func(tx *database.Tx) error {
			return text.Translate(h.Context(), tx, text.Translation{TextID: c.Title.ID, Paragraph: c.Title.Paragraphs[0].ID, Language: locale.Danish,
				Body: "Er vi klar til en anden bølge?", FromLanguage: locale.Russian, FromRevision: 1, By: text.Checked, PersonID: h.KogeCoordinator.ID})
		}))
		got := h.change(h.find(c.ID), func(p *conference.Plan) { p.Title.Body = "Мы готовы?" })
		if got.Title.In(locale.Danish) == "" || got.Title.State(locale.Danish) != text.OutOfDate {
			h.Errorf("the Danish title is %q, %s", got.Title.In(locale.Danish), got.Title.State(locale.Danish))
		}
	})
}
