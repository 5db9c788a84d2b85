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
	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// The demo's partnership has three decisions of 2020 already.
var (
	coordinator = actor("p-brc-vol", "brc-sec", access.Coordinator)
	staff       = actor("p-koge-vol-1", "drc-koge", access.Staff)
	outsider    = actor("p-admin", "elsewhere", access.Administrator)
)

func actor(person, unit string, role access.Role) access.Actor {
	return access.Actor{PersonID: demo.ID(person), Memberships: []access.Membership{{UnitID: demo.ID(unit), Role: role}}}
}

func draft(sentence, on string) decision.Draft {
	return decision.Draft{PartnershipID: demo.ID("partnership"), ConferenceID: demo.ID("conf-2020-07"), DecidedOn: on,
		Text: text.Draft{Language: locale.Russian, Body: sentence}}
}

func each(t *testing.T, test func(t *testing.T, db *database.DB, s *decision.Store)) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		if err := demo.Load(t.Context(), db); err != nil {
			t.Fatal(err)
		}
		test(t, db, decision.New(db))
	})
}

func record(t *testing.T, db *database.DB, s *decision.Store, a access.Actor, d decision.Draft) (id string, err error) {
	err = db.Write(t.Context(), func(tx *database.Tx) error {
		id, err = s.RecordIn(t.Context(), tx, a, d)
		return err
	})
	return id, err
}

func TestADecisionGetsTheNextNumberOfItsYear(t *testing.T) {
	each(t, func(t *testing.T, db *database.DB, s *decision.Store) {
		for _, c := range []struct{ on, label string }{
			{"2020-08-27", "2020/004"}, {"2020-12-31", "2020/005"}, {"2021-01-01", "2021/001"}, {"2020-12-31", "2020/006"},
		} {
			id, err := record(t, db, s, coordinator, draft("Созваниваться раз\nв месяц.", c.on))
			if err != nil {
				t.Fatal(err)
			}
			d, err := s.Find(t.Context(), staff, id)
			if err != nil || d.Label() != c.label || d.State != decision.Proposed || d.Text.In(locale.Russian) != "Созваниваться раз в месяц." {
				t.Errorf("%s: got %s %s %q, %v", c.on, d.Label(), d.State, d.Text.In(locale.Russian), err)
			}
		}
	})
}

func TestDecisionsRecordedAtOnceAreNumberedWithoutGapsOrDuplicates(t *testing.T) {
	each(t, func(t *testing.T, db *database.DB, s *decision.Store) {
		const people, each = 6, 4
		var done sync.WaitGroup
		for range people {
			done.Go(func() {
				for range each {
					if _, err := record(t, db, s, coordinator, draft("Так и сделать.", "2021-03-01")); err != nil {
						t.Error(err)
					}
				}
			})
		}
		done.Wait()
		list, _, err := s.List(t.Context(), coordinator, decision.Filter{Limit: people * each})
		if err != nil || len(list) != people*each {
			t.Fatal(len(list), err)
		}
		for i, d := range list {
			if want := fmt.Sprintf("2021/%03d", people*each-i); d.Label() != want {
				t.Errorf("got %s, want %s", d.Label(), want)
			}
		}
	})
}

func TestWhatIsRefusedUsesUpNoNumber(t *testing.T) {
	each(t, func(t *testing.T, db *database.DB, s *decision.Store) {
		for name, c := range map[string]struct {
			by   access.Actor
			body string
			kind problem.Kind
		}{
			"staff":       {staff, "Так.", problem.Invalid},
			"an outsider": {outsider, "Так.", problem.NotFound},
			"nothing":     {coordinator, " \n ", problem.Invalid},
			"an essay":    {coordinator, strings.Repeat("так ", 200), problem.Invalid},
		} {
			if _, err := record(t, db, s, c.by, draft(c.body, "2020-09-01")); !problem.Is(err, c.kind) {
				t.Errorf("%s: %v", name, err)
			}
		}
		id, err := record(t, db, s, coordinator, draft("Так.", "2020-09-01"))
		if err != nil {
			t.Fatal(err)
		}
		if d, err := s.Find(t.Context(), staff, id); err != nil || d.Label() != "2020/004" {
			t.Fatal(d.Label(), err)
		}
	})
}

func TestWhoIsOutsideThePartnershipFindsNoDecision(t *testing.T) {
	each(t, func(t *testing.T, db *database.DB, s *decision.Store) {
		if _, err := s.Find(t.Context(), outsider, demo.ID("d1")); !problem.Is(err, problem.NotFound) {
			t.Error(err)
		}
		if list, _, err := s.List(t.Context(), outsider, decision.Filter{}); err != nil || len(list) > 0 {
			t.Error(list, err)
		}
	})
}

func TestALongListComesInPages(t *testing.T) {
	each(t, func(t *testing.T, db *database.DB, s *decision.Store) {
		first, more, err := s.List(t.Context(), staff, decision.Filter{Limit: 2, Partnership: demo.ID("partnership")})
		if err != nil || !more || len(first) != 2 || first[0].Label() != "2020/003" {
			t.Fatal(first, more, err)
		}
		rest, more, err := s.List(t.Context(), staff, decision.Filter{Limit: 2, After: first[1].ID, Conference: demo.ID("conf-2020-07")})
		if err != nil || more || len(rest) != 1 || rest[0].Label() != "2020/001" {
			t.Fatal(rest, more, err)
		}
	})
}

func TestOnlyProposedDecisionsComeInForce(t *testing.T) {
	each(t, func(t *testing.T, db *database.DB, s *decision.Store) {
		id, err := record(t, db, s, coordinator, draft("Так.", "2020-07-02"))
		if err != nil {
			t.Fatal(err)
		}
		err = db.Write(t.Context(), func(tx *database.Tx) error {
			if _, err := tx.Exec(t.Context(), `update decisions set state = 'withdrawn' where id = $1`, demo.ID("d1")); err != nil {
				return err
			}
			return s.EnforceIn(t.Context(), tx, demo.ID("conf-2020-07"))
		})
		if err != nil {
			t.Fatal(err)
		}
		for id, want := range map[string]decision.State{id: decision.InForce, demo.ID("d1"): decision.Withdrawn} {
			if d, err := s.Find(t.Context(), staff, id); err != nil || d.State != want {
				t.Errorf("%s is %s, want %s (%v)", d.Label(), d.State, want, err)
			}
		}
	})
}
