package web

import (
	"context"
	"errors"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
	pages "example.org/tandem/templates/lessons"
	"example.org/tandem/templates/notes"
	"example.org/tandem/templates/parts"
)

// newLesson shows an empty form: for a conference or a partnership that the address names, else for the first in which
// somebody writes.
func (w *Web) newLesson(c echo.Context) error {
	a := signin.ActorOf(c)
	v := url.Values{"language": {string(a.Writes)}, "partnership": {c.QueryParam("partnership")}, "conference": {c.QueryParam("conference")}, "figures": {"1"}}
	return w.beginnerPage(c, &form{Values: v})
}

// beginLesson takes it.
func (w *Web) beginLesson(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	ctx, a := c.Request().Context(), signin.ActorOf(c)
	language, _ := locale.Parse(f.Get("language"))
	if f.Get("add") != "" {
		f.again = true
		f.Set("figures", strconv.Itoa(f.rows()+1))
	}
	b := lesson.Begun{PartnershipID: f.line("partnership"), UnitID: f.line("unit"), Language: language, Sections: map[lesson.Section]string{},
		Topics: f.Values["topics"], Figures: f.figures()}
	for _, s := range lesson.Sections {
		b.Sections[s] = bounded(f.Get(string(s)))
	}
	if f.again {
		return w.beginnerPage(c, f)
	}
	id := ""
	if conference := f.line("conference"); conference != "" {
		id, err = w.Work.BeginLesson(ctx, a, conference, b)
	} else {
		id, err = w.Lesson.Begin(ctx, a, b)
	}
	if f.refused(err) {
		f.renumber(b.Figures)
		return w.beginnerPage(c, f)
	}
	if err != nil {
		return err
	}
	if err := w.Org.RememberWriting(ctx, a, language); err != nil {
		return err
	}
	return w.seeOther(c, "/lessons/"+id, "notice.lesson.begun")
}

func (w *Web) beginnerPage(c echo.Context, f *form) error {
	ctx, a, r := c.Request().Context(), signin.ActorOf(c), w.reader(c)
	page := pages.Form{Page: w.base(c, "lessons", r.T("lessons.new"))}
	page.Language, _ = locale.Parse(f.Get("language"))
	if id := f.line("conference"); id != "" {
		found, err := w.Conference.Find(ctx, a, id)
		if err != nil {
			return err
		}
		f.Set("partnership", found.PartnershipID)
		page.From = said(r, found.Title)
	}
	if f.Get("partnership") == "" {
		mine, err := w.plannable(ctx, a)
		if err != nil {
			return err
		}
		if len(mine) == 0 {
			return problem.Missing()
		}
		f.Set("partnership", mine[0].ID)
	}
	if err := w.lessonUnits(ctx, a, &page, f.Get("partnership")); err != nil {
		return err
	}
	return w.lessonForm(c, f, page)
}

// lessonUnits are those whose experience it may be: of the partnership, where the actor coordinates.
func (w *Web) lessonUnits(ctx context.Context, a access.Actor, page *pages.Form, partnership string) error {
	return w.DB.Read(ctx, func(tx *database.Tx) error {
		all, err := access.PartnershipUnits(ctx, tx, partnership)
		if err != nil {
			return err
		}
		if err := access.Check(a, access.SeePartnership, access.SeePartnership, access.Case{Units: all}); err != nil {
			return err
		}
		own := lesson.Units(a, all)
		if len(own) == 0 {
			return problem.Forbid()
		}
		var ids []string
		for _, u := range own {
			ids = append(ids, u.ID)
		}
		names, err := w.Org.NamesIn(ctx, tx, nil, ids)
		for _, id := range ids {
			name := said(page.Reader, names.Unit(id))
			page.Units = append(page.Units, parts.Option{Value: id, Label: name.Body, Lang: name.Language})
		}
		return err
	})
}

// editLesson shows the editor of one language: the one that the address names, else the one that the lesson was written in.
func (w *Web) editLesson(c echo.Context) error {
	l, err := w.writable(c)
	if err != nil {
		return err
	}
	language, asked := locale.Parse(c.QueryParam("language"))
	if !asked {
		language = signin.ActorOf(c).Writes
		if title := l.Texts[lesson.Title]; !title.Empty() {
			language = title.Paragraphs[0].Origin
		}
	}
	return w.editorPage(c, l, &form{Values: fieldsOf(l, language)}, nil)
}

func (w *Web) writable(c echo.Context) (lesson.Lesson, error) {
	a := signin.ActorOf(c)
	l, err := w.Lesson.Find(c.Request().Context(), a, c.Param("id"))
	if err == nil {
		err = access.Check(a, access.WriteLesson, access.SeeLesson, l.Case())
	}
	return l, err
}

// changeLesson takes that form.
func (w *Web) changeLesson(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	l, err := w.writable(c)
	if err != nil {
		return err
	}
	if f.Get("add") != "" {
		f.again = true
		f.Set("figures", strconv.Itoa(f.rows()+1))
	}
	ctx, a := c.Request().Context(), signin.ActorOf(c)
	e := f.edit()
	if !f.again {
		err = w.Lesson.Edit(ctx, a, l.ID, e)
	}
	if f.again || f.refused(err) {
		f.renumber(e.Figures)
		var clashes *lesson.Clashes
		errors.As(err, &clashes)
		return w.editorPage(c, l, f, clashes)
	}
	if err != nil {
		return err
	}
	if err := w.Org.RememberWriting(ctx, a, e.Language); err != nil {
		return err
	}
	return w.seeOther(c, "/lessons/"+l.ID+"?language="+string(e.Language), "notice.lesson.saved")
}

// editorPage is the editor with what was typed. Where two people wrote at once it goes on with both put together, and asks
// about the rest.
func (w *Web) editorPage(c echo.Context, l lesson.Lesson, f *form, clashes *lesson.Clashes) error {
	r := w.reader(c)
	page := pages.Form{Page: w.base(c, "lessons", r.T("lessons.edit")), Lesson: l, Meanwhile: map[string]string{}, Clashes: map[lesson.Section]notes.Clash{}}
	page.Language, _ = locale.Parse(f.Get("language"))
	if clashes != nil {
		f.Values = fieldsOfEdit(clashes.Next, f.Values)
		for s, clash := range clashes.Sections {
			page.Clashes[s] = *notes.ClashOf(string(s), page.Language, clash)
		}
		for i, figure := range clashes.Next.Figures {
			if other, there := clashes.Figures[figure.ID]; there && !other.Gone {
				name := "figure-" + strconv.Itoa(i) + "-"
				page.Meanwhile[name+"value"], page.Meanwhile[name+"as-of"] = other.Now.Value, other.Now.AsOf
				page.Meanwhile[name+"said"], page.Meanwhile[name+"source"] = other.Now.Said.In(page.Language), other.Now.Source.In(page.Language)
			}
		}
	}
	return w.lessonForm(c, f, page)
}

func (w *Web) lessonForm(c echo.Context, f *form, page pages.Form) error {
	page.Page.Form, page.Form = "lesson", f.view(page.Reader)
	for i := range f.rows() {
		page.Rows = append(page.Rows, pages.Row{Number: i, ID: f.Get("figure-" + strconv.Itoa(i) + "-id")})
	}
	return w.show(c, f.status(), pages.Edit(page))
}

// rows is how many figures the form has fields for.
func (f *form) rows() int { return max(0, min(f.number("figures"), lesson.MaxFigures+1)) }

// figures are those that somebody filled in. The numbers of a row are those of the form, so that a problem is said beside it;
// rows that are empty come last.
func (f *form) figures() (list []lesson.FigureEdit) {
	for i := range f.rows() {
		name := "figure-" + strconv.Itoa(i) + "-"
		one := lesson.FigureEdit{ID: f.line(name + "id"), Value: lesson.Number(f.line(name + "value")), AsOf: asOf(f.line(name + "as-of")),
			Said: bounded(f.line(name + "said")), SaidBase: f.number(name + "said-base"), Source: bounded(f.line(name + "source")), SourceBase: f.number(name + "source-base")}
		if one.Value+one.AsOf+one.Said+one.Source != "" {
			list = append(list, one)
		}
	}
	return list
}

// asOf is a day as people type it, or a month or year as it is.
func asOf(typed string) string {
	if len(typed) > len("2006-01") {
		return day(typed)
	}
	return typed
}

// edit is what the form asks for: typed sections, or those chosen where two people had changed the same.
func (f *form) edit() lesson.Edit {
	language, _ := locale.Parse(f.Get("language"))
	e := lesson.Edit{Version: f.number("version"), Language: language, SameMeaning: f.Get("same-meaning") == "yes", Topics: f.Values["topics"], Figures: f.figures()}
	s := &sheet{form: f}
	for _, section := range lesson.Sections {
		name := string(section)
		body := f.Get(name)
		if f.Has("chunks-" + name) {
			body = s.chosen(name)
		} else if !f.Has(name) {
			continue
		}
		e.Sections = append(e.Sections, lesson.SectionEdit{Section: section, Base: f.number("version-" + name), Body: bounded(body)})
	}
	return e
}

// fieldsOf fills the editor with one language of a lesson.
func fieldsOf(l lesson.Lesson, language locale.Language) url.Values {
	e := lesson.Edit{Version: l.Version, Language: language, Topics: l.Topics}
	for _, s := range lesson.Sections {
		t := l.Texts[s]
		e.Sections = append(e.Sections, lesson.SectionEdit{Section: s, Base: t.Version, Body: t.In(language)})
	}
	for _, f := range l.Figures {
		e.Figures = append(e.Figures, lesson.FigureEdit{ID: f.ID, Value: f.Value, AsOf: f.AsOf, Said: f.Said.In(language), SaidBase: f.Said.Version,
			Source: f.Source.In(language), SourceBase: f.Source.Version})
	}
	return fieldsOfEdit(e, url.Values{})
}

// fieldsOfEdit writes an edit as the fields of its form; what else was typed stays.
func fieldsOfEdit(e lesson.Edit, typed url.Values) url.Values {
	v := url.Values{"language": {string(e.Language)}, "version": {strconv.Itoa(e.Version)}, "topics": e.Topics,
		"same-meaning": typed["same-meaning"], "figures": {strconv.Itoa(len(e.Figures) + 1)}}
	for _, s := range e.Sections {
		v.Set(string(s.Section), s.Body)
		v.Set("version-"+string(s.Section), strconv.Itoa(s.Base))
	}
	number(v, e.Figures)
	return v
}

func number(v url.Values, figures []lesson.FigureEdit) {
	for i, f := range figures {
		for name, value := range map[string]string{"id": f.ID, "value": f.Value, "as-of": f.AsOf, "said": f.Said, "source": f.Source,
			"said-base": strconv.Itoa(f.SaidBase), "source-base": strconv.Itoa(f.SourceBase)} {
			v.Set("figure-"+strconv.Itoa(i)+"-"+name, value)
		}
	}
}

// renumber closes the gaps that rows left which nobody filled in: what is wrong with a figure is said by its place.
func (f *form) renumber(figures []lesson.FigureEdit) {
	if f.again {
		return
	}
	for i := range f.rows() {
		for _, name := range []string{"id", "value", "as-of", "said", "source", "said-base", "source-base"} {
			f.Del("figure-" + strconv.Itoa(i) + "-" + name)
		}
	}
	number(f.Values, figures)
	f.Set("figures", strconv.Itoa(len(figures)+1))
}
