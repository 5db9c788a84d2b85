package web

import (
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/minutes"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
	"example.org/tandem/internal/work"
	pages "example.org/tandem/templates/minutes"
	"example.org/tandem/templates/parts"
)

func (w *Web) showMinutes(c echo.Context) error {
	return w.minutesPage(c, emptyForm(), emptyForm())
}

// agreeMinutes is one society's agreement to the minutes as they were on the page.
func (w *Web) agreeMinutes(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	if f.again {
		return w.minutesPage(c, f, emptyForm())
	}
	consent := minutes.Consent{ConferenceID: c.Param("id"), SocietyID: f.Get("society"), Fingerprint: f.Get("fingerprint"),
		Languages: f.languages("languages"), Reservation: f.draft("reservation")}
	ctx, mailed := mailing(c)
	frozen, err := w.Work.Agree(ctx, signin.ActorOf(c), consent)
	if err != nil {
		if !f.refused(err) {
			return err
		}
		return w.minutesPage(c, f, emptyForm())
	}
	notice := "notice.agreed"
	if frozen {
		notice = "notice.frozen"
	}
	return w.seeOther(c, "/conferences/"+consent.ConferenceID+"/minutes", notice+mailed())
}

func emptyForm() *form { return &form{Values: url.Values{}} }

// minutesPage shows two forms: f in which a society agrees, and that of somebody who came uninvited.
func (w *Web) minutesPage(c echo.Context, f, came *form) error {
	a, r := signin.ActorOf(c), w.reader(c)
	m, err := w.Work.ReadMinutes(c.Request().Context(), a, c.Param("id"))
	if err != nil {
		return err
	}
	if m.Conference.Is(conference.Draft, conference.Poll, conference.Postponed) {
		return problem.Missing() // there is nothing that minutes could be of
	}
	page := pages.Page{Page: w.base(c, "conferences", r.T("minutes.title")), Record: m.Record, Names: m.Names, Frozen: m.Frozen,
		Held: m.Conference.Is(conference.Held), Sides: sidesOf(m)}
	page.Page.Path = "/conferences/" + m.Conference.ID + "/minutes"
	page.MayWrite = m.Conference.May(a, access.WriteNotes) && m.Conference.Is(conference.Scheduled, conference.InProgress, conference.Held)
	page.MayFollow = m.Conference.May(a, access.PlanConference) && m.Conference.Is(conference.Held, conference.Agreed)
	if page.MayWrite && page.Held {
		page.Invited = invited(m.Conference)
		if err := w.mayAdd(c, came, m, &page); err != nil {
			return err
		}
	}
	if err := w.mayAgree(c, f, m, &page); err != nil {
		return err
	}
	f.labels = minutesLabels(r)
	page.Form = f.view(r)
	return w.show(c, max(f.status(), came.status()), pages.Show(page))
}

// invited are those who can have taken part, by society.
func invited(c conference.Conference) [][]conference.Participant {
	sides := make([][]conference.Participant, len(c.Sides))
	for _, p := range c.Participants {
		if i := slices.Index(c.Sides, p.SocietyID); i >= 0 {
			sides[i] = append(sides[i], p)
		}
	}
	return sides
}

// noteAttendance takes the list of those who really were there.
func (w *Web) noteAttendance(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	id := c.Param("id")
	if !f.again {
		ctx, mailed := mailing(c)
		err = w.Work.Attend(ctx, signin.ActorOf(c), id, f.Values["came"])
		if err == nil {
			return w.seeOther(c, "/conferences/"+id+"/minutes", "notice.attendance"+mailed())
		}
		if !f.refused(err) {
			return err
		}
	}
	return w.minutesPage(c, &form{Values: url.Values{}, problem: f.problem}, emptyForm())
}

// sidesOf tells of each society whether its agreement is to what the minutes mean now.
func sidesOf(m work.Minutes) []pages.Side {
	fingerprint := m.Record.Fingerprint()
	var sides []pages.Side
	for _, society := range m.Conference.Sides {
		side := pages.Side{Name: m.Names.Unit(society)}
		for _, g := range m.Agreements {
			if g.SocietyID != society || side.Signed != nil || !side.Voided.IsZero() {
				continue
			}
			if m.Frozen && g.VoidedAt.IsZero() || g.Holds(fingerprint) {
				side.Signed = &minutes.Signature{SocietyID: society, PersonID: g.PersonID, Languages: g.Languages, At: g.At}
				side.Reservation = g.Reservation
			} else {
				side.Voided = g.At
			}
		}
		sides = append(sides, side)
	}
	return sides
}

// mayAgree opens the form to whoever can agree now for a society that has not.
func (w *Web) mayAgree(c echo.Context, f *form, m work.Minutes, page *pages.Page) error {
	if !page.Held {
		return nil
	}
	a, r := signin.ActorOf(c), w.reader(c)
	open := slices.DeleteFunc(work.MaySign(a, m.Conference), func(society string) bool {
		return page.Sides[slices.Index(m.Conference.Sides, society)].Signed != nil
	})
	if len(open) == 0 {
		return nil
	}
	var works []locale.Language
	err := w.DB.Read(c.Request().Context(), func(tx *database.Tx) (err error) {
		works, err = w.Minutes.WorksIn(c.Request().Context(), tx, open[0])
		return err
	})
	if err != nil {
		return err
	}
	versions := m.Record.Agreeable(works)
	page.Signing = &pages.Signing{SocietyID: open[0], Society: said(r, m.Names.Unit(open[0])), Fingerprint: m.Record.Fingerprint(),
		Languages: versionOptions(r, m.Record, versions), Writes: languageOptions(r, locale.All), Last: lastToSign(page.Sides)}
	for _, l := range works {
		if !slices.Contains(versions, l) {
			page.Signing.Lacking = append(page.Signing.Lacking, m.Record.Standing(l))
		}
	}
	page.Page.Form = "agree"
	if len(f.Values) == 0 {
		preset(f, versions, a)
	}
	return nil
}

// lastToSign tells whether the next agreement locks the minutes.
func lastToSign(sides []pages.Side) bool {
	missing := 0
	for _, side := range sides {
		if side.Signed == nil {
			missing++
		}
	}
	return missing == 1
}

// versionOptions say of each version how much of it there is.
func versionOptions(r locale.Reader, record minutes.Record, versions []locale.Language) []parts.Option {
	options := languageOptions(r, versions)
	for i, l := range versions {
		if s := record.Standing(l); s.Whole() {
			options[i].Hint = r.T("minutes.version.whole")
		} else {
			options[i].Hint = r.T("minutes.version.mixed", locale.V{"There": s.There, "Of": s.Of})
		}
	}
	return options
}

// preset ticks the reader's own language where there is such a version, else the first.
func preset(f *form, versions []locale.Language, a access.Actor) {
	if slices.Contains(versions, a.Language) {
		f.Set("languages", string(a.Language))
	} else if len(versions) > 0 {
		f.Set("languages", string(versions[0]))
	}
	f.Set("reservation-language", string(a.Writes))
}

func languageOptions(r locale.Reader, list []locale.Language) []parts.Option {
	options := make([]parts.Option, len(list))
	for i, l := range list {
		options[i] = parts.Option{Value: string(l), Label: locale.Capital(r.LanguageName(l))}
	}
	return options
}
