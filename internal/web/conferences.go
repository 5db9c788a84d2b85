package web

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
	"example.org/tandem/internal/text"
	pages "example.org/tandem/templates/conferences"
	"example.org/tandem/templates/mail"
)

// listConferences shows what is coming and what is over; a further page shows one of the two.
func (w *Web) listConferences(c echo.Context) error {
	a, ctx, r := signin.ActorOf(c), c.Request().Context(), w.reader(c)
	filters := []conference.Filter{{After: c.QueryParam("upcoming")}, {Past: true, After: c.QueryParam("past")}}
	switch {
	case filters[0].After != "":
		filters = filters[:1]
	case filters[1].After != "":
		filters = filters[1:]
	}
	page := pages.List{Page: w.base(c, "conferences", r.T("layout.nav.conferences")), MayPlan: a.Coordinates()}
	lists, days, err := w.listsAndDays(ctx, a, filters)
	if err != nil {
		return err
	}
	page.Days = days
	var hosts []string
	for i, list := range lists {
		page.Sections = append(page.Sections, section(r, filters[i], list))
		for _, one := range list.Conferences {
			hosts = append(hosts, one.Hosts...)
		}
	}
	if page.Names, err = w.Org.Names(ctx, nil, hosts); err != nil {
		return err
	}
	return w.show(c, http.StatusOK, pages.ShowList(page))
}

// listsAndDays are lists of conferences, and the days on which a time of a series falls that is in them.
func (w *Web) listsAndDays(ctx context.Context, a access.Actor, filters []conference.Filter) (lists []conference.List, days calendar.Days, err error) {
	err = w.DB.Read(ctx, func(tx *database.Tx) error {
		var texts text.Batch
		if lists, err = w.Conference.ListsWith(ctx, tx, &texts, a, filters...); err != nil {
			return err
		}
		from, until := tx.Now, tx.Now
		for _, list := range lists {
			for _, one := range list.Conferences {
				if one.Series.SeriesID != "" && one.StartsAt.After(until) {
					until = one.StartsAt
				}
			}
		}
		special, err := org.SpecialDaysWith(ctx, tx, &texts, from.AddDate(0, 0, -1).Format(time.DateOnly), until.AddDate(0, 0, 1).Format(time.DateOnly))
		if err != nil {
			return err
		}
		err = texts.Load(ctx, tx)
		days = calendar.NewDays(special)
		return err
	})
	return lists, days, err
}

// section is one of the two lists, with the address of its next page.
func section(r locale.Reader, f conference.Filter, list conference.List) pages.Section {
	s, next := pages.Section{Conferences: list.Conferences}, "upcoming"
	if f.Past {
		next, s.Title, s.Empty = "past", r.T("conferences.past"), r.T("conferences.past.empty")
	} else {
		s.Title, s.Empty = r.T("conferences.upcoming"), r.T("conferences.upcoming.empty")
	}
	if f.After != "" {
		s.First = "/conferences"
	}
	if list.Next != "" {
		s.Next = "/conferences?" + url.Values{next: {list.Next}}.Encode()
	}
	return s
}

// showConference is its page. A link in a mail may choose an answer beforehand; only the button sends it.
func (w *Web) showConference(c echo.Context) error {
	one, err := w.one(c, c.Param("id"))
	if err != nil {
		return err
	}
	f := &form{Values: url.Values{}}
	mine, _ := one.Conference.Participant(one.Actor.PersonID)
	f.Set("answer", string(mine.RSVP))
	if wanted := conference.RSVP(c.QueryParam("answer")); slices.Contains(conference.Answers, wanted) {
		f.Set("answer", string(wanted))
		f.Set("all", c.QueryParam("all"))
	}
	return w.conferencePage(c, one, f)
}

func (w *Web) conferencePage(c echo.Context, one pages.One, f *form) error {
	return w.conferencePageWith(c, one, f, pages.Countering{})
}

func (w *Web) conferencePageWith(c echo.Context, one pages.One, f *form, counters pages.Countering) error {
	page := pages.Page{One: one, Answer: f.view(one.Reader)}
	var err error
	if page.Counters, err = w.counters(c, one, counters); err != nil {
		return err
	}
	if page.MailReplies, err = w.Conference.MailReplies(c.Request().Context(), one.Actor, one.Conference); err != nil {
		return err
	}
	return w.show(c, f.status(), pages.Show(page))
}

// one is a conference with the names of everybody in it, for a page below /conferences/{id}.
func (w *Web) one(c echo.Context, id string) (pages.One, error) {
	a, ctx := signin.ActorOf(c), c.Request().Context()
	found, err := w.Conference.Find(ctx, a, id)
	if err != nil {
		return pages.One{}, err
	}
	names, err := w.Org.Names(ctx, mentioned(found), slices.Concat(found.Hosts, found.Sides, represented(found)))
	if err != nil {
		return pages.One{}, err
	}
	return pages.One{Page: w.base(c, "conferences", said(w.reader(c), found.Title).Body), Conference: found, Names: names, Actor: a}, nil
}

// mentioned are the IDs of all people whom the pages of a conference name.
func mentioned(c conference.Conference) []string {
	ids := []string{c.ModeratorID, c.MinuteTakerID, c.CreatedByID}
	for _, p := range c.Participants {
		ids = append(ids, p.PersonID)
	}
	for _, item := range c.Agenda {
		ids = append(ids, item.PresenterID)
	}
	for _, slot := range c.Slots {
		ids = append(ids, slices.Collect(maps.Values(slot.By))...)
	}
	return distinct(ids)
}

// represented are the societies for which somebody takes part.
func represented(c conference.Conference) []string {
	var ids []string
	for _, p := range c.Participants {
		ids = append(ids, p.SocietyID)
	}
	return distinct(ids)
}

func distinct(ids []string) []string {
	slices.Sort(ids)
	return slices.DeleteFunc(slices.Compact(ids), func(id string) bool { return id == "" })
}

// answerInvitation takes the answer that somebody gives for themselves.
func (w *Web) answerInvitation(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	id := c.Param("id")
	if !f.again {
		err = w.takeAnswer(c, id, f)
		if err == nil && f.Get("from") == "home" {
			return w.seeOther(c, "/", "notice.conference.answered")
		}
		if err == nil {
			return w.seeOther(c, "/conferences/"+id, "notice.conference.answered")
		}
		if !f.refused(err) {
			return err
		}
	}
	one, err := w.one(c, id)
	if err != nil {
		return err
	}
	return w.conferencePage(c, one, f)
}

// deed is something that is done to a conference by one button.
func (w *Web) deed(c echo.Context, do func(ctx context.Context, a access.Actor, id string, f *form) error, notice string) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	id := c.Param("id")
	if !f.again {
		ctx, mailed := mailing(c)
		err := do(ctx, signin.ActorOf(c), id, f)
		if err == nil {
			return w.seeOther(c, "/conferences/"+id, notice+mailed())
		}
		if !f.refused(err) {
			return err
		}
	}
	one, err := w.one(c, id)
	if err != nil {
		return err
	}
	mine, _ := one.Conference.Participant(one.Actor.PersonID)
	f.Set("answer", string(mine.RSVP))
	return w.conferencePage(c, one, f)
}

func (w *Web) cancelConference(c echo.Context) error {
	return w.deed(c, func(ctx context.Context, a access.Actor, id string, f *form) error {
		return w.Conference.Cancel(ctx, a, id, f.number("version"))
	}, "notice.conference.cancelled")
}

func (w *Web) postponeConference(c echo.Context) error {
	return w.deed(c, func(ctx context.Context, a access.Actor, id string, f *form) error {
		return w.Conference.Postpone(ctx, a, id, f.number("version"))
	}, "notice.conference.postponed")
}

func (w *Web) startConference(c echo.Context) error {
	return w.deed(c, func(ctx context.Context, a access.Actor, id string, _ *form) error {
		return w.Conference.Start(ctx, a, id)
	}, "notice.conference.started")
}

func (w *Web) endConference(c echo.Context) error {
	return w.deed(c, func(ctx context.Context, a access.Actor, id string, _ *form) error {
		return w.Conference.End(ctx, a, id)
	}, "notice.conference.ended")
}

// calendarEntry is the conference for the reader's own calendar.
func (w *Web) calendarEntry(c echo.Context) error {
	one, err := w.one(c, c.Param("id"))
	if err != nil {
		return err
	}
	if !one.Conference.HasTime() {
		return problem.Missing()
	}
	topic := mail.Topic{Reader: one.Reader, Conference: one.Conference, Names: one.Names, URL: w.site()}
	entry := mail.Entry(topic, w.DB.Now())
	if one.Conference.Is(conference.Cancelled) {
		entry.Status = calendar.Cancelled
	}
	file, err := calendar.Write(calendar.Publish, entry)
	if err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="conference.ics"`)
	return c.Blob(http.StatusOK, "text/calendar; charset=utf-8", file)
}
