package web

import (
	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
)

// editConference shows the form of a conference that is there.
func (w *Web) editConference(c echo.Context) error {
	now, err := w.planningOf(c)
	if err != nil {
		return err
	}
	now.form = &form{Values: planValues(w.reader(c), *now.conference)}
	if c.QueryParam("again") == "yes" && now.conference.Reopenable() {
		now.form.Set("again", "yes")
		setTimes(now.form.Values, now.conference.AgainTimes(now.now))
	}
	if on, at, is := proposedStart(c, now.form.line("zone")); is && now.conference.Is(conference.Scheduled) {
		setTimes(now.form.Values, []string{on + "T" + at})
	}
	return w.planPage(c, now)
}

// changeConference takes that form.
func (w *Web) changeConference(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	now, err := w.planningOf(c)
	if err != nil {
		return err
	}
	now.form = f
	now.tidy()
	if now.look() {
		return w.planPage(c, now)
	}
	a, plan := signin.ActorOf(c), now.plan()
	counting, mailed := mailing(c)
	err = w.Conference.Change(counting, a, now.conference.ID, f.number("version"), plan)
	if f.refused(err) {
		return w.planPage(c, now)
	}
	if err != nil {
		return err
	}
	return w.seeOther(c, "/conferences/"+now.conference.ID, planned(plan, now.conference.State)+mailed())
}

// planningOf finds the conference that a form is about, for somebody who may change it.
func (w *Web) planningOf(c echo.Context) (planning, error) {
	a, ctx := signin.ActorOf(c), c.Request().Context()
	found, err := w.Conference.Find(ctx, a, c.Param("id"))
	if err != nil {
		return planning{}, err
	}
	if !found.May(a, access.PlanConference) {
		return planning{}, problem.Forbid()
	}
	if !found.Is(conference.Draft, conference.Poll, conference.Scheduled, conference.Postponed, conference.InProgress) {
		return planning{}, problem.Refuse("conference.problem.closed")
	}
	now, err := w.planningIn(ctx, a, found.PartnershipID)
	now.conference = &found
	return now, err
}
