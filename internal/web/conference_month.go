package web

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/signin"
	"example.org/tandem/internal/text"
	pages "example.org/tandem/templates/conferences"
)

const monthLayout = "2006-01"

// showMonth is a month of the reader's own conferences, by their own clock, with the days on which one of the sides is not at work.
func (w *Web) showMonth(c echo.Context) error {
	a, ctx, r := signin.ActorOf(c), c.Request().Context(), w.reader(c)
	first, err := time.ParseInLocation(monthLayout, c.QueryParam("month"), r.Zone)
	if err != nil || first.Year() < 2000 || first.Year() > 2100 {
		now := r.Now.In(r.Zone)
		first = time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, r.Zone)
	}
	from, until := pages.Span(first)
	days, err := w.Org.Days(ctx, from.Format(time.DateOnly), until.Format(time.DateOnly))
	if err != nil {
		return err
	}
	list, err := w.dated(ctx, c, from, until)
	if err != nil {
		return err
	}
	page := pages.Month{Page: w.base(c, "conferences", r.T("conferences.month.title")), First: first, MayPlan: a.Coordinates(), Weeks: pages.Weeks(r, days, first, list)}
	return w.show(c, http.StatusOK, pages.ShowMonth(page))
}

// dated are the reader's conferences between two moments.
func (w *Web) dated(ctx context.Context, c echo.Context, from, until time.Time) (list []conference.Dated, err error) {
	err = w.DB.Read(ctx, func(tx *database.Tx) error {
		var texts text.Batch
		if list, err = w.Conference.CalendarWith(ctx, tx, &texts, signin.ActorOf(c), from, until); err != nil {
			return err
		}
		return texts.Load(ctx, tx)
	})
	return list, err
}
