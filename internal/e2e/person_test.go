package e2e

import (
	"context"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.org/tandem/internal/locale"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long a person waits for something to appear. A loaded machine is slow: a pass never waits that long.
const patience = 15 * time.Second

// Person is somebody in front of a browser window. They find things as people do, by what is written on them; a test
// names the message, so the same test runs in every language.
type Person struct {
	T      *testing.T
	Reader locale.Reader
	View   View

	address string
	tab     context.Context
	watch   *watch
	came    bool              // they have seen a page already: style sheet and script are in their browser
	within  cdp.BackendNodeID // where to look; the whole page where it is zero
}

// Language is the language that they read.
func (p *Person) Language() locale.Language { return p.View.Language }

// Says is a message as this person reads it.
func (p *Person) Says(key string, values ...locale.V) string {
	p.T.Helper()
	if !p.Reader.Has(key) {
		p.T.Fatalf("there is no message %q", key)
	}
	return p.Reader.T(key, values...)
}

// Visit opens a path of the site, which has to answer with success.
func (p *Person) Visit(path string) {
	p.T.Helper()
	if status := p.VisitStatus(path); status != 200 {
		p.T.Fatalf("%s answered %d to %s", path, status, p.Language())
	}
}

// VisitStatus opens a path and gives the status of what came in the end.
func (p *Person) VisitStatus(path string) int {
	p.T.Helper()
	p.watch.start()
	result := call(p, page.Navigate, page.NavigateParams{URL: p.address + path})
	if result.ErrorText != "" {
		p.T.Fatalf("%s: %s", path, result.ErrorText)
	}
	p.settle()
	status, _ := p.watch.last()
	return status
}

// Expect says that an answer of 500 or more is part of the test.
func (p *Person) Expect(status int) { p.watch.expect(status) }

// Path is where the person is, with the query.
func (p *Person) Path() string {
	p.T.Helper()
	at, err := url.Parse(eval[string](p, `location.href`))
	p.must(err, "read the address")
	return at.RequestURI()
}

// Text is what can be read on the page, spaces made even.
func (p *Person) Text() string {
	p.T.Helper()
	return even(eval[string](p, `document.body ? document.body.innerText : ''`))
}

func even(text string) string { return strings.Join(strings.Fields(text), " ") }

// Sees waits until the page says a text.
func (p *Person) Sees(text string) {
	p.T.Helper()
	if !p.wait(func() bool { return strings.Contains(p.Text(), even(text)) }) {
		p.T.Fatalf("%s does not see %q on %s, but:\n%s", p.Language(), text, p.Path(), p.Text())
	}
}

// SeesNot makes sure that the page, once it is at rest, does not say a text.
func (p *Person) SeesNot(text string) {
	p.T.Helper()
	p.settle()
	if strings.Contains(p.Text(), even(text)) {
		p.T.Errorf("%s sees %q on %s", p.Language(), text, p.Path())
	}
}

// Reads waits until the page says a message.
func (p *Person) Reads(key string, values ...locale.V) {
	p.T.Helper()
	p.Sees(p.Says(key, values...))
}

// wait tries until something is so.
func (p *Person) wait(so func() bool) bool {
	deadline := time.Now().Add(patience)
	for !so() {
		if time.Now().After(deadline) {
			return false
		}
		time.Sleep(30 * time.Millisecond)
	}
	return true
}

// settle waits until the page has come whole and nothing is on its way.
func (p *Person) settle() {
	p.T.Helper()
	rest := p.wait(func() bool {
		return p.watch.quiet(80*time.Millisecond) && eval[string](p, `document.readyState`) == "complete"
	})
	if !rest {
		p.T.Errorf("%s: %s does not come to rest: %s", p.Language(), p.Path(), p.watch.waiting())
	}
}

// breathe lets the page do what a click or a key has set off, so far that the browser has said whether it leaves the page.
func (p *Person) breathe() {
	if p.View.NoScript { // no timers either
		time.Sleep(80 * time.Millisecond)
		return
	}
	ctx, cancel := context.WithTimeout(p.tab, 2*time.Second)
	defer cancel()
	_, _ = chromedp.Run(ctx, chromedp.Evaluate[int](`new Promise(done => setTimeout(done, 20, 1))`, chromedp.EvalAwaitPromise))
}

// Screenshot keeps a picture of the whole page in the folder named by TANDEM_SHOTS, to be looked at.
func (p *Person) Screenshot(name string) {
	p.T.Helper()
	if shots := os.Getenv("TANDEM_SHOTS"); wantsPictures() {
		p.picture(filepath.Join(shots, name+".png"))
	}
}

func (p *Person) picture(path string) {
	p.T.Helper()
	image, err := chromedp.Run(p.tab, chromedp.FullScreenshot(100))
	p.must(err, "take a picture")
	p.must(os.MkdirAll(filepath.Dir(path), 0o755), "make a folder")
	p.must(os.WriteFile(path, image, 0o644), "write a picture")
}

// keep leaves a picture of a failure. The test has failed already: nothing here may fail it again.
func (p *Person) keep(folder string) {
	name := strings.NewReplacer("/", "-", " ", "-").Replace(p.T.Name()) + "-" + string(p.Language()) + ".png"
	ctx, cancel := context.WithTimeout(p.tab, patience)
	defer cancel()
	image, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil || os.MkdirAll(folder, 0o755) != nil {
		return
	}
	if os.WriteFile(filepath.Join(folder, name), image, 0o644) == nil {
		p.T.Logf("a picture of the last page: tmp/e2e/%s", name)
	}
}

func (p *Person) must(err error, deed string) {
	p.T.Helper()
	if err != nil {
		p.T.Fatalf("%s: cannot %s: %v", p.Language(), deed, err)
	}
}

// call sends a command to the window.
func call[P, R any](p *Person, command cdp.Command[P, R], params P) R {
	p.T.Helper()
	ctx, cancel := context.WithTimeout(p.tab, time.Minute)
	defer cancel()
	result, err := chromedp.Call(ctx, command, params)
	p.must(err, command.Method)
	return result
}

// eval asks the page something. It works with the page's own script off too. A page that is just being replaced by the
// next is asked again.
func eval[T any](p *Person, expression string, options ...chromedp.EvaluateOption) T {
	p.T.Helper()
	var result T
	var err error
	for range 20 {
		ctx, cancel := context.WithTimeout(p.tab, 2*patience)
		result, err = chromedp.Run(ctx, chromedp.Evaluate[T](expression, options...))
		cancel()
		if err == nil || !replaced(err) {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	p.must(err, "ask the page "+expression)
	return result
}

func replaced(err error) bool {
	text := err.Error()
	return strings.Contains(text, "context") && !strings.Contains(text, "deadline") || strings.Contains(text, "navigated")
}

// on calls a JavaScript function with an element as its this.
func on[T any](p *Person, node cdp.BackendNodeID, function string, args ...any) T {
	p.T.Helper()
	result, err := try[T](p, node, function, args...)
	p.must(err, "ask an element "+function)
	return result
}

// try is on, for an element that may have gone with its page.
func try[T any](p *Person, node cdp.BackendNodeID, function string, args ...any) (T, error) {
	ctx, cancel := context.WithTimeout(p.tab, patience)
	defer cancel()
	object, err := chromedp.Call(ctx, dom.ResolveNode, dom.ResolveNodeParams{BackendNodeID: node})
	if err != nil {
		var none T
		return none, err
	}
	return chromedp.Run(ctx, chromedp.CallFunctionOn[T](function, func(c *runtime.CallFunctionOnParams) {
		c.ObjectID = object.Object.ObjectID
	}, args...))
}

func quote(text string) string {
	written, _ := json.Marshal(text)
	return string(written)
}

func wantsPictures() bool { return os.Getenv("TANDEM_SHOTS") != "" }
