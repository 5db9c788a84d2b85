package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/problem"
	"example.org/tandem/templates/admin"
)

// listProviders asks each provider, and each server of meeting rooms, whether it is there. Which there are is a matter of the settings.
func (w *Web) listProviders(c echo.Context) error {
	base, err := w.admin(c, "admin.providers.title")
	if err != nil {
		return err
	}
	page := admin.Providers{Page: base}
	for _, p := range w.SignIn.Health(c.Request().Context()) {
		page.Providers = append(page.Providers, admin.Provider{Name: p.Name[base.Reader.Language], Issuer: p.Issuer, Down: p.Down, Took: p.Took})
	}
	for _, s := range w.Conference.RoomHealth(c.Request().Context()) {
		one := admin.RoomServer{Kind: s.Kind, Address: s.Address}
		if s.Down != nil {
			one.Down = s.Down.Error()
			if p, is := problem.As(s.Down); is && p.Cause != nil {
				one.Down = p.Cause.Error()
			}
		}
		page.Rooms = append(page.Rooms, one)
	}
	return w.show(c, http.StatusOK, admin.ShowProviders(page))
}
