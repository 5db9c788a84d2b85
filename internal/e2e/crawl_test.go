package e2e

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"example.org/tandem/internal/locale"
)

var (
	identity = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[A-Za-z0-9_-]{30,}`)
	no       = regexp.MustCompile(`^/(static/|files/|texts/sample/|oidc/|demo/|sign-out)|\.ics$`)
)

// Crawl follows every link from some pages on and does something on each page; of those that are alike, such as the same page
// with another conference on it, on a few. A list narrowed in two ways at once shows nothing that one narrowed in each does not.
func (p *Person) Crawl(from []string, alike int, look func(path string)) {
	p.T.Helper()
	queue, seen, kinds, link := slices.Clone(from), map[string]bool{}, map[string]int{}, map[string]string{}
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		if kind := kindOf(path); seen[path] || strings.Contains(kind, "&") || no.MatchString(path) || kinds[kind] == alike {
			continue
		}
		seen[path] = true
		kinds[kindOf(path)]++
		if status := p.VisitStatus(path); status != 200 {
			p.T.Errorf("%s: %s answered %d; the link is on %s", p.Language(), path, status, link[path])
			continue
		}
		look(path)
		if strings.HasPrefix(path, "/mailbox/") {
			continue // a mail's links are for its receiver
		}
		for _, next := range eval[[]string](p, links) {
			link[next] = path
			queue = append(queue, next)
		}
	}
	if len(kinds) < len(from) {
		p.T.Errorf("%s saw %d kinds of pages only", p.Language(), len(kinds))
	}
}

const links = `[...document.querySelectorAll('a[href]')].filter(a => a.origin === location.origin).map(a => a.pathname + a.search)`

func kindOf(path string) string {
	at, err := url.Parse(path)
	if err != nil {
		return path
	}
	var names []string
	for name := range at.Query() {
		names = append(names, name)
	}
	slices.Sort(names)
	return identity.ReplaceAllString(at.Path, "*") + "?" + strings.Join(names, "&")
}

// Sound holds a page to what every page has: one heading that says what it is, a title, no id twice, no sideways scroll.
func (p *Person) Sound() {
	p.T.Helper()
	for _, fault := range eval[[]string](p, `(() => {
		const faults = [], ids = [...document.querySelectorAll('[id]')].map(e => e.id);
		const h1 = document.querySelectorAll('h1').length;
		if (h1 !== 1) faults.push(h1 + ' first headings');
		if (!/ · Tandem$|^Tandem$/.test(document.title)) faults.push('the title ' + document.title);
		for (const id of ids.filter((id, i) => ids.indexOf(id) !== i)) faults.push('twice the id ' + id);
		for (const l of document.querySelectorAll('label[for]')) if (!l.control) faults.push('a label for nothing: ' + l.outerHTML);
		for (const a of document.querySelectorAll('a[href^="#"]')) if (!document.getElementById(decodeURIComponent(a.hash.slice(1)))) faults.push('a link to nothing: ' + a.outerHTML);
		let last = 1;
		for (const h of document.querySelectorAll('h1, h2, h3, h4, h5, h6')) { const n = +h.tagName[1];
			if (n > last + 1) faults.push('a heading leaves out a level: ' + h.outerHTML.slice(0, 120)); last = n }
		return faults })()`) {
		p.T.Errorf("%s %s: %s", p.Language(), p.Path(), fault)
	}
	p.NoSidewaysScroll(320)
}

// Light makes sure that what came over the wire for this page is little: people are on slow lines. The first page brings
// style sheet, script and mark along.
func (p *Person) Light() {
	p.T.Helper()
	most := 20 << 10
	if !p.came {
		most = 60 << 10
	}
	p.came = true
	if _, bytes := p.watch.last(); bytes > most {
		p.T.Errorf("%s %s weighs %d bytes, more than %d", p.Language(), p.Path(), bytes, most)
	}
}

// Still makes sure that nothing moves under the reader while the page is put together (a cumulative layout shift of zero; 0.1
// counts as good elsewhere). What moves because of us moves every time; what moves because a busy machine has painted half a
// page does not, so the page gets three chances.
func (p *Person) Still() {
	p.T.Helper()
	path, moved := p.Path(), p.moved()
	for range 2 {
		if moved > 0.001 {
			p.Visit(path)
			moved = min(moved, p.moved())
		}
	}
	if moved > 0.001 {
		p.T.Errorf("%s %s moves by %.3f while it is put together", p.Language(), path, moved)
	}
}

// moved is the layout shift of the page so far.
func (p *Person) moved() float64 {
	p.T.Helper()
	return eval[float64](p, `new Promise((done, fail) => {
		if (!PerformanceObserver.supportedEntryTypes.includes('layout-shift')) fail('this browser cannot tell');
		let moved = 0;
		new PerformanceObserver(list => list.getEntries().forEach(e => { moved += e.hadRecentInput ? 0 : e.value }))
			.observe({type: 'layout-shift', buffered: true});
		setTimeout(() => done(moved), 50);
	})`, chromedp.EvalAwaitPromise)
}

// Check holds the page to everything that a machine can see of it.
func (p *Person) Check() {
	p.T.Helper()
	p.settle()
	p.Axe()
	p.Fluent()
	p.Sound()
	p.KeyboardWalk()
}

// Pictures keeps the page as a phone and a desk show it, in light and in dark, in the folder named by TANDEM_SHOTS.
func (p *Person) Pictures(path string) {
	p.T.Helper()
	name := strings.Trim(strings.NewReplacer("/", "_", "?", "_", "&", "_", "=", "-").Replace(identity.ReplaceAllStringFunc(path, func(id string) string {
		return id[len(id)-6:]
	})), "_")
	if name == "" {
		name = "home"
	}
	for _, width := range []int{p.View.Width, phone} {
		for _, dark := range []bool{false, true} {
			if wantsPictures() {
				p.resize(width)
				p.dress(dark)
				p.Screenshot(name + "." + string(p.Language()) + "." + device(width) + "." + room(dark))
			}
		}
	}
	p.resize(p.View.Width)
	p.dress(p.View.Dark)
}

func device(width int) string {
	if width == phone {
		return "phone"
	}
	return "desk"
}

// The places that the crawl begins at: what no link leads to is named here.
var (
	outside = []string{"/", "/sign-in", "/mailbox"}
	inside  = []string{"/", "/conferences", "/conferences/new", "/actions", "/actions/new", "/decisions", "/lessons", "/lessons/new", "/partnerships", "/people", "/organisations", "/queue", "/mailbox"}
)

// Every page that a coordinator, or somebody at the door, can come to, in four languages.
func TestEveryPageInFourLanguages(t *testing.T) {
	t.Parallel()
	for _, l := range locale.All {
		t.Run(string(l), func(t *testing.T) {
			t.Parallel()
			p := Open(t, Demo(t), View{Language: l}) // a language is chosen for an account: each has a demo of its own
			look := func(path string) {
				p.Light()
				p.Still()
				p.Fluent()
				p.Sound()
				p.Pictures(path)
			}
			p.Crawl(outside, 2, look)
			p.SignIn(coordinator)
			p.Crawl(inside, 2, look)
		})
	}
}

// What axe, the Tab key and large text have to say of every kind of page, for the roles that see different ones. A page in its
// other states, such as a conference from poll to minutes, is looked at by TestMainJob and TestLesson. What staff and site
// administrators see of a page that a coordinator has too is a part of theirs: the Tab key goes through it once.
func TestEveryPageForEverybody(t *testing.T) {
	t.Parallel()
	site, walked := Demo(t), map[string]bool{}
	look := func(p *Person, path string) {
		p.Axe()
		p.Sound()
		if !walked[kindOf(path)] {
			p.KeyboardWalk()
			p.LargeText()
		}
	}
	t.Run(coordinator, func(t *testing.T) {
		p := Open(t, site, View{Language: locale.Russian})
		p.SignIn(coordinator)
		p.Crawl(inside, 1, func(path string) {
			look(p, path)
			walked[kindOf(path)] = true
		})
	})
	for account, l := range map[string]locale.Language{siteAdministrator: locale.English, staff: locale.Danish} {
		t.Run(account, func(t *testing.T) {
			t.Parallel()
			p := Open(t, site, View{Language: l})
			p.SignIn(account)
			p.Crawl([]string{"/"}, 1, func(path string) { look(p, path) })
		})
	}
}
