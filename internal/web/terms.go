package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
	"example.org/tandem/internal/text"
	pages "example.org/tandem/templates/partnerships"
	"example.org/tandem/templates/parts"
)

// kept finds a partnership for somebody who keeps its terms.
func (w *Web) kept(c echo.Context) (org.Partnership, error) {
	a := signin.ActorOf(c)
	p, _, err := w.Org.FindPartnership(c.Request().Context(), a, c.Param("id"))
	if err == nil && !p.May(a, access.KeepPartnership) {
		err = problem.Forbid()
	}
	return p, err
}

func (w *Web) editPartnership(c echo.Context) error {
	p, err := w.kept(c)
	if err != nil {
		return err
	}
	return w.termsPage(c, p, &form{Values: termValues(w.reader(c), p, nil)}, &form{Values: url.Values{}})
}

func (w *Web) changePartnership(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	p, err := w.kept(c)
	if err != nil {
		return err
	}
	if !f.again {
		err = w.Org.ChangePartnership(c.Request().Context(), signin.ActorOf(c), p.ID, org.PartnershipChange{
			Version: f.number("version"), Name: f.draft("name"), Purpose: f.draft("purpose"), NameBase: f.number("name-base"), PurposeBase: f.number("purpose-base"),
			StartsOn: day(f.line("starts-on")), EndsOn: day(f.line("ends-on")), Focus: f.Values["focus"]})
		if err == nil {
			return w.seeOther(c, "/partnerships/"+p.ID, "notice.partnership.saved")
		}
		if !f.refused(err) {
			return err
		}
		if p, err = w.kept(c); err != nil {
			return err
		}
	}
	return w.termsPage(c, p, f, &form{Values: url.Values{}})
}

// changePartners adds a unit or takes one out. Whoever took out the one that they saw the partnership by sees it no more.
func (w *Web) changePartners(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	ctx, a, id := c.Request().Context(), signin.ActorOf(c), c.Param("id")
	change, to, said := w.Org.AddPartner, "/partnerships/"+id+"/edit", "notice.partnership.added"
	if f.Get("deed") == "remove" {
		change, to, said = w.Org.RemovePartner, "/partnerships", "notice.partnership.removed"
	}
	if err = change(ctx, a, id, f.line("unit")); err == nil {
		return w.seeOther(c, to, said)
	}
	if !f.refused(err) {
		return err
	}
	p, err := w.kept(c)
	if err != nil {
		return err
	}
	return w.termsPage(c, p, &form{Values: termValues(w.reader(c), p, nil)}, f)
}

// termsPage shows both forms; after a collision with what was saved in another window, both versions.
func (w *Web) termsPage(c echo.Context, p org.Partnership, f, units *form) error {
	r, a := w.reader(c), signin.ActorOf(c)
	page := pages.Terms{Page: w.base(c, "partnerships", r.T("partnerships.edit.title")), Partnership: p}
	page.Page.Form = "terms"
	if f.problem != nil && f.problem.Kind == problem.Conflict {
		saved := termValues(r, p, f.Values)
		page.Saved = termsSaved(r, f.Values, saved)
		for _, name := range []string{"version", "name-base", "purpose-base"} {
			f.Set(name, saved.Get(name))
		}
	}
	joinable, err := w.Org.Joinable(c.Request().Context(), a, p)
	if err != nil {
		return err
	}
	for _, u := range joinable {
		name := said(r, u.Name)
		page.Joinable = append(page.Joinable, parts.Option{Value: u.ID, Label: name.Body, Lang: name.Language})
	}
	locale.Sort(r, page.Joinable, func(o parts.Option) string { return o.Label })
	if p.Kind != org.Twinning {
		page.Leaving = p.Proposable(a)
	}
	f.labels = partnershipLabels(r)
	page.Form, page.Joining = f.view(r), units.view(r)
	return w.show(c, max(f.status(), units.status()), pages.ShowTerms(page))
}

// termValues fills the form: each text in the language that a form had it in, else in the reader's own where it is there in
// that, else in the one that it was written in.
func termValues(r locale.Reader, p org.Partnership, typed url.Values) url.Values {
	v := url.Values{"version": {strconv.Itoa(p.Version)}, "starts-on": {p.StartsOn}, "ends-on": {p.EndsOn}, "focus": p.Focus}
	for name, t := range map[string]text.Text{"name": p.Name, "purpose": p.Purpose} {
		l, chosen := locale.Parse(typed.Get(name + "-language"))
		if !chosen {
			l = r.Language
			if !t.Empty() && t.State(l) == text.Missing {
				l = t.Paragraphs[0].Origin
			}
		}
		v.Set(name, t.In(l))
		v.Set(name+"-language", string(l))
		v.Set(name+"-base", strconv.Itoa(t.Version))
	}
	return v
}

// termsSaved are the fields whose saved value is another than the typed one, as people read them.
func termsSaved(r locale.Reader, typed, saved url.Values) map[string]string {
	differs := map[string]string{}
	for _, name := range []string{"name", "purpose", "starts-on", "ends-on", "focus"} {
		theirs, mine := slices.Sorted(slices.Values(saved[name])), slices.Sorted(slices.Values(typed[name]))
		if strings.Join(theirs, "\n") == strings.ReplaceAll(strings.Join(mine, "\n"), "\r", "") {
			continue
		}
		switch differs[name] = strings.Join(theirs, ", "); {
		case differs[name] == "":
			differs[name] = r.T("conferences.saved-meanwhile.empty")
		case name == "focus":
			differs[name] = pages.Focus(r, theirs)
		case strings.HasSuffix(name, "-on"):
			differs[name] = r.Day(saved.Get(name))
		}
	}
	return differs
}
