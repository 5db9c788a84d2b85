package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/klauspost/compress/gzhttp"
	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/ratelimit"
	"example.org/tandem/internal/signin"
	"example.org/tandem/internal/text"
	"example.org/tandem/internal/work"
	"example.org/tandem/templates/me"
)

// showData is what can be done with all that is kept about somebody.
func (w *Web) showData(c echo.Context) error {
	consents, err := w.Org.Consents(c.Request().Context(), signin.ActorOf(c))
	if err != nil {
		return err
	}
	page := me.Data{Page: w.base(c, "me", w.reader(c).T("me.data.title")), Consents: consents}
	return w.show(c, http.StatusOK, me.ShowData(page))
}

// exportPace: an export reads much, and nobody needs it often.
var exportPace = ratelimit.Pace{Purpose: "export", Burst: 5, Every: 10 * time.Minute}

// exportData gives people all that is known about them. It is a POST because it is noted in the audit log, before the first byte.
func (w *Web) exportData(c echo.Context) error {
	a, ctx := signin.ActorOf(c), c.Request().Context()
	may, err := w.Limits.Take(ctx, exportPace, a.PersonID)
	if err != nil {
		return err
	}
	if !may {
		return echo.NewHTTPError(http.StatusTooManyRequests)
	}
	sessions, err := w.ownSessions(c)
	if err != nil {
		return err
	}
	if err := w.Work.NoteExport(ctx, a); err != nil {
		return err
	}
	w.sendExport(c, sessions)
	return nil
}

// sendExport sends it while it is read. Once bytes are out an error can only break the line off: a ZIP without its end does not
// open, and nobody takes it for whole.
func (w *Web) sendExport(c echo.Context, sessions work.Listing) {
	ctx, r, h := c.Request().Context(), w.reader(c), c.Response().Header()
	h.Set(echo.HeaderContentType, "application/zip")
	h.Set(echo.HeaderContentDisposition, attachment("tandem-"+r.Now.UTC().Format(time.DateOnly)+".zip"))
	h.Set(gzhttp.HeaderNoCompression, "yes")
	c.Response().WriteHeader(http.StatusOK)
	to := steady{c.Response(), http.NewResponseController(c.Response())}
	err := w.Work.Export(ctx, signin.ActorOf(c), to, readme(r), r.Reads, sessions)
	if err == nil {
		return
	}
	if ctx.Err() == nil {
		w.Log.Error("an export broke off", "error", err)
	}
	panic(http.ErrAbortHandler)
}

// ownSession is a sign-in as an export tells it.
type ownSession struct {
	Browser   string    `json:"browser"`
	Provider  string    `json:"provider"`
	StartedAt time.Time `json:"startedAt"`
	SeenAt    time.Time `json:"seenAt"`
	EndsAt    time.Time `json:"endsAt"`
}

func (w *Web) ownSessions(c echo.Context) (work.Listing, error) {
	current, _ := signin.SessionOf(c)
	devices, err := w.SignIn.Devices(c.Request().Context(), signin.ActorOf(c), current)
	list := make([]ownSession, len(devices))
	for i, d := range devices {
		list[i] = ownSession{d.Browser, d.Provider, d.StartedAt, d.SeenAt, d.EndsAt}
	}
	return work.Listed("sessions.json", list), err
}

// exported are the lists of an export, in the order in which its note tells of them.
//
// words: export.profile export.memberships export.identities export.sessions export.consents export.answers
// words: export.uninvited export.counters export.poll-answers export.action-parts export.progress-notes export.agreements export.conferences
// words: export.decisions export.actions export.lessons export.invitations export.proposals export.texts export.files export.log
var exported = []string{"profile", "memberships", "identities", "sessions", "consents", "invitations", "answers", "uninvited", "counters", "poll-answers", "action-parts",
	"progress-notes", "agreements", "conferences", "decisions", "actions", "lessons", "proposals", "texts", "files", "log"}

// readme says what is where.
func readme(r locale.Reader) string {
	var b strings.Builder
	b.WriteString("Tandem\n\n" + r.T("export.readme", locale.V{"When": r.DateLong(r.Now)}) + "\n\n")
	for _, name := range exported {
		fmt.Fprintf(&b, "%-20s %s\n", name+".json", r.T("export."+name))
	}
	return strings.ReplaceAll(b.String(), "\n", "\r\n") // the oldest editors too
}

// showLeave says what leaving means.
func (w *Web) showLeave(c echo.Context) error { return w.leavePage(c, &form{Values: url.Values{}}) }

// leave deletes the account of whoever ticked that they are sure.
func (w *Web) leave(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	if f.again {
		return w.leavePage(c, f)
	}
	if f.Get("sure") != "yes" {
		f.refused(&problem.Problem{Kind: problem.Invalid, Fields: []problem.Field{{Name: "sure", Key: "me.leave.problem.sure"}}})
		return w.leavePage(c, f)
	}
	a := signin.ActorOf(c)
	err = w.Work.Leave(c.Request().Context(), a, w.former(), func(ctx context.Context, tx *database.Tx) error {
		return w.SignIn.DepartIn(ctx, tx, a.PersonID)
	})
	if err == nil {
		return w.seeOther(c, "/", "notice.left")
	}
	if f.refused(err) {
		return w.leavePage(c, f)
	}
	return err
}

func (w *Web) leavePage(c echo.Context, f *form) error {
	r := w.reader(c)
	leaving, err := w.Work.Leaving(c.Request().Context(), signin.ActorOf(c))
	if err != nil {
		return err
	}
	page := me.Leave{Page: w.base(c, "me", r.T("me.leave.title")), Form: f.view(r), Leaving: leaving, PersonID: signin.ActorOf(c).PersonID}
	if !page.Last {
		page.Page.Form = "leave"
	}
	return w.show(c, f.status(), me.ShowLeave(page))
}

// former is what somebody is called who has left: English first, so that every language has its own.
func (w *Web) former() org.Name {
	name := org.Name{}
	for _, l := range []locale.Language{locale.English, locale.Russian, locale.Belarusian, locale.Danish} {
		name = append(name, text.Draft{Language: l, Body: w.Catalog.Reader(l, nil, w.DB.Now()).T("people.former")})
	}
	return name
}
