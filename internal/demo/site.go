package demo

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/demo/provider"
	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/notify"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
	"example.org/tandem/internal/web"
	"example.org/tandem/templates/layout"
	"example.org/tandem/templates/mailbox"
)

// site is what the demo adds to the pages: its bar, its mailbox, its provider.
type site struct {
	Parts
	provider *provider.Provider
	mailbox  *Mailbox
	jobs     *jobs.Runner
	catalog  *locale.Catalog
	notice   words
}

// Routes adds the demo's own addresses.
func (s *site) Routes(e *echo.Echo, pages web.Pages) {
	e.Any(provider.Path+"/*", echo.WrapHandler(s.provider))
	e.POST("/demo/clock", s.moveOn)
	e.GET("/mailbox", func(c echo.Context) error { return s.showMailbox(c, pages) })
	e.GET("/mailbox/:id", func(c echo.Context) error { return s.showLetter(c, pages) })
	e.GET("/mailbox/:id/invite.ics", s.showEntry)
	e.GET("/styleguide", func(c echo.Context) error { return s.showStyleGuide(c, pages) })
}

// Bar is what every page of the demo shows: demo time, and how it can be moved on.
func (s *site) Bar(ctx context.Context, r locale.Reader) *layout.Demo {
	bar := &layout.Demo{Disclaimer: s.notice[r.Language]}
	ahead, err := s.ahead(ctx)
	if err != nil {
		s.Log.Error("the demo's next times could not be read", "error", err)
	}
	for _, to := range []string{"deadline", "start", "end", "week"} {
		if _, can := ahead[to]; can {
			bar.Moves = append(bar.Moves, to)
		}
	}
	return bar
}

// afterEnd is when a conference that nobody ended counts as held.
const afterEnd = 31 * time.Minute

// ahead are the times that the clock can be moved to: the next poll's deadline, the next start, the end of that or of the
// conference that is going on, and a week from now.
func (s *site) ahead(ctx context.Context) (map[string]time.Time, error) {
	now := s.Clock.Now()
	times := map[string]time.Time{"week": now.AddDate(0, 0, 7)}
	earliest := func(name string, at time.Time) {
		if known, there := times[name]; at.After(now) && (!there || at.Before(known)) {
			times[name] = at
		}
	}
	err := s.DB.Read(ctx, func(tx *database.Tx) error {
		_, err := database.All(ctx, tx, func(row database.Scanner) (none struct{}, err error) {
			var start, deadline *time.Time
			var minutes int
			var state string
			err = row.Scan(&state, &start, &minutes, &deadline)
			if err == nil && state == "poll" && deadline != nil {
				earliest("deadline", *deadline)
			}
			if err == nil && state == "scheduled" && start != nil {
				earliest("start", *start)
				earliest("end", start.Add(time.Duration(minutes)*time.Minute+afterEnd))
			}
			return none, err
		}, `select state, starts_at, minutes, poll_deadline_at from conferences
			where state = 'poll' or state = 'scheduled' and starts_at > $1 order by starts_at limit 50`, now.Add(-24*time.Hour))
		return err
	})
	return times, err
}

// moveOn moves demo time on and has everything done that has become due.
func (s *site) moveOn(c echo.Context) error {
	ahead, err := s.ahead(c.Request().Context())
	if err != nil {
		return err
	}
	to, can := ahead[c.FormValue("to")]
	if !can {
		return problem.Refuse("demo.problem.time")
	}
	if err := s.pass(c.Request().Context(), to); err != nil {
		return err
	}
	s.jobs.Wake()
	return c.Redirect(http.StatusSeeOther, signin.OwnPath(c.FormValue("next")))
}

// pass moves the clock on by way of every morning on which mails of the day or of the week are written: somebody whose clock
// leaps from one Thursday to the next has had a Monday in between.
func (s *site) pass(ctx context.Context, to time.Time) error {
	for last := s.Clock.Now(); ; {
		var next time.Time
		err := s.DB.Read(ctx, func(tx *database.Tx) error {
			return tx.Row(ctx, `select run_at from jobs where kind = $1 and run_at > $2 and done_at is null order by run_at limit 1`,
				notify.DigestJob, last).Scan(&next)
		})
		if database.IsNone(err) || err == nil && !next.Before(to) {
			return s.Clock.MoveTo(to)
		}
		if err != nil {
			return err
		}
		if err := s.Clock.MoveTo(next); err != nil {
			return err
		}
		if err := s.jobs.Drain(ctx); err != nil {
			s.Log.Error("not every job of a day in between could be done", "error", err)
		}
		last = next
	}
}

func (s *site) showMailbox(c echo.Context, pages web.Pages) error {
	ctx, receiver := c.Request().Context(), c.QueryParam("receiver")
	receivers, err := s.mailbox.Receivers(ctx)
	if err != nil {
		return err
	}
	letters, err := s.mailbox.List(ctx, receiver)
	if err != nil {
		return err
	}
	page := pages.Base(c, "", pages.Reader(c).T("mailbox.title"))
	view := mailbox.ListPage{Page: page, Receiver: receiver, Receivers: receivers}
	for _, l := range letters {
		view.Letters = append(view.Letters, mailbox.Line{ID: l.ID, Receiver: l.Receiver, Subject: l.Subject, Language: l.Language, SentAt: l.SentAt})
	}
	return pages.Show(c, http.StatusOK, mailbox.List(view))
}

func (s *site) showLetter(c echo.Context, pages web.Pages) error {
	l, err := s.mailbox.Open(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	page := pages.Base(c, "", pages.Reader(c).T("mailbox.one", locale.V{"Receiver": l.Receiver})) // the subject has a language of its own
	return pages.Show(c, http.StatusOK, mailbox.Letter(mailbox.LetterPage{Page: page, ID: l.ID, SentAt: l.SentAt, Message: l.Message,
		HTML: harmless(l.Message.HTML)}))
}

// showEntry gives the calendar entry of a mail, as a mail programme would hand it to the calendar.
func (s *site) showEntry(c echo.Context) error {
	l, err := s.mailbox.Open(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	if len(l.Message.Calendar) == 0 {
		return problem.Missing()
	}
	c.Response().Header().Set("Content-Disposition", `attachment; filename="invite.ics"`)
	return c.Blob(http.StatusOK, "text/calendar; charset=utf-8; method="+l.Message.CalendarMethod, l.Message.Calendar)
}
