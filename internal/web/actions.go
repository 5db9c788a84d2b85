package web

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/action"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
	pages "example.org/tandem/templates/actions"
)

// listActions shows mine, ours or all; with ?partnership= those of one.
func (w *Web) listActions(c echo.Context) error {
	a, ctx := signin.ActorOf(c), c.Request().Context()
	page := pages.List{Page: w.base(c, "actions", w.reader(c).T("layout.nav.actions")), Filter: actionFilter(c), MayPlan: a.Coordinates()}
	err := w.DB.Read(ctx, func(tx *database.Tx) (err error) {
		if page.Actions, page.More, err = w.Action.ListIn(ctx, tx, a, page.Filter); err != nil {
			return err
		}
		if len(page.Actions) == 0 {
			ever, _, err := w.Action.ListIn(ctx, tx, a, action.Filter{Limit: 1})
			page.Never = len(ever) == 0
			return err
		}
		page.Names, err = w.Org.NamesIn(ctx, tx, nil, partUnits(page.Actions))
		return err
	})
	if err != nil {
		return err
	}
	return w.show(c, http.StatusOK, pages.ShowList(page))
}

// actionFilter is what the address asks for. Whoever comes without a wish sees what is theirs to do.
func actionFilter(c echo.Context) action.Filter {
	f := action.Filter{Whose: action.Whose(c.QueryParam("whose")), Partnership: c.QueryParam("partnership"), After: c.QueryParam("after")}
	switch f.Whose {
	case action.Mine, action.Ours, action.All:
	default:
		f.Whose = action.Mine
		if f.Partnership != "" {
			f.Whose = action.All
		}
	}
	f.Closed = c.QueryParam("show") == "closed"
	f.Unfinished = !f.Closed
	return f
}

// partUnits are the units with a part in any of some items.
func partUnits(list []action.Action) (ids []string) {
	for _, a := range list {
		for _, p := range a.Parts {
			ids = append(ids, p.UnitID)
		}
	}
	return ids
}

func (w *Web) showAction(c echo.Context) error {
	item, err := w.Action.Find(c.Request().Context(), signin.ActorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	return w.actionPage(c, item, nil)
}

// actionPage shows an item; with a form, what was typed and is not kept.
func (w *Web) actionPage(c echo.Context, item action.Action, f *form) error {
	r, a := w.reader(c), signin.ActorOf(c)
	page := pages.Page{Page: w.base(c, "actions", said(r, item.Title).Body), Action: item, Actor: a, ByMail: w.Back.To(item.ID, a.PersonID)}
	if err := w.around(c.Request().Context(), a, r, &page); err != nil {
		return err
	}
	now := reportValues(item, a.Writes)
	if f == nil {
		f = &form{Values: now}
	}
	if f.problem != nil && f.problem.Kind == problem.Conflict {
		page.Saved = movedMeanwhile(r, page.Names, item, f, now)
		catchUp(f, now)
	}
	page.Language, _ = locale.Parse(f.Get("note-language"))
	page.Page.Form, page.Report = "report-form", f.view(r)
	return w.show(c, f.status(), pages.Show(page))
}

// around fills in what belongs to other features: names, the partnership, where the item comes from.
func (w *Web) around(ctx context.Context, a access.Actor, r locale.Reader, page *pages.Page) error {
	people, units := []string{}, []string{}
	for _, p := range page.Parts {
		people, units = append(people, p.PersonID), append(units, p.UnitID)
	}
	for _, n := range page.Notes {
		people = append(people, n.PersonID)
	}
	p, _, err := w.Org.FindPartnership(ctx, a, page.PartnershipID)
	if err != nil {
		return err
	}
	page.Partnership = said(r, p.Name)
	if page.Origins, err = w.origins(ctx, a, r, page.ConferenceID, page.DecisionID); err != nil {
		return err
	}
	page.Names, err = w.Org.Names(ctx, people, units)
	return err
}

// origins are the conference and the decision that an item comes from, as far as there are any.
func (w *Web) origins(ctx context.Context, a access.Actor, r locale.Reader, conferenceID, decisionID string) (list []pages.Origin, err error) {
	if conferenceID != "" {
		err = w.DB.Read(ctx, func(tx *database.Tx) error {
			titles, err := w.Conference.TitlesIn(ctx, tx, conferenceID)
			list = append(list, pages.Origin{Label: r.T("actions.conference"), Href: "/conferences/" + conferenceID, Title: said(r, titles[conferenceID])})
			return err
		})
	}
	if err != nil || decisionID == "" {
		return list, err
	}
	d, err := w.Decision.Find(ctx, a, decisionID)
	return append(list, pages.Origin{Label: r.T("actions.decision"), Href: "/decisions/" + d.ID, Number: d.Label(), Title: said(r, d.Text)}), err
}
