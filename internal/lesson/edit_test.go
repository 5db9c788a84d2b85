package lesson_test

import (
	"slices"
	"testing"

	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

func TestAnEditWritesSeveralSectionsAsOneVersion(t *testing.T) {
	each(t, func(d *desk) {
		before := d.now()
		e := with(with(form(before, ru), lesson.WentWell, "– Слушали.\n– Перезванивали."), lesson.Challenges, "Не хватало людей.")
		e.Topics = []string{"pss", "volunteers"}
		d.ok(d.edit(e))
		l := d.now()
		if l.Version != before.Version+1 || l.Texts[lesson.WentWell].In(ru) != "– Слушали.\n– Перезванивали." || l.Texts[lesson.Challenges].In(ru) != "Не хватало людей." {
			d.Errorf("got version %d: %v", l.Version, l.Texts)
		}
		if !slices.Equal(l.Topics, []string{"pss", "volunteers"}) || l.Texts[lesson.Context].Version != before.Texts[lesson.Context].Version {
			d.Errorf("topics %v; a section that nobody touched was written", l.Topics)
		}
		d.ok(d.edit(form(l, ru)))
		if got := d.now().Version; got != l.Version {
			d.Errorf("an edit that changes nothing is version %d", got)
		}
	})
}

func TestTranslationsAreBehindAnEditUnlessItsMeaningIsUnchanged(t *testing.T) {
	each(t, func(d *desk) {
		d.translated(lesson.Context, "Forår.", "Sommer.")
		e := with(form(d.now(), ru), lesson.Context, "Весна!\n\nЛето.")
		e.SameMeaning = true
		d.ok(d.edit(e))
		if got := d.now().Texts[lesson.Context].State(da); got != text.Good {
			d.Errorf("after a slip of the pen: %s", got)
		}
		d.write(lesson.Context, "Весна и осень!\n\nЛето.")
		c := d.now().Texts[lesson.Context]
		if c.Paragraphs[0].State(da) != text.OutOfDate || c.Paragraphs[1].State(da) != text.Good {
			d.Errorf("after a change: %s, %s", c.Paragraphs[0].State(da), c.Paragraphs[1].State(da))
		}
	})
}

func TestTwoWhoEditDifferentThingsBothHold(t *testing.T) {
	each(t, func(d *desk) {
		mine, theirs := form(d.now(), ru), form(d.now(), ru)
		theirs = with(theirs, lesson.Context, "Весна 2020 года.\n\nЛето.")
		theirs.Topics = []string{"helpline", "pss", "youth"}
		theirs.Figures = append(theirs.Figures, lesson.FigureEdit{Value: "40", AsOf: "2020", Said: "40 волонтёров.", Source: "Список"})
		d.ok(d.Edit(d.Context(), d.BrestCoordinator.Actor, d.id, theirs))
		mine = with(mine, lesson.Context, "Весна.\n\nЛето 2020 года.")
		mine.Topics = []string{"pss"}
		mine.Figures[0].Value = "911"
		d.ok(d.edit(mine))
		l := d.now()
		if got := l.Texts[lesson.Context].In(ru); got != "Весна 2020 года.\n\nЛето 2020 года." {
			d.Errorf("got %q", got)
		}
		if !slices.Equal(l.Topics, []string{"pss", "youth"}) {
			d.Errorf("got %v", l.Topics)
		}
		if len(l.Figures) != 2 || l.Figures[0].Value != "911" || l.Figures[1].Value != "40" {
			d.Errorf("got %+v", l.Figures)
		}
	})
}

func TestAClashInOneSectionWritesNothingAndTellsWhere(t *testing.T) {
	each(t, func(d *desk) {
		mine := with(form(d.now(), ru), lesson.Context, "Моя весна.\n\nЛето.")
		mine = with(mine, lesson.KeyLessons, "Мой вывод.")
		mine.Topics = []string{"helpline", "pss", "online"}
		theirs := with(form(d.now(), ru), lesson.Context, "Их весна.\n\nЛето.")
		theirs = with(theirs, lesson.KeyLessons, "")
		theirs = with(theirs, lesson.Challenges, "Их трудность.")
		theirs.Topics = []string{"helpline"}
		d.ok(d.Edit(d.Context(), d.BrestCoordinator.Actor, d.id, theirs))
		before := d.now()
		err := d.edit(mine)
		d.refused(err, problem.Conflict)
		c := clashes(err)
		if c == nil || len(c.Sections) != 1 || c.Sections[lesson.Context] == nil || c.Now.Texts[lesson.Context].In(ru) != "Их весна.\n\nЛето." {
			d.Fatalf("got %+v", c)
		}
		after := d.now()
		if after.Version != before.Version || after.Texts[lesson.Context].In(ru) != "Их весна.\n\nЛето." || !after.Texts[lesson.KeyLessons].Empty() {
			d.Error("something was written")
		}
		next := func(s lesson.Section) string { return c.Next.Sections[slices.Index(lesson.Sections, s)].Body }
		if next(lesson.Context) != "Моя весна.\n\nЛето." || next(lesson.KeyLessons) != "Мой вывод." || next(lesson.Challenges) != "Их трудность." {
			d.Errorf("what was typed is lost: %+v", c.Next.Sections)
		}
		d.ok(d.edit(with(c.Next, lesson.Context, "Их весна.\n\nМоя весна.\n\nЛето.")))
		l := d.now()
		if l.Texts[lesson.Context].In(ru) != "Их весна.\n\nМоя весна.\n\nЛето." || l.Texts[lesson.KeyLessons].In(ru) != "Мой вывод." ||
			l.Texts[lesson.Challenges].In(ru) != "Их трудность." || !slices.Equal(l.Topics, []string{"helpline", "online"}) {
			d.Errorf("after the choice: %v, %v", l.Texts, l.Topics)
		}
	})
}

func TestAFigureThatTwoChangedIsAClash(t *testing.T) {
	each(t, func(d *desk) {
		mine, theirs := form(d.now(), ru), form(d.now(), ru)
		mine.Figures[0].Value, theirs.Figures[0].Value = "911", "912"
		theirs.Figures[0].Source = "Отчёт"
		d.ok(d.Edit(d.Context(), d.BrestCoordinator.Actor, d.id, theirs))
		err := d.edit(mine)
		d.refused(err, problem.Conflict)
		c := clashes(err)
		id := mine.Figures[0].ID
		if c.Figures[id].Now.Value != "912" || c.Next.Figures[0].Value != "911" || c.Next.Figures[0].Source != "Отчёт" {
			d.Fatalf("got %+v", c)
		}
		d.ok(d.edit(c.Next))
		if f := d.now().Figures[0]; f.Value != "911" || f.Source.In(ru) != "Отчёт" {
			d.Errorf("got %+v", f)
		}
	})
}

func TestAFigureThatSomebodyTookOutMeanwhile(t *testing.T) {
	each(t, func(d *desk) {
		opened := form(d.now(), ru)
		without := opened
		without.Figures = nil
		d.ok(d.Edit(d.Context(), d.BrestCoordinator.Actor, d.id, without))
		d.ok(d.edit(with(opened, lesson.Summary, "Кратко.")))
		if l := d.now(); len(l.Figures) != 0 || l.Texts[lesson.Summary].In(ru) != "Кратко." {
			d.Errorf("untouched, it stays out: %+v", l.Figures)
		}
		opened.Figures[0].Said = "911 человек получили помощь."
		err := d.edit(opened)
		d.refused(err, problem.Conflict)
		c := clashes(err)
		if !c.Figures[opened.Figures[0].ID].Gone || c.Next.Figures[0].Said != "911 человек получили помощь." {
			d.Fatalf("got %+v", c)
		}
		d.ok(d.edit(c.Next))
		if l := d.now(); len(l.Figures) != 1 || l.Figures[0].Said.In(ru) != "911 человек получили помощь." {
			d.Errorf("it was not brought again: %+v", l.Figures)
		}
	})
}

func TestFiguresAreTakenOutAndChangePlaces(t *testing.T) {
	each(t, func(d *desk) {
		e := form(d.now(), ru)
		e.Figures = append(e.Figures, lesson.FigureEdit{Value: "2", AsOf: "2020", Said: "Второе."}, lesson.FigureEdit{AsOf: "2020-07-01", Said: "Третье."})
		d.ok(d.edit(e))
		e = form(d.now(), ru)
		e.Figures = []lesson.FigureEdit{e.Figures[2], e.Figures[0]}
		d.ok(d.edit(e))
		l := d.now()
		if len(l.Figures) != 2 || l.Figures[0].Said.In(ru) != "Третье." || l.Figures[1].Value != "910" {
			d.Errorf("got %+v", l.Figures)
		}
	})
}

func TestWhatOthersReadKeepsItsTitle(t *testing.T) {
	each(t, func(d *desk) {
		empty := func() lesson.Edit { return with(form(d.now(), ru), lesson.Title, " ") }
		d.ok(d.edit(empty()))
		d.refused(d.Share(d.Context(), d.MinskCoordinator.Actor, d.id, d.now().Version), problem.Invalid, "title")
		d.write(lesson.Title, "Телефон доверия")
		d.share()
		d.refused(d.edit(empty()), problem.Invalid, "title")
		e := form(d.now(), da) // the Danish title is simply not there yet
		d.ok(d.edit(with(e, lesson.Summary, "Kort sagt.")))
	})
}

func TestAFigureIsPutIntoAnotherLanguageWhenSomebodyDoes(t *testing.T) {
	each(t, func(d *desk) {
		e := form(d.now(), da)
		d.ok(d.edit(with(e, lesson.Summary, "Kort.")))
		e = form(d.now(), da)
		e.Figures[0].Said = "910 mennesker fik hjælp."
		d.ok(d.edit(e))
		f := d.now().Figures[0]
		if f.Said.In(ru) != "910 человек получили помощь." || f.Said.In(da) != "910 mennesker fik hjælp." || len(f.Said.Paragraphs) != 1 || !slices.Equal(f.Source.Languages(), []locale.Language{ru}) {
			d.Errorf("got %+v", f)
		}
		e = form(d.now(), da)
		e.Figures[0].Said = ""
		d.refused(d.edit(e), problem.Invalid, "figure-0-said")
	})
}

func TestWhatNoFormSendsIsRefused(t *testing.T) {
	each(t, func(d *desk) {
		e := form(d.now(), ru)
		e.Sections = append(e.Sections, e.Sections[1], lesson.SectionEdit{Section: "appendix"})
		e.Figures = append(e.Figures, e.Figures[0])
		e.Topics = []string{"pss", "pss"}
		d.refused(d.edit(e), problem.Invalid, "summary", "appendix", "figure-1-said", "topics")
		e = form(d.now(), "xx")
		d.refused(d.edit(with(e, lesson.Summary, "?")), problem.Invalid, "summary-language")
		e = form(d.now(), ru)
		e.Version = 7
		d.refused(d.edit(e), problem.Conflict)
	})
}
