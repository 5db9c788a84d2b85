package room

import (
	"strings"
	"unicode/utf8"

	"example.org/tandem/internal/problem"
)

// Limits of a way in by telephone, in characters.
const (
	MaxNumber = 40
	MaxPIN    = 20
)

// Phone is the way in by telephone, for whom no line carries sound and picture. It has been made elsewhere, like a link.
type Phone struct {
	Number string // as people write it: "+45 70 12 34 56"; "" for none
	PIN    string // to dial after it; may be empty
}

// Check refuses what cannot be dialled. The names are those of the form's fields.
func (p Phone) Check(c *problem.Check) {
	good := func(text, allowed string, most int) bool {
		return utf8.RuneCountInString(text) <= most && strings.Trim(text, allowed) == ""
	}
	number := p.Number == "" || len(p.digits()) >= 3 && good(p.Number, "0123456789 ()/.-–\u00a0+", MaxNumber) && strings.LastIndex(p.Number, "+") <= 0
	c.That(number, "dial-number", "room.problem.number", problem.Values{"Limit": MaxNumber})
	if !c.That(p.PIN == "" || good(p.PIN, "0123456789 *#\u00a0", MaxPIN), "dial-pin", "room.problem.pin", problem.Values{"Limit": MaxPIN}) {
		return
	}
	c.That(p.PIN == "" || p.Number != "", "dial-number", "room.problem.pin-alone")
}

// Dial is the number as a link that a telephone dials (RFC 3966 §5.1.1: digits, and a plus before them).
func (p Phone) Dial() string {
	if strings.HasPrefix(p.Number, "+") {
		return "tel:+" + p.digits()
	}
	return "tel:" + p.digits()
}

func (p Phone) digits() string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, p.Number)
}
