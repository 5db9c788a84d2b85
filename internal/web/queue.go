package web

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/signin"
	"example.org/tandem/internal/work"
	pages "example.org/tandem/templates/queue"
)

// limits of the queue: what comes next is worth a translator's time first.
const (
	queueLook  = 30
	queueShown = 20
)

// showQueue is what waits to be translated or checked, in one of the languages that the person reads.
func (w *Web) showQueue(c echo.Context) error {
	r, a := w.reader(c), signin.ActorOf(c)
	page := pages.Page{Page: w.base(c, "queue", r.T("queue.title")), Reads: r.Reads, Into: r.Reads[0]}
	if l, ok := locale.Parse(c.QueryParam("language")); ok && slices.Contains(r.Reads, l) {
		page.Into = l
	}
	var err error
	page.Queue, err = w.Work.Queue(c.Request().Context(), a, work.Wanted{Languages: []locale.Language{page.Into}, Shelves: work.Shelves,
		Look: queueLook, Limit: queueShown})
	if err != nil {
		return err
	}
	page.Never = !page.Queue.Any
	return w.show(c, http.StatusOK, pages.Show(page))
}
