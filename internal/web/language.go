package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
	"example.org/tandem/templates/parts"
)

const (
	languageCookie = "tandem-language"
	noticeCookie   = "tandem-notice"
)

// language that a page is written in.
func (w *Web) language(c echo.Context, a access.Actor) locale.Language {
	if a.SignedIn() {
		return a.Language
	}
	if cookie, err := c.Cookie(languageCookie); err == nil {
		if l, ok := locale.Parse(cookie.Value); ok {
			return l
		}
	}
	return locale.Choose(c.Request().Header)
}

// switchLanguage is the language switch of pages without a form: POST /language.
func (w *Web) switchLanguage(c echo.Context) error {
	l, ok := locale.Parse(c.FormValue("language"))
	if !ok {
		return problem.Refuse("error.form")
	}
	if err := w.speak(c, l); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, signin.OwnPath(c.FormValue("next")))
}

// speak remembers a choice of language, and this page is written in it already.
func (w *Web) speak(c echo.Context, l locale.Language) error {
	w.setCookie(c, languageCookie, string(l), 365*24*time.Hour)
	r := w.reader(c)
	c.Set(readerKey, r.In(l))
	if a := signin.ActorOf(c); a.SignedIn() {
		return w.Org.Speak(c.Request().Context(), a, l)
	}
	return nil
}

// tell keeps a word for the page that the browser is sent to: the key of a message that begins with "notice.",
// and behind a colon how many people are written to.
func (w *Web) tell(c echo.Context, key string) { w.setCookie(c, noticeCookie, key, time.Minute) }

// told says the word that was kept, once.
func (w *Web) told(c echo.Context, r locale.Reader) []parts.Notice {
	cookie, err := c.Cookie(noticeCookie)
	if err != nil || c.Request().Method != http.MethodGet {
		return nil
	}
	w.setCookie(c, noticeCookie, "", -time.Second)
	key, number, _ := strings.Cut(cookie.Value, ":")
	if !strings.HasPrefix(key, "notice.") || !r.Has(key) {
		return nil
	}
	n, err := strconv.Atoi(number)
	switch {
	case err != nil || n <= 0:
		return []parts.Notice{notice(parts.Success, r.T(key))}
	case key == partly:
		return []parts.Notice{notice(parts.Info, r.N(key, n))}
	}
	return []parts.Notice{notice(parts.Success, r.T(key)+" "+r.N("told.mailed", n))}
}

func (w *Web) setCookie(c echo.Context, name, value string, age time.Duration) {
	c.SetCookie(&http.Cookie{Name: name, Value: value, Path: "/", MaxAge: int(age.Seconds()), HttpOnly: true,
		Secure: w.secure, SameSite: http.SameSiteLaxMode})
}
