package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	pages "example.org/tandem/templates/conferences"
	"example.org/tandem/templates/mail"
)

// guestRoute is the page behind the link of somebody without an account. Whoever holds the link is meant by it, signed in or not.
const guestRoute = "/guest/:token"

// showGuest changes nothing: mail scanners open links. A link in a mail may choose an answer beforehand.
func (w *Web) showGuest(c echo.Context) error {
	return w.asGuest(c, func(one pages.One) error {
		f := &form{Values: pollValues(one, "")}
		mine, _ := one.Conference.Participant(one.Actor.PersonID)
		f.Set("answer", string(mine.RSVP))
		if wanted := conference.RSVP(c.QueryParam("answer")); slices.Contains(conference.Answers, wanted) {
			f.Set("answer", string(wanted))
		}
		return w.guestPage(c, one, f)
	})
}

// answerGuest takes a guest's answer, to the poll or to the invitation.
func (w *Web) answerGuest(c echo.Context) error {
	return w.asGuest(c, func(one pages.One) error {
		f, err := w.form(c)
		if err != nil || f.again {
			if err == nil {
				err = w.guestPage(c, one, f)
			}
			return err
		}
		err = w.guestSays(c.Request().Context(), one, f)
		if f.refused(err) {
			return w.guestPage(c, one, f)
		}
		if err != nil {
			return err
		}
		notice := "notice.conference.answered"
		if one.Conference.Is(conference.Poll) {
			notice = "notice.conference.poll-answered"
		}
		return w.seeOther(c, guestPath(c)+guestTime(c), notice)
	})
}

func (w *Web) guestSays(ctx context.Context, one pages.One, f *form) error {
	if f.Get("all") == "yes" && one.Conference.Series.SeriesID != "" {
		return w.Conference.AnswerSeries(ctx, one.Actor, one.Conference.Series.SeriesID, conference.RSVP(f.line("answer")), one.Conference.StartsAt, true)
	}
	if !one.Conference.Is(conference.Poll) {
		return w.Conference.Answer(ctx, one.Actor, one.Conference.ID, conference.RSVP(f.line("answer")), f.instant("about"))
	}
	answer := conference.PollAnswer{Choices: map[string]conference.Choice{}, Note: f.line("note"), Language: one.Reader.Language}
	for _, slot := range one.Conference.Slots {
		if said := f.line(pages.AnswerName(slot.ID)); said != "" {
			answer.Choices[slot.ID] = conference.Choice(said)
		}
	}
	return w.Conference.AnswerPoll(ctx, one.Actor, one.Conference.ID, answer)
}

// guestEntry is the conference for the guest's own calendar.
func (w *Web) guestEntry(c echo.Context) error {
	return w.asGuest(c, func(one pages.One) error {
		if !one.Conference.HasTime() || one.Conference.Is(conference.Cancelled) {
			return problem.Missing()
		}
		topic := mail.Topic{Reader: one.Reader, Conference: one.Conference, Names: one.Names, URL: w.site(), Guest: w.site() + "/guest/" + c.Param("token")}
		file, err := calendar.Write(calendar.Publish, mail.Entry(topic, w.DB.Now()))
		if err != nil {
			return err
		}
		c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="conference.ics"`)
		return c.Blob(http.StatusOK, "text/calendar; charset=utf-8", file)
	})
}

// asGuest finds what the address opens, and speaks to the guest in their language unless they have chosen another.
func (w *Web) asGuest(c echo.Context, answer func(pages.One) error) error {
	guard(c)
	ctx := c.Request().Context()
	found, a, err := w.Work.Guest(ctx, c.Param("token"), c.QueryParam("time"))
	if problem.Is(err, problem.NotFound) {
		return w.guestGone(c, false)
	}
	if err != nil {
		return err
	}
	l := a.Language
	if chosen, err := c.Cookie(languageCookie); err == nil {
		if known, ok := locale.Parse(chosen.Value); ok {
			l = known
		}
	}
	r := w.Catalog.Reader(l, locale.Zone(a.Zone), w.DB.Now(), a.Reads...)
	c.Set(readerKey, r)
	names, err := w.Org.Names(ctx, mentioned(found), slices.Concat(found.Hosts, found.Sides, represented(found)))
	if err != nil {
		return err
	}
	return answer(pages.One{Page: w.base(c, "", said(r, found.Title).Body), Conference: found, Names: names, Actor: a})
}

func (w *Web) guestPage(c echo.Context, one pages.One, f *form) error {
	one.Reader = w.reader(c)                                    // it may have been switched
	one.Page = w.base(c, "", one.Reader.T("guests.page.title")) // programmes that preview links show it: it gives nothing away
	one.Page.Form = "guest"
	page := pages.Guest{One: one, Form: f.view(one.Reader), Path: guestPath(c), Query: guestTime(c)}
	counters, err := w.counters(c, one, pages.Countering{})
	if err != nil {
		return err
	}
	page.Counter = counters.Mine
	if id := one.Conference.Series.SeriesID; id != "" {
		f, err := w.Conference.SeriesFor(c.Request().Context(), id, one.Actor.PersonID)
		if err != nil {
			return err
		}
		page.Times, page.Query = f.Occurrences, "?time="+one.Conference.ID // the next is another one tomorrow
	}
	return w.show(c, f.status(), pages.ShowGuest(page))
}

// guestTime says which time of a series the page is of, in every address on it.
func guestTime(c echo.Context) string {
	if id := c.QueryParam("time"); id != "" {
		return "?" + url.Values{"time": {id}}.Encode()
	}
	return ""
}

// guestGone looks the same for a link that never was; only who has had it is offered a new one.
func (w *Web) guestGone(c echo.Context, sent bool) error {
	r := w.reader(c)
	page := pages.GuestGone{Page: w.base(c, "", r.T("guests.gone.title")), Asked: sent, Path: "/guest/" + url.PathEscape(c.Param("token"))}
	if !sent {
		replaced, err := w.Work.WasGuest(c.Request().Context(), c.Param("token"))
		if err != nil {
			return err
		}
		page.Replaced = replaced
	}
	page.Page.Form = "again"
	return w.show(c, http.StatusNotFound, pages.ShowGuestGone(page))
}

// renewGuestLink mails a new link to whoever has had one. The answer does not tell whether that was so.
func (w *Web) renewGuestLink(c echo.Context) error {
	guard(c)
	f, err := w.form(c)
	if err != nil {
		return err
	}
	if f.again {
		return w.guestGone(c, false)
	}
	if err := w.Work.AskAgain(c.Request().Context(), c.Param("token")); err != nil && !problem.Is(err, problem.NotFound) {
		return err
	}
	return w.guestGone(c, true)
}

// seesGuests finds a conference for who plans it.
func (w *Web) seesGuests(c echo.Context) (pages.One, error) {
	one, err := w.one(c, c.Param("id"))
	if err == nil && !one.May(access.PlanConference) {
		err = problem.Forbid()
	}
	return one, err
}
