package action_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/action"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org/orgtest"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// desk is a partnership, with one action item of Køge, which leads, and the Secretariat.
type desk struct {
	*action.Store
	orgtest.World
	t     *testing.T
	db    *database.DB
	clock *dbtest.Clock
	item  string
}

func each(t *testing.T, test func(t *testing.T, d desk)) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, clock *dbtest.Clock) {
		d := desk{Store: action.New(db), World: orgtest.New(t, db), t: t, db: db, clock: clock}
		d.item = d.record(d.draft())
		test(t, d)
	})
}

func (d desk) draft() action.Draft {
	return action.Draft{PartnershipID: d.Partnership, DueOn: "2020-08-14", Title: text.Draft{Language: locale.Danish, Body: "Lav en dagsorden"},
		Parts: []action.PartDraft{{UnitID: d.Koge, PersonID: d.KogeStaff.ID}, {UnitID: d.Secretariat}}}
}

func (d desk) record(draft action.Draft) string {
	d.t.Helper()
	id, err := d.Record(d.t.Context(), d.KogeCoordinator.Actor, draft)
	if err != nil {
		d.t.Fatal(err)
	}
	return id
}

func (d desk) now() action.Action {
	d.t.Helper()
	a, err := d.Find(d.t.Context(), d.KogeStaff.Actor, d.item)
	if err != nil {
		d.t.Fatal(err)
	}
	return a
}

// work sets a part of the desk's item, by its coordinator.
func (d desk) work(i int, state action.State) {
	d.t.Helper()
	p := d.now().Parts[i]
	if err := d.Work(d.t.Context(), d.coordinators()[i], d.item, p.ID, state, p.Version); err != nil {
		d.t.Fatal(err)
	}
}

func (d desk) coordinators() []access.Actor {
	return []access.Actor{d.KogeCoordinator.Actor, d.MinskCoordinator.Actor}
}

func TestAnItemHasOnePartForEveryUnit(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		a := d.now()
		if a.Title.In(locale.Danish) != "Lav en dagsorden" || a.DueOn != "2020-08-14" || a.Priority != action.Normal || a.BallUnitID != d.Koge {
			t.Errorf("got %+v", a)
		}
		if len(a.Parts) != 2 || a.Parts[0].PersonID != d.KogeStaff.ID || a.Parts[1].UnitID != d.Secretariat || a.Parts[1].State != action.Open {
			t.Errorf("got %+v", a.Parts)
		}
	})
}

func TestADraftIsRefused(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		for name, c := range map[string]struct {
			spoil func(*action.Draft)
			field string
		}{
			"without title":                   {func(x *action.Draft) { x.Title.Body = " \n" }, "title"},
			"with an essay as title":          {func(x *action.Draft) { x.Title.Body = strings.Repeat("og så ", 50) }, "title"},
			"in no language":                  {func(x *action.Draft) { x.Title.Language = "uk" }, "title-language"},
			"without due day":                 {func(x *action.Draft) { x.DueOn = "" }, "due"},
			"due on no day":                   {func(x *action.Draft) { x.DueOn = "2020-02-30" }, "due"},
			"due in a far year":               {func(x *action.Draft) { x.DueOn = "20200-08-14" }, "due"},
			"due in eleven years":             {func(x *action.Draft) { x.DueOn = "2031-08-14" }, "due"},
			"due two years ago":               {func(x *action.Draft) { x.DueOn = "2018-08-14" }, "due"},
			"of unknown priority":             {func(x *action.Draft) { x.Priority = "urgent" }, "priority"},
			"without parts":                   {func(x *action.Draft) { x.Parts = nil }, "unit"},
			"with a unit twice":               {func(x *action.Draft) { x.Parts = append(x.Parts, x.Parts[0]) }, "unit"},
			"with very many parts":            {func(x *action.Draft) { x.Parts = slices.Repeat(x.Parts, action.MaxParts) }, "unit"},
			"with a unit from elsewhere":      {func(x *action.Draft) { x.Parts[0].UnitID = d.Vitebsk }, "unit"},
			"with a unit that is not there":   {func(x *action.Draft) { x.Parts[0].UnitID = "nowhere" }, "unit"},
			"with somebody of the other side": {func(x *action.Draft) { x.Parts[1].PersonID = d.KogeStaff.ID }, "person-" + d.Secretariat},
			"with somebody who has left":      {func(x *action.Draft) { x.Parts[1] = action.PartDraft{UnitID: d.Brest, PersonID: d.Former.ID} }, "person-" + d.Brest},
			"with somebody who cannot see it": {func(x *action.Draft) {
				x.Parts[1] = action.PartDraft{UnitID: d.Brest, PersonID: d.BrestTownStaff.ID}
			}, "person-" + d.Brest},
		} {
			draft := d.draft()
			c.spoil(&draft)
			_, err := d.Record(t.Context(), d.KogeCoordinator.Actor, draft)
			p, is := problem.As(err)
			if !is || len(p.Fields) != 1 || p.Fields[0].Name != c.field {
				t.Errorf("%s: %v, want a problem with %s", name, err, c.field)
			}
		}
	})
}

func TestOnlyCoordinatorsOfThePartnershipRecord(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		for name, c := range map[string]struct {
			who  access.Actor
			kind problem.Kind
		}{
			"staff": {d.KogeStaff.Actor, problem.Forbidden}, "an outsider": {d.Outsider.Actor, problem.NotFound},
			"who has left": {d.Former.Actor, problem.NotFound}, "the site administrator": {d.SiteAdmin.Actor, problem.NotFound},
			"nobody": {access.Actor{}, problem.NotFound},
		} {
			if _, err := d.Record(t.Context(), c.who, d.draft()); !problem.Is(err, c.kind) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// meet writes the row of a conference with one agenda item, and gives the IDs of both.
func (d desk) meet(partnership string) (conference, item string) {
	d.t.Helper()
	conference, item = database.NewID(), database.NewID()
	err := d.db.Write(d.t.Context(), func(tx *database.Tx) error {
		none, err := text.New(d.t.Context(), tx, text.Draft{}, "")
		if err != nil {
			return err
		}
		_, err = tx.Exec(d.t.Context(), `insert into conferences (id, partnership_id, title_id, purpose_id, state, zone, minutes, room_url,
			room_kind, languages, interpretation, created_by_id, starts_at, created_at, changed_at)
			values ($1, $2, $3, $3, 'scheduled', 'Europe/Minsk', 60, '', 'none', 'ru', '', $4, $5, $5, $5)`,
			conference, partnership, none, d.KogeCoordinator.ID, tx.Now)
		if err != nil {
			return err
		}
		_, err = tx.Exec(d.t.Context(), `insert into agenda_items (id, conference_id, position, topic_id, notes_id, kind, minutes)
			values ($1, $2, 0, $3, $3, 'discussion', 10)`, item, conference, none)
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return conference, item
}

func TestAnItemComesFromItsOwnPartnershipOnly(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		ours, item := d.meet(d.Partnership)
		theirs, other := d.meet(d.Other)
		draft := d.draft()
		for _, origin := range [][2]string{{theirs, ""}, {theirs, other}, {ours, other}, {"", item}, {"nowhere", ""}} {
			draft.ConferenceID, draft.AgendaItemID = origin[0], origin[1]
			if _, err := d.Record(t.Context(), d.KogeCoordinator.Actor, draft); !problem.Is(err, problem.NotFound) {
				t.Errorf("from %v: %v", origin, err)
			}
		}
		draft.ConferenceID, draft.AgendaItemID, draft.DecisionID = ours, item, "nowhere"
		if _, err := d.Record(t.Context(), d.KogeCoordinator.Actor, draft); !problem.Is(err, problem.NotFound) {
			t.Errorf("from a decision that is not there: %v", err)
		}
		draft.DecisionID = ""
		d.item = d.record(draft)
		if got := d.now(); got.ConferenceID != ours || got.AgendaItemID != item {
			t.Errorf("got %+v", got)
		}
	})
}

func TestAnItemIsDoneWhenEveryPartIs(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		for _, step := range []struct {
			part  int
			state action.State
			whole action.State
			ball  string
		}{
			{0, action.InProgress, action.InProgress, d.Koge},
			{1, action.Blocked, action.Blocked, d.Koge},
			{0, action.Done, action.Blocked, d.Secretariat}, // who has ended has no next move
			{1, action.Dropped, action.Done, ""},
			{1, action.Open, action.InProgress, d.Secretariat}, // taken up again
			{0, action.Dropped, action.Open, d.Secretariat},
			{1, action.Dropped, action.Dropped, ""},
		} {
			d.work(step.part, step.state)
			a := d.now()
			if a.State() != step.whole || a.BallUnitID != step.ball || a.Closed() != step.whole.Ended() {
				t.Errorf("after part %d is %s: %s, ball with %q, closed %t", step.part, step.state, a.State(), a.BallUnitID, a.Closed())
			}
		}
	})
}

func TestTheLastTwoPartsEndedAtOnceCloseTheItem(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		for range 5 {
			d.work(0, action.InProgress)
			d.work(1, action.InProgress)
			a := d.now()
			var both sync.WaitGroup
			for i, who := range d.coordinators() {
				both.Go(func() {
					if err := d.Work(t.Context(), who, d.item, a.Parts[i].ID, action.Done, a.Parts[i].Version); err != nil {
						t.Error(err)
					}
				})
			}
			both.Wait()
			if !d.now().Closed() {
				t.Fatal("both parts are done, and the item is open")
			}
		}
	})
}

func TestAPartIsWorkedOnByItsOwnSide(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		for name, c := range map[string]struct {
			who  access.Actor
			kind problem.Kind // 0: allowed
		}{
			"the responsible person":           {d.KogeStaff.Actor, 0},
			"a coordinator of the unit":        {d.KogeCoordinator.Actor, 0},
			"the society's administrator":      {d.DenmarkAdmin.Actor, 0},
			"a coordinator of the other side":  {d.MinskCoordinator.Actor, problem.Forbidden},
			"staff of the partnership":         {d.BrestStaff.Actor, problem.Forbidden},
			"staff of a unit below":            {d.BrestTownStaff.Actor, problem.NotFound},
			"a coordinator from elsewhere":     {d.Outsider.Actor, problem.NotFound},
			"the site administrator":           {d.SiteAdmin.Actor, problem.NotFound},
			"who was responsible and has left": {access.Actor{PersonID: d.KogeStaff.ID}, problem.NotFound},
		} {
			p := d.now().Parts[0]
			state := action.InProgress
			if p.State == action.InProgress {
				state = action.Blocked
			}
			err := d.Work(t.Context(), c.who, d.item, p.ID, state, p.Version)
			if c.kind == 0 && err != nil || c.kind != 0 && !problem.Is(err, c.kind) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestAPartIsFoundInItsOwnItemOnly(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		other := d.record(d.draft())
		p := d.now().Parts[0]
		for _, id := range []string{other, "nowhere"} {
			if err := d.Work(t.Context(), d.KogeStaff.Actor, id, p.ID, action.Done, p.Version); !problem.Is(err, problem.NotFound) {
				t.Errorf("in %s: %v", id, err)
			}
		}
		if err := d.Work(t.Context(), d.KogeStaff.Actor, d.item, p.ID, "finished", p.Version); !problem.Is(err, problem.Invalid) {
			t.Errorf("an unknown state: %v", err)
		}
	})
}

func TestWhoWasSlowerIsToldThatThePartHasMoved(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		p := d.now().Parts[0]
		d.work(0, action.InProgress)
		if err := d.Work(t.Context(), d.KogeStaff.Actor, d.item, p.ID, action.Dropped, p.Version); !problem.Is(err, problem.Conflict) {
			t.Fatal(err)
		}
		if got := d.now().Parts[0].State; got != action.InProgress {
			t.Fatalf("the part is %s", got)
		}
		if err := d.Work(t.Context(), d.KogeStaff.Actor, d.item, p.ID, action.InProgress, p.Version); err != nil {
			t.Fatalf("both wanted the same: %v", err)
		}
	})
}

func TestTheBallIsPassedByWhoHasItOrPlans(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		pass := func(who access.Actor, unit string) error {
			return d.Pass(t.Context(), who, d.item, unit, d.now().Version)
		}
		refused := map[string]error{
			"staff without the ball":        pass(d.BrestStaff.Actor, d.Secretariat),
			"to a unit without part":        pass(d.KogeStaff.Actor, d.Brest),
			"by somebody outside":           pass(d.Outsider.Actor, d.Secretariat),
			"from a page that is out of it": d.Pass(t.Context(), d.KogeStaff.Actor, d.item, d.Secretariat, 99),
		}
		want := map[string]problem.Kind{"staff without the ball": problem.Forbidden, "to a unit without part": problem.Invalid,
			"by somebody outside": problem.NotFound, "from a page that is out of it": problem.Conflict}
		for name, err := range refused {
			if !problem.Is(err, want[name]) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := pass(d.KogeStaff.Actor, d.Secretariat); err != nil || d.now().BallUnitID != d.Secretariat {
			t.Fatalf("%v, ball with %s", err, d.now().BallUnitID)
		}
		if err := pass(d.KogeStaff.Actor, d.Koge); !problem.Is(err, problem.Forbidden) {
			t.Errorf("taken back by staff: %v", err)
		}
		d.work(0, action.Done)
		if err := pass(d.MinskCoordinator.Actor, d.Koge); !problem.Is(err, problem.Invalid) {
			t.Errorf("to a unit that has ended its part: %v", err)
		}
	})
}
