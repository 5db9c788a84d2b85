package work_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/action"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/decision"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/minutes"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/org/orgtest"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
	"example.org/tandem/internal/work"
)

const (
	ru = locale.Russian
	da = locale.Danish
)

// house has a conference on Tuesday 28 July 2020 at 11:00 in Minsk, with an agenda of two items; it is held unless a test
// turns the clock back.
type house struct {
	*testing.T
	*work.Desk
	orgtest.World
	db         *database.DB
	clock      *dbtest.Clock
	conference string
	items      []string // IDs
}

var before, after = dbtest.Start, dbtest.Start.AddDate(0, 0, 2)

func each(t *testing.T, test func(h *house)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, db *database.DB, clock *dbtest.Clock) {
		h := &house{T: t, db: db, clock: clock, World: orgtest.New(t, db), Desk: work.New(db, work.Parts{
			Conferences: conference.New(db), Decisions: decision.New(db), Actions: action.New(db), Minutes: minutes.New(db), Org: org.New(db),
			Lessons: lesson.New(db)})}
		h.schedule()
		clock.Set(after)
		test(h)
	})
}

// eachMixed is each with a third item that a Dane added: there are words in both languages to agree to.
func eachMixed(t *testing.T, test func(h *house)) {
	t.Helper()
	each(t, func(h *house) {
		id, err := h.Conferences.AddItem(h.Context(), h.KogeCoordinator.Actor, h.conference,
			conference.ItemDraft{Topic: in(da, "Eventuelt"), Kind: conference.Discussion, Minutes: 5})
		h.ok(err)
		h.items = append(h.items, id)
		test(h)
	})
}

func (h *house) schedule() {
	h.Helper()
	var err error
	h.conference, err = h.Conferences.Schedule(h.Context(), h.MinskCoordinator.Actor, conference.Plan{
		PartnershipID: h.Partnership, Title: in(ru, "Обмен опытом"), Purpose: in(ru, "Что получилось."), Zone: "Europe/Minsk",
		Times: []string{"2020-07-28T11:00"}, Minutes: 60, Hosts: []string{h.Secretariat, h.Koge},
		Participants: []string{h.MinskCoordinator.ID, h.BrestStaff.ID, h.KogeCoordinator.ID, h.KogeStaff.ID},
		Languages:    []locale.Language{ru, da}, Room: conference.Room{Kind: "none"}})
	h.ok(err)
	for _, topic := range []string{"Как работали волонтёры", "Решения"} {
		id, err := h.Conferences.AddItem(h.Context(), h.MinskCoordinator.Actor, h.conference,
			conference.ItemDraft{Topic: in(ru, topic), Kind: conference.Discussion, Minutes: 20})
		h.ok(err)
		h.items = append(h.items, id)
	}
	h.ok(h.Conferences.Answer(h.Context(), h.KogeCoordinator.Actor, h.conference, conference.Accepted, time.Time{}))
}

func in(l locale.Language, body string) text.Draft { return text.Draft{Language: l, Body: body} }

func (h *house) ok(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// refused wants a problem of the whole deed or of a field, with this key.
func (h *house) refused(err error, key string) {
	h.Helper()
	p, is := problem.As(err)
	if !is || p.Key != key && !slices.ContainsFunc(p.Fields, func(f problem.Field) bool { return f.Key == key }) {
		h.Errorf("got %v, want %s", err, key)
	}
}

// write saves a note that was begun from the text as it is now.
func (h *house) write(p orgtest.Person, l locale.Language, item int, body string) work.Saved {
	h.Helper()
	return h.save(p, l, work.Note{ItemID: h.items[item], Body: body, Base: h.notes(item).Version})
}

func (h *house) save(p orgtest.Person, l locale.Language, n work.Note) work.Saved {
	h.Helper()
	saved, err := h.SaveNotes(h.Context(), p.Actor, h.conference, l, []work.Note{n})
	h.ok(err)
	return saved[0]
}

func (h *house) notes(item int) (t text.Text) {
	h.Helper()
	h.ok(h.db.Read(h.Context(), func(tx *database.Tx) error {
		c, err := h.Conferences.GetIn(h.Context(), tx, h.conference)
		if err == nil {
			t, err = text.One(h.Context(), tx, c.Agenda[item].NotesID)
		}
		return err
	}))
	return t
}

func (h *house) read(p orgtest.Person) work.Minutes {
	h.Helper()
	m, err := h.ReadMinutes(h.Context(), p.Actor, h.conference)
	h.ok(err)
	return m
}

// consent is agreement to the minutes as they are now.
func (h *house) consent(p orgtest.Person, l locale.Language) minutes.Consent {
	h.Helper()
	return minutes.Consent{ConferenceID: h.conference, SocietyID: p.SocietyID, Languages: []locale.Language{l}, Fingerprint: h.read(p).Record.Fingerprint()}
}

func (h *house) agree(p orgtest.Person, l locale.Language) (frozen bool) {
	h.Helper()
	frozen, err := h.Agree(h.Context(), p.Actor, h.consent(p, l))
	h.ok(err)
	return frozen
}

func (h *house) task(due string) action.Draft {
	return action.Draft{Title: in(da, "Find en dag"), DueOn: due, Parts: []action.PartDraft{{UnitID: h.Koge, PersonID: h.KogeStaff.ID}, {UnitID: h.Brest}}}
}

// mails are the receivers of the jobs of a kind.
func (h *house) mails(kind string) (people []string) {
	h.Helper()
	h.ok(h.db.Read(h.Context(), func(tx *database.Tx) error {
		subjects, err := database.Strings(h.Context(), tx, `select subject from jobs where kind = $1 order by subject`, kind)
		for _, s := range subjects {
			people = append(people, strings.Fields(s)[1])
		}
		return err
	}))
	return people
}

// open is the same house before the minutes can be agreed to.
func (h *house) back(to time.Time) { h.clock.Set(to) }

var everybody = func(h *house) map[string]access.Actor {
	return map[string]access.Actor{"staff": h.KogeStaff.Actor, "a coordinator of another partnership": h.Outsider.Actor,
		"a former coordinator": h.Former.Actor, "the site administrator": h.SiteAdmin.Actor}
}
