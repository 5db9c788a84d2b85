package org

import (
	"slices"
	"strings"
	"time"

	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Name is what somebody or something is called, in one language or several: first as it was typed, then translations that
// a person has checked.
type Name []text.Draft

// check looks at every language of a name that must be there.
func (n Name) check(c *problem.Check, field string) {
	if len(n) == 0 {
		c.Add(field, "error.required")
	}
	for _, d := range n {
		d.CheckLine(c, field)
	}
}

// checkBody looks at a longer text, which may be missing.
func (n Name) checkBody(c *problem.Check, field string) {
	for _, d := range n {
		d.CheckBody(c, field)
	}
}

// isZone tells whether a name is in the IANA time zone database. "Local" would mean whatever machine this runs on.
func isZone(name string) bool {
	_, err := time.LoadLocation(name)
	return err == nil && name != "" && name != "Local"
}

func isLanguage(l locale.Language) bool { return slices.Contains(locale.All, l) }

// isEmail is loose on purpose: only sending a mail shows whether an address is right.
func isEmail(address string) bool {
	at := strings.LastIndexByte(address, '@')
	foreign := strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune("<>,;", r) })
	return at > 0 && at < len(address)-1 && len(address) <= 254 && !foreign
}

func isDay(on string) bool {
	_, err := time.Parse(time.DateOnly, on)
	return err == nil
}
