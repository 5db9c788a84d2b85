package notify_test

import (
	"slices"
	"testing"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/locale"
)

// begun is a draft of the Secretariat, with its title in four languages and its summary in two.
func (h house) begun() string {
	h.Helper()
	id, err := h.lessons.Begin(h.Context(), h.MinskCoordinator.Actor, lesson.Begun{PartnershipID: h.Partnership, Language: locale.Russian,
		Sections: map[lesson.Section]string{lesson.Title: "Доставка рецептов и продуктов", lesson.Summary: "Как волонтёры привозили помощь к двери."}})
	h.ok(err)
	l, err := h.lessons.Find(h.Context(), h.MinskCoordinator.Actor, id)
	h.ok(err)
	h.translate(l.Texts[lesson.Title], map[locale.Language]string{locale.Belarusian: "Дастаўка рэцэптаў і прадуктаў",
		locale.Danish: "Levering af recepter og dagligvarer", locale.English: "Delivering prescriptions and groceries"})
	h.translate(l.Texts[lesson.Summary], map[locale.Language]string{locale.Danish: "Hvordan frivillige bragte hjælp til døren."})
	return id
}

func TestALessonSharedInFourLanguages(t *testing.T) {
	each(t, func(h house) {
		id := h.begun()
		h.ok(h.db.Write(h.Context(), func(tx *database.Tx) error {
			for _, person := range []string{h.MinskCoordinator.ID, h.BrestStaff.ID, h.KogeCoordinator.ID, h.KogeStaff.ID} {
				letter := lesson.Letter{LessonID: id, PersonID: person}
				if err := jobs.Enqueue(h.Context(), tx, jobs.Job{Kind: lesson.SharedMail, Subject: letter.String()}); err != nil {
					return err
				}
			}
			return nil
		}))
		h.golden("lesson", id)
	})
}

func TestSharingALessonTellsTheOtherSidesCoordinatorsOnce(t *testing.T) {
	each(t, func(h house) {
		id := h.begun()
		h.ok(h.lessons.Share(h.Context(), h.MinskCoordinator.Actor, id, 1))
		h.ok(h.lessons.Share(h.Context(), h.MinskCoordinator.Actor, id, 1))
		h.ok(h.lessons.Publish(h.Context(), h.MinskCoordinator.Actor, id, 1))
		if early := h.post(); len(early) > 0 {
			h.Errorf("told before a minute had passed: %v", early)
		}
		h.clock.Advance(time.Minute)
		var told []string
		for _, m := range h.post() {
			told = append(told, m.ToName)
		}
		if slices.Sort(told); !slices.Equal(told, []string{"Administrator, København", "Afdelingsformand, Køge"}) {
			h.Errorf("told were %v", told)
		}
	})
}
