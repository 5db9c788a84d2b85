package web

import (
	"net/url"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/org"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
	pages "example.org/tandem/templates/privacy"
)

// showPrivacy is the privacy notice, for everybody. Somebody signed in who has not agreed to it is asked to; `next` is where
// they were going.
func (w *Web) showPrivacy(c echo.Context) error {
	return w.privacyPage(c, &form{Values: url.Values{"next": {c.QueryParam("next")}}})
}

func (w *Web) agreePrivacy(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	if f.again {
		return w.privacyPage(c, f)
	}
	if f.Get("agree") != "yes" {
		f.refused(&problem.Problem{Kind: problem.Invalid, Fields: []problem.Field{{Name: "agree", Key: "privacy.agree.missing"}}})
		return w.privacyPage(c, f)
	}
	r := w.reader(c)
	if err := w.Org.Consent(c.Request().Context(), signin.ActorOf(c), f.Get("version"), r.Language); err != nil {
		if f.refused(err) {
			return w.privacyPage(c, f)
		}
		return err
	}
	return w.seeOther(c, signin.OwnPath(f.Get("next")), "notice.consent")
}

func (w *Web) privacyPage(c echo.Context, f *form) error {
	r := w.reader(c)
	page := pages.Page{Page: w.base(c, "", r.T("privacy.title")), Controller: pages.Lines(w.Controller), Version: org.PrivacyVersion,
		Next: signin.OwnPath(f.Get("next")), Form: f.view(r)}
	a := signin.ActorOf(c)
	if a.SignedIn() {
		consents, err := w.Org.Consents(c.Request().Context(), a)
		if err != nil {
			return err
		}
		page.Agreed = agreedTo(consents, org.PrivacyVersion)
		page.Asked = page.Agreed == nil
	}
	if page.Asked {
		page.Page.Form = "consent"
	}
	return w.show(c, f.status(), pages.Show(page))
}

func agreedTo(list []org.Consent, version string) *org.Consent {
	for i := range list {
		if list[i].Version == version {
			return &list[i]
		}
	}
	return nil
}
