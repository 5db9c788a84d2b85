package signin_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/config"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
	"example.org/tandem/internal/text"
	"github.com/labstack/echo/v4"
)

// house is a Tandem that can do nothing but let people in.
type house struct {
	*httptest.Server
	t     *testing.T
	db    *database.DB
	clock *dbtest.Clock // the machine's
	liar  *liar
	other *liar // the provider "other"
	door  *signin.SignIn

	rooms     *echo.Echo
	providers []signin.Provider
}

// each runs a test in a house on each database. Its one person is the branch chair, a coordinator in Køge.
func each(t *testing.T, test func(*testing.T, *house)) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		clock := dbtest.NewClock() // another one than the content's: that one stands still whatever happens here
		h := &house{t: t, db: db, clock: clock, liar: newLiar(t, clock), other: newLiar(t, clock)}
		h.listen()
		h.open(h.liars()...)
		h.furnish()
		test(t, h)
	})
}

// listen has an address before there is a door: providers want to know it.
func (h *house) listen() {
	h.rooms = echo.New()
	h.Server = httptest.NewServer(h.rooms)
	h.t.Cleanup(h.Close)
}

func (h *house) liars() []signin.Provider {
	provider := func(id string, l *liar) signin.Provider {
		return signin.Provider{Provider: config.Provider{ID: id, Issuer: l.URL, ClientID: "tandem", ClientSecret: "hush",
			Scopes: []string{"openid", "email"}, Name: map[locale.Language]string{locale.English: "Køge"}}}
	}
	domains := provider("other", h.other)
	domains.Domains, domains.Unit = []string{"tandem.example"}, "koge"
	return []signin.Provider{provider("koge", h.liar), domains}
}

func (h *house) open(providers ...signin.Provider) {
	e := h.rooms
	h.providers = providers
	address, _ := url.Parse(h.URL)
	var err error
	h.door, err = signin.New(h.db, providers, signin.Settings{URL: address, Secret: []byte(strings.Repeat("s", 32)), Clock: h.clock.Now})
	if err != nil {
		h.t.Fatal(err)
	}
	e.HTTPErrorHandler = answer
	e.Use(h.door.Know)
	e.GET("/privacy", func(c echo.Context) error { return c.String(http.StatusOK, "privacy") })
	e.GET("/sign-in", func(c echo.Context) error { return c.String(http.StatusOK, "sign in") })
	e.GET("/sign-in/:provider", func(c echo.Context) error {
		return h.door.Begin(c, c.Param("provider"), signin.Wish{Next: c.QueryParam("next"), Account: c.QueryParam("account")})
	})
	e.GET("/oidc/callback/:provider", func(c echo.Context) error { return h.door.Callback(c, c.Param("provider")) })
	e.POST("/oidc/backchannel-logout/:provider", func(c echo.Context) error { return h.door.BackChannelLogout(c, c.Param("provider")) })
	e.POST("/add/:provider", func(c echo.Context) error { return h.door.BeginAdding(c, c.Param("provider")) })
	e.GET("/me/devices", func(c echo.Context) error { return c.String(http.StatusOK, "devices") })
	e.POST("/sign-out", h.door.SignOut)
	e.GET("/", func(c echo.Context) error { return c.JSON(http.StatusOK, signin.ActorOf(c)) })
	in := e.Group("", h.door.Require)
	in.GET("/actions", func(c echo.Context) error { return c.JSON(http.StatusOK, signin.ActorOf(c)) })
	in.POST("/actions", func(c echo.Context) error { return c.NoContent(http.StatusNoContent) })
}

// answer puts the message key of a problem where a page would have its words.
func answer(err error, c echo.Context) {
	var p *problem.Problem
	if errors.As(err, &p) {
		c.String(map[problem.Kind]int{problem.Invalid: 422, problem.NotFound: 404, problem.Unavailable: 503}[p.Kind], p.Key)
		return
	}
	c.String(http.StatusInternalServerError, err.Error())
}

func (h *house) furnish() {
	h.write(func(ctx context.Context, tx *database.Tx) error {
		name, err := text.NewTranslated(ctx, tx, []text.Draft{{Language: locale.Danish, Body: "Afdelingsformand"},
			{Language: locale.English, Body: "Branch chair"}}, "p1")
		if err != nil {
			return err
		}
		for _, statement := range []string{
			`insert into units (id, society_id, level, country, zone, languages, name_id, short_name_id, place_id)
				values ('drc', 'drc', 'national', 'DK', 'Europe/Copenhagen', 'da', $1, $1, $1)`,
			`insert into units (id, society_id, parent_id, level, country, zone, languages, name_id, short_name_id, place_id)
				values ('koge', 'drc', 'drc', 'branch', 'DK', 'Europe/Copenhagen', 'da', $1, $1, $1)`,
			`insert into people (id, name_id, email, language, reads, writes, zone, site_admin, joined_at)
				values ('p1', $1, 'chair@tandem.example', 'en', 'en,da', 'da', 'Europe/Copenhagen', true, '2020-01-01T00:00:00Z')`,
		} {
			if _, err := tx.Exec(ctx, statement, name); err != nil {
				return err
			}
		}
		for _, statement := range []string{
			`insert into memberships (id, person_id, unit_id, role, since_at) values ('m1', 'p1', 'koge', 'coordinator', '2020-01-01T00:00:00Z')`,
			`insert into consents (person_id, version, language, at) values ('p1', '` + org.PrivacyVersion + `', 'en', '2020-01-01T00:00:00Z')`,
			`insert into memberships (id, person_id, unit_id, role, since_at) values ('m2', 'p1', 'drc', 'staff', '2020-01-01T00:00:00Z')`,
		} {
			if _, err := tx.Exec(ctx, statement); err != nil {
				return err
			}
		}
		_, err = tx.Exec(ctx, `insert into identities (issuer, subject, person_id, added_at) values ($1, 'chair', 'p1', '2020-01-01T00:00:00Z')`, h.liar.URL)
		return err
	})
}

func (h *house) write(f func(context.Context, *database.Tx) error) {
	h.t.Helper()
	if err := h.db.Write(h.t.Context(), func(tx *database.Tx) error { return f(h.t.Context(), tx) }); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) strings(query string) []string {
	h.t.Helper()
	var list []string
	err := h.db.Read(h.t.Context(), func(tx *database.Tx) (err error) {
		list, err = database.Strings(h.t.Context(), tx, query)
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return list
}

// browser keeps cookies and follows redirects.
type browser struct {
	*http.Client
	t    *testing.T
	home string
}

func (h *house) browser() *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		h.t.Fatal(err)
	}
	return &browser{&http.Client{Jar: jar}, h.t, h.URL}
}

// standing is the same browser, not following redirects.
func (b *browser) standing() *browser {
	client := *b.Client
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &browser{&client, b.t, b.home}
}

// page is what came back: status, where it was in the end, where it points to, and what it says.
type page struct {
	status   int
	at       string
	location string
	body     string
	cookies  []*http.Cookie
}

func (b *browser) get(path string) page {
	b.t.Helper()
	return b.do(http.MethodGet, path, "")
}

func (b *browser) post(path string) page {
	b.t.Helper()
	return b.do(http.MethodPost, path, b.home+"/actions?mine=1")
}

func (b *browser) do(method, path, from string) page {
	b.t.Helper()
	if strings.HasPrefix(path, "/") {
		path = b.home + path
	}
	request, err := http.NewRequestWithContext(b.t.Context(), method, path, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	request.Header.Set("Referer", from)
	response, err := b.Do(request)
	if err != nil {
		b.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return page{response.StatusCode, response.Request.URL.RequestURI(), response.Header.Get("Location"), string(body), response.Cookies()}
}

// actor is who the house thinks this browser is.
func (b *browser) actor() (a access.Actor) {
	b.t.Helper()
	if err := json.Unmarshal([]byte(b.get("/").body), &a); err != nil {
		b.t.Fatal(err)
	}
	return a
}

// signIn goes through the whole flow.
func (b *browser) signIn() {
	b.t.Helper()
	if p := b.get("/sign-in/koge"); p.status != http.StatusOK || !b.actor().SignedIn() {
		b.t.Fatalf("not signed in: %d %s", p.status, p.body)
	}
}

// person is the branch chair, for use cases that are asked without a browser.
func (h *house) person() access.Actor {
	return access.Actor{PersonID: "p1", Memberships: []access.Membership{{UnitID: "koge", SocietyID: "drc", Role: access.Coordinator}}}
}
