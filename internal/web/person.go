package web

import (
	"net/url"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
	"example.org/tandem/internal/work"
	"example.org/tandem/templates/parts"
	pages "example.org/tandem/templates/people"
)

// showPerson is what others see of somebody, and for administrators what they can do about them.
func (w *Web) showPerson(c echo.Context) error { return w.personPage(c, &form{Values: url.Values{}}) }

func (w *Web) personPage(c echo.Context, f *form) error {
	r := w.reader(c)
	p, err := w.Org.FindPerson(c.Request().Context(), signin.ActorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	page := pages.Person{Page: w.base(c, "people", said(r, p.Name).Body), Person: p, Own: p.PersonID == signin.ActorOf(c).PersonID, Form: f.view(r)}
	page.Path = "/people/" + p.PersonID // where a form was refused, the language switch comes there with a GET
	return w.show(c, f.status(), pages.ShowPerson(page))
}

// addMembership makes somebody who is here a member of one more unit.
func (w *Web) addMembership(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	err = w.Org.AddMembership(c.Request().Context(), signin.ActorOf(c), c.Param("id"), f.line("unit"), access.Role(f.Get("role")))
	return w.afterPerson(c, f, err, "notice.person.joined")
}

// changeMembership gives a member another role.
func (w *Web) changeMembership(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	err = w.Org.ChangeRole(c.Request().Context(), signin.ActorOf(c), c.Param("membership"), access.Role(f.Get("role")))
	return w.afterPerson(c, f, err, "notice.person.role")
}

func (w *Web) afterPerson(c echo.Context, f *form, err error, notice string) error {
	if f.refused(err) {
		return w.personPage(c, f)
	}
	if err != nil {
		return err
	}
	return w.seeOther(c, "/people/"+c.Param("id"), notice)
}

// showDeparture is the way to the end of a membership: what somebody has to take over.
func (w *Web) showDeparture(c echo.Context) error {
	return w.departurePage(c, &form{Values: url.Values{}})
}

func (w *Web) departurePage(c echo.Context, f *form) error {
	ctx, r, a := c.Request().Context(), w.reader(c), signin.ActorOf(c)
	duties, err := w.departing(c)
	if err != nil {
		return err
	}
	names, err := w.Org.Names(ctx, []string{duties.Membership.PersonID}, nil)
	if err != nil {
		return err
	}
	page := pages.Departure{Page: w.base(c, "people", r.T("people.end.title")), Duties: duties, Name: names.Person(duties.Membership.PersonID),
		Own: duties.Membership.PersonID == a.PersonID, Form: f.view(r)}
	page.Path = "/people/" + duties.Membership.PersonID + "/memberships/" + duties.Membership.ID
	page.Successors = append(page.Successors, parts.Option{Label: r.T("people.end.nobody"), Chosen: f.Get("successor") == ""})
	for _, s := range duties.Successors {
		name := said(r, s.Name)
		page.Successors = append(page.Successors, parts.Option{Value: s.PersonID, Label: name.Body, Lang: name.Language, Chosen: f.Get("successor") == s.PersonID})
	}
	return w.show(c, f.status(), pages.ShowDeparture(page))
}

// departing finds the membership, which has to be that of the person in the address.
func (w *Web) departing(c echo.Context) (work.Duties, error) {
	duties, err := w.Work.Duties(c.Request().Context(), signin.ActorOf(c), c.Param("membership"))
	if err == nil && duties.Membership.PersonID != c.Param("id") {
		err = problem.Missing()
	}
	return duties, err
}

// endMembership ends it and hands over what hung on it.
func (w *Web) endMembership(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	duties, err := w.departing(c)
	if err != nil {
		return err
	}
	a := signin.ActorOf(c)
	err = w.Work.EndMembership(c.Request().Context(), a, duties.Membership.ID, f.line("successor"))
	if f.refused(err) {
		return w.departurePage(c, f)
	}
	if err != nil {
		return err
	}
	if duties.Membership.PersonID == a.PersonID { // who was here only by this membership sees no people any more
		return w.seeOther(c, "/me", "notice.person.ended")
	}
	return w.seeOther(c, peopleOf(duties.Membership.Unit.ID), "notice.person.ended")
}
