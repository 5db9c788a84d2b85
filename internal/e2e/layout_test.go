package e2e

import (
	"strings"

	"github.com/chromedp/cdproto/page"
)

// widest finds what sticks out at the right, apart from what lies in a part that scrolls by itself.
const widest = `(() => {
	const page = document.documentElement, width = page.clientWidth;
	if (document.scrollingElement.scrollWidth <= width) return [];
	const scrolls = e => { for (e = e.parentElement; e && e !== document.body; e = e.parentElement)
		if (getComputedStyle(e).overflowX !== 'visible') return true; return false };
	const out = [...document.body.querySelectorAll('*')]
		.filter(e => e.checkVisibility() && e.getBoundingClientRect().right > width + 0.5 && !scrolls(e))
		.map(e => Math.ceil(e.getBoundingClientRect().right) + ' px: ' + e.outerHTML.replace(/\s+/g, ' ').slice(0, 160));
	return ['the page is ' + document.scrollingElement.scrollWidth + ' px wide', ...out.slice(0, 8)];
})()`

// NoSidewaysScroll makes the window narrow and makes sure that the page fits into it (WCAG 1.4.10).
func (p *Person) NoSidewaysScroll(width int) {
	p.T.Helper()
	p.resize(width)
	if out := eval[[]string](p, widest); len(out) > 0 {
		p.T.Errorf("%s %s scrolls sideways at %d px:\n  %s", p.Language(), p.Path(), width, strings.Join(out, "\n  "))
	}
	p.resize(p.View.Width)
}

// LargeText doubles the size of text in the browser's settings and makes sure that the page still fits (WCAG 1.4.4).
func (p *Person) LargeText() {
	p.T.Helper()
	size := `parseFloat(getComputedStyle(document.body).fontSize)`
	before := eval[float64](p, size)
	p.fonts(32, 26)
	if after := eval[float64](p, size); after < 1.7*before {
		p.T.Errorf("%s: text does not grow with the browser's setting: %.1f px becomes %.1f px", p.Path(), before, after)
	}
	if out := eval[[]string](p, widest); len(out) > 0 {
		p.T.Errorf("%s %s scrolls sideways with text of 200 %%:\n  %s", p.Language(), p.Path(), strings.Join(out, "\n  "))
	}
	p.fonts(16, 13)
}

func (p *Person) fonts(standard, fixed int64) {
	call(p, page.SetFontSizes, page.SetFontSizesParams{FontSizes: &page.FontSizes{Standard: standard, Fixed: fixed}})
}
