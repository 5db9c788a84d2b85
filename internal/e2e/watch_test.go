package e2e

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
)

// watch listens to what the browser says of one window: what is still on its way, what went wrong.
type watch struct {
	mu       sync.Mutex
	host     string
	pending  map[network.RequestID]*network.EventRequestWillBeSent
	loading  map[cdp.FrameID]bool
	leaving  bool // a click or a form has asked for another page
	changed  time.Time
	wrong    []string
	expected []int // statuses of 500 and more that the test asked for
	status   int   // of the last page
	bytes    int   // over the wire since the last visit
}

func newWatch(address string) *watch {
	at, _ := url.Parse(address)
	return &watch{host: at.Host, pending: map[network.RequestID]*network.EventRequestWillBeSent{}, loading: map[cdp.FrameID]bool{}}
}

func (w *watch) see(event any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		w.request(e)
	case *network.EventResponseReceived:
		w.response(e)
	case *network.EventLoadingFinished:
		w.bytes += int(e.EncodedDataLength)
		w.done(e.RequestID)
	case *network.EventLoadingFailed:
		w.done(e.RequestID)
		w.leaving = w.leaving && e.Type != network.ResourceTypeDocument // a download begins so
	case *page.EventFrameRequestedNavigation:
		w.leaving, w.changed = true, time.Now()
	case *page.EventNavigatedWithinDocument:
		w.leaving = false
	case *page.EventFrameNavigated:
		w.navigated(e.Frame)
	case *page.EventFrameStartedLoading:
		w.loading[e.FrameID], w.changed = true, time.Now()
	case *page.EventFrameStoppedLoading:
		delete(w.loading, e.FrameID)
		w.leaving, w.changed = false, time.Now()
	case *runtime.EventExceptionThrown:
		w.complain("an exception: %s", exception(e.ExceptionDetails))
	case *runtime.EventConsoleAPICalled:
		if e.Type == "error" || e.Type == "warning" || e.Type == "assert" {
			w.complain("the console: %s", values(e.Args))
		}
	case *log.EventEntryAdded:
		w.entry(e.Entry)
	}
}

// request notes that something is on its way. Nothing may be fetched from anybody else: no fonts, no counters.
func (w *watch) request(e *network.EventRequestWillBeSent) {
	w.pending[e.RequestID], w.changed = e, time.Now()
	at, err := url.Parse(e.Request.URL)
	if err == nil && strings.HasPrefix(at.Scheme, "http") && at.Host != w.host {
		w.complain("a request to a third party: %s", e.Request.URL)
	}
}

func (w *watch) response(e *network.EventResponseReceived) {
	status := int(e.Response.Status)
	if e.Type == network.ResourceTypeDocument {
		w.status = status
	} else if status == 404 {
		w.complain("%s is missing", e.Response.URL)
	}
	if status >= 500 && !slices.Contains(w.expected, status) {
		w.complain("%s answered %d", e.Response.URL, status)
	}
}

// navigated forgets what was on its way for the page before: nobody says that it came.
func (w *watch) navigated(f *cdp.Frame) {
	if f.ParentID != "" {
		return
	}
	for id, e := range w.pending {
		if e.LoaderID != f.LoaderID {
			delete(w.pending, id)
		}
	}
	w.leaving, w.changed = false, time.Now()
}

func (w *watch) done(id network.RequestID) {
	delete(w.pending, id)
	w.changed = time.Now()
}

// entry keeps what the browser itself reports: above all, what our content security policy refused.
func (w *watch) entry(e *log.Entry) {
	network := e.Source == log.EntrySourceNetwork // seen as responses already
	if !network && (e.Level == log.EntryLevelError || e.Level == log.EntryLevelWarning) {
		w.complain("the browser: %s %s", e.Text, e.URL)
	}
}

func (w *watch) complain(format string, values ...any) {
	w.wrong = append(w.wrong, fmt.Sprintf(format, values...))
}

func (w *watch) complaints() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Compact(slices.Sorted(slices.Values(w.wrong)))
}

// quiet tells whether nothing has been on its way for a while.
func (w *watch) quiet(a time.Duration) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return !w.leaving && len(w.pending) == 0 && len(w.loading) == 0 && time.Since(w.changed) > a
}

// waiting names what is on its way.
func (w *watch) waiting() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	list := fmt.Sprintf("%d frames, leaving: %v", len(w.loading), w.leaving)
	for id, e := range w.pending {
		list += fmt.Sprintf(", %s %s (%s)", e.Request.Method, e.Request.URL, id)
	}
	return list
}

func (w *watch) expect(status int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.expected = append(w.expected, status)
}

// start begins a new count of bytes.
func (w *watch) start() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.bytes, w.status, w.changed = 0, 0, time.Now()
}

func (w *watch) last() (status, bytes int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.status, w.bytes
}

func exception(d *runtime.ExceptionDetails) string {
	if d.Exception != nil && d.Exception.Description != "" {
		return d.Exception.Description
	}
	return d.Text
}

func values(args []*runtime.RemoteObject) string {
	var all []string
	for _, a := range args {
		all = append(all, string(a.Value)+a.Description)
	}
	return strings.Join(all, " ")
}
