package work_test

import (
	"slices"
	"strconv"
	"testing"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/action"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org/orgtest"
	"example.org/tandem/internal/text"
	"example.org/tandem/internal/work"
)

// queue asks for everything in the person's languages.
func (h *house) queue(p orgtest.Person, w work.Wanted) work.Queue {
	h.Helper()
	w.Look, w.Limit = 20, max(w.Limit, 20)
	if w.Shelves == nil {
		w.Shelves = work.Shelves
	}
	if w.Languages == nil {
		w.Languages = p.Actor.Reads
	}
	q, err := h.Queue(h.Context(), p.Actor, w)
	h.ok(err)
	return q
}

// titles are what is listed on a shelf, as a reader of Russian gets it.
func titles(list []work.Waiting) (found []string) {
	for _, w := range list {
		found = append(found, w.Title.Line([]locale.Language{ru}).Body)
	}
	return found
}

func TestWhatComesNextWaitsInTheLanguagesThatOneReads(t *testing.T) {
	each(t, func(h *house) {
		h.clock.Set(before)
		q := h.queue(h.KogeCoordinator, work.Wanted{Languages: []locale.Language{da}})
		if got := titles(q.On[work.OfConferences]); !slices.Equal(got, []string{"Обмен опытом", "Что получилось.", "Как работали волонтёры", "Решения"}) {
			h.Errorf("%q", got)
		}
		for _, w := range q.On[work.OfConferences] {
			if w.WithinID != h.conference || w.On != "2020-07-28" || !slices.Equal(w.Into, []locale.Language{da}) || w.Coverage.State(ru) != text.Source {
				h.Errorf("%+v", w)
			}
		}
		if q.Count[da] != 4 || q.Count[ru] != 0 {
			h.Errorf("counts %v", q.Count)
		}
		if q := h.queue(h.MinskCoordinator, work.Wanted{Languages: []locale.Language{ru}}); !q.Empty() {
			h.Errorf("what was written in Russian waits in Russian: %v", q.On)
		}
		if q := h.queue(h.KogeCoordinator, work.Wanted{Readable: true}); !q.Empty() {
			h.Errorf("who reads no Russian is asked to translate from it: %v", q.On)
		}
		if q := h.queue(h.Outsider, work.Wanted{Languages: locale.All}); !q.Empty() || len(q.Count) > 0 {
			h.Errorf("somebody of another partnership: %v", q)
		}
	})
}

func TestADraftWaitsForCoordinatorsOnly(t *testing.T) {
	each(t, func(h *house) {
		h.clock.Set(before)
		h.ok(h.db.Write(h.Context(), func(tx *database.Tx) error {
			_, err := tx.Exec(h.Context(), `update conferences set state = 'draft' where id = $1`, h.conference)
			return err
		}))
		for _, line := range []struct {
			who  orgtest.Person
			want int
		}{{h.KogeCoordinator, 4}, {h.KogeStaff, 0}, {h.SiteAdmin, 0}} {
			if got := len(h.queue(line.who, work.Wanted{Languages: []locale.Language{da}}).On[work.OfConferences]); got != line.want {
				h.Errorf("%d, want %d", got, line.want)
			}
		}
	})
}

// A translation that nobody has checked waits for a coordinator; one that a machine made, for everybody.
func TestWhatIsDoneWaitsNoMore(t *testing.T) {
	each(t, func(h *house) {
		h.clock.Set(before)
		waits := func(p orgtest.Person) int {
			return len(h.queue(p, work.Wanted{Languages: []locale.Language{da}}).On[work.OfConferences])
		}
		for _, step := range []struct {
			by                 text.How
			coordinator, staff int
		}{{text.ByMachine, 4, 4}, {text.Translated, 4, 3}, {text.Checked, 3, 3}} {
			h.translate(da, "Udveksling", step.by)
			if c, s := waits(h.KogeCoordinator), waits(h.KogeStaff); c != step.coordinator || s != step.staff {
				h.Errorf("%s: %d wait for the coordinator, %d for staff", step.by, c, s)
			}
		}
	})
}

// translate puts the conference's title into a language.
func (h *house) translate(l locale.Language, body string, by text.How) {
	h.Helper()
	h.ok(h.db.Write(h.Context(), func(tx *database.Tx) error {
		c, err := h.Conferences.GetIn(h.Context(), tx, h.conference)
		if err != nil {
			return err
		}
		p := c.Title.Paragraphs[0]
		return text.Translate(h.Context(), tx, text.Translation{TextID: c.Title.ID, Paragraph: p.ID, Language: l, Base: p.Versions[l].Number,
			Body: body, FromLanguage: ru, FromRevision: 1, By: by, PersonID: h.MinskCoordinator.ID})
	}))
}

func TestActionsAndDecisionsWaitTheMostUrgentAndTheNewestFirst(t *testing.T) {
	each(t, func(h *house) {
		h.clock.Set(before)
		for i, due := range []string{"2020-09-02", "2020-08-01", "2020-08-15"} {
			h.decide(i)
			h.plan(strconv.Itoa(i), due)
		}
		q := h.queue(h.KogeCoordinator, work.Wanted{Languages: []locale.Language{da}})
		if got := titles(q.On[work.OfActions]); !slices.Equal(got, []string{"Дело 1", "Дело 2", "Дело 0"}) {
			h.Errorf("%q", got)
		}
		if got := titles(q.On[work.OfDecisions]); !slices.Equal(got, []string{"Решено 2", "Решено 1", "Решено 0"}) {
			h.Errorf("%q", got)
		}
		w := work.Wanted{Languages: []locale.Language{da}, Shelves: work.Shelves, Look: 2, Limit: 1}
		q, err := h.Queue(h.Context(), h.KogeCoordinator.Actor, w)
		h.ok(err)
		if got := titles(q.On[work.OfActions]); !slices.Equal(got, []string{"Дело 1"}) || !q.More[work.OfActions] || q.Count[da] != 8 {
			h.Errorf("%q, more: %t, %v", got, q.More[work.OfActions], q.Count)
		}
	})
}

func (h *house) plan(n, due string) {
	h.Helper()
	_, err := h.Actions.Record(h.Context(), h.MinskCoordinator.Actor, action.Draft{PartnershipID: h.Partnership, Title: in(ru, "Дело "+n), DueOn: due,
		Priority: action.Normal, Parts: []action.PartDraft{{UnitID: h.Secretariat}, {UnitID: h.Koge}}})
	h.ok(err)
}

func (h *house) decide(n int) {
	h.Helper()
	h.ok(h.db.Write(h.Context(), func(tx *database.Tx) error {
		id, err := text.New(h.Context(), tx, in(ru, "Решено "+strconv.Itoa(n)), h.MinskCoordinator.ID)
		if err != nil {
			return err
		}
		_, err = tx.Exec(h.Context(), `insert into decisions (id, partnership_id, year, number, text_id, state, decided_on, created_by_id, created_at)
			values ($1, $2, 2020, $3, $4, 'in force', '2020-07-02', $5, $6)`, database.NewID(), h.Partnership, n+1, id, h.MinskCoordinator.ID, tx.Now)
		return err
	}))
}

// An unfinished item stands on the next agenda by the same text: there it is wanted first, and it waits once.
func TestWhatIsCarriedWaitsOnce(t *testing.T) {
	each(t, func(h *house) {
		h.plan("1", "2020-08-20")
		_, err := h.FollowUp(h.Context(), h.MinskCoordinator.Actor, conference.Plan{PartnershipID: h.Partnership, FollowsID: h.conference, Title: in(ru, "Дальше"),
			Zone: "Europe/Minsk", Times: []string{"2020-09-01T11:00"}, Minutes: 60, Hosts: []string{h.Secretariat, h.Koge}, Languages: []locale.Language{ru},
			Participants: []string{h.MinskCoordinator.ID, h.KogeCoordinator.ID}, Room: conference.Room{Kind: "none"}}, []text.Draft{in(ru, "Открытые задачи")})
		h.ok(err)
		q := h.queue(h.KogeCoordinator, work.Wanted{Languages: []locale.Language{da}})
		if got := titles(q.On[work.OfConferences]); !slices.Equal(got, []string{"Дальше", "Открытые задачи", "Дело 1"}) || len(q.On[work.OfActions]) > 0 {
			h.Errorf("%q, and again %q", got, titles(q.On[work.OfActions]))
		}
		for _, w := range q.On[work.OfConferences] {
			if got := w.Within.Line([]locale.Language{ru}).Body; got != "Дальше" || w.Coverage.State(ru) != text.Source {
				h.Errorf("%q stands in %q, Russian is %s", w.Title.Line([]locale.Language{ru}).Body, got, w.Coverage.State(ru))
			}
		}
	})
}

// Who sees very many partnerships is read another way, and gets the same.
func TestTheQueueOfSomebodyWhoSeesEverything(t *testing.T) {
	each(t, func(h *house) {
		h.clock.Set(before)
		h.plan("1", "2020-08-01")
		few := h.queue(h.MinskAdmin, work.Wanted{Languages: []locale.Language{da}})
		h.crowd(120)
		h.ok(h.db.Read(h.Context(), func(tx *database.Tx) error {
			seen, err := access.Partnerships(h.Context(), tx, h.MinskAdmin.Actor)
			if len(seen.IDs) < 101 {
				h.Errorf("%d partnerships", len(seen.IDs))
			}
			return err
		}))
		many := h.queue(h.MinskAdmin, work.Wanted{Languages: []locale.Language{da}})
		for _, s := range work.Shelves {
			if got, want := titles(many.On[s]), titles(few.On[s]); !slices.Equal(got, want) {
				h.Errorf("%s: %q, want %q", s, got, want)
			}
		}
	})
}

// crowd adds partnerships that the whole of a society sees.
func (h *house) crowd(n int) {
	h.Helper()
	h.ok(h.db.Write(h.Context(), func(tx *database.Tx) error {
		var name string
		if err := tx.Row(h.Context(), `select name_id from partnerships where id = $1`, h.Partnership).Scan(&name); err != nil {
			return err
		}
		for range n {
			id := database.NewID()
			_, err := tx.Exec(h.Context(), `insert into partnerships (id, name_id, purpose_id, kind, starts_on) values ($1, $2, $2, 'partnership', '2020-01-01')`, id, name)
			if err != nil {
				return err
			}
			_, err = tx.Exec(h.Context(), `insert into partnership_units (partnership_id, unit_id, position) values ($1, $2, 0)`, id, h.Secretariat)
			if err != nil {
				return err
			}
		}
		return nil
	}))
}
