package org

import (
	"slices"
	"strings"

	"example.org/tandem/internal/problem"
)

// FocusAreas are what a partnership can be about: the topics of lessons. The words for both are in locales/.
var FocusAreas = []string{"covid19", "delivery", "first-aid", "helpline", "online", "ppe", "pss", "training", "volunteers", "youth"}

func checkFocus(c *problem.Check, focus []string) {
	for i, f := range focus {
		if !c.That(slices.Contains(FocusAreas, f) && !slices.Contains(focus[:i], f), "focus", "error.choice") {
			return
		}
	}
}

// split reads a column that holds several keys or IDs.
func split(column string) []string {
	return strings.FieldsFunc(column, func(r rune) bool { return r == ',' })
}
