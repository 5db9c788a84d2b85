package web

import (
	"context"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
	pages "example.org/tandem/templates/lessons"
)

// listLessons shows what has been learned, of one partnership if the address names it.
func (w *Web) listLessons(c echo.Context) error {
	a := signin.ActorOf(c)
	filter := lesson.Filter{PartnershipID: c.QueryParam("partnership"), State: lesson.State(c.QueryParam("state")),
		Topic: c.QueryParam("topic"), After: c.QueryParam("after")}
	list, more, err := w.Lesson.List(c.Request().Context(), a, filter)
	if err != nil {
		return err
	}
	page := pages.List{Page: w.base(c, "lessons", w.reader(c).T("partnerships.lessons")), Lessons: list, Filter: filter, MayWrite: a.Coordinates()}
	page.Filter.After = ""
	if more {
		next := page.Filter
		next.After = list[len(list)-1].ID
		page.Next = pages.Address(next)
	}
	return w.show(c, http.StatusOK, pages.ShowList(page))
}

// showLesson is the page on which a lesson is read; a published one by anybody. `language` reads another version of it,
// `version` what it was earlier.
func (w *Web) showLesson(c echo.Context) error {
	ctx, a := c.Request().Context(), signin.ActorOf(c)
	l, err := w.lessonAt(c, a)
	if p, is := problem.As(err); is && p.Kind == problem.NotFound && !a.SignedIn() {
		return w.SignIn.Require(nil)(c) // whether it exists or not
	}
	if err != nil {
		return err
	}
	page := pages.Page{Lesson: l, MayWrite: l.May(a, access.WriteLesson), MayTranslate: l.May(a, access.TranslateText)}
	page.Version, _ = strconv.Atoi(c.QueryParam("version"))
	page.Language, _ = locale.Parse(c.QueryParam("language"))
	if err := w.aboutLesson(ctx, a, &page); err != nil {
		return err
	}
	page.Page = w.base(c, "lessons", said(w.reader(c), l.Texts[lesson.Title]).Body)
	return w.show(c, http.StatusOK, pages.Show(page))
}

func (w *Web) lessonAt(c echo.Context, a access.Actor) (lesson.Lesson, error) {
	ctx, id := c.Request().Context(), c.Param("id")
	if asked := c.QueryParam("version"); asked != "" {
		n, err := strconv.ParseInt(asked, 10, 32)
		if err != nil {
			return lesson.Lesson{}, problem.Missing()
		}
		return w.Lesson.At(ctx, a, id, int(n))
	}
	return w.Lesson.Find(ctx, a, id)
}

// aboutLesson adds whose it is; for those who may see them, the partnership and the conference that it comes from.
func (w *Web) aboutLesson(ctx context.Context, a access.Actor, page *pages.Page) error {
	l := page.Lesson
	return w.DB.Read(ctx, func(tx *database.Tx) error {
		names, err := w.Org.NamesIn(ctx, tx, nil, []string{l.UnitID})
		if err != nil {
			return err
		}
		page.Unit = names.Unit(l.UnitID)
		if !l.May(a, access.SeeLesson) {
			return nil
		}
		if page.Partnership, err = w.Org.PartnershipNameIn(ctx, tx, l.PartnershipID); err != nil {
			return err
		}
		titles, err := w.Conference.TitlesIn(ctx, tx, l.ConferenceID)
		page.Conference = titles[l.ConferenceID]
		return err
	})
}

func (w *Web) shareLesson(c echo.Context) error {
	return w.moveLesson(c, w.Lesson.Share, "notice.lesson.shared")
}

func (w *Web) publishLesson(c echo.Context) error {
	return w.moveLesson(c, w.Lesson.Publish, "notice.lesson.published")
}

func (w *Web) withdrawLesson(c echo.Context) error {
	return w.moveLesson(c, w.Lesson.Withdraw, "notice.lesson.withdrawn")
}

func (w *Web) moveLesson(c echo.Context, move func(context.Context, access.Actor, string, int) error, notice string) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	if err := move(c.Request().Context(), signin.ActorOf(c), c.Param("id"), f.number("version")); err != nil {
		return err
	}
	return w.seeOther(c, "/lessons/"+c.Param("id"), notice)
}

// showLessonHistory lists what happened to a lesson; `compare` sets one version beside the one before it.
func (w *Web) showLessonHistory(c echo.Context) error {
	ctx, a, r := c.Request().Context(), signin.ActorOf(c), w.reader(c)
	l, err := w.Lesson.Find(ctx, a, c.Param("id"))
	if err != nil {
		return err
	}
	entries, err := w.Lesson.History(ctx, a, l.ID)
	if err != nil {
		return err
	}
	var people []string
	for _, e := range entries {
		people = append(people, e.PersonID)
	}
	names, err := w.Org.Names(ctx, people, nil)
	if err != nil {
		return err
	}
	page := pages.History{Page: w.base(c, "lessons", r.T("lessons.history")), Lesson: l, MayWrite: l.May(a, access.WriteLesson)}
	there := map[int]bool{} // of earlier versions, those that were never shared with this reader are not
	for _, e := range entries {
		there[e.Number] = true
	}
	for _, e := range entries {
		page.Entries = append(page.Entries, pages.Entry{Version: e, Who: said(r, names.Person(e.PersonID)), Follows: there[e.Number-1]})
		if there[e.Number-1] && c.QueryParam("compare") == strconv.Itoa(e.Number) && page.Compared == nil && e.Language != "" {
			if page.Compared, err = w.compared(ctx, a, l.ID, e); err != nil {
				return err
			}
		}
	}
	return w.show(c, http.StatusOK, pages.ShowHistory(page))
}

func (w *Web) compared(ctx context.Context, a access.Actor, id string, e lesson.Version) (*pages.Comparison, error) {
	before, err := w.Lesson.At(ctx, a, id, e.Number-1)
	if err != nil {
		return nil, err
	}
	after, err := w.Lesson.At(ctx, a, id, e.Number)
	return &pages.Comparison{Number: e.Number, Language: e.Language, Sections: pages.Changes(before, after, e.Language)}, err
}

func (w *Web) restoreLesson(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	if err := w.Lesson.Restore(c.Request().Context(), signin.ActorOf(c), c.Param("id"), f.number("number")); err != nil {
		return err
	}
	return w.seeOther(c, "/lessons/"+c.Param("id"), "notice.lesson.restored")
}
