// Package org knows the societies, their units, the people in them, and the partnerships in which units of several
// societies work together. All names are texts: each can be there in four languages.
package org

import (
	"example.org/tandem/internal/database"
)

// Store keeps societies, units, people, memberships and partnerships.
type Store struct{ db *database.DB }

// New gives a store on a database that is migrated.
func New(db *database.DB) *Store { return &Store{db} }
