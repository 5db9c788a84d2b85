package decision_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/decision"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org/orgtest"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// desk is a partnership with one conference and three decisions of 2020.
type desk struct {
	*decision.Store
	db                           *database.DB
	partnership, conference      string
	first                        string // ID of 2020/001
	coordinator, staff, outsider access.Actor
}

func (d desk) draft(sentence, on string) decision.Draft {
	return decision.Draft{PartnershipID: d.partnership, ConferenceID: d.conference, DecidedOn: on,
		Text: text.Draft{Language: locale.Russian, Body: sentence}}
}

func each(t *testing.T, test func(t *testing.T, d desk)) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w := orgtest.New(t, db)
		d := desk{Store: decision.New(db), db: db, partnership: w.Partnership, conference: database.NewID(),
			coordinator: w.MinskCoordinator.Actor, staff: w.KogeStaff.Actor, outsider: w.Outsider.Actor}
		d.hold(t)
		for i, sentence := range []string{"Встретиться в августе.", "Описать опыт.", "Вести общий список."} {
			id, err := d.record(t, d.coordinator, d.draft(sentence, "2020-07-02"))
			if err != nil {
				t.Fatal(err)
			}
			if i == 0 {
				d.first = id
			}
		}
		test(t, d)
	})
}

// hold writes the row of a conference that decisions can refer to.
func (d desk) hold(t *testing.T) {
	t.Helper()
	err := d.db.Write(t.Context(), func(tx *database.Tx) error {
		title, err := text.New(t.Context(), tx, text.Draft{}, "")
		if err != nil {
			return err
		}
		_, err = tx.Exec(t.Context(), `insert into conferences (id, partnership_id, title_id, purpose_id, state, zone, minutes, room_url,
			room_kind, languages, interpretation, created_by_id, starts_at, created_at, changed_at)
			values ($1, $2, $3, $3, 'scheduled', 'Europe/Minsk', 60, '', 'none', 'ru', '', $4, $5, $5, $5)`,
			d.conference, d.partnership, title, d.coordinator.PersonID, tx.Now)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (d desk) record(t *testing.T, a access.Actor, draft decision.Draft) (id string, err error) {
	err = d.db.Write(t.Context(), func(tx *database.Tx) error {
		id, err = d.RecordIn(t.Context(), tx, a, draft)
		return err
	})
	return id, err
}

func TestADecisionGetsTheNextNumberOfItsYear(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		for _, c := range []struct{ on, label string }{
			{"2020-08-27", "2020/004"}, {"2020-12-31", "2020/005"}, {"2021-01-01", "2021/001"}, {"2020-12-31", "2020/006"},
		} {
			id, err := d.record(t, d.coordinator, d.draft("Созваниваться раз\nв месяц.", c.on))
			if err != nil {
				t.Fatal(err)
			}
			got, err := d.Find(t.Context(), d.staff, id)
			if err != nil || got.Label() != c.label || got.State != decision.Proposed || got.Text.In(locale.Russian) != "Созваниваться раз в месяц." {
				t.Errorf("%s: got %s %s %q, %v", c.on, got.Label(), got.State, got.Text.In(locale.Russian), err)
			}
		}
	})
}

func TestDecisionsRecordedAtOnceAreNumberedWithoutGapsOrDuplicates(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		const people, each = 6, 4
		var done sync.WaitGroup
		for range people {
			done.Go(func() {
				for range each {
					if _, err := d.record(t, d.coordinator, d.draft("Так и сделать.", "2021-03-01")); err != nil {
						t.Error(err)
					}
				}
			})
		}
		done.Wait()
		list, _, err := d.List(t.Context(), d.coordinator, decision.Filter{Limit: people * each})
		if err != nil || len(list) != people*each {
			t.Fatal(len(list), err)
		}
		for i, one := range list {
			if want := fmt.Sprintf("2021/%03d", people*each-i); one.Label() != want {
				t.Errorf("got %s, want %s", one.Label(), want)
			}
		}
	})
}

func TestWhatIsRefusedUsesUpNoNumber(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		for name, c := range map[string]struct {
			by   access.Actor
			body string
			kind problem.Kind
		}{
			"staff":       {d.staff, "Так.", problem.Forbidden},
			"an outsider": {d.outsider, "Так.", problem.NotFound},
			"nothing":     {d.coordinator, " \n ", problem.Invalid},
			"an essay":    {d.coordinator, strings.Repeat("так ", 200), problem.Invalid},
		} {
			if _, err := d.record(t, c.by, d.draft(c.body, "2020-09-01")); !problem.Is(err, c.kind) {
				t.Errorf("%s: %v", name, err)
			}
		}
		id, err := d.record(t, d.coordinator, d.draft("Так.", "2020-09-01"))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := d.Find(t.Context(), d.staff, id); err != nil || got.Label() != "2020/004" {
			t.Fatal(got.Label(), err)
		}
	})
}

func TestWhoIsOutsideThePartnershipFindsNoDecision(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		if _, err := d.Find(t.Context(), d.outsider, d.first); !problem.Is(err, problem.NotFound) {
			t.Error(err)
		}
		if list, _, err := d.List(t.Context(), d.outsider, decision.Filter{}); err != nil || len(list) > 0 {
			t.Error(list, err)
		}
	})
}

func TestALongListComesInPages(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		first, more, err := d.List(t.Context(), d.staff, decision.Filter{Limit: 2, Partnership: d.partnership})
		if err != nil || !more || len(first) != 2 || first[0].Label() != "2020/003" {
			t.Fatal(first, more, err)
		}
		rest, more, err := d.List(t.Context(), d.staff, decision.Filter{Limit: 2, After: first[1].ID, Conference: d.conference})
		if err != nil || more || len(rest) != 1 || rest[0].Label() != "2020/001" {
			t.Fatal(rest, more, err)
		}
	})
}

func TestOnlyProposedDecisionsComeInForce(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		id, err := d.record(t, d.coordinator, d.draft("Так.", "2020-07-02"))
		if err != nil {
			t.Fatal(err)
		}
		err = d.db.Write(t.Context(), func(tx *database.Tx) error {
			if _, err := tx.Exec(t.Context(), `update decisions set state = 'withdrawn' where id = $1`, d.first); err != nil {
				return err
			}
			return d.EnforceIn(t.Context(), tx, d.conference)
		})
		if err != nil {
			t.Fatal(err)
		}
		for id, want := range map[string]decision.State{id: decision.InForce, d.first: decision.Withdrawn} {
			if got, err := d.Find(t.Context(), d.staff, id); err != nil || got.State != want {
				t.Errorf("%s is %s, want %s (%v)", got.Label(), got.State, want, err)
			}
		}
	})
}
