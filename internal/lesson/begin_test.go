package lesson_test

import (
	"strings"
	"testing"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

func TestALessonBelongsToTheUnitOfWhoeverBeginsIt(t *testing.T) {
	each(t, func(d *desk) {
		for who, unit := range map[string]string{d.id: d.Secretariat, d.another(d.BrestCoordinator.Actor, d.Partnership): d.Brest,
			d.another(d.KogeCoordinator.Actor, d.Partnership): d.Koge, d.another(d.MinskAdmin.Actor, d.Partnership): d.Secretariat} {
			l, err := d.Find(d.Context(), d.MinskAdmin.Actor, who)
			if unit == d.Koge {
				l, err = d.Find(d.Context(), d.KogeStaff.Actor, who)
			}
			d.ok(err)
			if l.UnitID != unit || l.State != lesson.Draft || l.Version != 1 {
				d.Errorf("unit %s, want %s; %s %d", l.UnitID, unit, l.State, l.Version)
			}
		}
		b := d.begun()
		b.UnitID = d.Koge
		_, err := d.Begin(d.Context(), d.MinskCoordinator.Actor, b)
		d.refused(err, problem.Forbidden)
		b.UnitID = d.Aarhus
		_, err = d.Begin(d.Context(), d.MinskCoordinator.Actor, b)
		d.refused(err, problem.Invalid, "unit")
		b.UnitID, b.PartnershipID = d.Vitebsk, d.Other
		_, err = d.Begin(d.Context(), d.MinskCoordinator.Actor, b)
		d.refused(err, problem.NotFound)
	})
}

func TestALessonIsReadAsItWasBegun(t *testing.T) {
	each(t, func(d *desk) {
		l := d.now()
		if l.Texts[lesson.Title].In(ru) != "Телефон доверия" || l.Texts[lesson.Context].In(ru) != "Весна.\n\nЛето." || !l.Texts[lesson.Summary].Empty() {
			d.Errorf("got %v", l.Texts)
		}
		f := l.Figures[0]
		if f.Value != "910" || f.AsOf != "2020-07" || f.Said.In(ru) != "910 человек получили помощь." || f.Source.In(ru) != "Журнал звонков" {
			d.Errorf("got %+v", f)
		}
		if strings.Join(l.Topics, ",") != "helpline,pss" || l.CreatedByID != d.MinskCoordinator.ID {
			d.Errorf("topics %v by %s", l.Topics, l.CreatedByID)
		}
	})
}

func TestWhatCannotBeBegunIsSaidFieldByField(t *testing.T) {
	each(t, func(d *desk) {
		b := d.begun()
		b.Topics = []string{"helpline", "weather"}
		b.Sections = map[lesson.Section]string{lesson.Title: strings.Repeat("а", text.MaxLine+1), lesson.Challenges: strings.Repeat("а", text.MaxLength+1)}
		good := b.Figures[0]
		b.Figures = nil
		for _, f := range []struct{ value, asOf, said string }{{"много", "2020", "Много."}, {"1,5", "2020", "Запятая."}, {"1", "июль 2020", "Дата."},
			{"1", "2020-13", "Месяц."}, {"1", "2020-02-30", "День."}, {"1", "2020", ""}, {"12.5", "2020-07-01", "Хорошо."}, {"", "2020", "Без числа."}, {"-0.25", "1999-12", "Меньше."}} {
			b.Figures = append(b.Figures, lesson.FigureEdit{Value: f.value, AsOf: f.asOf, Said: f.said, Source: good.Source})
		}
		_, err := d.Begin(d.Context(), d.MinskCoordinator.Actor, b)
		d.refused(err, problem.Invalid, "title", "challenges", "topics", "figure-0-value", "figure-1-value", "figure-2-as-of", "figure-3-as-of",
			"figure-4-as-of", "figure-5-said")
		if p, _ := problem.As(err); len(p.Fields) != 9 {
			d.Errorf("more is refused than is wrong: %v", p.Fields)
		}
		b = d.begun()
		b.ConferenceID = database.NewID()
		_, err = d.Begin(d.Context(), d.MinskCoordinator.Actor, b)
		d.refused(err, problem.NotFound)
	})
}
