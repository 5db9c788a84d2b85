package web

import (
	"context"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/decision"
	"example.org/tandem/internal/signin"
	"example.org/tandem/templates/decisions"
)

// listDecisions shows what has been decided, of one partnership if the address names it.
func (w *Web) listDecisions(c echo.Context) error {
	filter := decision.Filter{Partnership: c.QueryParam("partnership"), After: c.QueryParam("after")}
	page := decisions.List{Page: w.base(c, "decisions", w.reader(c).T("layout.nav.decisions"))}
	ctx, a, more := c.Request().Context(), signin.ActorOf(c), false
	err := w.DB.Read(ctx, func(tx *database.Tx) (err error) {
		if page.Decisions, more, err = w.Decision.ListIn(ctx, tx, a, filter); err != nil {
			return err
		}
		var ids []string
		for _, d := range page.Decisions {
			ids = append(ids, d.ConferenceID)
		}
		page.Conferences, err = w.Conference.TitlesIn(ctx, tx, ids...)
		return err
	})
	if err != nil {
		return err
	}
	if filter.After != "" {
		page.First = "/decisions?" + url.Values{"partnership": {filter.Partnership}}.Encode()
	}
	if more {
		last := page.Decisions[len(page.Decisions)-1].ID
		page.Next = "/decisions?" + url.Values{"partnership": {filter.Partnership}, "after": {last}}.Encode()
	}
	return w.show(c, http.StatusOK, decisions.ShowList(page))
}

func (w *Web) showDecision(c echo.Context) error {
	ctx, a := c.Request().Context(), signin.ActorOf(c)
	d, err := w.Decision.Find(ctx, a, c.Param("id"))
	if err != nil {
		return err
	}
	page := decisions.Page{Decision: d, Page: w.base(c, "decisions", w.reader(c).T("minutes.decision", map[string]any{"Label": d.Label()}))}
	if err := w.whence(ctx, a, &page); err != nil {
		return err
	}
	return w.show(c, http.StatusOK, decisions.Show(page))
}

// whence adds where a decision comes from, and which societies have agreed to it.
func (w *Web) whence(ctx context.Context, a access.Actor, page *decisions.Page) error {
	p, _, err := w.Org.FindPartnership(ctx, a, page.Decision.PartnershipID)
	if err != nil {
		return err
	}
	page.Partnership, page.MayPlan = p.Name, p.May(a, access.PlanAction)
	id := page.Decision.ConferenceID
	return w.DB.Read(ctx, func(tx *database.Tx) error {
		titles, err := w.Conference.TitlesIn(ctx, tx, id)
		if err != nil {
			return err
		}
		page.Conference = titles[id]
		given, err := w.Minutes.AgreementsIn(ctx, tx, id)
		if err != nil || page.Decision.State == decision.Proposed {
			return err
		}
		var societies []string
		for _, g := range given {
			if g.VoidedAt.IsZero() {
				societies = append(societies, g.SocietyID)
			}
		}
		names, err := w.Org.NamesIn(ctx, tx, nil, societies)
		for _, id := range societies {
			page.Societies = append(page.Societies, names.Unit(id))
		}
		return err
	})
}
