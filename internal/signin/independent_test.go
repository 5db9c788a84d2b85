package signin_test

import (
	"bufio"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/config"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/demo/provider"
	"example.org/tandem/internal/signin"
	"example.org/tandem/locales"
)

// Two providers that were written by others, in two languages, and know nothing of our tests: what they understand by the
// standard is what we must understand by it.

// independent is a house with a door to other providers than the liars, on the real clock, which theirs is too.
func independent(t *testing.T, db *database.DB, providers func(*house) []signin.Provider) *house {
	h := &house{t: t, db: db, clock: dbtest.NewClock(), liar: &liar{Server: &httptest.Server{}}}
	h.clock.Set(database.MachineClock())
	h.listen()
	list := providers(h)
	h.open(list...)
	h.furnish()
	h.exec(`update identities set issuer = $1`, list[0].Issuer)
	return h
}

// node starts npm's oidc-provider.
func node(t *testing.T, tandem string) (issuer string) {
	t.Helper()
	if _, err := os.Stat("../../node_modules/oidc-provider"); err != nil {
		t.Skip("npm's oidc-provider is not there: npm ci")
	}
	program, err := exec.LookPath("node")
	if err != nil {
		t.Skip("Node.js is not there")
	}
	started := exec.CommandContext(t.Context(), program, "testdata/provider.mjs")
	started.Env = append(os.Environ(), "TANDEM="+tandem, "NODE_ENV=production")
	started.Stderr = os.Stderr
	_, err = started.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := started.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := started.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		started.Process.Kill()
		started.Wait()
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "http://") {
			return lines.Text()
		}
	}
	t.Fatal("the provider did not start")
	return ""
}

func fromNode(h *house) []signin.Provider {
	issuer := node(h.t, h.URL)
	var list []signin.Provider
	for _, id := range []string{"by-sid", "by-sub"} {
		list = append(list, signin.Provider{Provider: config.Provider{ID: id, Issuer: issuer, ClientID: id, ClientSecret: "hush",
			Scopes: []string{"openid", "email", "profile"}}})
	}
	return list
}

func TestNodeProviderLetsInAndSignsOut(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		h := independent(t, db, fromNode)
		for _, id := range []string{"by-sid", "by-sub"} {
			t.Run("signing out there ends the session here, "+id, func(t *testing.T) {
				mine, another := h.browser(), h.browser()
				for _, b := range []*browser{mine, another} {
					if p := b.get("/sign-in/" + id + "?account=chair&next=/actions"); p.at != "/actions" || b.actor().PersonID != "p1" {
						t.Fatalf("%d at %s: %s", p.status, p.at, p.body)
					}
				}
				there := mine.get(list(h, id).Issuer + "/session/end")
				mine.confirm(there)
				if mine.actor().SignedIn() {
					t.Error("the browser that signed out there is still signed in here")
				}
				if still := another.actor().SignedIn(); still != (id == "by-sid") {
					t.Errorf("another browser of the account is signed in: %v", still)
				}
			})
			t.Run("signing out here ends the session there, "+id, func(t *testing.T) {
				b := h.browser()
				b.get("/sign-in/" + id + "?account=chair")
				if p := b.confirm(b.post("/sign-out")); p.status != http.StatusOK || b.actor().SignedIn() {
					t.Fatalf("%d at %s: %s", p.status, p.at, p.body)
				}
				if p := b.get("/sign-in/" + id + "?account=stranger"); p.body != "sign-in.problem.account" {
					t.Errorf("the provider still takes this browser for the chair: %d %s", p.status, p.body)
				}
			})
		}
	})
}

func list(h *house, id string) config.Provider {
	for _, p := range h.providers {
		if p.ID == id {
			return p.Provider
		}
	}
	return config.Provider{}
}

// confirm presses the button of the provider's own question whether one wants to sign out.
func (b *browser) confirm(p page) page {
	b.t.Helper()
	document, err := goquery.NewDocumentFromReader(strings.NewReader(p.body))
	if err != nil {
		b.t.Fatal(err)
	}
	form := document.Find("form")
	secret, asked := form.Find("input[name=xsrf]").Attr("value")
	if !asked {
		b.t.Fatalf("nothing is asked: %d %s", p.status, p.body)
	}
	response, err := b.PostForm(form.AttrOr("action", ""), url.Values{"xsrf": {secret}, "logout": {"yes"}})
	if err != nil {
		b.t.Fatal(err)
	}
	defer response.Body.Close()
	return page{status: response.StatusCode, at: response.Request.URL.RequestURI()}
}

func TestDemoProviderLetsInAndSignsOut(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		h := independent(t, db, func(h *house) []signin.Provider {
			catalog, err := locales.Catalog()
			if err != nil {
				t.Fatal(err)
			}
			at, _ := url.Parse(h.URL)
			p, err := provider.New(provider.Settings{URL: at, Catalog: catalog, Accounts: []signin.Account{{ID: "chair"}, {ID: "stranger"}}})
			if err != nil {
				t.Fatal(err)
			}
			h.rooms.Any(provider.Path+"/*", echo.WrapHandler(p))
			return []signin.Provider{p.SignIn()}
		})
		b := h.browser()
		if p := b.get("/sign-in/demo?account=chair&next=/actions"); p.at != "/actions" || b.actor().PersonID != "p1" {
			t.Fatalf("%d at %s: %s", p.status, p.at, p.body)
		}
		if p := b.post("/sign-out"); p.at != "/" || b.actor().SignedIn() {
			t.Errorf("%d at %s: %s", p.status, p.at, p.body)
		}
		if p := b.get("/sign-in/demo?account=stranger"); p.body != "sign-in.problem.account" {
			t.Errorf("no account: %d %s", p.status, p.body)
		}
	})
}
