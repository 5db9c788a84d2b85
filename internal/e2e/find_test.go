package e2e

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"example.org/tandem/internal/locale"
	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// What things are to somebody who hears the page rather than sees it: the roles that Chromium computes.
var (
	pressable = []string{"button", "link", "DisclosureTriangle", "tab", "menuitem"}
	fillable  = []string{"textbox", "searchbox", "combobox", "spinbutton", "Date", "InputTime", "DateTime", "listbox"}
	choosable = []string{"radio", "checkbox", "switch"}
)

// Press clicks on the button or link that says a message.
func (p *Person) Press(key string, values ...locale.V) {
	p.T.Helper()
	p.PressText(p.Says(key, values...))
}

// PressText clicks on the button or link with this name.
func (p *Person) PressText(name string) {
	p.T.Helper()
	p.press(func() cdp.BackendNodeID { return p.one(name, pressable) })
}

// press finds a thing and clicks on it; where the page changed in between, once more.
func (p *Person) press(find func() cdp.BackendNodeID) {
	p.T.Helper()
	var err error
	for range 3 {
		if err = p.click(find()); err == nil {
			return
		}
	}
	p.must(err, "click")
}

// Fill types into the field with this label, in the place of what was there.
func (p *Person) Fill(label, text string) {
	p.T.Helper()
	p.FillText(p.Says(label), text)
}

// FillText types into the field with this name.
func (p *Person) FillText(name, text string) {
	p.T.Helper()
	p.fill(p.one(name, fillable), text)
}

// FillCSS types into what a selector finds.
func (p *Person) FillCSS(selector, text string) {
	p.T.Helper()
	p.fill(p.element(visible(selector), selector), text)
}

func (p *Person) fill(node cdp.BackendNodeID, text string) {
	p.T.Helper()
	if on[bool](p, node, setValue, text) {
		p.breathe() // a day that was chosen may bring what is said of it: nobody clicks on what is just about to move
		p.settle()
		return
	}
	call(p, input.InsertText, input.InsertTextParams{Text: text})
}

// setValue gives lists and calendars their value as their pickers do, and makes a text field ready to be typed into.
const setValue = `function(text) {
	this.scrollIntoView({block: 'center'}); this.focus();
	const typed = this.isContentEditable || this.tagName === 'TEXTAREA' ||
		this.tagName === 'INPUT' && !['date', 'time', 'datetime-local', 'month', 'number'].includes(this.type);
	if (typed) { this.select ? this.select() : getSelection().selectAllChildren(this); return false }
	if (this.tagName === 'SELECT') {
		const option = [...this.options].find(o => o.value === text || o.label.trim() === text);
		if (!option) throw new Error('no option ' + text + ' among ' + [...this.options].map(o => o.label).join(', '));
		option.selected = true;
	} else { this.value = text; if (this.value !== text) throw new Error('does not take ' + text) }
	this.dispatchEvent(new Event('input', {bubbles: true}));
	this.dispatchEvent(new Event('change', {bubbles: true}));
	return true;
}`

// Value is what stands in the field with this label.
func (p *Person) Value(label string) string {
	p.T.Helper()
	return on[string](p, p.one(p.Says(label), fillable), `function() { return this.value }`)
}

// Choose ticks the box or the radio button with this name, unless it is.
func (p *Person) Choose(name string) {
	p.T.Helper()
	node := p.one(name, choosable)
	if !on[bool](p, node, `function() { return this.checked }`) {
		p.must(p.click(node), "choose "+name)
	}
}

// Chosen tells whether the box or the radio button with this name is ticked.
func (p *Person) Chosen(name string) bool {
	p.T.Helper()
	return on[bool](p, p.one(name, choosable), `function() { return this.checked }`)
}

// In looks only at the smallest part of the page (a row, a list item, a form, a section) that says a text. It is good
// until the page changes.
func (p *Person) In(text string) *Person {
	p.T.Helper()
	expression := `(text => { const even = s => s.replace(/\s+/g, ' ').trim();
		const parts = [...document.querySelectorAll('tr, li, article, fieldset, section, form, dialog, details, [role=group]')]
			.filter(e => even(e.innerText || '').includes(text) && e.checkVisibility());
		parts.sort((a, b) => a.contains(b) ? 1 : b.contains(a) ? -1 : 0);
		return parts.find(e => !parts.some(other => other !== e && e.contains(other))) || null })(` + quote(even(text)) + `)`
	part := *p
	part.within = p.element(expression, "part that says "+text)
	return &part
}

// PressCSS clicks on what a selector finds, where people know a thing by its place rather than by its words.
func (p *Person) PressCSS(selector string) {
	p.T.Helper()
	p.press(func() cdp.BackendNodeID { return p.element(visible(selector), selector) })
}

// visible is the first that a selector finds and people can see.
func visible(selector string) string {
	return "[...document.querySelectorAll(" + quote(selector) + ")].find(e => e.checkVisibility()) || null"
}

// element waits for what an expression gives.
func (p *Person) element(expression, called string) cdp.BackendNodeID {
	p.T.Helper()
	var found *runtime.RemoteObject
	if !p.wait(func() bool { found = eval[*runtime.RemoteObject](p, expression); return found.ObjectID != "" }) {
		p.T.Fatalf("%s finds no %s on %s:\n%s", p.Language(), called, p.Path(), p.Text())
	}
	return call(p, dom.DescribeNode, dom.DescribeNodeParams{ObjectID: found.ObjectID}).Node.BackendNodeID
}

// Has tells whether there is a button or link with this name, now.
func (p *Person) Has(name string) bool {
	p.T.Helper()
	p.settle()
	return len(p.all(name, pressable)) > 0
}

// one waits for the one thing that has this name and one of these roles.
func (p *Person) one(name string, roles []string) cdp.BackendNodeID {
	p.T.Helper()
	var found []cdp.BackendNodeID
	p.wait(func() bool { found = p.all(name, roles); return len(found) > 0 })
	if len(found) != 1 && !p.lead(found) {
		p.T.Fatalf("%s finds %d things named %q on %s; there are:\n%s",
			p.Language(), len(found), name, p.Path(), strings.Join(p.names(roles), "\n"))
	}
	return found[0]
}

// all finds what has this name, one of these roles, and can be seen. A label may go on with a word such as "optional".
func (p *Person) all(name string, roles []string) []cdp.BackendNodeID {
	p.T.Helper()
	name = even(name)
	var exact, longer []cdp.BackendNodeID
	for _, n := range p.tree() {
		if !slices.Contains(roles, text(n.Role)) || n.Ignored || n.BackendDOMNodeID == 0 {
			continue
		}
		switch called := strings.ReplaceAll(even(text(n.Name)), " :", ":"); {
		case called == name:
			exact = append(exact, n.BackendDOMNodeID)
		case strings.HasPrefix(called, name+" "):
			longer = append(longer, n.BackendDOMNodeID)
		}
	}
	if len(exact) > 0 {
		return exact
	}
	return longer
}

// lead tells whether all of these are links to one and the same place: then it does not matter which is taken.
func (p *Person) lead(nodes []cdp.BackendNodeID) bool {
	places := map[string]bool{}
	for _, node := range nodes {
		place, _ := try[string](p, node, `function() { return this.href || '' }`)
		places[place] = true
	}
	return len(places) == 1 && !places[""]
}

func (p *Person) names(roles []string) []string {
	var names []string
	for _, n := range p.tree() {
		if slices.Contains(roles, text(n.Role)) && !n.Ignored {
			names = append(names, fmt.Sprintf("  %s %q", text(n.Role), text(n.Name)))
		}
	}
	return names
}

// tree asks for the accessibility tree, which is what a screen reader gets. A page that is just being replaced has none,
// and does not always say so: whoever asks does not wait long, and asks again.
func (p *Person) tree() []*accessibility.Node {
	p.T.Helper()
	ctx, cancel := context.WithTimeout(p.tab, patience/5)
	defer cancel()
	root := p.within
	if root == 0 {
		document, err := chromedp.Call(ctx, dom.GetDocument, dom.GetDocumentParams{})
		if err != nil {
			return nil
		}
		root = document.Root.BackendNodeID
	}
	result, err := chromedp.Call(ctx, accessibility.QueryAXTree, accessibility.QueryAXTreeParams{BackendNodeID: root})
	if err != nil {
		return nil
	}
	return result.Nodes
}

func text(v *accessibility.Value) string {
	if v == nil {
		return ""
	}
	written, err := strconv.Unquote(string(v.Value))
	if err != nil {
		return string(v.Value)
	}
	return written
}

// click presses the mouse where a person would: in the middle of the thing, or of its label where the thing itself is
// drawn by its label. What lies under something else cannot be clicked.
func (p *Person) click(node cdp.BackendNodeID) error {
	p.T.Helper()
	type place struct {
		X, Y  float64
		Under string
	}
	at, err := try[place](p, node, `function() {
		let it = this, r = it.getClientRects()[0];
		if ((!r || r.width < 4 || r.height < 4 || getComputedStyle(it).opacity === '0') && it.labels && it.labels.length) it = it.labels[0];
		it.scrollIntoView({block: 'center', inline: 'center'});
		r = it.getClientRects()[0];
		if (!r) return {X: 0, Y: 0, Under: 'nothing: it is not drawn'};
		const x = r.left + r.width / 2, y = r.top + r.height / 2, hit = document.elementFromPoint(x, y);
		const free = hit && (it === hit || it.contains(hit) || hit.contains(it) && getComputedStyle(it).display === 'inline' ||
			hit.closest('label') && hit.closest('label').control === this);
		return {X: x, Y: y, Under: free ? '' : (hit ? hit.outerHTML.slice(0, 200) : 'the edge of the window')};
	}`)
	if err != nil {
		return err
	}
	if at.Under != "" {
		p.T.Fatalf("%s cannot click on %s: it lies under %s", p.Language(), p.describe(node), at.Under)
	}
	p.must(chromedp.Do(p.tab, chromedp.MouseClickXY(at.X, at.Y)), "click")
	p.breathe()
	p.settle()
	return nil
}

func (p *Person) describe(node cdp.BackendNodeID) string {
	return on[string](p, node, `function() { return this.outerHTML.slice(0, 200) }`)
}
