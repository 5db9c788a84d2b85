package e2e

import (
	"strings"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// Before the walk: everything that a mouse can use, and how each looks while it does not have the focus. Of a group of
// radio buttons the Tab key reaches one, the arrows the others.
const prepareWalk = `(() => {
	const look = e => { const s = getComputedStyle(e), l = e.labels && e.labels[0] ? getComputedStyle(e.labels[0]) : s;
		return [s.outlineStyle === 'none' ? '' : s.outlineStyle + s.outlineWidth + s.outlineColor, s.boxShadow, s.borderColor,
			s.backgroundColor, s.textDecorationLine + s.textDecorationThickness,
			l.outlineStyle === 'none' ? '' : l.outlineStyle + l.outlineWidth, l.boxShadow].join('|') };
	const open = e => !e.closest('[inert]');
	const seen = e => e.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true}) && e.getClientRects().length > 0;
	const able = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex], [contenteditable=true]')]
		.filter(e => !e.matches(':disabled, [type=hidden], [tabindex="-1"]') && seen(e) && open(e));
	const groups = new Set();
	const walk = able.filter(e => {
		if (e.type !== 'radio' || !e.name) return true;
		const group = able.filter(o => o.type === 'radio' && o.name === e.name && o.form === e.form);
		const stop = group.find(o => o.checked) || group[0];
		return e === stop;
	});
	document.activeElement && document.activeElement.blur();
	globalThis.walk = {list: walk, looks: walk.map(look), reached: walk.map(() => false), wrong: [], look};
	document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex');
	return walk.length;
})()`

// At each stop: whether the focus can be seen there, and whether something lies over it (WCAG 2.4.7, 2.4.11). The page notes
// that by itself, so that a step costs one key and no question.
const noteStops = `(() => {
	const w = globalThis.walk;
	const stop = e => {
		const i = w.list.indexOf(e), name = e.outerHTML.replace(/\s+/g, ' ').slice(0, 160);
		if (i < 0) { if (e.tabIndex >= 0 && e.scrollHeight <= e.clientHeight && e.scrollWidth <= e.clientWidth) w.wrong.push('the focus stops on ' + name); return }
		if (w.reached[i]) { w.round = i !== w.last; return } // a calendar field is several stops
		w.reached[i] = true;
		w.last = i;
		if (w.look(e) === w.looks[i]) w.wrong.push('the focus cannot be seen on ' + name);
		const r = e.getClientRects()[0];
		if (r && r.width > 1 && r.height > 1) {
			const places = [[.5, .5], [.1, .5], [.9, .5], [.5, .1], [.5, .9]].map(([x, y]) => document.elementFromPoint(r.left + r.width * x, r.top + r.height * y));
			const free = places.some(hit => hit && (hit === e || e.contains(hit) || hit.contains(e) || hit.closest('label')?.control === e));
			if (!free) w.wrong.push('the focus is hidden under something on ' + name);
		}
	};
	w.see = event => { if (!w.round) stop(event.target) };
	document.addEventListener('focusin', w.see);
})()`

// The walk is over where the focus has left the page or begun again.
const walkIsOver = `globalThis.walk.round || document.activeElement === document.body`

const endOfWalk = `(() => { const w = globalThis.walk; delete globalThis.walk; document.removeEventListener('focusin', w.see);
	return [...w.wrong, ...w.list.filter((e, i) => !w.reached[i]).map(e => 'the Tab key does not reach ' + e.outerHTML.replace(/\s+/g, ' ').slice(0, 160))];
})()`

// KeyboardWalk presses Tab from the top of the page to its end and makes sure that it reaches everything that a mouse can
// use, and that one sees where one is.
func (p *Person) KeyboardWalk() {
	p.T.Helper()
	if wrong := p.walk(); len(wrong) > 0 {
		p.T.Errorf("%s %s with the keyboard:\n  %s", p.Language(), p.Path(), strings.Join(wrong, "\n  "))
	}
}

func (p *Person) walk() []string {
	p.T.Helper()
	defer p.withScript()()
	count := eval[int](p, prepareWalk)
	eval[chromedp.Void](p, noteStops)
	for press := 1; press <= 6*count+10; press++ {
		call(p, input.DispatchKeyEvent, tab(input.DispatchKeyEventTypeRawKeyDown))
		if press%stepsAtOnce == 0 && eval[bool](p, walkIsOver) {
			break
		}
	}
	call(p, input.DispatchKeyEvent, tab(input.DispatchKeyEventTypeKeyUp))
	return eval[[]string](p, endOfWalk)
}

// stepsAtOnce is how often the key repeats before anybody looks whether the walk is over.
const stepsAtOnce = 8

// tab is the Tab key going down or up.
func tab(way input.DispatchKeyEventType) input.DispatchKeyEventParams {
	return input.DispatchKeyEventParams{Type: way, Key: "Tab", Code: "Tab", WindowsVirtualKeyCode: 9, NativeVirtualKeyCode: 9}
}

// Key presses a key.
func (p *Person) Key(keys string) {
	p.T.Helper()
	p.must(chromedp.Do(p.tab, chromedp.KeyEvent(keys)), "press a key")
	p.breathe()
	p.settle()
}
