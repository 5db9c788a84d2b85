package lesson_test

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
)

func (d *desk) list(a access.Actor, f lesson.Filter) (titles []string, more bool) {
	d.Helper()
	list, more, err := d.List(d.Context(), a, f)
	d.ok(err)
	for _, l := range list {
		titles = append(titles, l.Line(lesson.Title, nil).Body)
	}
	return titles, more
}

// fill begins lessons one minute apart.
func (d *desk) fill(n int) {
	d.Helper()
	for i := range n {
		b := d.begun()
		b.Sections = map[lesson.Section]string{lesson.Title: fmt.Sprint("Урок ", i)}
		b.Topics = []string{lesson.Topics[i%2]}
		d.clock.Advance(time.Minute)
		_, err := d.Begin(d.Context(), d.BrestCoordinator.Actor, b)
		d.ok(err)
	}
}

func TestAListIsTheNewestFirstPageByPage(t *testing.T) {
	each(t, func(d *desk) {
		d.fill(5)
		var all []string
		f := lesson.Filter{Limit: 2}
		for more := true; more; {
			list, next, err := d.List(d.Context(), d.BrestStaff.Actor, f)
			d.ok(err)
			for _, l := range list {
				all = append(all, l.Line(lesson.Title, nil).Body)
			}
			more, f.After = next, list[len(list)-1].ID
		}
		if got := fmt.Sprint(all); got != "[Урок 4 Урок 3 Урок 2 Урок 1 Урок 0 Телефон доверия]" {
			d.Errorf("got %s", got)
		}
	})
}

func TestAListIsNarrowed(t *testing.T) {
	each(t, func(d *desk) {
		d.fill(3)
		d.share()
		other := d.another(d.Outsider.Actor, d.Other)
		for want, f := range map[string]lesson.Filter{
			"[Урок 2 Урок 1 Урок 0 Телефон доверия]": {PartnershipID: d.Partnership},
			"[]":                {PartnershipID: d.Other},
			"[Урок 2 Урок 0]":   {Topic: lesson.Topics[0]},
			"[Телефон доверия]": {State: lesson.Shared},
			"[Урок 1]":          {Topic: lesson.Topics[1], State: lesson.Draft},
			"[Урок 1 Урок 0]":   {State: lesson.Draft, After: d.newest(), Limit: 2},
		} {
			if got, _ := d.list(d.BrestStaff.Actor, f); fmt.Sprint(got) != want {
				d.Errorf("%+v: got %v, want %s", f, got, want)
			}
		}
		if got, _ := d.list(d.Outsider.Actor, lesson.Filter{}); len(got) != 1 {
			d.Errorf("the other partnership has %s, listed are %v", other, got)
		}
		if got, _ := d.list(d.KogeCoordinator.Actor, lesson.Filter{Topic: "%"}); len(got) != 0 {
			d.Errorf("a topic is no pattern: %v", got)
		}
	})
}

func (d *desk) newest() string {
	d.Helper()
	list, _, err := d.List(d.Context(), d.BrestStaff.Actor, lesson.Filter{Limit: 1})
	d.ok(err)
	return list[0].ID
}

func TestAListTellsWhereEachLanguageStands(t *testing.T) {
	each(t, func(d *desk) {
		state := func(l locale.Language) text.State {
			list, _, err := d.List(d.Context(), d.BrestStaff.Actor, lesson.Filter{})
			d.ok(err)
			if list[0].Society.Line(nil).Body != "БКК" {
				d.Errorf("of %v", list[0].Society)
			}
			return list[0].Coverage.State(l)
		}
		if state(ru) != text.Source || state(da) != text.Missing {
			d.Errorf("ru %s, da %s", state(ru), state(da))
		}
		d.translated(lesson.Title, "Støttetelefon")
		d.translated(lesson.Context, "Forår.", "Sommer.")
		if got := state(da); got != text.OutOfDate {
			d.Errorf("without its figure it is %s", got)
		}
		e := form(d.now(), da)
		e.Figures[0].Said, e.Figures[0].Source, e.SameMeaning = "910 mennesker fik hjælp.", "Opkaldslog", true
		d.ok(d.edit(e))
		if got := state(da); got != text.Good {
			d.Errorf("da %s", got)
		}
	})
}

func TestAListTakesAsManyStatementsHoweverLongItIs(t *testing.T) {
	each(t, func(d *desk) {
		var counts []int64
		for range 2 {
			var counter atomic.Int64
			_, _, err := d.List(database.WithCounter(d.Context(), &counter), d.BrestStaff.Actor, lesson.Filter{})
			d.ok(err)
			counts = append(counts, counter.Load())
			d.fill(20)
		}
		if counts[0] != counts[1] || counts[0] > 4 {
			d.Errorf("statements: %v", counts)
		}
	})
}
