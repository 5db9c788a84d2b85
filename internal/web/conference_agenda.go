package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
	pages "example.org/tandem/templates/conferences"
)

// showAgenda is where an agenda is built; `edit` names the item that is being changed.
func (w *Web) showAgenda(c echo.Context) error {
	one, err := w.one(c, c.Param("id"))
	if err != nil {
		return err
	}
	edit := c.QueryParam("edit")
	i := slices.IndexFunc(one.Conference.Agenda, func(item conference.Item) bool { return item.ID == edit })
	if i < 0 {
		return w.agendaPage(c, one, "", newItem(one))
	}
	return w.agendaPage(c, one, edit, itemValues(one, one.Conference.Agenda[i]))
}

const usualItemMinutes = 15

func newItem(one pages.One) *form {
	return &form{Values: url.Values{"language": {string(one.Actor.Writes)}, "minutes": {strconv.Itoa(usualItemMinutes)}, "kind": {string(conference.Discussion)}}}
}

func itemValues(one pages.One, item conference.Item) *form {
	topic := said(one.Reader, item.Topic)
	return &form{Values: url.Values{
		"version": {strconv.Itoa(item.Version)}, "topic": {topic.Body}, "topic-base": {strconv.Itoa(item.Topic.Version)},
		"topic-language": {string(topic.Language)}, "minutes": {strconv.Itoa(item.Minutes)}, "kind": {string(item.Kind)}, "presenter": {item.PresenterID},
	}}
}

func (w *Web) agendaPage(c echo.Context, one pages.One, edit string, f *form) error {
	one.Title = one.Reader.T("conferences.agenda")
	one.Page.Form = "item"
	f.labels = agendaLabels(w.reader(c))
	page := pages.Agenda{One: one, Edit: edit, Form: f.view(w.reader(c)), Collided: edit != "" && f.status() == http.StatusConflict}
	if !page.Changeable() {
		page.One.Page.Form = ""
	}
	return w.show(c, f.status(), pages.ShowAgenda(page))
}

func itemDraft(f *form) conference.ItemDraft {
	return conference.ItemDraft{Topic: f.draft("topic"), TopicBase: f.number("topic-base"), Kind: conference.Kind(f.line("kind")),
		Minutes: f.number("minutes"), PresenterID: f.line("presenter")}
}

// addItem takes the form of a new item.
func (w *Web) addItem(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	one, err := w.one(c, c.Param("id"))
	if err != nil {
		return err
	}
	if f.again {
		return w.agendaPage(c, one, "", f)
	}
	ctx, draft := c.Request().Context(), itemDraft(f)
	_, err = w.Conference.AddItem(ctx, one.Actor, one.Conference.ID, draft)
	if f.refused(err) {
		return w.agendaPage(c, one, "", f)
	}
	if err != nil {
		return err
	}
	if err := w.Org.RememberWriting(ctx, one.Actor, draft.Topic.Language); err != nil {
		return err
	}
	if err := w.Work.Recheck(ctx, one.Conference.ID); err != nil {
		return err
	}
	return w.seeOther(c, "/conferences/"+one.Conference.ID+"/agenda", "notice.conference.agenda")
}

// changeItem moves, removes or rewrites an item, as its button says.
func (w *Web) changeItem(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	id, item := c.Param("id"), c.Param("item")
	if f.again {
		return w.itemAgain(c, id, item, f)
	}
	a, ctx := signin.ActorOf(c), c.Request().Context()
	switch deed := f.line("deed"); deed {
	case "up", "down":
		err = w.Conference.MoveItem(ctx, a, id, item, deed == "down")
	case "remove":
		err = w.Conference.RemoveItem(ctx, a, id, item)
	case "save":
		err = w.Conference.EditItem(ctx, a, id, item, f.number("version"), itemDraft(f))
	default:
		err = problem.Missing()
	}
	if f.refused(err) {
		return w.itemAgain(c, id, item, f)
	}
	if err != nil {
		return err
	}
	if err := w.Work.Recheck(ctx, id); err != nil {
		return err
	}
	return w.seeOther(c, "/conferences/"+id+"/agenda#item-"+item, "notice.conference.agenda")
}

// itemAgain shows the form of an item as it was typed, after a collision to be saved over what is there now; or, where a button
// was refused, the agenda with the reason.
func (w *Web) itemAgain(c echo.Context, id, item string, f *form) error {
	one, err := w.one(c, id)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(one.Conference.Agenda, func(x conference.Item) bool { return x.ID == item })
	if i < 0 || f.line("deed") != "save" {
		again := newItem(one)
		again.problem = f.problem
		return w.agendaPage(c, one, "", again)
	}
	if f.problem != nil && f.problem.Kind == problem.Conflict {
		now := itemValues(one, one.Conference.Agenda[i])
		f.Set("version", now.Get("version"))
		f.Set("topic-base", now.Get("topic-base"))
	}
	return w.agendaPage(c, one, item, f)
}

// sendAgendaAhead says how long ahead the agenda goes out to be translated.
func (w *Web) sendAgendaAhead(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	id := c.Param("id")
	if !f.again {
		err := w.Conference.SendAgendaAhead(c.Request().Context(), signin.ActorOf(c), id, f.number("days"))
		if err == nil {
			return w.seeOther(c, "/conferences/"+id+"/agenda#ahead", "notice.conference.saved")
		}
		if !f.refused(err) {
			return err
		}
	}
	one, err := w.one(c, id)
	if err != nil {
		return err
	}
	again := newItem(one)
	again.problem = f.problem
	return w.agendaPage(c, one, "", again)
}
