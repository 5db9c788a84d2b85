package web

import (
	"slices"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/signin"
	"example.org/tandem/internal/work"
	pages "example.org/tandem/templates/minutes"
	"example.org/tandem/templates/parts"
)

// addUninvited adds somebody to those who came who had not been asked.
func (w *Web) addUninvited(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	id := c.Param("id")
	if !f.again {
		draft := conference.UninvitedDraft{PersonID: f.line("person"), Line: f.draft("line"), SocietyID: f.line("side")}
		ctx, mailed := mailing(c)
		err = w.Work.AddUninvited(ctx, signin.ActorOf(c), id, draft)
		if err == nil {
			return w.seeOther(c, "/conferences/"+id+"/minutes", "notice.uninvited"+mailed())
		}
		if !f.refused(err) {
			return err
		}
	}
	return w.minutesPage(c, emptyForm(), f)
}

// dropUninvited takes them off again.
func (w *Web) dropUninvited(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	id := c.Param("id")
	if !f.again {
		ctx, mailed := mailing(c)
		err = w.Work.DropUninvited(ctx, signin.ActorOf(c), id, c.Param("uninvited"))
		if err == nil {
			return w.seeOther(c, "/conferences/"+id+"/minutes", "notice.uninvited.dropped"+mailed())
		}
		if !f.refused(err) {
			return err
		}
	}
	return w.minutesPage(c, emptyForm(), &form{Values: f.Values, problem: f.problem})
}

// mayAdd opens the form for those who came uninvited.
func (w *Web) mayAdd(c echo.Context, f *form, m work.Minutes, page *pages.Page) error {
	ctx, r := c.Request().Context(), w.reader(c)
	var members []conference.Member
	err := w.DB.Read(ctx, func(tx *database.Tx) (err error) {
		members, err = w.Conference.MembersIn(ctx, tx, m.Conference.PartnershipID)
		return err
	})
	if err != nil {
		return err
	}
	members = slices.DeleteFunc(members, func(member conference.Member) bool { return onList(m, member.PersonID) })
	ids := make([]string, len(members))
	for i, member := range members {
		ids[i] = member.PersonID
	}
	names, err := w.Org.Names(ctx, ids, nil)
	if err != nil {
		return err
	}
	var people []parts.Option
	for _, id := range ids {
		name := said(r, names.Person(id))
		people = append(people, parts.Option{Value: id, Label: name.Body, Lang: name.Language})
	}
	locale.Sort(r, people, func(o parts.Option) string { return o.Label })
	add := pages.Adding{Uninvited: m.Uninvited, Writes: languageOptions(r, locale.All),
		People: append([]parts.Option{{Label: r.T("minutes.uninvited.choose")}}, people...)}
	for _, side := range m.Record.Sides {
		name := side.Name.Text().Line(r.Reads)
		add.Societies = append(add.Societies, parts.Option{Value: side.SocietyID, Label: name.Body, Lang: name.Language})
	}
	if !f.Has("line-language") {
		f.Set("line-language", string(signin.ActorOf(c).Writes))
	}
	f.labels = map[string]string{"person": r.T("minutes.uninvited.person"), "line": r.T("minutes.uninvited.line"), "side": r.T("minutes.uninvited.side")}
	add.Form = f.view(r)
	page.Adding = &add
	return nil
}

// onList tells whether somebody was asked, or has been added already.
func onList(m work.Minutes, personID string) bool {
	_, asked := m.Conference.Participant(personID)
	return asked || slices.ContainsFunc(m.Uninvited, func(u conference.Uninvited) bool { return u.PersonID == personID })
}
