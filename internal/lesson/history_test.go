package lesson_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

func TestALessonGoesFromDraftToSharedToPublishedAndBack(t *testing.T) {
	each(t, func(d *desk) {
		a, start := d.MinskCoordinator.Actor, d.clock.Now()
		d.refused(d.Publish(d.Context(), a, d.id, 1), problem.Invalid)
		d.refused(d.Withdraw(d.Context(), a, d.id, 1), problem.Invalid)
		d.refused(d.Share(d.Context(), a, d.id, 9), problem.Conflict)
		d.ok(d.Share(d.Context(), a, d.id, 1))
		d.ok(d.Share(d.Context(), a, d.id, 1)) // pressed twice
		d.clock.Advance(time.Hour)
		d.write(lesson.Summary, "Кратко.")
		d.refused(d.Publish(d.Context(), a, d.id, 1), problem.Conflict)
		d.ok(d.Publish(d.Context(), a, d.id, 2))
		if l := d.now(); l.State != lesson.Published || !l.SharedAt.Equal(start) || !l.PublishedAt.Equal(start.Add(time.Hour)) {
			d.Errorf("%s, shared %s, published %s", l.State, l.SharedAt, l.PublishedAt)
		}
		d.refused(d.Share(d.Context(), a, d.id, 2), problem.Invalid)
		d.ok(d.Withdraw(d.Context(), a, d.id, 2))
		if l := d.now(); l.State != lesson.Shared || !l.PublishedAt.IsZero() || l.Version != 2 {
			d.Errorf("%s, published %s, version %d", l.State, l.PublishedAt, l.Version)
		}
	})
}

func TestEveryVersionIsInTheHistoryAndTheLog(t *testing.T) {
	each(t, func(d *desk) {
		d.write(lesson.Summary, "Кратко.")
		d.publish()
		d.clock.Advance(time.Minute)
		d.ok(d.Edit(d.Context(), d.BrestCoordinator.Actor, d.id, with(form(d.now(), da), lesson.Summary, "Kort.")))
		d.ok(d.Restore(d.Context(), d.MinskCoordinator.Actor, d.id, 1))
		d.ok(d.Withdraw(d.Context(), d.MinskCoordinator.Actor, d.id, 4))
		list, err := d.History(d.Context(), d.MinskCoordinator.Actor, d.id)
		d.ok(err)
		var whats []string
		for _, v := range list {
			whats = append(whats, v.What)
		}
		if got := strings.Join(whats, " "); got != "withdrawn restored edited published shared edited begun" {
			d.Errorf("got %s", got)
		}
		if v := list[2]; v.Number != 3 || v.PersonID != d.BrestCoordinator.ID || v.Language != da || !v.At.Equal(d.clock.Now()) || v.State != lesson.Published {
			d.Errorf("got %+v", v)
		}
		d.ok(d.db.Read(d.Context(), func(tx *database.Tx) error {
			deeds, err := database.Strings(d.Context(), tx, `select deed from audit where subject = $1 order by id`, "lesson:"+d.id)
			if len(deeds) != len(list) {
				d.Errorf("the log has %v", deeds)
			}
			return err
		}))
	})
}

func TestALessonIsReadAsItWasAtAVersion(t *testing.T) {
	each(t, func(d *desk) {
		d.translated(lesson.Context, "Forår.", "Sommer.")
		e := with(form(d.now(), ru), lesson.Context, "Весна.\n\nЛето.\n\nОсень.")
		e.Topics, e.Figures[0].Value = []string{"youth"}, "1000"
		d.ok(d.edit(e)) // version 2
		d.translated(lesson.Title, "Støttetelefon")
		e = with(with(form(d.now(), ru), lesson.Context, "Зима."), lesson.Title, "Телефон")
		e.Figures = nil
		d.ok(d.edit(e)) // version 3
		d.share()
		for version, want := range map[int]struct{ russian, danish, title, topics, figure string }{
			1: {"Весна.\n\nЛето.", "", "", "helpline,pss", "910"},
			2: {"Весна.\n\nЛето.\n\nОсень.", "Forår.\n\nSommer.", "", "youth", "1000"},
			3: {"Зима.", "", "Støttetelefon", "youth", ""},
		} {
			l, err := d.At(d.Context(), d.BrestStaff.Actor, d.id, version)
			d.ok(err)
			c, figure := l.Texts[lesson.Context], ""
			if len(l.Figures) > 0 {
				figure = l.Figures[0].Value
				if l.Figures[0].Said.In(ru) != "910 человек получили помощь." {
					d.Errorf("version %d: the figure says %q", version, l.Figures[0].Said.In(ru))
				}
			}
			if c.In(ru) != want.russian || l.Texts[lesson.Title].In(da) != want.title || strings.Join(l.Topics, ",") != want.topics || figure != want.figure || l.Version != version {
				d.Errorf("version %d: %q, %q, %v, %s", version, c.In(ru), l.Texts[lesson.Title].In(da), l.Topics, figure)
			}
			if version < 3 && c.In(da) != want.danish {
				d.Errorf("version %d in Danish: %q", version, c.In(da))
			}
		}
		_, err := d.At(d.Context(), d.BrestStaff.Actor, d.id, 9)
		d.refused(err, problem.NotFound)
	})
}

func TestAnEarlierVersionComesBackAsOneMore(t *testing.T) {
	each(t, func(d *desk) {
		d.translated(lesson.Context, "Forår.", "Sommer.")
		d.write(lesson.Summary, "Кратко.")
		good := d.now()
		e := with(with(form(good, ru), lesson.Context, "Совсем другое."), lesson.Summary, "")
		e.Topics, e.Figures = nil, nil
		d.ok(d.edit(e))
		d.share()
		d.ok(d.Restore(d.Context(), d.BrestCoordinator.Actor, d.id, good.Version))
		l := d.now()
		if l.Version != 4 || l.State != lesson.Shared {
			d.Errorf("version %d, %s", l.Version, l.State)
		}
		c := l.Texts[lesson.Context]
		if c.In(ru) != "Весна.\n\nЛето." || c.In(da) != "Forår.\n\nSommer." || c.State(da) != text.Good || l.Texts[lesson.Summary].In(ru) != "Кратко." {
			d.Errorf("got %q, %q (%s), %q", c.In(ru), c.In(da), c.State(da), l.Texts[lesson.Summary].In(ru))
		}
		if !slices.Equal(l.Topics, good.Topics) || len(l.Figures) != 1 || l.Figures[0].Value != "910" {
			d.Errorf("got %v, %v", l.Topics, l.Figures)
		}
		if bad, err := d.At(d.Context(), d.BrestStaff.Actor, d.id, 3); err != nil || bad.Texts[lesson.Context].In(ru) != "Совсем другое." {
			d.Errorf("what was restored over is lost: %v", err)
		}
		d.ok(d.Restore(d.Context(), d.BrestCoordinator.Actor, d.id, 4))
		if d.now().Version != 4 {
			d.Error("restoring what is there already is a version")
		}
	})
}

func TestWhatOthersReadIsNotRestoredToNoTitle(t *testing.T) {
	each(t, func(d *desk) {
		d.write(lesson.Title, "")
		d.write(lesson.Title, "Телефон")
		d.share()
		d.refused(d.Restore(d.Context(), d.MinskCoordinator.Actor, d.id, 2), problem.Invalid)
		if l := d.now(); l.Version != 3 || l.Texts[lesson.Title].In(ru) != "Телефон" {
			d.Errorf("something was written: %d, %q", l.Version, l.Texts[lesson.Title].In(ru))
		}
	})
}

func TestManyWhoSaveAtOnceLoseNothing(t *testing.T) {
	each(t, func(d *desk) {
		opened := d.now()
		var all sync.WaitGroup
		for _, s := range lesson.Sections[3:] {
			all.Go(func() {
				if err := d.edit(with(form(opened, ru), s, "Раздел "+string(s)+".")); err != nil {
					d.Error(err)
				}
			})
		}
		all.Wait()
		l := d.now()
		for _, s := range lesson.Sections[3:] {
			if l.Texts[s].In(ru) != "Раздел "+string(s)+"." {
				d.Errorf("%s: %q", s, l.Texts[s].In(ru))
			}
		}
		if l.Version != 1+len(lesson.Sections[3:]) {
			d.Errorf("version %d", l.Version)
		}
	})
}
