package web

import (
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
	"example.org/tandem/internal/text"
	"example.org/tandem/internal/work"
	pages "example.org/tandem/templates/translate"
)

// translation is a sheet on its way to its page, with what was typed.
type translation struct {
	*form
	work.Sheet
	source work.Source
	into   locale.Language
	from   locale.Language // that the reader asked for, '' for none
}

// showTranslation is the page of /texts/:id/translate/:lang and /lessons/:id/translate/:lang.
func (w *Web) showTranslation(c echo.Context) error {
	t, err := asked(c, &form{Values: url.Values{}})
	if err != nil {
		return err
	}
	return w.translationPage(c, t)
}

// saveTranslation takes that form. Whichever button is pressed, all that was typed is saved.
func (w *Web) saveTranslation(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	t, err := asked(c, f)
	if err != nil {
		return err
	}
	if l, ok := locale.Parse(f.Get("source")); ok {
		f.again, t.from = true, l
	}
	if f.again {
		return w.translationPage(c, t)
	}
	return w.take(c, t)
}

// asked is what the address says.
func asked(c echo.Context, f *form) (*translation, error) {
	t := &translation{form: f, source: work.Source{TextID: c.Param("id")}}
	if strings.HasPrefix(c.Path(), "/lessons/") {
		t.source = work.Source{LessonID: c.Param("id")}
	}
	var known bool
	if t.into, known = locale.Parse(c.Param("lang")); !known {
		return nil, problem.Missing()
	}
	t.from, _ = locale.Parse(c.QueryParam("from"))
	return t, nil
}

// take saves, and goes on to the next paragraph that waits; what could not be saved comes back as it was typed.
func (w *Web) take(c echo.Context, t *translation) error {
	ctx, a := c.Request().Context(), signin.ActorOf(c)
	done, err := w.Work.Translate(ctx, a, t.source, t.into, t.entries())
	if err != nil {
		return err
	}
	for _, id := range done.Saved {
		for _, field := range []string{"text-", "base-", "from-", "holds-", "check-"} {
			t.Del(field + id)
		}
	}
	if len(done.Refused) > 0 || t.unsaid(done.Gone) {
		t.refuse(done)
		return w.translationPage(c, t)
	}
	if t.Sheet, err = w.Work.Sheet(ctx, a, t.source, t.into); err != nil {
		return err
	}
	notice := ""
	if len(done.Saved) > 0 {
		notice = "notice.translated"
	}
	to := t.address()
	if t.from != "" {
		to += "?from=" + string(t.from)
	}
	if next := t.next(t.Get("next")); t.Has("next") && next != "" {
		to += "#field-text-" + next
	}
	return w.seeOther(c, to, notice)
}

func (t *translation) address() string { return translating(t.source, t.into) }

func translating(s work.Source, into locale.Language) string {
	if s.LessonID != "" {
		return "/lessons/" + s.LessonID + "/translate/" + string(into)
	}
	return "/texts/" + s.TextID + "/translate/" + string(into)
}

// mostEntries bounds what one form can make the program do.
const mostEntries = text.MaxBlocks * 10

// named are the paragraphs that the form has fields for.
func (t *translation) named() (ids []string) {
	for name := range t.Values {
		if id, is := strings.CutPrefix(name, "text-"); is && len(ids) < mostEntries {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// entries are what was done to each paragraph.
func (t *translation) entries() (list []work.Entry) {
	for _, id := range t.named() {
		e := work.Entry{Paragraph: id, Body: bounded(t.Get("text-" + id)), Base: max(0, t.number("base-"+id)),
			Holds: t.Has("holds-" + id), Check: t.Has("check-"+id) || t.Has("check-all")}
		e.FromLanguage, e.FromRevision = seen(t.Get("from-" + id))
		list = append(list, e)
	}
	return list
}

// unsaid tells whether something was typed for paragraphs that are gone.
func (t *translation) unsaid(gone []string) bool {
	return slices.ContainsFunc(gone, func(id string) bool { return t.line("text-"+id) != "" })
}

// refuse puts what is wrong beside its paragraph: first what somebody else has changed.
func (t *translation) refuse(o work.Outcome) {
	t.problem = &problem.Problem{Kind: problem.Invalid, Key: "error.form"}
	for _, section := range t.named() {
		p, is := o.Refused[section]
		if !is {
			continue
		}
		if p.Kind == problem.Conflict {
			t.problem.Kind = problem.Conflict
		}
		t.problem.Fields = append(t.problem.Fields, problem.Field{Name: "text-" + section, Key: p.Key, Values: p.Values})
	}
	if len(t.problem.Fields) == 0 {
		t.problem = problemOfGone()
	}
}

func problemOfGone() *problem.Problem {
	return &problem.Problem{Kind: problem.Conflict, Key: "translate.lost.title"}
}

// next is the first paragraph behind one that waits for something, or the first of all.
func (t *translation) next(after string) string {
	var before, behind string
	passed := false
	for _, section := range t.Sections {
		for _, p := range section.Text.Paragraphs {
			switch {
			case p.ID == after:
				passed = true
			case !t.waits(p):
			case passed && behind == "":
				behind = p.ID
			case !passed && before == "":
				before = p.ID
			}
		}
	}
	if behind != "" {
		return behind
	}
	return before
}

func (t *translation) waits(p text.Paragraph) bool {
	switch p.State(t.into) {
	case text.Missing, text.OutOfDate, text.Machine:
		return p.Origin != t.into
	case text.InWork:
		return t.MayCheck
	}
	return false
}

func (w *Web) translationPage(c echo.Context, t *translation) (err error) {
	r := w.reader(c)
	if t.Sheet, err = w.Work.Sheet(c.Request().Context(), signin.ActorOf(c), t.source, t.into, t.named()...); err != nil {
		return err
	}
	page := w.translationView(r, t)
	page.Page = w.base(c, sectionOf[t.Place.Kind], r.T("translate.title", map[string]any{"Language": r.LanguageName(t.into)}))
	page.Page.Path, page.Page.Form = page.Action, "translation"
	return w.show(c, t.status(), pages.Show(page))
}
