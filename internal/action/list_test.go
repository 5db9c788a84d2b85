package action_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/action"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// shelf is many items of both partnerships, and how a person without an index would look through them.
type shelf struct {
	desk
	all []action.Action
}

// states of parts that a shelf is filled with; every third item is closed.
var someStates = []action.State{action.Open, action.Done, action.InProgress, action.Dropped, action.Blocked, action.Done}

// fill writes n items with parts of two units each, by hand: it is a matter of seconds.
func (d desk) fill(n int) shelf {
	d.t.Helper()
	s := shelf{desk: d, all: []action.Action{d.now()}}
	random := rand.New(rand.NewPCG(1, 2))
	units := map[string][]string{d.Partnership: {d.Koge, d.Secretariat, d.Brest, d.Headquarters}, d.Other: {d.Vitebsk, d.Aarhus}}
	people := []string{d.KogeStaff.ID, d.BrestStaff.ID, d.MinskCoordinator.ID, "", d.Outsider.ID}
	err := d.db.Write(d.t.Context(), func(tx *database.Tx) error {
		for i := range n {
			a := action.Action{ID: database.NewID(), PartnershipID: d.Partnership, DueOn: fmt.Sprintf("2020-%02d-%02d", 1+random.IntN(12), 1+random.IntN(5))}
			if i%5 == 4 {
				a.PartnershipID = d.Other
			}
			from := units[a.PartnershipID]
			first := random.IntN(len(from))
			for k := range 2 {
				p := action.Part{UnitID: from[(first+k)%len(from)], PersonID: people[random.IntN(len(people))], State: someStates[random.IntN(len(someStates))]}
				a.Parts = append(a.Parts, p)
			}
			if err := d.put(tx, &a); err != nil {
				return err
			}
			s.all = append(s.all, a)
		}
		return nil
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return s
}

func (d desk) put(tx *database.Tx, a *action.Action) error {
	title, err := text.New(d.t.Context(), tx, text.Draft{Language: locale.English, Body: "Item of " + a.DueOn}, "")
	if err != nil {
		return err
	}
	var closed any
	if a.Parts[0].State.Ended() && a.Parts[1].State.Ended() {
		a.ClosedAt, closed = tx.Now, tx.Now
	}
	_, err = tx.Exec(d.t.Context(), `insert into actions (id, partnership_id, title_id, due_on, priority, closed_at, created_by_id, created_at, changed_at)
		values ($1, $2, $3, $4, 'normal', $5, $6, $7, $7)`, a.ID, a.PartnershipID, title, a.DueOn, closed, d.KogeCoordinator.ID, tx.Now)
	for i, p := range a.Parts {
		var person, ended any
		if p.PersonID != "" {
			person = p.PersonID
		}
		if p.State.Ended() {
			ended = tx.Now
		}
		if err == nil {
			_, err = tx.Exec(d.t.Context(), `insert into action_parts (id, action_id, unit_id, person_id, state, position, due_on, partnership_id, ended_at)
				values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, database.NewID(), a.ID, p.UnitID, person, string(p.State), i, a.DueOn, a.PartnershipID, ended)
		}
	}
	return err
}

// look goes through all items one by one.
func (s shelf) look(partnerships, units []string, person string, f action.Filter) []string {
	var found []action.Action
	for _, a := range s.all {
		theirs := slices.Clone(a.Parts)
		theirs = slices.DeleteFunc(theirs, func(p action.Part) bool {
			return f.Whose == action.Mine && p.PersonID != person || f.Whose == action.Ours && !slices.Contains(units, p.UnitID)
		})
		unfinished := slices.ContainsFunc(theirs, func(p action.Part) bool { return !p.State.Ended() })
		if len(theirs) > 0 && slices.Contains(partnerships, a.PartnershipID) && (f.Partnership == "" || f.Partnership == a.PartnershipID) &&
			(!f.Unfinished || unfinished) && (!f.Closed || !unfinished) {
			found = append(found, a)
		}
	}
	slices.SortFunc(found, func(a, b action.Action) int { return strings.Compare(a.Place(), b.Place()) })
	if f.Closed {
		slices.Reverse(found)
	}
	ids := make([]string, len(found))
	for i, a := range found {
		ids[i] = a.ID
	}
	return ids
}

// turn reads a list page by page.
func (s shelf) turn(who access.Actor, f action.Filter) []string {
	s.t.Helper()
	var ids []string
	for {
		list, more, err := s.List(s.t.Context(), who, f)
		if err != nil {
			s.t.Fatal(err)
		}
		for _, a := range list {
			ids = append(ids, a.ID)
		}
		if !more {
			return ids
		}
		f.After = list[len(list)-1].Place()
	}
}

// compare holds every kind of list, of some people, to what looking one by one finds.
func (s shelf) compare() {
	s.t.Helper()
	both := []string{s.Partnership, s.Other}
	for _, who := range []struct {
		name                string
		actor               access.Actor
		partnerships, units []string
	}{
		{"staff of Køge", s.KogeStaff.Actor, both[:1], []string{s.Koge}},
		{"staff of Brest", s.BrestStaff.Actor, both[:1], []string{s.Brest}},
		{"an outsider", s.Outsider.Actor, both[1:], []string{s.Vitebsk}},
		{"Minsk's administrator", s.MinskAdmin.Actor, both, []string{s.Secretariat, s.Brest, s.Vitebsk}},
		{"somebody from below", s.BrestTownStaff.Actor, nil, nil},
		{"nobody", access.Actor{}, nil, nil},
	} {
		for _, f := range filters(s.Partnership) {
			want, got := s.look(who.partnerships, who.units, who.actor.PersonID, f), s.turn(who.actor, f)
			if !slices.Equal(got, want) {
				s.t.Errorf("%s, %+v: got %d items, want %d", who.name, f, len(got), len(want))
			}
		}
	}
}

func filters(partnership string) []action.Filter {
	var all []action.Filter
	for _, whose := range []action.Whose{action.All, action.Ours, action.Mine} {
		for _, in := range []string{"", partnership} {
			all = append(all, action.Filter{Whose: whose, Partnership: in, Limit: 7}, action.Filter{Whose: whose, Partnership: in, Unfinished: true, Limit: 7},
				action.Filter{Whose: whose, Partnership: in, Closed: true, Limit: 7})
		}
	}
	return all
}

func TestAListHoldsWhatOneMaySeeInOrderPageByPage(t *testing.T) {
	each(t, func(t *testing.T, d desk) { d.fill(120).compare() })
}

// Above a hundred partnerships and units a list is read in another way, and holds the same.
func TestWhoSeesHundredsOfPartnershipsGetsTheSameList(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		s := d.fill(60)
		err := d.db.Write(t.Context(), func(tx *database.Tx) error { return d.twin(tx, 101) })
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range filters(s.Partnership) {
			units := []string{s.Secretariat, s.Brest, s.Vitebsk}
			want, got := s.look([]string{s.Partnership, s.Other}, units, s.MinskAdmin.ID, f), s.turn(s.MinskAdmin.Actor, f)
			if !slices.Equal(got, want) {
				t.Errorf("%+v: got %d items, want %d", f, len(got), len(want))
			}
		}
	})
}

// twin gives n new towns below the Belarusian society a partnership each.
func (d desk) twin(tx *database.Tx, n int) error {
	ctx := d.t.Context()
	for range n {
		unit, partnership := database.NewID(), database.NewID()
		for _, statement := range []string{
			`insert into units (id, society_id, parent_id, level, country, zone, languages, name_id, short_name_id, place_id)
				select '` + unit + `', id, id, 'branch', country, zone, languages, name_id, short_name_id, place_id from units where id = $1`,
			`insert into unit_ancestors (unit_id, ancestor_id, depth) select '` + unit + `', id, 1 from units where id = $1`,
			`insert into partnerships (id, name_id, purpose_id, kind, starts_on) select '` + partnership + `', name_id, name_id, 'twinning', '2020-01-01' from units where id = $1`,
			`insert into partnership_units (partnership_id, unit_id, position) select '` + partnership + `', '` + unit + `', 0 from units where id = $1`,
		} {
			if _, err := tx.Exec(ctx, statement, d.Belarus); err != nil {
				return err
			}
		}
	}
	return nil
}

func TestAListCostsAsManyStatementsForManyItemsAsForOne(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		count := func() (each [3]int64) {
			for i, whose := range []action.Whose{action.All, action.Ours, action.Mine} {
				var n atomic.Int64
				if _, _, err := d.List(database.WithCounter(t.Context(), &n), d.KogeStaff.Actor, action.Filter{Whose: whose, Unfinished: true}); err != nil {
					t.Fatal(err)
				}
				each[i] = n.Load()
			}
			return each
		}
		one := count()
		d.fill(200)
		if many := count(); many != one || one != [3]int64{3, 3, 3} {
			t.Errorf("%v for one, %v for 200", one, many)
		}
	})
}

func TestTheFollowUpFindsWhatIsUnfinished(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		july, topic := d.meet(d.Partnership)
		draft := d.draft()
		draft.ConferenceID = july
		decided, done := d.record(draft), d.record(draft)
		carried := d.item // from before, on July's agenda
		d.item = done
		d.work(0, action.Done)
		d.work(1, action.Dropped)
		var open, all []action.Action
		err := d.db.Write(t.Context(), func(tx *database.Tx) (err error) {
			if _, err = tx.Exec(t.Context(), `update agenda_items set action_id = $1 where id = $2`, carried, topic); err != nil {
				return err
			}
			if open, err = d.OpenOfIn(t.Context(), tx, july); err == nil {
				all, err = d.OfConferenceIn(t.Context(), tx, july)
			}
			return err
		})
		if err != nil || len(open) != 2 || open[0].ID != carried || open[1].ID != decided {
			t.Fatalf("open: %+v, %v", open, err)
		}
		if len(all) != 2 || all[0].ID != decided || all[1].ID != done {
			t.Fatalf("decided there: %+v", all)
		}
	})
}

func TestWhoIsOutsideThePartnershipFindsNoItem(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		for name, who := range map[string]access.Actor{"an outsider": d.Outsider.Actor, "the site administrator": d.SiteAdmin.Actor,
			"who has left": d.Former.Actor, "nobody": {}, "somebody from below": d.BrestTownStaff.Actor} {
			if _, err := d.Find(t.Context(), who, d.item); !problem.Is(err, problem.NotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
