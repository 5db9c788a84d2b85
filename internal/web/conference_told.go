package web

import (
	"context"
	"slices"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/conference"
	pages "example.org/tandem/templates/conferences"
)

// told is who would be written to if the form were sent as it is, and with what. Moderator and minute taker take part as well.
func (p *planning) told() (list []pages.Told) {
	if p.past() {
		return nil
	}
	typed := append(slices.Clone(p.form.Values["participants"]), p.form.line("moderator"), p.form.line("minute-taker"))
	var before []string
	state := conference.Draft
	if p.conference != nil {
		state = p.conference.State
		for _, one := range p.conference.Participants {
			before = append(before, one.PersonID)
		}
	}
	for _, m := range p.members {
		is, was := slices.Contains(typed, m.PersonID), slices.Contains(before, m.PersonID)
		if kind := mailTo(state, len(p.typed()), is, was); kind != "" {
			list = append(list, pages.Told{Kind: kind, Who: m})
		}
	}
	return list
}

// mailTo is the kind of mail that somebody gets who is on the list, or was: "" for none.
func mailTo(state conference.State, times int, is, was bool) string {
	several := times >= conference.MinSlots
	anew := state == conference.Draft || state == conference.Postponed // nobody has a time in their calendar
	asked := state == conference.Poll || (anew || state == conference.Scheduled) && several
	switch {
	case is && asked && (state != conference.Poll || !was):
		return conference.AskMail
	case is && !asked && (anew || !was):
		return conference.InvitationMail
	case !anew && was && !is:
		return conference.RemovalMail
	case is && was && !asked:
		return conference.ChangeMail
	}
	return ""
}

// releaseMails sends what was kept back about a conference.
func (w *Web) releaseMails(c echo.Context) error {
	return w.deed(c, func(ctx context.Context, a access.Actor, id string, _ *form) error {
		return w.Conference.Release(ctx, a, id)
	}, "notice.conference.saved")
}

// dropMailReply takes an answer that came by mail off the page: somebody has seen to it.
func (w *Web) dropMailReply(c echo.Context) error {
	return w.deed(c, func(ctx context.Context, a access.Actor, id string, _ *form) error {
		return w.Conference.DropReply(ctx, a, id, c.Param("reply"))
	}, "notice.conference.saved")
}
