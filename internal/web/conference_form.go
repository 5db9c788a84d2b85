package web

import (
	"context"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
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
			return w.show(c, http.StatusOK, pages.ShowChoose(pages.Choose{Page: w.base(c, "conferences", w.reader(c).T("conferences.new.title")), Partnerships: mine, Past: c.QueryParam("held") == "yes"}))
		}
	}
	now, err := w.planningIn(ctx, a, id)
	if err != nil {
		return err
	}
	spoken, err := w.spoken(ctx, a, now.partnership)
	if err != nil {
		return err
	}
	now.form = &form{Values: presetPlan(a, now.partnership, now.members, spoken)}
	if c.QueryParam("held") == "yes" {
		now.form.Set("past", "yes")
	}
	return w.planPage(c, now)
}

// spoken are the languages that a conference begins with: of each society the one that it works in first, or the author's own.
func (w *Web) spoken(ctx context.Context, a access.Actor, p org.Partnership) (list []locale.Language, err error) {
	err = w.DB.Read(ctx, func(tx *database.Tx) error {
		for _, society := range p.Societies() {
			works, err := w.Minutes.WorksIn(ctx, tx, society.ID)
			if err != nil {
				return err
			}
			own := slices.ContainsFunc(a.Memberships, func(m access.Membership) bool { return m.SocietyID == society.ID })
			if own && slices.Contains(works, a.Writes) {
				works = []locale.Language{a.Writes}
			}
			if len(works) > 0 && !slices.Contains(list, works[0]) {
				list = append(list, works[0])
			}
		}
		return nil
	})
	return list, err
}

// planningIn finds a partnership for somebody who may plan in it.
func (w *Web) planningIn(ctx context.Context, a access.Actor, id string) (planning, error) {
	p, members, err := w.Org.FindPartnership(ctx, a, id)
	if err == nil && !p.May(a, access.PlanConference) {
		err = problem.Forbid()
	}
	if err != nil {
		return planning{}, err
	}
	days, err := w.daysFrom(ctx, w.DB.Now())
	return planning{partnership: p, members: members, days: days, now: w.DB.Now()}, err
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
	now, err := w.planningIn(ctx, a, f.line("partnership"))
	if err != nil {
		return err
	}
	now.form = f
	now.tidy()
	if now.look() {
		return w.planPage(c, now)
	}
	plan := now.plan()
	counting, mailed := mailing(c)
	id, err := w.propose(counting, a, plan)
	if f.refused(err) {
		return w.planPage(c, now)
	}
	if err != nil {
		return err
	}
	if err := w.Org.RememberWriting(ctx, a, plan.Title.Language); err != nil {
		return err
	}
	return w.seeOther(c, "/conferences/"+id, planned(plan, conference.Draft)+mailed())
}

// propose keeps a plan as a draft, asks about its times, invites to the only one, or records what was held already.
func (w *Web) propose(ctx context.Context, a access.Actor, p conference.Plan) (string, error) {
	if p.Past {
		return w.Conference.Record(ctx, a, p)
	}
	if !p.Draft && len(p.Times) < conference.MinSlots {
		return w.Conference.Schedule(ctx, a, p)
	}
	return w.Conference.Propose(ctx, a, p)
}

// words: notice.conference.recorded notice.conference.drafted notice.conference.asked notice.conference.invited notice.conference.saved
func planned(p conference.Plan, before conference.State) string {
	switch {
	case before == conference.Scheduled && len(p.Times) > 1:
		return "notice.conference.asked"
	case before != conference.Draft && before != conference.Postponed:
		return "notice.conference.saved"
	case p.Past:
		return "notice.conference.recorded"
	case p.Draft:
		return "notice.conference.drafted"
	case len(p.Times) > 1:
		return "notice.conference.asked"
	}
	return "notice.conference.invited"
}

// planPage shows the form; after a collision, what somebody else saved beside what was typed. The next save then counts.
func (w *Web) planPage(c echo.Context, now planning) error {
	r, f := w.reader(c), now.form
	page := pages.Form{Partnership: now.partnership, Members: now.members, Rooms: w.Conference.RoomKinds(),
		New: now.conference == nil, State: conference.Draft, Action: "/conferences/new", Look: now.warned}
	title := "conferences.new.title"
	if found := now.conference; found != nil {
		title, page.State, page.Action = "conferences.edit.title", found.State, "/conferences/"+found.ID+"/edit"
		page.Again = now.again()
		page.Titles = fixedLanguages(r, *found)
		if f.problem != nil && f.problem.Kind == problem.Conflict {
			saved := planValues(r, *found)
			page.Saved = now.differences(r, saved)
			for _, field := range []string{"version", "title-base", "purpose-base"} {
				f.Set(field, saved.Get(field))
			}
		}
	}
	if page.Past = now.past(); page.Past {
		title = "conferences.record.title"
	}
	if before := now.follows; before != nil {
		title, page.Action = "conferences.do.follow-up", "/conferences/"+before.ID+"/follow-up"
	}
	page.Receivers = now.told()
	now.follow(&page)
	page.Page = w.base(c, "conferences", r.T(title))
	page.Page.Form = "plan"
	page.Told = now.notices
	page.Rows, page.Notes, page.Seen = now.rows(), now.notes(r), now.times()
	if page.Gridded() {
		var err error
		if page.Grid, err = w.grid(c, now); err != nil {
			return err
		}
	}
	f.labels = planLabels(r)
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
