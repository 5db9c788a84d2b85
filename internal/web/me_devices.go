package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/signin"
	"example.org/tandem/templates/me"
)

// showDevices is where somebody is signed in, and how.
func (w *Web) showDevices(c echo.Context) error {
	a, ctx, r := signin.ActorOf(c), c.Request().Context(), w.reader(c)
	current, _ := signin.SessionOf(c)
	devices, err := w.SignIn.Devices(ctx, a, current)
	if err != nil {
		return err
	}
	identities, err := w.SignIn.Identities(ctx, a, current)
	if err != nil {
		return err
	}
	page := me.Devices{Page: w.base(c, "me", r.T("me.devices.title"))}
	for _, d := range devices {
		page.Devices = append(page.Devices, me.Device{ID: d.ID, Says: d.Browser, StartedAt: d.StartedAt, SeenAt: d.SeenAt, Current: d.Current})
	}
	for _, i := range identities {
		page.Identities = append(page.Identities, me.Identity{Issuer: i.Issuer, Subject: i.Subject, Provider: i.Name[r.Language], AddedAt: i.AddedAt, Current: i.Current})
	}
	for _, p := range w.SignIn.Providers(r) {
		page.Providers = append(page.Providers, me.Provider{ID: p.ID, Name: p.Name})
	}
	elsewhere(c)
	return w.show(c, http.StatusOK, me.ShowDevices(page))
}

// endDevices signs the person out in one of their browsers, or in all but this one.
func (w *Web) endDevices(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	a, ctx := signin.ActorOf(c), c.Request().Context()
	if f.Get("others") == "yes" {
		current, _ := signin.SessionOf(c)
		if err := w.SignIn.EndOthers(ctx, a, current); err != nil {
			return err
		}
		return w.seeOther(c, "/me/devices", "notice.devices.ended")
	}
	if err := w.SignIn.EndDevice(ctx, a, f.Get("device")); err != nil {
		return err
	}
	return w.seeOther(c, "/me/devices", "notice.device.ended")
}

// addIdentity goes to a provider where the person has another account.
func (w *Web) addIdentity(c echo.Context) error {
	return w.notSignedIn(c, w.SignIn.BeginAdding(c, c.Param("provider")), "/")
}

// removeIdentity takes a way of signing in away; the last one stays.
func (w *Web) removeIdentity(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	if err := w.SignIn.DropIdentity(c.Request().Context(), signin.ActorOf(c), f.Get("issuer"), f.Get("subject")); err != nil {
		return err
	}
	return w.seeOther(c, "/me/devices", "notice.identity.removed")
}
