// Package action keeps joint action items: what two societies have decided to do, until when, and for every unit involved
// one part of it. An item is done when every part is.
package action

import (
	"slices"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/text"
)

// Store keeps action items.
type Store struct{ db *database.DB }

// New gives the store on an open database.
func New(db *database.DB) *Store { return &Store{db} }

// State of one part.
type State string

const (
	Open       State = "open" // not begun
	InProgress State = "inProgress"
	Blocked    State = "blocked"
	Done       State = "done"
	Dropped    State = "dropped"
)

// States are all of them, in the order in which a part mostly goes through them.
var States = []State{Open, InProgress, Blocked, Done, Dropped}

// Ended tells whether nothing more will happen.
func (s State) Ended() bool { return s == Done || s == Dropped }

// Priority of an item.
type Priority string

const (
	High   Priority = "high"
	Normal Priority = "normal"
	Low    Priority = "low"
)

// Priorities are all of them, the most urgent first.
var Priorities = []Priority{High, Normal, Low}

// Action is one joint action item.
type Action struct {
	ID, PartnershipID                      string
	ConferenceID, DecisionID, AgendaItemID string // where it comes from, if anywhere
	Title                                  text.Text
	DueOn                                  string // calendar day
	Priority                               Priority
	BallUnitID                             string    // the unit whose move it is; "" for nobody's
	ClosedAt                               time.Time // zero while a part is unfinished
	Parts                                  []Part
	Notes                                  []Note        // only with Find
	Units                                  []access.Unit // of the partnership; only with Find
	Version                                int
}

// Part is what one unit does.
type Part struct {
	ID, ActionID, UnitID string
	PersonID             string // responsible; "" for nobody yet
	State                State
	EndedAt              time.Time
	Version              int
}

// Note says how far somebody has come.
type Note struct {
	ID, PersonID string
	At           time.Time
	Text         text.Text
}

// Closed tells whether every part is done or dropped.
func (a Action) Closed() bool { return !a.ClosedAt.IsZero() }

// State of the whole: the furthest behind of what is going on. An item of which every part was dropped is dropped.
func (a Action) State() State {
	has := func(s State) bool { return slices.ContainsFunc(a.Parts, func(p Part) bool { return p.State == s }) }
	switch {
	case a.Closed() && has(Done):
		return Done
	case a.Closed():
		return Dropped
	case has(Blocked):
		return Blocked
	case has(InProgress), has(Done):
		return InProgress
	}
	return Open
}

// Part finds one of the item's parts.
func (a Action) Part(id string) (Part, bool) {
	i := slices.IndexFunc(a.Parts, func(p Part) bool { return p.ID == id })
	if i < 0 {
		return Part{}, false
	}
	return a.Parts[i], true
}

func (a Action) partOf(unitID string) (Part, bool) {
	i := slices.IndexFunc(a.Parts, func(p Part) bool { return p.UnitID == unitID })
	if i < 0 {
		return Part{}, false
	}
	return a.Parts[i], true
}

// May tells whether a person may do something with an item that was found for them.
func (a Action) May(who access.Actor, d access.Deed) bool { return access.Can(who, d, a.Case()) }

// MayWork tells whether a person may say where a part stands.
func (a Action) MayWork(who access.Actor, p Part) bool {
	return access.Can(who, access.WorkOnPart, a.PartCase(p))
}

// MayPass tells whether a person may give the ball to another unit: who plans the item, or works for whoever has it.
func (a Action) MayPass(who access.Actor) bool {
	p, there := a.partOf(a.BallUnitID)
	return there && a.MayWork(who, p) || a.May(who, access.PlanAction)
}

// Case is what the policy needs to know of the item.
func (a Action) Case() access.Case { return access.Case{Units: a.Units} }

// PartCase is what the policy needs to know of one part.
func (a Action) PartCase(p Part) access.Case {
	c := access.Case{Units: a.Units, Person: p.PersonID}
	if i := slices.IndexFunc(a.Units, func(u access.Unit) bool { return u.ID == p.UnitID }); i >= 0 {
		c.Owner = &a.Units[i]
	}
	return c
}
