package e2e

import (
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// finding is one rule of axe that a page breaks.
type finding struct {
	ID    string
	Help  string
	Nodes []struct {
		HTML           string
		FailureSummary string
	}
}

var axeSource = sync.OnceValues(func() (string, error) {
	source, err := os.ReadFile(filepath.Join("..", "..", "node_modules", "axe-core", "axe.min.js"))
	return string(source), err
})

// WCAG 2.2 AA. The size of targets is a rule that axe leaves off unless asked.
const everyRule = `{type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}, rules: {'target-size': {enabled: true}}`

// What of that colours decide: a second scheme changes nothing else.
const rulesOfColour = `{type: 'rule', values: ['color-contrast', 'link-in-text-block']}`

const runAxe = `axe.run(document, {
	runOnly: %s,
	resultTypes: ['violations'],
}).then(result => result.violations.map(v => ({ID: v.id, Help: v.help,
	Nodes: v.nodes.map(n => ({HTML: n.html, FailureSummary: n.failureSummary}))})))`

// Axe holds the page to WCAG 2.2 AA as far as a machine can, in light and in dark.
func (p *Person) Axe() {
	p.T.Helper()
	p.hold(p.View.Dark, everyRule)
	p.hold(!p.View.Dark, rulesOfColour)
	p.dress(p.View.Dark)
}

func (p *Person) hold(dark bool, rules string) {
	p.T.Helper()
	p.dress(dark)
	for _, f := range p.findings(rules) {
		p.T.Errorf("%s %s, %s: %s", p.Language(), p.Path(), room(dark), f)
	}
}

func room(dark bool) string {
	if dark {
		return "dark"
	}
	return "light"
}

// findings runs axe in a world of its own: the page's scripts and its content security policy do not see it.
func (p *Person) findings(rules string) []finding {
	p.T.Helper()
	source, err := axeSource()
	p.must(err, "read axe-core (make assets installs it)")
	defer p.withScript()()
	frame := call(p, page.GetFrameTree, cdp.Empty{}).FrameTree.Frame.ID
	world := call(p, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{FrameID: frame, WorldName: "axe"}).ExecutionContextID
	apart := func(e *runtime.EvaluateParams) { e.ContextID = world }
	eval[chromedp.Void](p, "if (typeof axe === 'undefined') {"+source+"}", apart)
	return eval[[]finding](p, fmt.Sprintf(runAxe, rules), apart, chromedp.EvalAwaitPromise)
}

// withScript lets what looks at a page run where the person has script switched off: the page has been built without.
func (p *Person) withScript() (over func()) {
	if !p.View.NoScript {
		return func() {}
	}
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: false})
	return func() {
		call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	}
}

func (f finding) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s)", f.Help, f.ID)
	for _, n := range f.Nodes {
		fmt.Fprintf(&b, "\n    %s\n      %s", n.HTML, strings.ReplaceAll(n.FailureSummary, "\n", "\n      "))
	}
	return b.String()
}
