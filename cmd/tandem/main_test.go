package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// outcome is what a command that ended left behind.
type outcome struct {
	code        int
	out, failed string
}

func tandem(t *testing.T, environ []string, args ...string) outcome {
	t.Helper()
	var out, failed strings.Builder
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	code := run(ctx, args, environ, &out, &failed)
	return outcome{code, out.String(), failed.String()}
}

func TestHelpIsEverywhere(t *testing.T) {
	for _, command := range []string{"", "serve", "demo", "migrate", "grant", "audit", "audit verify", "version"} {
		o := tandem(t, nil, append(strings.Fields(command), "--help")...)
		if o.code != 0 || !strings.Contains(o.out, "Usage: tandem "+command) || o.failed != "" {
			t.Errorf("tandem %s --help: %d %s %s", command, o.code, o.out, o.failed)
		}
	}
}

func TestAWrongCommandLineEndsWith2(t *testing.T) {
	for _, args := range [][]string{{}, {"sreve"}, {"demo", "--port", "1"}, {"version", "now"}} {
		if o := tandem(t, nil, args...); o.code != 2 || !strings.Contains(o.failed, "tandem --help") {
			t.Errorf("%v: %d %s", args, o.code, o.failed)
		}
	}
}

func TestVersionIsOneLine(t *testing.T) {
	if o := tandem(t, nil, "version"); o.code != 0 || !regexp.MustCompile(`^tandem .*go1\.\d+.*\n$`).MatchString(o.out) {
		t.Errorf("%d %q", o.code, o.out)
	}
}

func TestWrongSettingsEndWith2AndALineEach(t *testing.T) {
	for _, command := range []string{"serve", "migrate"} {
		o := tandem(t, []string{"TANDEM_URL=tandem.example", "TANDEM_SECRET=short", "TANDEM_COLOUR=blue"}, command)
		for _, name := range []string{"TANDEM_COLOUR", "TANDEM_URL", "TANDEM_DATABASE", "TANDEM_BLOBS", "TANDEM_SMTP", "TANDEM_MAIL_FROM", "TANDEM_SECRET", "providers"} {
			if !regexp.MustCompile(`(?m)^` + name + `: .+$`).MatchString(o.failed) {
				t.Errorf("%s: no line about %s in\n%s", command, name, o.failed)
			}
		}
		if lines := strings.Count(o.failed, "\n"); o.code != 2 || lines != 8 || strings.Contains(o.failed, "short") {
			t.Errorf("%s: code %d, %d lines:\n%s", command, o.code, lines, o.failed)
		}
	}
}

// settings are those of a small Tandem that somebody could really sign in to, had they an account at the provider.
func settings(t *testing.T, issuer string) []string {
	t.Helper()
	folder := t.TempDir()
	file := filepath.Join(folder, "tandem.toml")
	content := fmt.Sprintf("[[providers]]\nid = \"brc\"\nissuer = %q\nclient_id = \"tandem\"\nclient_secret = \"hush\"\n"+
		"name = { en = \"Belarusian Red Cross\", da = \"Belarusisk Røde Kors\", ru = \"БКК\", be = \"БЧК\" }\n", issuer)
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return []string{"TANDEM_URL=http://localhost:1", "TANDEM_LISTEN=127.0.0.1:0", "TANDEM_DATABASE=sqlite:" + filepath.Join(folder, "tandem.db"),
		"TANDEM_BLOBS=file:" + filepath.Join(folder, "files"), "TANDEM_SMTP=smtp://localhost:1?tls=none", "TANDEM_MAIL_FROM=tandem@tandem.example", "TANDEM_CONFIG=" + file,
		"TANDEM_SECRET=0123456789abcdef0123456789abcdef"}
}

func TestMigrateCanBeRunAgain(t *testing.T) {
	environ := settings(t, "https://login.example")
	for range 2 {
		if o := tandem(t, environ, "migrate"); o.code != 0 || !strings.Contains(o.out, "up to date") {
			t.Fatalf("%d %s %s", o.code, o.out, o.failed)
		}
	}
}

func TestADatabaseThatCannotBeOpenedIsNamed(t *testing.T) {
	environ := append(settings(t, "https://login.example"), "TANDEM_DATABASE=sqlite:/nowhere/tandem.db")
	if o := tandem(t, environ, "migrate"); o.code != 1 || !strings.Contains(o.failed, "TANDEM_DATABASE: ") {
		t.Errorf("%d %s", o.code, o.failed)
	}
}

func TestAFolderOfFilesThatCannotBeWrittenToIsNamed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	environ := append(settings(t, "https://login.example"), "TANDEM_BLOBS=file:"+filepath.Join(file, "folder"))
	if o := tandem(t, environ, "serve"); o.code != 2 || !strings.Contains(o.failed, "TANDEM_BLOBS: ") {
		t.Errorf("%d %s", o.code, o.failed)
	}
}

func TestTheDemoIsForThisMachineOnly(t *testing.T) {
	for _, listen := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.0.2.1:0", "tandem.example:0", "8080"} {
		data := filepath.Join(t.TempDir(), "data")
		o := tandem(t, nil, "demo", "--listen", listen, "--data", data)
		if o.code != 2 || !strings.HasPrefix(o.failed, "--listen: ") || strings.Count(o.failed, "\n") != 1 {
			t.Errorf("%s: %d %s", listen, o.code, o.failed)
		}
		if _, err := os.Stat(data); err == nil {
			t.Errorf("%s: something was begun", listen)
		}
	}
}

// started is a command that serves, until the test ends or stops it.
type started struct {
	t    *testing.T
	line string // what it said when it was ready
	stop func() int
	log  func() string
}

func start(t *testing.T, environ []string, args ...string) *started {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	read, write := io.Pipe()
	var log locked
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, args, environ, write, &log)
		write.Close()
	}()
	s := &started{t: t, log: log.String}
	s.stop = sync.OnceValue(func() int {
		cancel()
		select {
		case c := <-code:
			return c
		case <-time.After(30 * time.Second):
			t.Error("it does not end")
			return -1
		}
	})
	t.Cleanup(func() { s.stop() })
	line, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatalf("it did not start: %v\n%s", err, log.String())
	}
	go io.Copy(io.Discard, read)
	s.line = line
	return s
}

// locked is a log that is written and read at once.
type locked struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *locked) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func browser() *http.Client {
	jar, _ := cookiejar.New(nil)
	return &http.Client{Jar: jar, Timeout: 30 * time.Second}
}

// get opens an address and follows where it leads.
func get(t *testing.T, b *http.Client, address string) (*goquery.Document, *http.Response) {
	t.Helper()
	response, err := b.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, response)
}

// post sends a form and follows where it leads.
func post(t *testing.T, b *http.Client, address string, form url.Values) (*goquery.Document, *http.Response) {
	t.Helper()
	response, err := b.PostForm(address, form)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, response)
}

func read(t *testing.T, response *http.Response) (*goquery.Document, *http.Response) {
	t.Helper()
	defer response.Body.Close()
	document, err := goquery.NewDocumentFromReader(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return document, response
}

// TestTheDemoLetsPeopleInAndOut is the whole way through the real program: pick an account, be signed in through the code
// flow, sign out, and be asked again.
func TestTheDemoLetsPeopleInAndOut(t *testing.T) {
	data := t.TempDir()
	s := start(t, nil, "demo", "--listen", "localhost:0", "--data", data)
	home := regexp.MustCompile(`http://localhost:\d+`).FindString(s.line)
	b := browser()
	asked, response := get(t, b, home+"/conferences")
	if response.Request.URL.RequestURI() != "/sign-in?next=%2Fconferences" || asked.Find("button[name=account]").Length() != 16 {
		t.Fatalf("sent to %s: %d accounts", response.Request.URL, asked.Find("button[name=account]").Length())
	}
	in, response := post(t, b, home+"/sign-in/demo", url.Values{"account": {"p-koge-chair"}, "next": {"/conferences"}})
	if response.Request.URL.Path != "/conferences" || in.Find("form[action='/sign-out']").Length() != 1 {
		t.Fatalf("signed in, at %s: %s", response.Request.URL, in.Find("main").Text())
	}
	out, response := post(t, b, home+"/sign-out", nil)
	if response.Request.URL.RequestURI() != "/" || out.Find("form[action='/sign-out']").Length() != 0 {
		t.Fatalf("signed out, at %s", response.Request.URL)
	}
	if again, _ := get(t, b, home+"/sign-in/demo"); again.Find("button[name=account]").Length() != 18 { // newcomers, too
		t.Error("the provider still knows who it was")
	}
	if code := s.stop(); code != 0 {
		t.Errorf("ended with %d\n%s", code, s.log())
	}
}

func TestServeAnswersAndSaysWhenAProviderIsDown(t *testing.T) {
	down := httptest.NewServer(http.NotFoundHandler())
	defer down.Close()
	s := start(t, settings(t, down.URL), "serve")
	home := "http://" + regexp.MustCompile(`127\.0\.0\.1:\d+`).FindString(s.line)
	b := browser()
	if _, response := get(t, b, home+"/readyz"); response.StatusCode != http.StatusOK {
		t.Errorf("/readyz: %d", response.StatusCode)
	}
	if asked, _ := get(t, b, home+"/sign-in"); !strings.Contains(asked.Find("main a.button").Text(), "Belarusian Red Cross") {
		t.Errorf("the provider is not offered: %s", asked.Find("main").Text())
	}
	said, response := get(t, b, home+"/sign-in/brc")
	if response.StatusCode != http.StatusServiceUnavailable || said.Find(".notice-problem").Length() != 1 {
		t.Errorf("a provider that is down: %d %s", response.StatusCode, said.Find("main").Text())
	}
	for _, path := range []string{"/mailbox", "/demo/oidc/.well-known/openid-configuration"} {
		if _, response := get(t, b, home+path); response.Request.URL.Path != "/sign-in/brc" { // there is one provider only
			t.Errorf("%s is there in serve", path)
		}
	}
	if code := s.stop(); code != 0 {
		t.Errorf("ended with %d\n%s", code, s.log())
	}
	for line := range strings.Lines(s.log()) {
		if !json.Valid([]byte(line)) || strings.Contains(line, "hush") || strings.Contains(line, "0123456789abcdef") {
			t.Errorf("logged: %s", line)
		}
	}
}
