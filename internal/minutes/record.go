package minutes

import (
	"time"

	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
)

// Record is one conference's minutes in all languages at once: put together anew each time they are read, and from the
// moment that both societies have agreed kept as they were. Frozen minutes are read by the names of these fields: they may
// be added to, never renamed.
//
// People stand in it by their IDs: who leaves Tandem and has their name deleted is not to be found in old minutes either.
type Record struct {
	ConferenceID string            `json:"conference"`
	Title        Passage           `json:"title"`
	Purpose      Passage           `json:"purpose"`
	StartsAt     time.Time         `json:"startsAt"`
	Minutes      int               `json:"minutes"` // planned length
	Spoken       []locale.Language `json:"spoken"`
	Interpreted  []Direction       `json:"interpreted,omitempty"`
	ModeratorID  string            `json:"moderator,omitempty"`
	TakerID      string            `json:"taker,omitempty"` // of the minutes
	Sides        []Side            `json:"sides"`
	Items        []Item            `json:"items"`
	Decisions    []Decision        `json:"decisions,omitempty"` // that belong to no item
	Actions      []Action          `json:"actions,omitempty"`   // that belong to no item
	Agreements   []Signature       `json:"agreements,omitempty"`
}

// Direction is one in which somebody interpreted.
type Direction struct {
	From locale.Language `json:"from"`
	To   locale.Language `json:"to"`
}

// Side is one society and those who took part for it.
type Side struct {
	SocietyID string     `json:"society"`
	Name      Passage    `json:"name"`
	People    []Attendee `json:"people"`
	Others    []Other    `json:"others,omitempty"`
}

// Attendee is somebody who took part.
type Attendee struct {
	PersonID string  `json:"person"`
	Unit     Passage `json:"unit"`
}

// Other is somebody who took part of whom Tandem knows no more than a line that was typed: a role, a place.
type Other struct {
	ID       string          `json:"id"`
	Line     string          `json:"line"`
	Language locale.Language `json:"language"`
}

// Item is one item of the agenda with what came of it.
type Item struct {
	ID          string     `json:"id"`
	Kind        string     `json:"kind"`
	Topic       Passage    `json:"topic"`
	StartsAt    time.Time  `json:"startsAt"`
	Minutes     int        `json:"minutes"`
	PresenterID string     `json:"presenter,omitempty"`
	Notes       Passage    `json:"notes"`
	Decisions   []Decision `json:"decisions,omitempty"`
	Actions     []Action   `json:"actions,omitempty"`
}

// Decision is one sentence that both sides stand by.
type Decision struct {
	ID    string  `json:"id"`
	Label string  `json:"label"` // 2020/003
	Text  Passage `json:"text"`
}

// Action is an action item as it was when the minutes were read.
type Action struct {
	ID    string  `json:"id"`
	Title Passage `json:"title"`
	DueOn string  `json:"dueOn"`
	Parts []Part  `json:"parts"`
}

// Part is one unit's share of an action item.
type Part struct {
	UnitID   string  `json:"unit"`
	Unit     Passage `json:"name"`
	PersonID string  `json:"person,omitempty"` // responsible
	State    string  `json:"state"`
}

// Signature is one society's agreement.
type Signature struct {
	SocietyID   string            `json:"society"`
	PersonID    string            `json:"person"`
	Languages   []locale.Language `json:"languages"`
	At          time.Time         `json:"at"`
	Reservation Passage           `json:"reservation,omitempty"`
}

// Passage is a text with all its languages.
type Passage []Paragraph

// Paragraph is one block of a passage.
type Paragraph struct {
	ID      string                      `json:"id"`
	Kind    text.Kind                   `json:"kind"`
	Meaning int                         `json:"meaning"`
	Origin  locale.Language             `json:"origin"`
	In      map[locale.Language]Version `json:"in"`
}

// Version is a paragraph in one language.
type Version struct {
	Body    string   `json:"body"`
	Meaning int      `json:"meaning"`
	How     text.How `json:"how"`
}

// Of takes from a text what minutes need of it.
func Of(t text.Text) Passage {
	passage := make(Passage, len(t.Paragraphs))
	for i, p := range t.Paragraphs {
		in := map[locale.Language]Version{}
		for l, v := range p.Versions {
			in[l] = Version{v.Body, v.Meaning, v.How}
		}
		passage[i] = Paragraph{p.ID, p.Kind, p.Meaning, p.Origin, in}
	}
	return passage
}

// Text gives the passage to a reader: their language, else one that they read, else the original.
func (passage Passage) Text() text.Text {
	t := text.Text{Paragraphs: make([]text.Paragraph, len(passage))}
	for i, p := range passage {
		versions := map[locale.Language]text.Revision{}
		for l, v := range p.In {
			versions[l] = text.Revision{Language: l, Meaning: v.Meaning, Body: v.Body, How: v.How}
		}
		t.Paragraphs[i] = text.Paragraph{ID: p.ID, Kind: p.Kind, Meaning: p.Meaning, Origin: p.Origin, Versions: versions}
	}
	return t
}

// People are the IDs of everybody who is named in the minutes.
func (r Record) People() []string {
	ids := []string{r.ModeratorID, r.TakerID}
	for _, side := range r.Sides {
		for _, p := range side.People {
			ids = append(ids, p.PersonID)
		}
	}
	for _, item := range r.Items {
		ids = append(ids, item.PresenterID)
	}
	for _, a := range r.AllActions() {
		for _, part := range a.Parts {
			ids = append(ids, part.PersonID)
		}
	}
	for _, s := range r.Agreements {
		ids = append(ids, s.PersonID)
	}
	return ids
}

// AllDecisions are those of all items, then those of none.
func (r Record) AllDecisions() []Decision {
	var all []Decision
	for _, item := range r.Items {
		all = append(all, item.Decisions...)
	}
	return append(all, r.Decisions...)
}

// AllActions are those of all items, then those of none.
func (r Record) AllActions() []Action {
	var all []Action
	for _, item := range r.Items {
		all = append(all, item.Actions...)
	}
	return append(all, r.Actions...)
}
