package work_test

import (
	"strings"
	"testing"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org/orgtest"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

func (h *house) lesson(id string) lesson.Lesson {
	h.Helper()
	l, err := h.Lessons.Find(h.Context(), h.BrestStaff.Actor, id)
	h.ok(err)
	return l
}

func TestALessonIsBegunFromWhatCameOfAConference(t *testing.T) {
	each(t, func(h *house) {
		h.write(h.MinskCoordinator, ru, 0, "Говорили два часа.\n\nПроблемы:\n\n– Мало людей.\n– Мало времени.\n\nЧто получилось хорошо:\n\n– Телефон.")
		h.translateNote(0, 2, "For få mennesker.")
		h.write(h.KogeCoordinator, da, 1, "Vigtigste konklusioner:\n\n- Ring igen.")
		_, err := h.RecordDecision(h.Context(), h.MinskCoordinator.Actor, h.conference, h.items[1], in(ru, "Встретиться в августе."))
		h.ok(err)
		id, err := h.BeginLesson(h.Context(), h.MinskCoordinator.Actor, h.conference, lesson.Begun{Language: ru})
		h.ok(err)
		l := h.lesson(id)
		for section, want := range map[lesson.Section]struct{ russian, danish string }{
			lesson.Title:           {"Обмен опытом", ""},
			lesson.Context:         {"Говорили два часа.", ""},
			lesson.Challenges:      {"– Мало людей.\n– Мало времени.", "– For få mennesker."},
			lesson.WentWell:        {"– Телефон.", ""},
			lesson.KeyLessons:      {"", "– Ring igen."},
			lesson.Recommendations: {"– Встретиться в августе.", ""},
			lesson.Summary:         {"", ""},
		} {
			if got := l.Texts[section]; got.In(ru) != want.russian || got.In(da) != want.danish {
				h.Errorf("%s: %q and %q", section, got.In(ru), got.In(da))
			}
		}
		if l.ConferenceID != h.conference || l.PartnershipID != h.Partnership || l.State != lesson.Draft || l.UnitID != h.Secretariat {
			h.Errorf("got %+v", l)
		}
		if p := l.Texts[lesson.Challenges].Paragraphs[0]; p.State(da) != text.Good || p.State(ru) != text.Source {
			h.Errorf("ru %s, da %s", p.State(ru), p.State(da))
		}
	})
}

// translateNote puts one paragraph of the notes into Danish.
func (h *house) translateNote(item, paragraph int, body string) {
	h.Helper()
	t := h.notes(item)
	h.ok(h.db.Write(h.Context(), func(tx *database.Tx) error {
		return text.Translate(h.Context(), tx, text.Translation{TextID: t.ID, Paragraph: t.Paragraphs[paragraph].ID, Language: da, Body: body,
			FromLanguage: ru, FromRevision: 1, By: text.Checked, PersonID: h.KogeStaff.ID})
	}))
}

func TestALessonKeepsItsWordsWhenTheNotesChange(t *testing.T) {
	each(t, func(h *house) {
		h.write(h.MinskCoordinator, ru, 0, "Звонили.")
		id, err := h.BeginLesson(h.Context(), h.KogeCoordinator.Actor, h.conference, lesson.Begun{Language: da,
			Sections: map[lesson.Section]string{lesson.Title: "Telefonen", lesson.Context: "I foråret."}})
		h.ok(err)
		h.write(h.MinskCoordinator, ru, 0, "Не звонили.")
		l, err := h.Lessons.Find(h.Context(), h.KogeStaff.Actor, id)
		h.ok(err)
		if c := l.Texts[lesson.Context]; c.In(da) != "I foråret." || c.In(ru) != "Звонили." || l.Line(lesson.Title, nil).Body != "Telefonen" || l.UnitID != h.Koge {
			h.Errorf("%q, %q, unit %s", c.In(da), c.In(ru), l.UnitID)
		}
	})
}

func TestNoLessonBeforeAConferenceIsHeldNorBySomebodyWhoMayNot(t *testing.T) {
	each(t, func(h *house) {
		begin := func(p orgtest.Person) error {
			_, err := h.BeginLesson(h.Context(), p.Actor, h.conference, lesson.Begun{Language: ru})
			return err
		}
		if err := begin(h.BrestStaff); !problem.Is(err, problem.Forbidden) {
			h.Errorf("staff: %v", err)
		}
		if err := begin(h.Outsider); !problem.Is(err, problem.NotFound) {
			h.Errorf("outsider: %v", err)
		}
		h.clock.Set(before)
		h.refused(begin(h.MinskCoordinator), "lesson.problem.not-held")
	})
}

func TestHeadingsOfNotesAreKnownInEveryLanguage(t *testing.T) {
	each(t, func(h *house) {
		for section, heads := range map[lesson.Section]map[locale.Language]string{
			lesson.WentWell:        {ru: "Успехи", "be": "Поспехі", da: "Det gik godt", "en": "What went well"},
			lesson.Challenges:      {ru: "Проблемы и трудности", "be": "Цяжкасці", da: "Udfordringer", "en": "Problems"},
			lesson.KeyLessons:      {ru: "Ключевые выводы", "be": "Галоўныя ўрокі", da: "Læringspunkter", "en": "Key conclusions"},
			lesson.Recommendations: {ru: "Рекомендации", "be": "Рэкамендацыі", da: "Anbefalinger", "en": "Recommendations"},
		} {
			for l, head := range heads {
				h.write(h.MinskCoordinator, l, 0, head+":\n\n- "+head+".")
				id, err := h.BeginLesson(h.Context(), h.MinskCoordinator.Actor, h.conference, lesson.Begun{Language: ru})
				h.ok(err)
				if got := h.lesson(id).Texts[section].In(l); !strings.Contains(got, "– "+head+".") {
					h.Errorf("%s in %s: %q", section, l, got)
				}
				h.write(h.MinskCoordinator, l, 0, "")
			}
		}
	})
}
