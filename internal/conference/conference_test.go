package conference_test

import (
	"slices"
	"testing"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org/orgtest"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/room"
	"example.org/tandem/internal/text"
)

// house is a store with the sample of two societies.
type house struct {
	*testing.T
	*conference.Store
	orgtest.World
	db    *database.DB
	clock *dbtest.Clock
}

func each(t *testing.T, test func(h house)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, db *database.DB, clock *dbtest.Clock) {
		rooms := room.Servers{Jitsi: room.NewJitsi("https://meet.tandem.example", []byte("secret"))}
		test(house{t, conference.New(db).WithRooms(rooms), orgtest.New(t, db), db, clock})
	})
}

// planned is a plan that keeps every rule: three times at the end of August 2020, four people of both sides.
func (h house) planned() conference.Plan {
	return conference.Plan{
		PartnershipID: h.Partnership,
		Title:         text.Draft{Language: locale.Russian, Body: "Готовы ли мы ко второй волне?"},
		Purpose:       text.Draft{Language: locale.Russian, Body: "Планы на осень."},
		Zone:          "Europe/Minsk",
		Times:         []string{"2020-08-25T14:00", "2020-08-27T11:00", "2020-08-28T14:00"},
		Minutes:       90,
		Hosts:         []string{h.Secretariat, h.Koge},
		Participants:  []string{h.MinskCoordinator.ID, h.BrestStaff.ID, h.KogeCoordinator.ID, h.KogeStaff.ID},
		ModeratorID:   h.KogeCoordinator.ID, MinuteTakerID: h.BrestStaff.ID,
		Languages:      []locale.Language{locale.Russian, locale.Danish},
		Interpretation: []conference.Pair{{From: locale.Russian, To: locale.Danish}, {From: locale.Danish, To: locale.Russian}},
		Room:           conference.Room{Kind: room.KindLink, URL: "https://meet.tandem.example/august"},
	}
}

// one is the same plan with a single time: Thursday 27 August 2020, 11:00 in Minsk, 10:00 in Køge.
func (h house) one() conference.Plan {
	p := h.planned()
	p.Times = []string{"2020-08-27T11:00"}
	return p
}

func (h house) poll() conference.Conference {
	h.Helper()
	id, err := h.Propose(h.Context(), h.MinskCoordinator.Actor, h.planned())
	h.ok(err)
	return h.find(id)
}

func (h house) scheduled() conference.Conference {
	h.Helper()
	id, err := h.Schedule(h.Context(), h.MinskCoordinator.Actor, h.one())
	h.ok(err)
	return h.find(id)
}

func (h house) find(id string) conference.Conference {
	h.Helper()
	c, err := h.Find(h.Context(), h.MinskCoordinator.Actor, id)
	h.ok(err)
	return c
}

func (h house) ok(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// refused wants a problem with a key, of the whole deed or of one field.
func (h house) refused(err error, key string) {
	h.Helper()
	p, is := problem.As(err)
	if !is {
		h.Fatalf("got %v, want the problem %s", err, key)
	}
	if p.Key != key && !slices.ContainsFunc(p.Fields, func(f problem.Field) bool { return f.Key == key }) {
		h.Fatalf("got %v, want %s", err, key)
	}
}

// missing wants the answer that looks as if there were nothing.
func (h house) missing(err error) {
	h.Helper()
	if !problem.Is(err, problem.NotFound) {
		h.Fatalf("got %v, want not found", err)
	}
}

// letters are the jobs of a kind that were written for a conference, in order of receiver.
func (h house) letters(kind, id string) []conference.Letter {
	h.Helper()
	var list []conference.Letter
	h.ok(h.db.Read(h.Context(), func(tx *database.Tx) error {
		subjects, err := database.Strings(h.Context(), tx, `select subject from jobs where kind = $1 and subject like $2 order by subject`, kind, id+"%")
		for _, s := range subjects {
			l, err := conference.ParseLetter(s)
			if err != nil {
				return err
			}
			list = append(list, l)
		}
		return err
	}))
	return list
}

// deeds are the entries of the audit log about a conference.
func (h house) deeds(id string) (list []string) {
	h.Helper()
	h.ok(h.db.Read(h.Context(), func(tx *database.Tx) (err error) {
		list, err = database.Strings(h.Context(), tx, `select deed from audit where subject = $1 order by id`, "conference:"+id)
		return err
	}))
	return list
}

func (h house) rsvp(id string, p orgtest.Person) conference.RSVP {
	h.Helper()
	found, invited := h.find(id).Participant(p.ID)
	if !invited {
		h.Fatal("not among the participants")
	}
	return found.RSVP
}

func TestStateFollowsFromTheClockAndTheButtons(t *testing.T) {
	each(t, func(h house) {
		c := h.scheduled()
		start := time.Date(2020, 8, 27, 8, 0, 0, 0, time.UTC)
		for _, step := range []struct {
			at   time.Time
			want conference.State
		}{
			{start.Add(-time.Minute), conference.Scheduled},
			{start, conference.InProgress},
			{start.Add(119 * time.Minute), conference.InProgress}, // half an hour longer than planned
			{start.Add(120 * time.Minute), conference.Held},
		} {
			h.clock.Set(step.at)
			if got := h.find(c.ID).State; got != step.want {
				h.Errorf("%s: got %s, want %s", step.at, got, step.want)
			}
		}
		h.ok(h.db.Write(h.Context(), func(tx *database.Tx) error { return h.AgreedIn(h.Context(), tx, c.ID) }))
		if got := h.find(c.ID).State; got != conference.Agreed {
			h.Errorf("got %s", got)
		}
	})
}

func TestAConferenceIsSeenByThePartnershipOnly(t *testing.T) {
	each(t, func(h house) {
		c := h.poll()
		for name, who := range map[string]access.Actor{
			"a staff member": h.BrestStaff.Actor, "an administrator above": h.DenmarkAdmin.Actor, "the other side": h.KogeCoordinator.Actor,
		} {
			if _, err := h.Find(h.Context(), who, c.ID); err != nil {
				h.Errorf("%s: %v", name, err)
			}
		}
		for name, who := range map[string]access.Actor{
			"a unit below": h.BrestTownStaff.Actor, "another partnership": h.Outsider.Actor, "a former member": h.Former.Actor,
			"the site administrator": h.SiteAdmin.Actor, "nobody": {},
		} {
			if _, err := h.Find(h.Context(), who, c.ID); !problem.Is(err, problem.NotFound) {
				h.Errorf("%s: got %v", name, err)
			}
		}
	})
}

func TestADraftIsSeenByCoordinatorsOnlyAndMailsNobody(t *testing.T) {
	each(t, func(h house) {
		p := h.planned()
		p.Draft = true
		id, err := h.Propose(h.Context(), h.MinskCoordinator.Actor, p)
		h.ok(err)
		if _, err := h.Find(h.Context(), h.KogeCoordinator.Actor, id); err != nil {
			h.Error(err)
		}
		_, err = h.Find(h.Context(), h.KogeStaff.Actor, id)
		h.missing(err)
		for _, kind := range []string{conference.AskMail, conference.InvitationMail} {
			if got := h.letters(kind, id); len(got) > 0 {
				h.Errorf("%s went to %v", kind, got)
			}
		}
	})
}

// refusedField wants one wrong field and nothing else.
func (h house) refusedField(err error, field, key string) {
	h.Helper()
	p, is := problem.As(err)
	if !is || len(p.Fields) != 1 || p.Fields[0].Name != field || p.Fields[0].Key != key {
		h.Fatalf("got %v, want %s: %s", err, field, key)
	}
}
