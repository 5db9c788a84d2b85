package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
	pages "example.org/tandem/templates/conferences"
)

// newCounter shows the form in which somebody who is asked proposes other times.
func (w *Web) newCounter(c echo.Context) error {
	one, err := w.countering(c)
	if err != nil {
		return err
	}
	return w.counterPage(c, one, counterValues(one), one.At("/propose-time"), one.At(""))
}

// countering finds a conference for somebody who is asked to it.
func (w *Web) countering(c echo.Context) (pages.One, error) {
	one, err := w.one(c, c.Param("id"))
	switch {
	case err != nil:
		return one, err
	case !one.May(access.AnswerConference):
		return one, problem.Forbid()
	case !one.Conference.Counterable(w.DB.Now()):
		return one, problem.Refuse("conference.problem.not-open")
	}
	return one, nil
}

// proposeCounter takes that form.
func (w *Web) proposeCounter(c echo.Context) error {
	one, err := w.countering(c)
	if err != nil {
		return err
	}
	return w.takeCounter(c, one, one.At("/propose-time"), one.At(""))
}

// newGuestCounter and proposeGuestCounter are the same for a guest.
func (w *Web) newGuestCounter(c echo.Context) error {
	return w.asGuest(c, func(one pages.One) error {
		if !one.Conference.Counterable(w.DB.Now()) {
			return problem.Refuse("conference.problem.not-open")
		}
		return w.counterPage(c, one, counterValues(one), guestPath(c)+"/propose-time"+guestTime(c), guestPath(c)+guestTime(c))
	})
}

func (w *Web) proposeGuestCounter(c echo.Context) error {
	return w.asGuest(c, func(one pages.One) error {
		return w.takeCounter(c, one, guestPath(c)+"/propose-time"+guestTime(c), guestPath(c)+guestTime(c))
	})
}

func counterValues(one pages.One) *form {
	f := &form{Values: url.Values{"zone": {conference.Zones[0]}, "note-language": {string(one.Actor.Writes)}}}
	if slices.Contains(conference.Zones, one.Actor.Zone) {
		f.Set("zone", one.Actor.Zone)
	}
	if one.Conference.Is(conference.Scheduled) {
		f.Set("about", one.Conference.StartsLocal)
		f.Set("cannot", "yes")
	}
	return f
}

func (w *Web) counterPage(c echo.Context, one pages.One, f *form, action, back string) error {
	one.Reader = w.reader(c) // it may have been switched
	section := "conferences"
	if one.Actor.Guest {
		section = ""
	}
	one.Page = w.base(c, section, one.Reader.T("conferences.counter.title"))
	one.Page.Form = "counter"
	f.labels = map[string]string{"zone": one.Reader.T("conferences.field.zone"), "note": one.Reader.T("conferences.counter.note")}
	for n := 1; n <= conference.MaxCounterTimes; n++ {
		f.labels[fmt.Sprintf("time-%d", n)] = one.Reader.T("conferences.field.slot", locale.V{"N": n})
	}
	return w.show(c, f.status(), pages.ShowCounterForm(pages.CounterForm{One: one, Form: f.view(one.Reader), Action: action, Back: back}))
}

func (w *Web) takeCounter(c echo.Context, one pages.One, action, back string) error {
	f, err := w.form(c)
	if err != nil || f.again {
		if err == nil {
			err = w.counterPage(c, one, f, action, back)
		}
		return err
	}
	draft := conference.CounterDraft{About: f.line("about"), Zone: f.line("zone"), Note: f.draft("note"), Cannot: f.Get("cannot") == "yes"}
	for n := 1; n <= conference.MaxCounterTimes; n++ {
		draft.Times = append(draft.Times, f.moment(fmt.Sprintf("time-%d", n)))
	}
	ctx, mailed := mailing(c)
	err = w.Conference.Counter(ctx, one.Actor, one.Conference.ID, draft)
	if f.refused(err) {
		if f.status() == http.StatusConflict {
			f.Set("about", counterValues(one).Get("about")) // what was typed is about the time that the page shows now
		}
		return w.counterPage(c, one, f, action, back)
	}
	if err != nil {
		return err
	}
	return w.seeOther(c, back, "notice.counter"+mailed())
}

// moment is a wall time of two fields, "" if neither was filled in.
func (f *form) moment(name string) string {
	if f.line(name) == "" && f.line(name+"-hour") == "" {
		return ""
	}
	return day(f.line(name)) + "T" + hour(f.line(name+"-hour"))
}

// declineCounter says that the time stays as it is.
func (w *Web) declineCounter(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	id := c.Param("id")
	if !f.again {
		ctx, mailed := mailing(c)
		err = w.Conference.DeclineCounter(ctx, signin.ActorOf(c), id, c.Param("counter"), f.draft("why"))
		if err == nil {
			return w.seeOther(c, "/conferences/"+id, "notice.counter.declined"+mailed())
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
	answer := &form{Values: url.Values{"answer": {string(mine.RSVP)}}, problem: f.problem}
	f.labels = map[string]string{"why": one.Reader.T("conferences.counter.why")}
	return w.conferencePageWith(c, one, answer, pages.Countering{Failed: c.Param("counter"), Form: f.view(one.Reader)})
}

// counters are what the page of a conference shows of them.
func (w *Web) counters(c echo.Context, one pages.One, shown pages.Countering) (pages.Countering, error) {
	list, err := w.Conference.Counters(c.Request().Context(), one.Actor, one.Conference)
	if err != nil {
		return shown, err
	}
	split := pages.Split(list, one.Actor.PersonID)
	shown.Waiting, shown.Mine = split.Waiting, split.Mine
	if len(shown.Waiting) > 0 {
		shown.Days, err = w.daysFrom(c.Request().Context(), w.DB.Now())
	}
	return shown, err
}

// proposedStart is the time in an address that leads from a proposal to the form that takes it over, by the clock of the form.
func proposedStart(c echo.Context, zone string) (on, at string, is bool) {
	start, err := time.Parse(time.RFC3339, c.QueryParam("start"))
	if err != nil {
		return "", "", false
	}
	start = start.In(locale.Zone(zone))
	return start.Format(time.DateOnly), start.Format("15:04"), true
}
