// Package organisations shows the societies and their units as trees.
package organisations

import (
	"example.org/tandem/internal/org"
	"example.org/tandem/templates/layout"
)

// Page is the trees of all societies.
type Page struct {
	layout.Page
	Societies []Branch
}

// Branch is a unit with those right below it.
type Branch struct {
	org.Unit
	Own   bool // the reader belongs to it
	Below []Branch
}
