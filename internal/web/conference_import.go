package web

import (
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/room"
	"example.org/tandem/internal/signin"
	pages "example.org/tandem/templates/conferences"
)

// importing finds the partnership that a meeting is to be taken into; none where there are several to choose from.
func (w *Web) importing(c echo.Context) (*planning, []org.Partnership, error) {
	a, ctx := signin.ActorOf(c), c.Request().Context()
	id := c.FormValue("partnership") // of the address, or of a form
	if id == "" {
		mine, err := w.plannable(ctx, a)
		if err == nil && len(mine) == 0 {
			err = problem.Missing()
		}
		if err != nil || len(mine) > 1 {
			return nil, mine, err
		}
		id = mine[0].ID
	}
	now, err := w.planningIn(ctx, a, id)
	return &now, nil, err
}

// newConferenceImport asks for an invitation as a calendar programme keeps it.
func (w *Web) newConferenceImport(c echo.Context) error {
	now, mine, err := w.importing(c)
	if err != nil {
		return err
	}
	if now == nil {
		title := w.reader(c).T("conferences.import.title")
		return w.show(c, http.StatusOK, pages.ShowChoose(pages.Choose{Page: w.base(c, "conferences", title), Partnerships: mine, Import: true}))
	}
	return w.conferenceImportPage(c, now.partnership.ID, &form{Values: url.Values{}})
}

func (w *Web) conferenceImportPage(c echo.Context, partnership string, f *form) error {
	r := w.reader(c)
	f.labels = map[string]string{"file": r.T("conferences.import.file")}
	page := pages.Import{Page: w.base(c, "conferences", r.T("conferences.import.title")), PartnershipID: partnership, Form: f.view(r)}
	page.Page.Form = "import"
	return w.show(c, f.status(), pages.ShowImport(page))
}

// importConference shows the form of a new conference with what an invitation says filled in. Nothing is written.
func (w *Web) importConference(c echo.Context) error {
	now, _, err := w.importing(c)
	if err != nil {
		return err
	}
	if now == nil {
		return problem.Missing()
	}
	ics, f, err := w.invitationFile(c)
	if err != nil {
		return err
	}
	a := signin.ActorOf(c)
	spoken, err := w.spoken(c.Request().Context(), a, now.partnership)
	if err != nil {
		return err
	}
	values := presetPlan(a, now.partnership, nil, spoken)
	if f.problem == nil {
		found, err := calendar.ReadInvitation(ics, values.Get("zone"))
		if p, is := problem.As(err); is {
			f.refused(&problem.Problem{Kind: problem.Invalid, Key: "error.form", Fields: []problem.Field{{Name: "file", Key: p.Key, Values: p.Values}}})
		} else if err != nil {
			return err
		}
		fillIn(values, found, now.members, a)
	}
	if f.again || f.problem != nil {
		return w.conferenceImportPage(c, now.partnership.ID, f)
	}
	now.form = &form{Values: values}
	return w.planPage(c, *now)
}

// invitationFile reads the form with the file in it.
func (w *Web) invitationFile(c echo.Context) ([]byte, *form, error) {
	parsed := c.Request().ParseMultipartForm(2 * calendar.InvitationSize)
	f, err := w.form(c) // says what is wrong with one that cannot be read
	if err != nil || f.again {
		return nil, f, err
	}
	if parsed == nil {
		defer c.Request().MultipartForm.RemoveAll()
	}
	file, _, err := c.Request().FormFile("file")
	if err != nil {
		f.refused(&problem.Problem{Kind: problem.Invalid, Key: "error.form", Fields: []problem.Field{{Name: "file", Key: "conferences.import.problem.none"}}})
		return nil, f, nil
	}
	defer file.Close()
	ics, err := io.ReadAll(io.LimitReader(file, calendar.InvitationSize+1))
	return ics, f, err
}

// fillIn puts what an invitation says into a form. Of the people it names only members of the partnership are put on the list.
func fillIn(v url.Values, i calendar.Invitation, members []org.Member, a access.Actor) {
	if i.Start.IsZero() {
		return
	}
	v.Set("title", onlyText(i.Title))
	v.Set("purpose", onlyText(i.Purpose))
	v.Set("rows", "1")
	setTimes(v, []string{calendar.Wall(i.Start, locale.Zone(v.Get("zone")))})
	if i.Length > 0 {
		v.Set("minutes", strconv.Itoa(int(i.Length.Minutes())))
	}
	if i.Room != "" {
		v.Set("room", string(room.KindLink))
		v.Set("room-url", onlyText(i.Room))
	}
	for _, m := range members {
		if m.PersonID == a.PersonID || m.Email != "" && slices.Contains(i.Addresses, strings.ToLower(m.Email)) {
			v.Add("participants", m.PersonID)
		}
	}
}
