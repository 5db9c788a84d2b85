// Package translate shows a text and its translation side by side, paragraph by paragraph.
package translate

import (
	"strconv"
	"strings"

	"example.org/tandem/internal/glossary"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
	"example.org/tandem/templates/layout"
	"example.org/tandem/templates/parts"
)

// Page is what a translator works on.
type Page struct {
	layout.Page
	Action   string // address of the form
	Name     text.Said
	Kind     string // of the place that the text belongs to
	Back     string // address of that place
	Into     locale.Language
	From     locale.Language
	Marks    []parts.LanguageMark // each links to its own translation page
	Sources  []locale.Language
	Sections []Section
	Done     int // paragraphs with a translation that is not behind
	Checked  int
	Number   int    // paragraphs on the page
	Total    int    // paragraphs to translate
	Next     string // paragraph that waits first, "" for none
	MayCheck bool
	Lost     []string // typed for paragraphs that are not there any more
	Form     parts.Form
}

// Section is one of the texts on the page.
type Section struct {
	Kind  string
	Pairs []Pair
}

// Pair is a paragraph of the source beside the same paragraph of the translation.
type Pair struct {
	ID      string
	Number  int // on the page, from 1
	Source  text.Said
	From    string      // the revision of the source that is shown, "ru:3"
	Changed []text.Span // of the source since the translation was made; nil where it has not changed
	State   text.State  // of the translation
	Typed   string
	Base    int         // revision that what was typed was begun from
	Theirs  []text.Span // what was typed beside what somebody else has saved meanwhile; nil for none
	Offers  []glossary.Offer
	Avoid   []glossary.Avoid
	Holds   bool
	Check   bool
	Fixed   bool // the translation's language is the one that the others follow: there one edits
}

// Count takes a pair into the progress of the page.
func (p *Page) Count(pair Pair) {
	if pair.Fixed {
		return
	}
	p.Total++
	switch pair.State {
	case text.Good:
		p.Checked++
		p.Done++
	case text.InWork:
		p.Done++
	}
}

func (p Pair) field() string { return "text-" + p.ID }

// legend is how a pair is called for those who hear the page.
func (p Page) legend(pair Pair) string {
	return p.Reader.T("translate.paragraph", locale.V{"N": pair.Number})
}

// rows are as many lines as the translation is likely to take.
func (p Pair) rows() string {
	const perLine = 60
	return strconv.Itoa(max(2, min(14, 1+len([]rune(p.Source.Body))/perLine)))
}

// button stands back where nothing is left to do.
func (p Pair) button() parts.ButtonKind {
	if p.State == text.Good {
		return parts.Quiet
	}
	return parts.Secondary
}

// checkable tells whether there is a translation that nobody has checked.
func (p Pair) checkable() bool { return p.State != text.Good && p.State != text.Source }

// heading is what a section is called.
//
// words: translate.kind.title translate.kind.summary translate.kind.context translate.kind.went-well translate.kind.challenges
// words: translate.kind.key-lessons translate.kind.recommendations translate.kind.applicability translate.kind.figure translate.kind.source
func (p Page) heading(s Section) string { return p.Reader.T("translate.kind." + s.Kind) }

// kind is what the whole belongs to.
//
// words: queue.kind.conference queue.kind.purpose queue.kind.question queue.kind.topic queue.kind.lesson queue.kind.action queue.kind.decision
// words: queue.kind.notes queue.kind.reservation queue.kind.progress queue.kind.partnership queue.kind.unit queue.kind.person queue.kind.proposal
func (p Page) kind() string { return p.Reader.T("queue.kind." + p.Kind) }

// whole tells whether the page is about a whole lesson: then each section has its heading.
func (p Page) whole() bool {
	return len(p.Sections) > 1 || len(p.Sections) == 1 && p.Sections[0].Kind != p.Kind
}

// terms that the source has, and how they are called in the translation.
func (p Page) terms(pair Pair) string {
	return p.Reader.T("translate.terms", locale.V{"Number": pair.Number})
}

// stated is a state in words.
//
// words: said.state.source said.state.checked said.state.in-work said.state.machine said.state.out-of-date said.state.missing
func stated(r locale.Reader, s text.State) string { return r.T("said.state." + string(s)) }

func state(r locale.Reader, s text.State) string {
	return locale.Capital(stated(r, s))
}

// kinds are how a state looks; its word says what it is.
var kinds = map[text.State]parts.BadgeKind{
	text.Source: parts.Active, text.Good: parts.Good, text.InWork: parts.Neutral, text.Machine: parts.Neutral,
	text.OutOfDate: parts.Waiting, text.Missing: parts.Neutral,
}

func shown(spans []text.Span, own text.Op) string {
	var all strings.Builder
	for _, s := range spans {
		if s.Op == text.Same || s.Op == own {
			all.WriteString(s.Text)
		}
	}
	return all.String()
}
