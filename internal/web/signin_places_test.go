package web_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"example.org/tandem/internal/app"
	"example.org/tandem/internal/config"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/files"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/signin"
	"example.org/tandem/locales"
)

// places is a Tandem as it is served, with providers that do not answer.
func places(t *testing.T, db *database.DB, ids ...string) (get func(path string) (*http.Response, *goquery.Document)) {
	t.Helper()
	kept, err := files.Open(db, t.TempDir(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	catalog, err := locales.Catalog()
	if err != nil {
		t.Fatal(err)
	}
	var providers []signin.Provider
	for _, id := range ids {
		providers = append(providers, signin.Provider{Provider: config.Provider{ID: id, Issuer: "http://127.0.0.1:1", ClientID: "tandem",
			Name: signin.Names{locale.English: "Provider " + id, locale.Danish: "Udbyder " + id}}})
	}
	server := httptest.NewUnstartedServer(nil)
	at := &url.URL{Scheme: "http", Host: server.Listener.Addr().String()}
	program, err := app.New(app.Parts{Settings: config.Settings{URL: at, Secret: config.Secret(strings.Repeat("s", 32))}, DB: db, Files: kept,
		Catalog: catalog, Providers: providers, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	server.Config.Handler = program.Handler
	server.Start()
	t.Cleanup(server.Close)
	jar, _ := cookiejar.New(nil)
	jar.SetCookies(at, []*http.Cookie{{Name: "tandem-provider", Value: "two"}})
	client := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return func(path string) (*http.Response, *goquery.Document) {
		t.Helper()
		response, err := client.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		document, err := goquery.NewDocumentFromReader(io.LimitReader(response.Body, 1<<20))
		if err != nil {
			t.Fatal(err)
		}
		return response, document
	}
}

func TestWithOneProviderNobodyIsAsked(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		get := places(t, db, "one")
		if response, _ := get("/sign-in?next=/people"); response.StatusCode != http.StatusSeeOther || response.Header.Get("Location") != "/sign-in/one?next=%2Fpeople" {
			t.Errorf("%d to %s", response.StatusCode, response.Header.Get("Location"))
		}
		for _, path := range []string{"/sign-in?choose=1", signin.HalfOut} {
			if response, page := get(path); response.StatusCode != http.StatusOK || page.Find("main a[href='/sign-in/one']").Length() != 1 {
				t.Errorf("%s does not stay: %d", path, response.StatusCode)
			}
		}
		response, page := get("/sign-in/one?next=/people")
		said := page.Find(".notice-problem p").Text()
		if response.StatusCode != http.StatusServiceUnavailable || !strings.Contains(said, "Provider one") ||
			!strings.Contains(page.Find("main").Text(), "give this number: ") || page.Find("main a[href='/sign-in/one?next=%2Fpeople']").Length() != 1 {
			t.Errorf("down: %d %s", response.StatusCode, page.Find("main").Text())
		}
	})
}

func TestTheLastProviderComesFirst(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		_, page := places(t, db, "one", "two", "three")("/sign-in")
		buttons := page.Find("main .actions a").Map(func(_ int, a *goquery.Selection) string { return a.AttrOr("href", "") + " " + a.AttrOr("class", "") })
		want := "/sign-in/two button button-primary|/sign-in/one button button-secondary|/sign-in/three button button-secondary"
		if got := strings.Join(buttons, "|"); got != want {
			t.Errorf("got %s", got)
		}
	})
}
