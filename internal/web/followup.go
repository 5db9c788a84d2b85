package web

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
	"example.org/tandem/internal/text"
	"example.org/tandem/templates/parts"
)

// newFollowUp shows the form of a conference with what carries over from the one before.
func (w *Web) newFollowUp(c echo.Context) error {
	now, err := w.followed(c)
	if err != nil {
		return err
	}
	now.form = &form{Values: w.followUpValues(c, *now.follows)}
	return w.followUpPage(c, now)
}

// planFollowUp takes that form.
func (w *Web) planFollowUp(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	now, err := w.followed(c)
	if err != nil {
		return err
	}
	now.form = f
	now.tidy()
	if now.look() {
		return w.followUpPage(c, now)
	}
	a, plan := signin.ActorOf(c), now.followUp()
	counting, mailed := mailing(c)
	id, err := w.Work.FollowUp(counting, a, plan, w.heading(c, plan.Title.Language))
	if f.refused(err) {
		return w.followUpPage(c, now)
	}
	if err != nil {
		return err
	}
	return w.seeOther(c, "/conferences/"+id, planned(plan, conference.Draft)+mailed())
}

// followed finds the conference that is to be followed up, for somebody who may plan.
func (w *Web) followed(c echo.Context) (planning, error) {
	a, ctx := signin.ActorOf(c), c.Request().Context()
	before, err := w.Conference.Find(ctx, a, c.Param("id"))
	if err != nil {
		return planning{}, err
	}
	if !before.May(a, access.PlanConference) {
		return planning{}, problem.Forbid()
	}
	if !before.Is(conference.InProgress, conference.Held, conference.Agreed) {
		return planning{}, problem.Refuse("conferences.follow-up.too-early")
	}
	p, members, err := w.Org.FindPartnership(ctx, a, before.PartnershipID)
	if err != nil {
		return planning{}, err
	}
	days, err := w.daysFrom(ctx, w.DB.Now())
	return planning{partnership: p, members: members, follows: &before, days: days}, err
}

// followUpValues is the plan of the conference before, without its time.
func (w *Web) followUpValues(c echo.Context, before conference.Conference) url.Values {
	a, r := signin.ActorOf(c), w.reader(c)
	v := planValues(r, before)
	for name := range v {
		if strings.HasPrefix(name, "slot-") || slices.Contains([]string{"version", "title-base", "purpose-base", "deadline", "room-url", "dial-number", "dial-pin"}, name) {
			v.Del(name)
		}
	}
	writer := r.In(a.Writes)
	title := writer.T("conferences.follow-up.of", locale.V{"Title": before.Title.Line(writer.Reads).Body})
	if utf8.RuneCountInString(title) > text.MaxLine {
		title = before.Title.Line(writer.Reads).Body
	}
	v.Set("title", title)
	v.Set("purpose", before.Purpose.In(a.Writes))
	v.Set("language", string(a.Writes))
	v.Set("room", "none")
	return v
}

// followUp is the form bound; the side that did not lead the conference before leads this one.
func (p *planning) followUp() conference.Plan {
	plan := p.plan()
	plan.FollowsID = p.follows.ID
	if len(plan.Hosts) > 1 && len(p.follows.Hosts) > 0 && p.society(plan.Hosts[0]) == p.follows.Sides[0] {
		slices.Reverse(plan.Hosts)
	}
	return plan
}

func (p *planning) society(unitID string) string {
	for _, u := range p.partnership.Units {
		if u.ID == unitID {
			return u.SocietyID
		}
	}
	return ""
}

// heading is what the agenda calls the list of open action items: in all four languages, the author's first.
func (w *Web) heading(c echo.Context, first locale.Language) []text.Draft {
	drafts := []text.Draft{{Language: first}}
	for _, l := range locale.All {
		if l != first {
			drafts = append(drafts, text.Draft{Language: l})
		}
	}
	for i := range drafts {
		drafts[i].Body = w.reader(c).In(drafts[i].Language).T("conferences.follow-up.actions")
	}
	return drafts
}

func (w *Web) followUpPage(c echo.Context, now planning) error {
	open, err := w.open(c.Request().Context(), now.partnership.ID)
	if err != nil {
		return err
	}
	if open > 0 {
		now.notices = append(now.notices, notice(parts.Info, w.reader(c).N("conferences.follow-up.open", open)))
	}
	return w.planPage(c, now)
}

// open counts the open action items of a partnership, as far as an agenda has room for them.
func (w *Web) open(ctx context.Context, partnershipID string) (n int, err error) {
	err = w.DB.Read(ctx, func(tx *database.Tx) error {
		list, err := w.Action.OpenIn(ctx, tx, partnershipID)
		n = min(len(list), conference.MaxItems-1)
		return err
	})
	return n, err
}
