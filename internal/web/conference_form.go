package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
	pages "example.org/tandem/templates/conferences"
)

// newConference shows an empty form, after asking for the partnership where there are several.
func (w *Web) newConference(c echo.Context) error {
	a, ctx := signin.ActorOf(c), c.Request().Context()
	id := c.QueryParam("partnership")
	if id == "" {
		mine, err := w.plannable(ctx, a)
		if err != nil {
			return err
		}
		switch len(mine) {
		case 0:
			return problem.Missing()
		case 1:
			id = mine[0].ID
		default:
			return w.show(c, http.StatusOK, pages.ShowChoose(pages.Choose{Page: w.base(c, "conferences", w.reader(c).T("conferences.new.title")), Partnerships: mine}))
		}
	}
	p, members, err := w.Org.FindPartnership(ctx, a, id)
	if err != nil {
		return err
	}
	if !p.May(a, access.PlanConference) {
		return problem.Refuse("error.forbidden")
	}
	return w.planPage(c, planning{form: &form{Values: presetPlan(a, p, members)}, partnership: p, members: members})
}

// plannable are the partnerships in which somebody may plan conferences.
func (w *Web) plannable(ctx context.Context, a access.Actor) ([]org.Partnership, error) {
	ids, err := w.Conference.Plannable(ctx, a)
	if err != nil {
		return nil, err
	}
	list, _, err := w.Org.Partnerships(ctx, a)
	return slices.DeleteFunc(list, func(p org.Partnership) bool { return !slices.Contains(ids, p.ID) }), err
}

// planConference takes the form of a new conference.
func (w *Web) planConference(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	a, ctx := signin.ActorOf(c), c.Request().Context()
	p, members, err := w.Org.FindPartnership(ctx, a, f.line("partnership"))
	if err != nil {
		return err
	}
	now := planning{form: f, partnership: p, members: members}
	now.tidy()
	if now.look() {
		return w.planPage(c, now)
	}
	plan := now.plan()
	propose := w.Conference.Propose
	if !plan.Draft && len(plan.Times) < conference.MinSlots {
		propose = w.Conference.Schedule
	}
	id, err := propose(ctx, a, plan)
	if f.refused(err) {
		return w.planPage(c, now)
	}
	if err != nil {
		return err
	}
	if err := w.Org.RememberWriting(ctx, a, plan.Title.Language); err != nil {
		return err
	}
	return w.seeOther(c, "/conferences/"+id, planned(plan, conference.Draft))
}

// words: notice.conference.drafted notice.conference.asked notice.conference.invited notice.conference.saved
func planned(p conference.Plan, before conference.State) string {
	switch {
	case before != conference.Draft:
		return "notice.conference.saved"
	case p.Draft:
		return "notice.conference.drafted"
	case len(p.Times) > 1:
		return "notice.conference.asked"
	}
	return "notice.conference.invited"
}

// editConference shows the form of a conference that is there.
func (w *Web) editConference(c echo.Context) error {
	now, err := w.planningOf(c)
	if err != nil {
		return err
	}
	now.form = &form{Values: planValues(w.reader(c), *now.conference)}
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
	a, ctx, plan := signin.ActorOf(c), c.Request().Context(), now.plan()
	err = w.Conference.Change(ctx, a, now.conference.ID, f.number("version"), plan)
	if f.refused(err) {
		return w.planPage(c, now)
	}
	if err != nil {
		return err
	}
	return w.seeOther(c, "/conferences/"+now.conference.ID, planned(plan, now.conference.State))
}

// planningOf finds the conference that a form is about, for somebody who may change it.
func (w *Web) planningOf(c echo.Context) (planning, error) {
	a, ctx := signin.ActorOf(c), c.Request().Context()
	found, err := w.Conference.Find(ctx, a, c.Param("id"))
	if err != nil {
		return planning{}, err
	}
	if !found.May(a, access.PlanConference) {
		return planning{}, problem.Refuse("error.forbidden")
	}
	if !found.Is(conference.Draft, conference.Poll, conference.Scheduled, conference.InProgress) {
		return planning{}, problem.Refuse("conference.problem.closed")
	}
	p, members, err := w.Org.FindPartnership(ctx, a, found.PartnershipID)
	return planning{partnership: p, members: members, conference: &found}, err
}

// planPage shows the form; after a collision, what somebody else saved beside what was typed. The next save then counts.
func (w *Web) planPage(c echo.Context, now planning) error {
	r, f := w.reader(c), now.form
	page := pages.Form{Partnership: now.partnership, Members: now.members, MakesRooms: w.Conference.MakesRooms(),
		New: now.conference == nil, State: conference.Draft, Action: "/conferences/new", Look: now.warned}
	title := "conferences.new.title"
	if found := now.conference; found != nil {
		title, page.State, page.Action = "conferences.edit.title", found.State, "/conferences/"+found.ID+"/edit"
		page.Titles = fixedLanguages(r, *found)
		if f.problem != nil && f.problem.Kind == problem.Conflict {
			saved := planValues(r, *found)
			page.Saved = now.differences(r, saved)
			for _, field := range []string{"version", "title-base", "purpose-base"} {
				f.Set(field, saved.Get(field))
			}
		}
	}
	if before := now.follows; before != nil {
		title, page.Action = "conferences.do.follow-up", "/conferences/"+before.ID+"/follow-up"
	}
	page.Page = w.base(c, "conferences", r.T(title))
	page.Page.Form = "plan"
	page.Page.Notices = append(page.Page.Notices, now.notices...)
	page.Rows, page.Notes, page.Seen = now.rows(), now.notes(r), now.times()
	page.Form = f.view(r)
	return w.show(c, f.status(), pages.ShowForm(page))
}

// fixedLanguages are those of the texts that are there: an editor goes on in the language that the reader sees.
func fixedLanguages(r locale.Reader, c conference.Conference) map[string]locale.Language {
	fixed := map[string]locale.Language{"title": said(r, c.Title).Language, "purpose": r.Language}
	if !c.Purpose.Empty() {
		fixed["purpose"] = said(r, c.Purpose).Language
	}
	return fixed
}

// day reads a day as a browser sends it, or as people type it where a browser knows no calendar: 27.08.2020.
func day(typed string) string {
	parts := strings.FieldsFunc(typed, func(c rune) bool { return c == '.' || c == '/' || c == ' ' })
	if len(parts) != 3 || len(parts[2]) != 4 {
		return typed
	}
	return parts[2] + "-" + twoDigits(parts[1]) + "-" + twoDigits(parts[0])
}

// hour reads an hour likewise: 9.30, 09:30.
func hour(typed string) string {
	h, m, _ := strings.Cut(strings.Replace(typed, ".", ":", 1), ":")
	if m == "" {
		m = "00"
	}
	if _, err := strconv.Atoi(h); err != nil {
		return typed
	}
	return twoDigits(h) + ":" + twoDigits(m)
}

func twoDigits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}
