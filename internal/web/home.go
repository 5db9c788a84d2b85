package web

import (
	"context"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/signin"
	"example.org/tandem/internal/text"
	"example.org/tandem/internal/work"
	"example.org/tandem/templates/home"
)

// limits of the lists on the front page: what is next, not everything.
const (
	homeAwaiting = 5
	homeComing   = 4
	homeTasks    = 8
	homeLessons  = 3
	homeLook     = 6  // things of a kind that are looked at for what is to be translated
	homeShown    = 4  // of those that are
	homeNewDays  = 30 // a lesson counts as newly shared
	homePublic   = 6  // lessons on the page for everybody
)

// home is what is next for who is signed in, and what Tandem is for everybody else.
func (w *Web) home(c echo.Context) error {
	a, ctx := signin.ActorOf(c), c.Request().Context()
	if !a.SignedIn() {
		lessons, err := w.Lesson.LatestPublished(ctx, homePublic)
		if err != nil {
			return err
		}
		return w.show(c, http.StatusOK, home.ShowWelcome(home.Welcome{Page: w.base(c, "home", ""), Lessons: lessons}))
	}
	page := home.Page{Page: w.base(c, "home", w.reader(c).T("layout.nav.home")), Actor: a}
	if len(a.Memberships) > 0 {
		err := w.DB.Read(ctx, func(tx *database.Tx) error { return w.next(ctx, tx, a, &page) })
		if err != nil {
			return err
		}
	}
	return w.show(c, http.StatusOK, home.Show(page))
}

// next fills in what is next for somebody: a statement for each feature, and one for all their words.
func (w *Web) next(ctx context.Context, tx *database.Tx, a access.Actor, page *home.Page) error {
	var texts text.Batch
	lists, err := w.Conference.ListsWith(ctx, tx, &texts, a, conference.Filter{Awaiting: true, Limit: homeAwaiting},
		conference.Filter{Limit: homeComing + homeAwaiting})
	if err != nil {
		return err
	}
	seen, err := access.Partnerships(ctx, tx, a)
	if err != nil {
		return err
	}
	if page.Minutes, err = w.Minutes.WaitingWith(ctx, tx, &texts, a, seen, homeAwaiting); err != nil {
		return err
	}
	if page.Tasks, err = w.Action.MineDueWith(ctx, tx, &texts, a, seen, homeTasks); err != nil {
		return err
	}
	since := tx.Now.AddDate(0, 0, -homeNewDays)
	if page.Lessons, err = w.Lesson.SharedWith(ctx, tx, &texts, a, seen, since, homeLessons); err != nil {
		return err
	}
	page.Queue, err = w.Work.QueueWith(ctx, tx, &texts, a, seen, work.Wanted{Languages: page.Reader.Reads, Readable: true,
		Shelves: []work.Shelf{work.OfConferences, work.OfLessons}, Look: homeLook, Limit: homeShown})
	if err != nil {
		return err
	}
	if err := texts.Load(ctx, tx); err != nil {
		return err
	}
	place(page, lists[0].Conferences, lists[1].Conferences)
	return nil
}

// place puts every conference where it belongs: once, and where it is most urgent.
func place(page *home.Page, awaiting, all []conference.Listed) {
	page.Awaiting = awaiting
	today := page.Reader.Now.In(page.Reader.Zone).YearDay()
	for _, one := range all {
		waits := slices.ContainsFunc(awaiting, func(x conference.Listed) bool { return x.ID == one.ID })
		starts := one.StartsAt.In(page.Reader.Zone)
		switch {
		case one.State == conference.InProgress:
			page.Going = append(page.Going, one)
		case waits:
		case one.State == conference.Scheduled && starts.YearDay() == today && starts.Year() == page.Reader.Now.Year():
			page.Today = append(page.Today, one)
		case len(page.Coming) < homeComing:
			page.Coming = append(page.Coming, one)
		}
	}
}
