package web

import (
	"context"
	"encoding/csv"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/signin"
	"example.org/tandem/templates/admin"
)

// listAudit is a page of the audit log. The log holds IDs only; who they are is looked up now, so that it names nobody who has left.
func (w *Web) listAudit(c echo.Context) error {
	base, err := w.admin(c, "admin.audit.title")
	if err != nil {
		return err
	}
	ctx, f := c.Request().Context(), &form{Values: auditValues(c.QueryParams())}
	filter := auditFilter(f, base.Reader)
	filter.After = c.QueryParam("after")
	list, next, err := audit.List(ctx, w.DB, signin.ActorOf(c), filter)
	if err != nil {
		return err
	}
	page := admin.Audit{Page: base, Form: f.view(base.Reader), Entries: list, PersonID: filter.PersonID}
	if page.Names, err = w.Org.Names(ctx, append(peopleIn(list), filter.PersonID), unitsIn(list)); err != nil {
		return err
	}
	address := func(after string) string {
		v := auditValues(f.Values)
		if after != "" {
			v.Set("after", after)
		}
		return "/admin/audit?" + v.Encode()
	}
	if filter.After != "" {
		page.First = address("")
	}
	if next != "" {
		page.Next = address(next)
	}
	return w.show(c, http.StatusOK, admin.ShowAudit(page))
}

// auditValues are the fields of the filter that say something.
func auditValues(typed url.Values) url.Values {
	v := url.Values{}
	for _, name := range []string{"person", "deed", "kind", "from", "until"} {
		if s := onlyText(typed.Get(name)); s != "" {
			v.Set(name, s)
		}
	}
	return v
}

// auditFilter binds the filter. Days are the reader's own, the last one whole; what is no day is no bound.
func auditFilter(f *form, r locale.Reader) audit.Filter {
	filter := audit.Filter{PersonID: f.line("person"), Deed: f.line("deed"), Kind: f.line("kind")}
	if at, err := time.ParseInLocation(time.DateOnly, day(f.line("from")), r.Zone); err == nil {
		filter.From = at
	}
	if at, err := time.ParseInLocation(time.DateOnly, day(f.line("until")), r.Zone); err == nil {
		filter.Until = at.AddDate(0, 0, 1)
	}
	return filter
}

func peopleIn(list []audit.Entry) (ids []string) {
	for _, e := range list {
		ids = append(ids, e.PersonID, e.Details["person"], e.Details["stand-in"])
		if e.Kind == "person" {
			ids = append(ids, e.Subject)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func unitsIn(list []audit.Entry) (ids []string) {
	for _, e := range list {
		ids = append(ids, e.Details["unit"], e.Details["parent"], e.Details["society"])
		if e.Kind == "unit" {
			ids = append(ids, e.Subject)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// exportAudit sends what the filter leaves as a table for a spreadsheet, a page at a time and never whole in memory. It is a POST
// because it is an entry itself, before the first byte.
func (w *Web) exportAudit(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	ctx, a := c.Request().Context(), signin.ActorOf(c)
	filter := auditFilter(f, w.reader(c))
	filter.Limit = audit.MaxPage
	list, next, err := audit.List(ctx, w.DB, a, filter)
	if err != nil {
		return err
	}
	if err := w.noteAuditExport(ctx, a); err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, "text/csv; charset=utf-8")
	h.Set(echo.HeaderContentDisposition, `attachment; filename="tandem-audit-`+w.DB.Now().Format(time.DateOnly)+`.csv"`)
	c.Response().WriteHeader(http.StatusOK)
	if _, err := c.Response().Write([]byte("\ufeff")); err != nil { // spreadsheets take a file without it for one in an old encoding
		return nil
	}
	rows := csv.NewWriter(c.Response())
	rows.UseCRLF = true // RFC 4180 §2
	rows.Write([]string{"id", "at", "person", "deed", "kind", "subject", "details"})
	for {
		for _, e := range list {
			rows.Write(auditRow(e))
		}
		rows.Flush()
		if next == "" || rows.Error() != nil {
			return nil
		}
		filter.After = next
		if list, next, err = audit.List(ctx, w.DB, a, filter); err != nil {
			w.Log.ErrorContext(ctx, "the export of the audit log broke off", "error", err)
			panic(http.ErrAbortHandler) // a file that looks whole and is not would be worse than none
		}
	}
}

func (w *Web) noteAuditExport(ctx context.Context, a access.Actor) error {
	return w.DB.Write(ctx, func(tx *database.Tx) error { return audit.Record(ctx, tx, a.PersonID, "export audit log", "log:", nil) })
}

func auditRow(e audit.Entry) []string {
	details := make([]string, 0, len(e.Details))
	for name, value := range e.Details {
		details = append(details, name+"="+value)
	}
	slices.Sort(details)
	row := []string{e.ID, e.At.UTC().Format(time.RFC3339), e.PersonID, e.Deed, e.Kind, e.Subject, strings.Join(details, " ")}
	for i := range row {
		row[i] = inert(row[i])
	}
	return row
}

// inert keeps a spreadsheet from taking a cell for a formula and reckoning with it (OWASP: CSV injection).
func inert(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
