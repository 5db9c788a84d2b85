package e2e

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"example.org/tandem/internal/locale"
	"example.org/tandem/locales"
	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

var (
	chromium  context.Context // the one browser; every person has a context of their own in it, so cookies are never shared
	why       error           // there is none
	userAgent string
	catalog   *locale.Catalog
	folder    string // for what the tests build
)

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	var err error
	if catalog, err = locales.Catalog(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	if folder, err = os.MkdirTemp("", "tandem-e2e"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(folder)
	stop := startBrowser()
	defer stop()
	return m.Run()
}

// startBrowser starts Chromium without what would call home.
func startBrowser() (stop func()) {
	path, err := findBrowser()
	if err != nil {
		why = err
		return func() {}
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.UserDataDir(filepath.Join(folder, "profile")),
		chromedp.Flag("disable-gpu", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("no-proxy-server", true),
		chromedp.Flag("hide-scrollbars", true),
	)
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(allocator)
	version, err := chromedp.CallBrowser(ctx, browser.GetVersion, cdp.Empty{})
	chromium, why, userAgent = ctx, err, version.UserAgent
	return func() { cancel(); stopAllocator() }
}

func findBrowser() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("no Chromium on this machine (Debian: chromium)")
}

// needBrowser skips a test where there is no Chromium; in CI it fails.
func needBrowser(t *testing.T) {
	t.Helper()
	if why != nil && os.Getenv("CI") == "" {
		t.Skip(why)
	}
	if why != nil {
		t.Fatal(why)
	}
}

// View is how a person looks at Tandem.
type View struct {
	Language locale.Language
	Width    int // CSS pixels; 1280 where nothing is said
	Dark     bool
	NoScript bool
}

// phone is a small one, in the hand.
const phone = 390

var zones = map[locale.Language]*time.Location{
	locale.Belarusian: locale.Minsk, locale.Russian: locale.Minsk,
	locale.Danish: locale.Copenhagen, locale.English: locale.Copenhagen,
}

// Open gives a person a fresh browser window on a site: no cookies, their language asked for, their zone's clock.
// Whatever the browser complains about until the end of the test fails it.
func Open(t *testing.T, address string, view View) *Person {
	t.Helper()
	needBrowser(t)
	if view.Width == 0 {
		view.Width = 1280
	}
	tab, cancel := chromedp.NewContext(chromium, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	p := &Person{
		T: t, View: view, address: address, tab: tab, watch: newWatch(address),
		Reader: catalog.Reader(view.Language, zones[view.Language], time.Time{}),
	}
	p.must(chromedp.Do(tab), "open a window")
	p.must(chromedp.Listen(tab, p.watch.see), "listen to the browser")
	p.resize(view.Width)
	p.dress(view.Dark)
	call(p, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{
		UserAgent: userAgent, AcceptLanguage: string(view.Language),
	})
	call(p, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: zones[view.Language].String()})
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: view.NoScript})
	t.Cleanup(p.close)
	return p
}

func (p *Person) resize(width int) {
	call(p, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: int64(width), Height: 900, DeviceScaleFactor: 1,
	})
}

// dress puts the person into a light or a dark room. Nothing moves, so that what is measured stands still.
func (p *Person) dress(dark bool) {
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme},
		{Name: "prefers-reduced-motion", Value: "reduce"},
	}})
}

// close leaves a picture of the last page where the test failed, and says what the browser complained about.
func (p *Person) close() {
	for _, complaint := range p.watch.complaints() {
		p.T.Errorf("%s: %s", p.Language(), complaint)
	}
	if p.T.Failed() {
		p.keep(filepath.Join("..", "..", "tmp", "e2e"))
	}
}
