// Package demotest starts the whole program on the demo's content behind a test server, with a clock that stands and
// mails that stay, and looks at its pages the way a browser does.
package demotest

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"example.org/tandem/internal/app"
	"example.org/tandem/internal/config"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/demo/provider"
)

// Site is the running program.
type Site struct {
	t     testing.TB
	DB    *database.DB
	Clock *dbtest.Clock
	App   *app.App
	URL   string
	// Statements counts what the database was asked since it was last set.
	Statements atomic.Int64

	stands atomic.Pointer[time.Time]
}

// StandStill stops the machine's clock, by which sessions end and tries come back: what counts them is exact then.
func (s *Site) StandStill() {
	now := database.MachineClock()
	s.stands.Store(&now)
}

func (s *Site) machine() time.Time {
	if at := s.stands.Load(); at != nil {
		return *at
	}
	return database.MachineClock()
}

// EachWith is Each beside something else that is made for each of the two, and with other settings than the demo's own.
func EachWith[T any](t *testing.T, prepare func(t testing.TB) (T, func(*config.Settings)), test func(t *testing.T, s *Site, beside T)) {
	t.Helper()
	loaded.Each(t, func(t *testing.T, db *database.DB, clock *dbtest.Clock) {
		t.Parallel()
		beside, set := prepare(t)
		test(t, start(t, db, clock, set), beside)
	})
}

// Each runs a test against the program on both databases, side by side.
func Each(t *testing.T, test func(t *testing.T, s *Site)) {
	t.Helper()
	loaded.Each(t, func(t *testing.T, db *database.DB, clock *dbtest.Clock) {
		t.Parallel()
		test(t, Start(t, db, clock))
	})
}

var loaded = dbtest.NewTemplate(demo.Load)

// key is what the providers of all sites sign with: to make one takes longer than most tests.
var key = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "tandem-key")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, demo.KeyFile)
	if _, err := provider.LoadKey(path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// Start starts it on an open database.
func Start(t testing.TB, db *database.DB, clock *dbtest.Clock) *Site {
	t.Helper()
	return start(t, db, clock, nil)
}

func start(t testing.TB, db *database.DB, clock *dbtest.Clock, set func(*config.Settings)) *Site {
	t.Helper()
	s := &Site{t: t, DB: db, Clock: clock}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.App.Handler.ServeHTTP(w, r.WithContext(database.WithCounter(r.Context(), &s.Statements)))
	}))
	t.Cleanup(server.Close)
	at, err := url.Parse(strings.Replace(server.URL, "127.0.0.1", "localhost", 1))
	if err != nil {
		t.Fatal(err)
	}
	s.URL = at.String()
	folder := t.TempDir()
	signing, err := key()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, demo.KeyFile), signing, 0o600); err != nil {
		t.Fatal(err)
	}
	s.App, err = demo.New(t.Context(), demo.Parts{URL: at, Folder: folder, DB: db, Clock: mover{clock}, Set: set,
		Machine: s.machine, Log: slog.New(slog.NewTextHandler(testWriter{t}, &slog.HandlerOptions{Level: slog.LevelWarn}))})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// DoJobs does everything that is due: mails are in the mailbox afterwards.
func (s *Site) DoJobs() {
	s.t.Helper()
	if err := s.App.Jobs.Drain(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
}

// Visitor is a browser in which nobody is signed in. It follows no redirect.
func (s *Site) Visitor() *Browser {
	s.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return &Browser{site: s, client: &http.Client{Jar: jar, Timeout: time.Minute,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// As is the browser of a person of the demo's content, signed in through the demo's provider: As("p-koge-chair").
func (s *Site) As(account string) *Browser {
	s.t.Helper()
	b := s.Visitor()
	b.SignIn(account)
	return b
}

// SignIn signs a person in, in this browser.
func (b *Browser) SignIn(account string) {
	b.site.t.Helper()
	p := b.Post("/sign-in/demo", url.Values{"account": {account}})
	for range 6 {
		if p.Location == "" || p.Location == "/" {
			break
		}
		p = b.Get(p.Location)
	}
	if p.Location != "/" && p.Status != http.StatusOK {
		b.site.t.Fatalf("%s could not sign in: %d %s", account, p.Status, p.Text("main"))
	}
}

// Browser keeps cookies.
type Browser struct {
	site   *Site
	client *http.Client
}

// Cookies are what this browser would send: with them another client, or another process on the same database, is signed in.
func (b *Browser) Cookies() []*http.Cookie {
	b.site.t.Helper()
	at, err := url.Parse(b.site.URL)
	if err != nil {
		b.site.t.Fatal(err)
	}
	return b.client.Jar.Cookies(at)
}

// Page is an answer.
type Page struct {
	Status   int
	Location string // where a redirect leads, without our own host
	Header   http.Header
	Body     string
	Document *goquery.Document
}

// Get opens an address.
func (b *Browser) Get(address string) Page {
	b.site.t.Helper()
	return b.do(http.MethodGet, address, nil)
}

// Post sends a form.
func (b *Browser) Post(address string, form url.Values) Page {
	b.site.t.Helper()
	return b.do(http.MethodPost, address, form)
}

// Follow opens where a page leads on to.
func (b *Browser) Follow(p Page) Page {
	b.site.t.Helper()
	if p.Location == "" {
		b.site.t.Fatalf("leads nowhere: %d %s", p.Status, p.Text("main"))
	}
	return b.Get(p.Location)
}

// PostJSON sends what a script sends.
func (b *Browser) PostJSON(address, body string) Page {
	b.site.t.Helper()
	return b.send(http.MethodPost, address, "application/json", body)
}

// Upload sends a form with a file in it, by that name.
func (b *Browser) Upload(address, field, name, body string) Page {
	b.site.t.Helper()
	var form strings.Builder
	w := multipart.NewWriter(&form)
	part, err := w.CreateFormFile(field, name)
	if err == nil {
		_, err = io.WriteString(part, body)
	}
	if err = errors.Join(err, w.Close()); err != nil {
		b.site.t.Fatal(err)
	}
	return b.send(http.MethodPost, address, w.FormDataContentType(), form.String())
}

func (b *Browser) do(method, address string, form url.Values) Page {
	b.site.t.Helper()
	return b.send(method, address, "application/x-www-form-urlencoded", form.Encode())
}

func (b *Browser) send(method, address, kind, body string) Page {
	b.site.t.Helper()
	if strings.HasPrefix(address, "/") {
		address = b.site.URL + address
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(body))
	if err != nil {
		b.site.t.Fatal(err)
	}
	if method == http.MethodPost {
		request.Header.Set("Content-Type", kind)
		request.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	response, err := b.client.Do(request)
	if err != nil {
		b.site.t.Fatal(err)
	}
	defer response.Body.Close()
	return b.read(response)
}

func (b *Browser) read(response *http.Response) Page {
	b.site.t.Helper()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		b.site.t.Fatal(err)
	}
	document, err := goquery.NewDocumentFromReader(strings.NewReader(string(body)))
	if err != nil {
		b.site.t.Fatal(err)
	}
	return Page{Status: response.StatusCode, Location: strings.TrimPrefix(response.Header.Get("Location"), b.site.URL),
		Header: response.Header, Body: string(body), Document: document}
}

// Text is what a reader finds at a selector, with single spaces.
func (p Page) Text(selector string) string {
	return strings.Join(strings.Fields(p.Document.Find(selector).Text()), " ")
}

// Has tells whether a selector finds anything.
func (p Page) Has(selector string) bool { return p.Document.Find(selector).Length() > 0 }

// Form is a form of the page as a browser would send it untouched: every field with its present value.
func (p Page) Form(selector string) url.Values {
	form := url.Values{}
	found := p.Document.Find(selector)
	found.Find("input[name], textarea[name], select[name]").Each(func(_ int, s *goquery.Selection) {
		name, _ := s.Attr("name")
		kind, _ := s.Attr("type")
		_, checked := s.Attr("checked")
		switch {
		case kind == "submit", (kind == "radio" || kind == "checkbox") && !checked:
			return
		case goquery.NodeName(s) == "textarea":
			form.Add(name, strings.TrimPrefix(s.Text(), "\n"))
		case goquery.NodeName(s) == "select":
			form.Add(name, chosen(s))
		default:
			value, there := s.Attr("value")
			if !there && (kind == "radio" || kind == "checkbox") {
				value = "on"
			}
			form.Add(name, value)
		}
	})
	return form
}

func chosen(s *goquery.Selection) string {
	option := s.Find("option[selected]").First()
	if option.Length() == 0 {
		option = s.Find("option").First()
	}
	return option.AttrOr("value", option.Text())
}

type mover struct{ *dbtest.Clock }

func (m mover) MoveTo(to time.Time) error {
	m.Set(to)
	return nil
}

type testWriter struct{ t testing.TB }

func (w testWriter) Write(line []byte) (int, error) {
	w.t.Log(strings.TrimSpace(string(line)))
	return len(line), nil
}
