// Package text keeps a text in several languages. A text is an ordered list of paragraphs; every paragraph in every
// language is a row of revisions to which one more is added and from which none is ever taken away.
//
// Beside its revisions a paragraph counts its meaning. Writing in the editor of a language moves the meaning on, unless
// the author says that it is unchanged; translating and checking never do. A version that tells an older meaning than the
// paragraph's is out of date. Nothing else decides a state: not dates, not a flag that somebody set. As a translation takes
// over the meaning of the revision it was made from, this holds along any chain: once Russian moves on, Danish made from
// English made from Russian is behind too, and stays so until it is made again from something newer.
package text

import (
	"time"

	"example.org/tandem/internal/locale"
)

// How a revision came about.
type How string

const (
	Written    How = "written"    // in the editor of its language
	Translated How = "translated" // by a person
	ByMachine  How = "machine"
	Checked    How = "checked" // a translation that a person has confirmed
)

// State is where one language of a text stands; it is computed and never typed in.
type State string

const (
	Source    State = "source"
	Good      State = "checked"
	InWork    State = "in-work" // translated by a person, not yet checked
	Machine   State = "machine"
	OutOfDate State = "out-of-date"
	Missing   State = "missing"
)

// Revision is a paragraph in one language as it stood at a time.
type Revision struct {
	Language     locale.Language
	Number       int
	Meaning      int // of the paragraph, that this tells
	Body         string
	How          How
	FromLanguage locale.Language // what a translation was made from
	FromRevision int
	PersonID     string
	At           time.Time
}

// Paragraph is one block of a text, the same in all languages.
type Paragraph struct {
	ID       string
	Kind     Kind
	Meaning  int             // what the origin now says
	Origin   locale.Language // the others follow it
	Versions map[locale.Language]Revision
}

// Text is what someone wrote, with all its languages as they are now.
type Text struct {
	ID         string
	Version    int // what an editor started from; moves on with every save
	Paragraphs []Paragraph
}

// State of one paragraph in a language.
func (p Paragraph) State(l locale.Language) State {
	v, there := p.Versions[l]
	switch {
	case !there:
		return Missing
	case v.Meaning < p.Meaning:
		return OutOfDate
	case p.Origin == l:
		return Source
	case v.How == ByMachine:
		return Machine
	case v.How == Translated:
		return InWork
	}
	return Good // checked, or written in this language by somebody who meant the same
}

// State of a whole text in a language: the least trustworthy of its paragraphs. A text of which only some paragraphs are
// there is out of date rather than missing.
func (t Text) State(l locale.Language) State {
	found := map[State]int{}
	for _, p := range t.Paragraphs {
		found[p.State(l)]++
	}
	switch {
	case found[Missing] == len(t.Paragraphs):
		return Missing
	case found[OutOfDate]+found[Missing] > 0:
		return OutOfDate
	case found[Machine] > 0:
		return Machine
	case found[InWork] > 0:
		return InWork
	case found[Good] > 0:
		return Good
	}
	return Source
}

// Empty tells whether nothing has been written in any language.
func (t Text) Empty() bool { return len(t.Paragraphs) == 0 }

// Said is one paragraph in the version that a reader gets.
type Said struct {
	Paragraph string // ID
	Kind      Kind
	Body      string
	Language  locale.Language
	State     State
	Own       bool // it is in the reader's own language
}

// For gives the text as a reader gets it: each paragraph in their own language, else in one that they read, else in the
// language that it was written in. The list is theirs, best first.
func (t Text) For(reads []locale.Language) []Said {
	said := make([]Said, len(t.Paragraphs))
	for i, p := range t.Paragraphs {
		said[i] = p.For(reads)
	}
	return said
}

// For picks the version of one paragraph.
func (p Paragraph) For(reads []locale.Language) Said {
	chosen := p.Origin
	for _, l := range reads {
		if _, there := p.Versions[l]; there {
			chosen = l
			break
		}
	}
	own := len(reads) > 0 && chosen == reads[0]
	return Said{Paragraph: p.ID, Kind: p.Kind, Body: p.Versions[chosen].Body, Language: chosen, State: p.State(chosen), Own: own}
}

// Line is a short text (a title, a name) as a reader gets it. An empty text is an empty line.
func (t Text) Line(reads []locale.Language) Said {
	if t.Empty() {
		return Said{Own: true}
	}
	return t.Paragraphs[0].For(reads)
}

// In is the text as the editor of a language shows it: the paragraphs that exist in that language.
func (t Text) In(l locale.Language) string {
	var blocks []Block
	for _, p := range t.Paragraphs {
		if v, there := p.Versions[l]; there {
			blocks = append(blocks, Block{p.Kind, v.Body})
		}
	}
	return Join(blocks)
}

// Languages are those that have anything of the text.
func (t Text) Languages() []locale.Language {
	var have []locale.Language
	for _, l := range locale.All {
		if t.State(l) != Missing {
			have = append(have, l)
		}
	}
	return have
}

// Texts are texts by ID. One that is not there is an empty text.
type Texts map[string]Text
