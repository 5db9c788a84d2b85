package web

import (
	"context"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/action"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/signin"
	"example.org/tandem/templates/home"
)

// limits of the lists on the front page: what is next, not everything.
const (
	homeAwaiting = 5
	homeComing   = 4
	homeTasks    = 12
)

// home is what is next for who is signed in, and what Tandem is for everybody else.
func (w *Web) home(c echo.Context) error {
	a := signin.ActorOf(c)
	if !a.SignedIn() {
		return w.show(c, http.StatusOK, home.ShowWelcome(home.Welcome{Page: w.base(c, "home", "")}))
	}
	page := home.Page{Page: w.base(c, "home", w.reader(c).T("layout.nav.home")), Member: len(a.Memberships) > 0, SiteAdmin: a.SiteAdmin,
		MayPlan: a.Coordinates()}
	if page.Member {
		if err := w.next(c.Request().Context(), a, &page); err != nil {
			return err
		}
	}
	return w.show(c, http.StatusOK, home.Show(page))
}

// next fills in what is next for somebody.
func (w *Web) next(ctx context.Context, a access.Actor, page *home.Page) (err error) {
	lists, err := w.Conference.Lists(ctx, a, conference.Filter{Awaiting: true, Limit: homeAwaiting},
		conference.Filter{Limit: homeComing + homeAwaiting})
	if err != nil {
		return err
	}
	page.Awaiting = lists[0].Conferences
	page.Going, page.Coming = split(lists[1].Conferences, page.Awaiting)
	if page.Minutes, err = w.Minutes.Waiting(ctx, a, homeAwaiting); err != nil {
		return err
	}
	mine, err := w.Action.MineDue(ctx, a, homeTasks)
	page.Tasks = slices.DeleteFunc(mine, func(t action.Action) bool { return !waits(t, a) })
	return err
}

// split tells what is on from what is coming, without what is shown already.
func split(all, shown []conference.Listed) (going, coming []conference.Listed) {
	for _, one := range all {
		switch {
		case one.State == conference.InProgress:
			going = append(going, one)
		case slices.ContainsFunc(shown, func(s conference.Listed) bool { return s.ID == one.ID }):
		case len(coming) < homeComing:
			coming = append(coming, one)
		}
	}
	return going, coming
}

// waits tells whether somebody's own part of an item is unfinished; those of others may still be.
func waits(t action.Action, a access.Actor) bool {
	return slices.ContainsFunc(t.Parts, func(p action.Part) bool { return p.PersonID == a.PersonID && !p.State.Ended() })
}
