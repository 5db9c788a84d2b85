package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	pages "example.org/tandem/templates/conferences"
)

// printAgenda is the agenda on one sheet of paper.
func (w *Web) printAgenda(c echo.Context) error {
	one, err := w.one(c, c.Param("id"))
	if err != nil {
		return err
	}
	return w.show(c, http.StatusOK, pages.ShowPaper(pages.Paper{One: one, Back: one.At(""), Join: w.site() + one.At("/join")}))
}

// printGuestAgenda is the same for a guest. No page of theirs has an address that could stand on paper: their link is a key.
func (w *Web) printGuestAgenda(c echo.Context) error {
	return w.asGuest(c, func(one pages.One) error {
		one.Title = one.Reader.T("guests.page.title") // programmes that preview links show it: it gives nothing away
		return w.show(c, http.StatusOK, pages.ShowPaper(pages.Paper{One: one, Back: guestPath(c) + guestTime(c)}))
	})
}
