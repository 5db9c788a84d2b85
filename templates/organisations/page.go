// Package organisations shows the societies and their units as trees.
package organisations

import (
	"example.org/tandem/internal/locale"
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

// words: organisations.level.national organisations.level.secretariat organisations.level.headquarters organisations.level.regional
// words: organisations.level.city organisations.level.district organisations.level.branch organisations.level.primary
func level(r locale.Reader, l org.Level) string { return r.T("organisations.level." + string(l)) }
