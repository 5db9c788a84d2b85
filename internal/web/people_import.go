package web

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
	pages "example.org/tandem/templates/people"
)

// newImport asks for a list of people who are to be invited, with ?unit= for that unit where a line names none.
func (w *Web) newImport(c echo.Context) error {
	return w.importPage(c, &form{Values: url.Values{"unit": {c.QueryParam("unit")}}})
}

func (w *Web) importPage(c echo.Context, f *form) error {
	r, a := w.reader(c), signin.ActorOf(c)
	if !a.Administers() {
		return access.Check(a, access.ManageUnit, access.SeeUnit, access.Case{})
	}
	page := pages.ImportPage{Page: w.base(c, "people", r.T("people.import.title")), Form: f.view(r)}
	if id := f.line("unit"); id != "" {
		u, err := w.Org.FindUnit(c.Request().Context(), a, id)
		if err != nil {
			return err
		}
		if err := access.Check(a, access.ManageUnit, access.SeeUnit, u.Case()); err != nil {
			return err
		}
		page.Unit = u.Unit
	}
	page.Page.Form, page.Path = "import", pages.ImportOf(page.Unit.ID)
	return w.show(c, f.status(), pages.ShowImport(page))
}

// tryImport shows what would come of a list, line by line. Nothing is written.
func (w *Web) tryImport(c echo.Context) error {
	f, err := w.upload(c)
	if err != nil {
		return err
	}
	if f.again && f.Get("tried") == "" || f.problem != nil {
		return w.importPage(c, f)
	}
	return w.rosterPage(c, f)
}

// upload reads a form with a list in it: as a file, or as it was pasted.
func (w *Web) upload(c echo.Context) (*form, error) {
	err := c.Request().ParseMultipartForm(2 * org.RosterSize)
	if errors.Is(err, echo.ErrStatusRequestEntityTooLarge) {
		return nil, err
	}
	f, err := w.form(c) // says what is wrong with one that cannot be read
	if err != nil || c.Request().MultipartForm == nil {
		return f, err
	}
	defer c.Request().MultipartForm.RemoveAll()
	file, head, err := c.Request().FormFile("file")
	if err != nil || head.Size == 0 {
		return f, nil
	}
	defer file.Close()
	table, err := io.ReadAll(io.LimitReader(file, org.RosterSize+1))
	switch {
	case err != nil:
		return nil, err
	case !isText(string(table)):
		f.refused(&problem.Problem{Kind: problem.Invalid, Fields: []problem.Field{{Name: "file", Key: "people.import.problem.encoding"}}})
	case len(table) > org.RosterSize:
		f.refused(&problem.Problem{Kind: problem.Invalid, Fields: []problem.Field{{Name: "file", Key: "people.import.problem.large",
			Values: problem.Values{"Limit": org.RosterSize >> 10}}}})
	default:
		f.Set("list", string(table))
	}
	return f, nil
}

// sendImport invites everybody on a list that was tried; one that was changed since is tried first.
func (w *Web) sendImport(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	if f.again || f.Get("tried") != digest(f) {
		return w.rosterPage(c, f)
	}
	_, err = w.Org.InviteRoster(c.Request().Context(), signin.ActorOf(c), w.rosterDraft(c, f))
	switch {
	case f.refused(err):
		return w.rosterPage(c, f)
	case err != nil:
		return err
	case f.line("unit") == "":
		return w.seeOther(c, "/people", "notice.imported")
	}
	return w.seeOther(c, peopleOf(f.line("unit")), "notice.imported")
}

// rosterPage shows a list line by line, with what each comes to; a list that cannot be read at all goes back to its form.
func (w *Web) rosterPage(c echo.Context, f *form) error {
	r, a := w.reader(c), signin.ActorOf(c)
	roster, err := w.Org.TryRoster(c.Request().Context(), a, w.rosterDraft(c, f))
	if err != nil {
		if f.refused(err) {
			return w.importPage(c, f)
		}
		return err
	}
	f.Set("tried", digest(f))
	page := pages.RosterPage{Page: w.base(c, "people", r.T("people.import.found.title")), UnitID: f.line("unit"), Roster: roster, Form: f.view(r)}
	page.Page.Form, page.Path = "import", pages.ImportOf(page.UnitID)
	return w.show(c, f.status(), pages.ShowRoster(page))
}

// digest tells whether a list is still the one that was tried. Browsers end the lines of what is typed in their own way.
func digest(f *form) string {
	sum := sha256.Sum256([]byte(strings.Join(strings.Fields(f.Get("list")), " ")))
	return hex.EncodeToString(sum[:8])
}

func (w *Web) rosterDraft(c echo.Context, f *form) org.RosterDraft {
	return org.RosterDraft{Table: f.Get("list"), UnitID: f.line("unit"), Words: rosterWords(w.reader(c)), Skip: f.Get("skip") == "yes"}
}

// rosterWords are how columns, roles and languages are called in all languages: a list may be in another one than the page.
//
// words: role.staff role.coordinator role.administrator
func rosterWords(r locale.Reader) org.RosterWords {
	words := org.RosterWords{Roles: map[string][]string{}, Languages: map[string][]string{},
		Columns: map[string][]string{}}
	for _, l := range locale.All {
		in := r.In(l)
		for _, column := range org.RosterColumns {
			words.Columns[column] = append(append(words.Columns[column], pages.ColumnName(in, column)), pages.ColumnWords(in, column)...)
		}
		for _, role := range []access.Role{access.Staff, access.Coordinator, access.Administrator} {
			words.Roles[string(role)] = append(append(words.Roles[string(role)], pages.RoleWords(in, role)...), in.T("role."+string(role)))
		}
		for _, other := range locale.All {
			words.Languages[string(other)] = append(words.Languages[string(other)], in.LanguageName(other), other.Endonym())
		}
	}
	return words
}
