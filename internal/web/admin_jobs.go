package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/signin"
	"example.org/tandem/templates/admin"
)

// listJobs shows what is still to be done, and what was given up with the words of the server that refused it.
func (w *Web) listJobs(c echo.Context) error {
	base, err := w.admin(c, "admin.jobs.title")
	if err != nil {
		return err
	}
	list, err := jobs.List(c.Request().Context(), w.DB, signin.ActorOf(c))
	if err != nil {
		return err
	}
	mailbox, err := w.Inbox.Status(c.Request().Context())
	if err != nil {
		return err
	}
	return w.show(c, http.StatusOK, admin.ShowJobs(admin.Jobs{Page: base, Listing: list, Mailbox: mailbox}))
}

// retryJobs lets one job that was given up begin again, or without one in the form all of them.
func (w *Web) retryJobs(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	_, err = jobs.Retry(c.Request().Context(), w.DB, signin.ActorOf(c), f.line("job"))
	if err != nil {
		return err
	}
	return w.seeOther(c, "/admin/jobs", "notice.jobs.retried")
}
