package web

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/action"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
	"example.org/tandem/internal/text"
	pages "example.org/tandem/templates/actions"
)

// newAction shows an empty form: for a conference, a decision or a partnership that the address names, else for the one
// partnership that somebody plans in, after asking which where there are several.
func (w *Web) newAction(c echo.Context) error {
	a := signin.ActorOf(c)
	v := url.Values{"title-language": {string(a.Writes)}, "priority": {string(action.Normal)}}
	for _, name := range []string{"partnership", "conference", "decision"} {
		v.Set(name, c.QueryParam(name))
	}
	if err := w.ofOrigin(c, v); err != nil {
		return err
	}
	if v.Get("partnership") == "" {
		mine, err := w.plannable(c.Request().Context(), a)
		if err != nil {
			return err
		}
		if len(mine) == 0 {
			return problem.Missing()
		}
		if len(mine) > 1 {
			return w.show(c, http.StatusOK, pages.ShowChoose(pages.Choose{Page: w.base(c, "actions", w.reader(c).T("actions.new.title")), Partnerships: mine}))
		}
		v.Set("partnership", mine[0].ID)
	}
	for _, m := range a.Memberships {
		v.Set("person-"+m.UnitID, "unit") // a unit elsewhere has no field
	}
	return w.actionFormPage(c, &form{Values: v}, nil)
}

// ofOrigin finds the partnership of the conference or decision that an item is to come from. The form names both: what its
// sender may not see is not found.
func (w *Web) ofOrigin(c echo.Context, v url.Values) error {
	a, ctx := signin.ActorOf(c), c.Request().Context()
	if id := v.Get("decision"); id != "" {
		d, err := w.Decision.Find(ctx, a, id)
		if err != nil {
			return err
		}
		v.Set("partnership", d.PartnershipID)
	}
	if id := v.Get("conference"); id != "" {
		found, err := w.Conference.Find(ctx, a, id)
		if err != nil {
			return err
		}
		v.Set("partnership", found.PartnershipID)
	}
	return nil
}

// planAction takes the form of a new item.
func (w *Web) planAction(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	if err := w.ofOrigin(c, f.Values); err != nil {
		return err
	}
	a, ctx := signin.ActorOf(c), c.Request().Context()
	d := action.Draft{PartnershipID: f.line("partnership"), ConferenceID: f.line("conference"), DecisionID: f.line("decision"),
		Title: f.draft("title"), DueOn: day(f.line("due")), Priority: action.Priority(f.line("priority")), Parts: f.parts()}
	id := ""
	if !f.again {
		id, err = w.Action.Record(ctx, a, d)
	}
	if f.again || f.refused(err) {
		return w.actionFormPage(c, f, nil)
	}
	if err != nil {
		return err
	}
	if err := w.afterAction(ctx, a, d.ConferenceID, d.Title); err != nil {
		return err
	}
	return w.seeOther(c, "/actions/"+id, "notice.action")
}

// editAction shows the form of an item that is there.
func (w *Web) editAction(c echo.Context) error {
	item, err := w.Action.Find(c.Request().Context(), signin.ActorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	return w.actionFormPage(c, nil, &item)
}

// changeAction takes that form.
func (w *Web) changeAction(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	a, ctx, id := signin.ActorOf(c), c.Request().Context(), c.Param("id")
	item, err := w.Action.Find(ctx, a, id)
	if err != nil {
		return err
	}
	if f.again {
		return w.actionFormPage(c, f, &item)
	}
	err = w.Action.Change(ctx, a, id, action.Plan{Version: f.number("version"), Title: f.draft("title"), TitleVersion: f.number("title-base"),
		DueOn: day(f.line("due")), Priority: action.Priority(f.line("priority")), Parts: inOrder(item, f)})
	if f.refused(err) {
		if item, err = w.Action.Find(ctx, a, id); err != nil {
			return err
		}
		return w.actionFormPage(c, f, &item)
	}
	if err != nil {
		return err
	}
	if err := w.afterAction(ctx, a, item.ConferenceID, text.Draft{}); err != nil {
		return err
	}
	return w.seeOther(c, "/actions/"+id, "notice.action-changed")
}

// inOrder leaves the parts in the order that they have, whoever's units the form begins with; new ones follow. A unit that
// the form does not ask about keeps its part.
func inOrder(item action.Action, f *form) []action.PartDraft {
	typed := f.parts()
	var list []action.PartDraft
	for _, p := range item.Parts {
		i := slices.IndexFunc(typed, func(d action.PartDraft) bool { return d.UnitID == p.UnitID })
		switch {
		case i >= 0:
			list, typed = append(list, typed[i]), slices.Delete(typed, i, i+1)
		case !slices.Contains(f.Values["units"], p.UnitID):
			list = append(list, action.PartDraft{UnitID: p.UnitID, PersonID: p.PersonID})
		}
	}
	return append(list, typed...)
}
