// Package invitations is the page behind the link of an invitation: who invites to what, and how to accept.
package invitations

import (
	"time"

	"example.org/tandem/internal/text"
	"example.org/tandem/templates/layout"
)

// Page is an invitation as whoever holds its link sees it.
type Page struct {
	layout.Page
	Action  string // of its forms: the page itself
	Unit    text.Text
	Society text.Text // whose unit it is; empty where the unit is the society
	Role    string    // staff, coordinator, administrator
	EndsAt  time.Time
	// Providers are where it can be accepted, those of that society first.
	Providers []Provider
}

// Provider is one place to sign in at.
type Provider struct{ ID, Name string }

// Gone is the page of a link that opens nothing, or nothing any more.
type Gone struct{ layout.Page }
