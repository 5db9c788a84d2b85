package web

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/link"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
	"example.org/tandem/internal/text"
	"example.org/tandem/templates/mail"
	"example.org/tandem/templates/me"
)

// feedRoute is a personal calendar to subscribe to. Calendar programmes know no sign-in: the token in the address is the right.
const feedRoute = "/feeds/:token/tandem.ics"

// What a feed holds, and how often programmes are asked to look again.
const (
	feedBack    = -90 * 24 * time.Hour
	feedAhead   = 2 * 366 * 24 * time.Hour
	feedRefresh = time.Hour
)

// feed is all that the token's owner takes part in, and may still see, in their language. What they have declined is left out.
func (w *Web) feed(c echo.Context) error {
	guard(c)
	ctx := c.Request().Context()
	var to org.Receiver
	var list []conference.Dated
	err := w.DB.Read(ctx, func(tx *database.Tx) error {
		l, err := link.FindIn(ctx, tx, link.Feed, c.Param("token"))
		if err != nil {
			return err
		}
		a, err := org.ActorIn(ctx, tx, l.Subject)
		if err != nil {
			return err
		}
		if to, err = w.Org.Receiver(ctx, tx, l.Subject); err != nil {
			return err
		}
		var texts text.Batch
		if list, err = w.Conference.CalendarWith(ctx, tx, &texts, a, tx.Now.Add(feedBack), tx.Now.Add(feedAhead)); err != nil {
			return err
		}
		return texts.Load(ctx, tx)
	})
	if problem.Is(err, problem.NotFound) {
		return c.NoContent(http.StatusNotFound) // a programme could do nothing with the sign-in page
	}
	if err != nil {
		return err
	}
	r := w.Catalog.Reader(to.Language, to.Zone, w.DB.Now(), to.Reads...)
	file, err := w.feedOf(r, list)
	if err != nil {
		return err
	}
	return c.Blob(http.StatusOK, "text/calendar; charset=utf-8", file)
}

func (w *Web) feedOf(r locale.Reader, list []conference.Dated) ([]byte, error) {
	var entries []calendar.Entry
	for _, d := range list {
		if d.Mine != conference.Declined {
			entries = append(entries, mail.FeedEntry(r, d, w.site(), r.Now))
		}
	}
	return calendar.WriteFeed(calendar.Feed{Name: r.T("me.calendar.name"), Refresh: feedRefresh, Zones: conference.Zones, Now: r.Now}, entries...)
}

// showFeed is where people make the link to their calendar, and end it.
func (w *Web) showFeed(c echo.Context) error { return w.feedPage(c, "") }

// changeFeed makes a link, or ends the one that there is. The link is on this one answer and nowhere else.
func (w *Web) changeFeed(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	ctx, a := c.Request().Context(), signin.ActorOf(c)
	switch {
	case f.again:
		return w.feedPage(c, "")
	case f.Get("do") == "revoke":
		if err := w.Org.RevokeFeed(ctx, a); err != nil {
			return err
		}
		return w.seeOther(c, "/me/calendar", "notice.feed.revoked")
	}
	token, err := w.Org.MakeFeed(ctx, a)
	if err != nil {
		return err
	}
	return w.feedPage(c, w.site()+"/feeds/"+token+"/tandem.ics")
}

func (w *Web) feedPage(c echo.Context, address string) error {
	since, err := w.Org.FeedSince(c.Request().Context(), signin.ActorOf(c))
	if err != nil {
		return err
	}
	page := me.Calendar{Page: w.base(c, "me", w.reader(c).T("me.calendar.title")), Since: since, Address: address}
	return w.show(c, http.StatusOK, me.ShowCalendar(page))
}
