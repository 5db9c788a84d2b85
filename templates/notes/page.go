// Package notes is the page on which a conference is written down while it goes on.
package notes

import (
	"time"

	"example.org/tandem/internal/decision"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
	"example.org/tandem/templates/layout"
	"example.org/tandem/templates/parts"
)

// Page is agenda and room on one side, the notes of each item on the other.
type Page struct {
	layout.Page
	ConferenceID string
	Conference   text.Said // its title
	StartsAt     time.Time // zero: no time yet
	Length       time.Duration
	Room         string // link; "" for none
	Writer       string // ID of who writes: their copies in a shared browser are kept apart
	Language     locale.Language
	MayWrite     bool
	MayRecord    bool
	MayPlan      bool
	Closed       string // why nothing can be written any more, said
	Form         parts.Form
	Items        []Item
}

// Item is one item of the agenda with what has been written and decided under it.
type Item struct {
	ID        string
	Topic     text.Said
	StartsAt  time.Time
	Minutes   int
	Presenter text.Said
	Read      []text.Said // paragraphs that the writer's field does not hold
	Text      text.Text   // all languages of the notes
	Body      string      // what the field holds
	Version   int         // of the text that Body was begun from
	Unsaved   bool        // Body came back with the page: it is not saved
	Clash     *Clash
	Decisions []decision.Decision
	Actions   []Action
	Recording *Recording // the form for an action item is open here
}

// Action is an action item in a line.
type Action struct {
	ID    string
	Title text.Said
	DueOn string
}

// Recording is the short form for an action item: for each unit, who is responsible there.
type Recording struct {
	Units []parts.FieldView
}

// Clash is what two people made of the same paragraphs.
type Clash struct {
	ItemID  string
	Version int // that the choice is made from
	Lang    locale.Language
	Chunks  []Chunk
}

// Chunk is a run of paragraphs. Where it is settled, both texts are the same.
type Chunk struct {
	Mine, Theirs string
	Differs      []text.Span // from theirs to mine; nil where it is settled
	Number       int         // among those that a person has to choose for
	Choice       string      // mine, theirs, both
}

// ClashOf makes a clash presentable. Both texts stay unless somebody chooses otherwise.
func ClashOf(itemID string, l locale.Language, c *text.Clash) *Clash {
	shown := &Clash{ItemID: itemID, Version: c.Version, Lang: l}
	number := 0
	for _, chunk := range c.Chunks {
		one := Chunk{Mine: text.Join(chunk.Mine), Theirs: text.Join(chunk.Theirs)}
		if chunk.Clash {
			number++
			one.Differs, one.Number, one.Choice = text.Words(one.Theirs, one.Mine), number, "both"
		}
		shown.Chunks = append(shown.Chunks, one)
	}
	return shown
}

func (p Page) path() string { return "/conferences/" + p.ConferenceID + "/notes" }

func (p Page) writes() bool { return p.MayWrite && p.Closed == "" }

func (p Page) records() bool { return p.MayRecord && p.Closed == "" }

// label of every text area.
func (p Page) label() string {
	return p.Reader.T("notes.field", locale.V{"Language": p.Reader.LanguageName(p.Language)})
}
