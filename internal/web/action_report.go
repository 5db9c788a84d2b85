package web

import (
	"context"
	"maps"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/action"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/signin"
	"example.org/tandem/internal/text"
	pages "example.org/tandem/templates/actions"
)

// reportAction takes what somebody says of an item: states, the next move, a note.
func (w *Web) reportAction(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	a, ctx, id := signin.ActorOf(c), c.Request().Context(), c.Param("id")
	closed := false
	if !f.again {
		closed, err = w.Action.Report(ctx, a, id, reported(f))
	}
	if err != nil && !f.refused(err) {
		return err
	}
	item, err := w.Action.Find(ctx, a, id)
	if err != nil {
		return err
	}
	if f.again || f.problem != nil {
		return w.actionPage(c, item, f)
	}
	if err := w.afterAction(ctx, a, item.ConferenceID, f.draft("note")); err != nil {
		return err
	}
	if closed {
		return w.seeOther(c, "/actions/"+id, "notice.action-closed")
	}
	return w.seeOther(c, "/actions/"+id, "notice.progress")
}

// reported binds the form. Only what its author has changed is sent on, so that people who look after different parts do
// not get into each other's way.
func reported(f *form) action.Report {
	r := action.Report{Version: f.number("version"), Note: f.draft("note")}
	for _, id := range f.Values["part"] {
		if state := f.line("state-" + id); state != f.line("state-"+id+"-was") {
			r.Moves = append(r.Moves, action.Move{PartID: id, State: action.State(state), Version: f.number("version-" + id)})
		}
	}
	if ball := f.line("ball"); ball != f.line("ball-was") {
		r.BallUnitID = ball
	}
	return r
}

// afterAction is what follows when something was said or planned: minutes that it stands in may mean something else now,
// and the next text is in the language of this one.
func (w *Web) afterAction(ctx context.Context, a access.Actor, conferenceID string, d text.Draft) error {
	if conferenceID != "" {
		if err := w.Work.Recheck(ctx, conferenceID); err != nil {
			return err
		}
	}
	if strings.TrimSpace(d.Body) == "" {
		return nil
	}
	return w.Org.RememberWriting(ctx, a, d.Language)
}

// reportValues is what the form begins with. Beside every choice stands what it was when the page was made.
func reportValues(item action.Action, writes locale.Language) url.Values {
	v := url.Values{"version": {strconv.Itoa(item.Version)}, "ball": {item.BallUnitID}, "ball-was": {item.BallUnitID},
		"note-language": {string(writes)}}
	for _, p := range item.Parts {
		v.Set("version-"+p.ID, strconv.Itoa(p.Version))
		v.Set("state-"+p.ID, string(p.State))
		v.Set("state-"+p.ID+"-was", string(p.State))
	}
	return v
}

// movedMeanwhile are the states, and the next move, that are others now than when the page was made.
func movedMeanwhile(r locale.Reader, names org.Names, item action.Action, f *form, now url.Values) []pages.Saved {
	var list []pages.Saved
	for _, p := range item.Parts {
		was := "state-" + p.ID + "-was"
		if f.Has(was) && f.Get(was) != now.Get(was) {
			list = append(list, pages.Saved{Label: said(r, names.Short(p.UnitID)).Body, Value: pages.State(r, p.State)})
		}
	}
	if f.Has("ball-was") && f.Get("ball-was") != now.Get("ball-was") {
		list = append(list, pages.Saved{Label: r.T("actions.ball"), Value: said(r, names.Short(item.BallUnitID)).Body})
	}
	return list
}

// catchUp lets the form go on from what is saved now: what its author had changed stays as they chose it, the rest follows.
func catchUp(f *form, now url.Values) {
	next := url.Values{}
	for name, values := range now {
		changed := now.Has(name+"-was") && f.Get(name) != f.Get(name+"-was")
		if !changed && name != "note-language" {
			next[name] = values
		}
	}
	maps.Copy(f.Values, next)
}
