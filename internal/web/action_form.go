package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/action"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
	pages "example.org/tandem/templates/actions"
	"example.org/tandem/templates/parts"
)

// actionForm is the form of an item with what its page needs besides.
type actionForm struct {
	*form
	partnership org.Partnership
	members     []org.Member
	item        *action.Action // nil: a new one
	names       org.Names      // of those responsible so far
}

// values are what the form of an item that is there begins with, and beside each what it was then. The title is edited in
// the language that the reader sees it in.
func (now actionForm) values(r locale.Reader) url.Values {
	item, title := *now.item, said(r, now.item.Title)
	v := url.Values{}
	set := func(name, value string) {
		v.Set(name, value)
		v.Set(name+"-was", value)
	}
	set("title", title.Body)
	set("due", item.DueOn)
	set("priority", string(item.Priority))
	for _, u := range now.partnership.Units {
		set("person-"+u.ID, "")
	}
	for _, p := range item.Parts {
		set("person-"+p.UnitID, cmp.Or(p.PersonID, "unit"))
	}
	v.Set("title-language", string(title.Language))
	v.Set("title-base", strconv.Itoa(item.Title.Version))
	v.Set("version", strconv.Itoa(item.Version))
	return v
}

// actionFormPage shows the form to somebody who may plan there; nil is the form of an item as it is.
func (w *Web) actionFormPage(c echo.Context, f *form, item *action.Action) error {
	r, a := w.reader(c), signin.ActorOf(c)
	now, err := w.actionForm(c, f, item)
	if err != nil {
		return err
	}
	page := pages.Form{Page: w.base(c, "actions", r.T("actions.new.title")), Address: "/actions/new", New: item == nil}
	if item != nil {
		title := said(r, item.Title)
		page.Page = w.base(c, "actions", r.T("actions.edit.title"))
		page.Address, page.Back = "/actions/"+item.ID+"/edit", parts.Link{Href: "/actions/" + item.ID, Label: title.Body, Lang: title.Language}
		page.Saved = now.meanwhile(r)
	}
	if page.Origins, err = w.origins(c.Request().Context(), a, r, now.line("conference"), now.line("decision")); err != nil {
		return err
	}
	page.Language, _ = locale.Parse(now.Get("title-language"))
	now.labels = actionLabels(r)
	page.Page.Form, page.Form = "plan", now.view(r)
	page.Units = now.units(r, a, page.Form)
	return w.show(c, now.status(), pages.ShowForm(page))
}

func (w *Web) actionForm(c echo.Context, f *form, item *action.Action) (now actionForm, err error) {
	a, ctx := signin.ActorOf(c), c.Request().Context()
	now = actionForm{form: f, item: item}
	id := ""
	if item == nil {
		id = f.line("partnership")
	} else {
		id = item.PartnershipID
		if now.names, err = w.Org.Names(ctx, responsibles(*item), nil); err != nil {
			return now, err
		}
	}
	now.partnership, now.members, err = w.Org.FindPartnership(ctx, a, id)
	if err == nil && !now.partnership.May(a, access.PlanAction) {
		err = problem.Forbid()
	}
	if f == nil {
		now.form = &form{Values: now.values(w.reader(c))}
	}
	now.Set("due", day(now.line("due")))
	return now, err
}

func responsibles(item action.Action) (people []string) {
	for _, p := range item.Parts {
		people = append(people, p.PersonID)
	}
	return people
}

// units are the fields of both sides, one's own society and unit first.
func (now actionForm) units(r locale.Reader, a access.Actor, view parts.Form) []pages.Society {
	foreign := func(id string) int {
		if slices.ContainsFunc(a.Memberships, func(m access.Membership) bool { return m.UnitID == id || m.SocietyID == id }) {
			return 0
		}
		return 1
	}
	var list []pages.Society
	societies := now.partnership.Societies()
	slices.SortStableFunc(societies, func(x, y org.Society) int { return foreign(x.ID) - foreign(y.ID) })
	for _, society := range societies {
		units := now.partnership.Of(society.ID)
		slices.SortStableFunc(units, func(x, y org.Unit) int { return foreign(x.ID) - foreign(y.ID) })
		side := pages.Society{Name: said(r, society.Name)}
		for _, unit := range units {
			side.Units = append(side.Units, pages.Unit{ID: unit.ID, Person: now.person(r, view, unit)})
		}
		list = append(list, side)
	}
	return list
}

// person is the field of one unit. Whoever is responsible there stays to be chosen, even where they have left since.
func (now actionForm) person(r locale.Reader, view parts.Form, unit org.Unit) parts.FieldView {
	v := responsible(r, view, now.partnership, unit, now.members)
	chosen := slices.ContainsFunc(v.Options, func(o parts.Option) bool { return o.Chosen })
	if name := said(r, now.names.Person(v.Value)); !chosen && name.Body != "" {
		v.Options = append(v.Options, parts.Option{Value: v.Value, Label: name.Body, Lang: name.Language, Chosen: true})
	}
	v.Autofocus = view.Input(v.Name, "").Autofocus
	return v
}

// meanwhile is, after a collision, what somebody else saved. What was not touched here follows it; the next save counts.
func (now actionForm) meanwhile(r locale.Reader) []pages.Saved {
	if now.problem == nil || now.problem.Kind != problem.Conflict {
		return nil
	}
	l, _ := locale.Parse(now.Get("title-language"))
	saved := now.values(r.In(l))
	var list []pages.Saved
	add := func(name, label, value string) {
		if saved.Get(name) != now.Get(name+"-was") {
			list = append(list, pages.Saved{Label: label, Value: value})
		}
	}
	add("title", r.T("notes.action.title"), saved.Get("title"))
	add("due", r.T("actions.due"), r.Day(saved.Get("due")))
	add("priority", r.T("actions.priority"), pages.Priority(r, now.item.Priority))
	for _, u := range now.partnership.Units {
		add("person-"+u.ID, said(r, u.Short).Body, now.involved(r, saved.Get("person-"+u.ID)))
	}
	catchUp(now.form, saved)
	return list
}

// involved puts the value of a unit's field into words.
func (now actionForm) involved(r locale.Reader, value string) string {
	switch value {
	case "":
		return r.T("notes.action.not")
	case "unit":
		return r.T("notes.action.unit")
	}
	return said(r, now.names.Person(value)).Body
}
