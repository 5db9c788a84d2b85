package calendar

import (
	"bytes"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// writer puts content lines together (RFC 5545 §3.1).
type writer struct{ bytes.Buffer }

// widest is how many octets a line may have, its end not counted.
const widest = 75

// line writes NAME:VALUE, folded where it is too long. A fold never falls inside a character: programmes that unfold
// after decoding would break it.
func (w *writer) line(name, value string) {
	rest, width := strings.ToValidUTF8(name+":"+value, "\uFFFD"), widest
	for len(rest) > width {
		cut := width
		for !utf8.RuneStart(rest[cut]) {
			cut--
		}
		w.WriteString(rest[:cut] + "\r\n ")
		rest, width = rest[cut:], widest-1 // the space that marks the continuation counts
	}
	w.WriteString(rest + "\r\n")
}

// text writes a property that people read; an empty one is left out.
func (w *writer) text(name, value string) {
	if value != "" {
		w.line(name, escape(value))
	}
}

const localLayout = "20060102T150405"

// time writes a wall time in its zone. The second of the two hours that a change of clocks repeats has no such form:
// it is written in UTC.
func (w *writer) time(name string, at time.Time, zone string) {
	place, err := findZone(zone)
	if err == nil {
		if back, err := Instant(Wall(at, place), zone); err == nil && back.Equal(at.Truncate(time.Minute)) {
			w.line(name+";TZID="+zone, at.In(place).Format(localLayout))
			return
		}
	}
	w.line(name, utc(at))
}

func utc(at time.Time) string { return at.UTC().Format(localLayout + "Z") }

var escapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`)

// escape writes a text value (RFC 5545 §3.3.11). Control characters, which may not occur in one, are dropped.
func escape(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return escapes.Replace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s))
}

// quote writes a parameter's value. There is no way to write a quotation mark that all programmes read (RFC 6868 is
// little known), so it becomes an apostrophe.
func quote(s string) string { return `"` + strings.ReplaceAll(oneLine(s), `"`, "'") + `"` }

// oneLine keeps a value from ending its line and beginning one of its own.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
}
