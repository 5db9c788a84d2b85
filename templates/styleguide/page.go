// Package styleguide shows every component in every state, in four languages and both schemes. It exists in the demo only.
package styleguide

import (
	"net/url"
	"time"

	"github.com/a-h/templ"

	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
	"example.org/tandem/templates/layout"
	"example.org/tandem/templates/parts"
)

// Page shows each component once for every reader.
type Page struct {
	layout.Page
	Readers []locale.Reader // one for each language
	At      time.Time       // of whatever is shown with a time
}

// sample is one component: what it is called in the code, and how it looks to a reader.
type sample struct {
	id   string
	code string
	show func(p Page, r locale.Reader) templ.Component
}

// samples are all components, in the order of templates/parts.
var samples = []sample{
	{"button", "parts.Button, parts.LinkButton, parts.Actions", buttons},
	{"field", "parts.Field, parts.TextArea, parts.Select", fields},
	{"choice", "parts.Choice, parts.CheckGroup, parts.Check", choices},
	{"notice", "parts.NoticeBox", notices},
	{"errors", "parts.ErrorSummary", errors},
	{"badge", "parts.Badge", badges},
	{"when", "parts.When, parts.Clocks, parts.WhenLine, parts.Day", when},
	{"marks", "parts.LanguageMarks", marks},
	{"said", "parts.Said, parts.Blocks, parts.ToTranslate", said},
	{"table", "parts.Table, parts.Row, parts.RowHead, parts.Cell", table},
	{"wide", "parts.Wide", wide},
	{"steps", "parts.Steps", steps},
	{"way", "parts.Crumbs, parts.Tabs", way},
	{"pager", "parts.Pager", pager},
	{"details", "parts.Details", details},
	{"card", "parts.Card, parts.Highlight", card},
	{"facts", "parts.Facts, parts.Fact", facts},
	{"items", "parts.Items, parts.Item", items},
	{"timeline", "parts.Timeline, parts.Timed", timeline},
	{"empty", "parts.Empty", empty},
}

// colours are the tokens of static/css/tokens.css that are one; each has a swatch in styleguide.css.
var colours = []string{"paper", "surface", "sunken", "ink", "muted", "line", "edge", "accent", "accent-deep", "accent-soft", "accent-far",
	"on-accent", "good", "good-soft", "waiting", "waiting-soft", "problem", "problem-soft"}

var distances = []string{"s1", "s2", "s3", "s4", "s5", "s6", "s7"}

// form is one that came back with two wrong fields. Names carry the language, as four of them stand on one page.
func form(r locale.Reader) parts.Form {
	name := func(n string) string { return n + "-" + string(r.Language) }
	wrong, other := r.T("error.required"), r.T("error.choice")
	return parts.Form{
		Values:  url.Values{name("purpose"): {r.T("conferences.field.purpose.hint")}, name("state"): {"open"}, name("agree"): {"yes"}},
		Errors:  map[string]string{name("title"): wrong, name("kind"): other},
		Summary: []parts.ErrorLink{{Field: "", Text: r.T("error.form")}, {Field: name("title"), Text: wrong}, {Field: name("kind"), Text: other}},
	}
}

// states are all that a translation can be in.
var states = []text.State{text.Source, text.Good, text.InWork, text.Machine, text.OutOfDate, text.Missing}

// in is a sentence in the next language: what a reader sees where there is no version in their own.
func (p Page) in(r locale.Reader, key string, state text.State) text.Said {
	for i, other := range p.Readers {
		if other.Language == r.Language {
			next := p.Readers[(i+1)%len(p.Readers)]
			return text.Said{Kind: text.Plain, Body: next.T(key), Language: next.Language, State: state}
		}
	}
	return text.Said{}
}

// untranslated is a text that is there in the next language only.
func (p Page) untranslated(r locale.Reader) text.Text {
	said := p.in(r, "conferences.empty.title", text.Source)
	one := text.Paragraph{Kind: text.Plain, Meaning: 1, Origin: said.Language,
		Versions: map[locale.Language]text.Revision{said.Language: {Language: said.Language, Number: 1, Meaning: 1, Body: said.Body}}}
	return text.Text{ID: "sample", Paragraphs: []text.Paragraph{one}}
}

func own(r locale.Reader, key string, state text.State) text.Said {
	return text.Said{Kind: text.Plain, Body: r.T(key), Language: r.Language, State: state, Own: true}
}

// scheme is the address of this page in a scheme.
func (p Page) scheme(s layout.Scheme) parts.Link {
	// words: styleguide.scheme.light styleguide.scheme.dark
	return parts.Link{Href: "/styleguide?scheme=" + string(s), Label: p.Reader.T("styleguide.scheme." + string(s)), Current: p.Scheme == s}
}

const hour = time.Hour
