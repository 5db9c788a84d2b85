// Package work is what happens to several features at once: a line of notes becomes a decision, two societies agree and
// the minutes are frozen, a conference leads to the next. Each use case opens one transaction and calls every feature in it.
package work

import (
	"example.org/tandem/internal/action"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/decision"
	"example.org/tandem/internal/files"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/minutes"
	"example.org/tandem/internal/org"
)

// Desk is where it all lies side by side.
type Desk struct {
	db *database.DB
	Parts
}

// Parts are the features that are worked on together. Every one is needed.
type Parts struct {
	Conferences *conference.Store
	Decisions   *decision.Store
	Actions     *action.Store
	Minutes     *minutes.Store
	Org         *org.Store
	Lessons     *lesson.Store
	Files       *files.Store
}

// New gives a desk.
func New(db *database.DB, p Parts) *Desk { return &Desk{db, p} }
