package web

import (
	"context"
	"slices"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/action"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/decision"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/signin"
	"example.org/tandem/internal/text"
	"example.org/tandem/templates/notes"
	"example.org/tandem/templates/parts"
)

// written is everything that the notes page shows of a conference.
type written struct {
	conference.Conference
	notes     text.Texts
	decisions []decision.Decision
	actions   []action.Action
	names     org.Names
}

func (w *Web) readNotes(ctx context.Context, a access.Actor, id string) (all written, err error) {
	err = w.DB.Read(ctx, func(tx *database.Tx) error {
		if all.Conference, err = w.Conference.FindIn(ctx, tx, a, id); err != nil {
			return err
		}
		var texts, people []string
		for _, item := range all.Agenda {
			texts, people = append(texts, item.NotesID), append(people, item.PresenterID)
		}
		if all.notes, err = text.Load(ctx, tx, texts...); err != nil {
			return err
		}
		if all.decisions, err = w.Decision.GetOfIn(ctx, tx, id); err != nil {
			return err
		}
		if all.actions, err = w.Action.OfConferenceIn(ctx, tx, id); err != nil {
			return err
		}
		all.names, err = w.Org.NamesIn(ctx, tx, people, nil)
		return err
	})
	return all, err
}

// notesPage shows the notes, and whatever was typed and could not be saved.
func (w *Web) notesPage(c echo.Context, s *sheet) error {
	ctx, a, r := c.Request().Context(), signin.ActorOf(c), w.reader(c)
	all, err := w.readNotes(ctx, a, s.conference)
	if err != nil {
		return err
	}
	if s.language == "" {
		s.language = a.Writes
	}
	page := notes.Page{Page: w.base(c, "conferences", r.T("notes.title")), ConferenceID: all.ID, Conference: said(r, all.Title),
		StartsAt: all.StartsAt, Length: all.Length, Room: wayIn(all.Conference), Writer: a.PersonID, Language: s.language,
		MayWrite: all.May(a, access.WriteNotes), MayRecord: all.May(a, access.RecordOutcome), MayPlan: all.May(a, access.PlanConference),
		Closed: closed(r, all.Conference), Form: s.view(r)}
	page.Page.Path = s.path()
	if page.MayWrite && page.Closed == "" && len(all.Agenda) > 0 {
		page.Page.Form = "notes"
	}
	for _, item := range all.Agenda {
		page.Items = append(page.Items, s.item(r, all, item, page.Page.Form != ""))
	}
	if err := w.openRecording(ctx, a, r, s, all, &page); err != nil {
		return err
	}
	return w.show(c, s.status(), notes.Show(page))
}

// closed says why nothing is written any more.
func closed(r locale.Reader, c conference.Conference) string {
	switch {
	case c.Is(conference.Agreed):
		return r.T("notes.problem.agreed")
	case c.Is(conference.Cancelled):
		return r.T("notes.problem.cancelled")
	}
	return ""
}

func (s *sheet) item(r locale.Reader, all written, item conference.Item, editable bool) notes.Item {
	n := all.notes[item.NotesID]
	shown := notes.Item{ID: item.ID, Topic: said(r, item.Topic), StartsAt: item.StartsAt, Minutes: item.Minutes,
		Presenter: said(r, all.names.Person(item.PresenterID)), Text: n, Body: n.In(s.language), Version: n.Version}
	if editable {
		shown.Read = others(r, n, s.language)
		s.fill(&shown)
	} else {
		shown.Read = n.For(r.Reads)
	}
	for _, d := range all.decisions {
		if d.AgendaItemID == item.ID {
			shown.Decisions = append(shown.Decisions, d)
		}
	}
	for _, one := range all.actions {
		if one.AgendaItemID == item.ID {
			shown.Actions = append(shown.Actions, notes.Action{ID: one.ID, Title: said(r, one.Title), DueOn: one.DueOn})
		}
	}
	return shown
}

// fill puts into an item what was typed and is not saved.
func (s *sheet) fill(item *notes.Item) {
	if clash, is := s.clashes[item.ID]; is {
		item.Clash = notes.ClashOf(item.ID, s.language, clash.Clash)
		return
	}
	if !s.Has("version-" + item.ID) {
		return
	}
	body := s.Get("body-" + item.ID)
	if s.Has("chunks-" + item.ID) {
		body = s.chosen(item.ID)
	}
	item.Unsaved = !slices.Equal(text.Split(bounded(body)), text.Split(item.Body))
	item.Body, item.Version = body, s.number("version-"+item.ID)
}

// others are the paragraphs that a language's field does not hold, as the reader gets them.
func others(r locale.Reader, n text.Text, l locale.Language) (list []text.Said) {
	for _, p := range n.Paragraphs {
		if p.State(l) == text.Missing {
			list = append(list, p.For(r.Reads))
		}
	}
	return list
}

// openRecording puts the form for an action item under the item that asks for one.
func (w *Web) openRecording(ctx context.Context, a access.Actor, r locale.Reader, s *sheet, all written, page *notes.Page) error {
	i := slices.IndexFunc(page.Items, func(item notes.Item) bool { return item.ID == s.recording })
	if i < 0 || page.Page.Form == "" || !page.MayRecord {
		return nil
	}
	p, members, err := w.Org.FindPartnership(ctx, a, all.PartnershipID)
	if err != nil {
		return err
	}
	recording := notes.Recording{}
	for _, unit := range p.Units {
		recording.Units = append(recording.Units, responsible(r, page.Form, p, unit, members))
	}
	page.Items[i].Recording = &recording
	return nil
}

// responsible is the field of one unit: people of it, and of the units above that are no partners themselves.
func responsible(r locale.Reader, f parts.Form, p org.Partnership, unit org.Unit, members []org.Member) parts.FieldView {
	partner := func(id string) bool { return slices.ContainsFunc(p.Units, func(u org.Unit) bool { return u.ID == id }) }
	options := []parts.Option{{Value: "", Label: r.T("notes.action.not")}, {Value: "unit", Label: r.T("notes.action.unit")}}
	for _, m := range members {
		if m.UnitID == unit.ID || m.SocietyID == unit.SocietyID && !partner(m.UnitID) {
			options = append(options, parts.Someone(r, m.PersonID, m.Name, m.StandIn))
		}
	}
	v := f.Options("person-"+unit.ID, said(r, unit.Short).Body, options...)
	v.Autofocus = false
	return v
}
