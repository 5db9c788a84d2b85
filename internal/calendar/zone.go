package calendar

import (
	"fmt"
	"time"
)

// zones describes every zone that the entries name, each once, over the time from the first entry to the last.
func (w *writer) zones(entries []Entry) error {
	var names []string
	spans := map[string][2]time.Time{}
	for _, e := range entries {
		start, end := e.span()
		for _, name := range e.zones() {
			span, seen := spans[name]
			if !seen {
				names, span = append(names, name), [2]time.Time{start, end}
			}
			if start.Before(span[0]) {
				span[0] = start
			}
			if end.After(span[1]) {
				span[1] = end
			}
			spans[name] = span
		}
	}
	for _, name := range names {
		zone, err := findZone(name)
		if err != nil {
			return fmt.Errorf("zone %q: %w", name, err)
		}
		w.zone(zone, spans[name][0], spans[name][1])
	}
	return nil
}

// zone writes a VTIMEZONE (RFC 5545 §3.6.5): what held when the span began, every change of clocks in it, and the next
// one after it. The changes are those of the zone data this program was built with, not a rule that a law may end.
func (w *writer) zone(zone *time.Location, from, to time.Time) {
	w.line("BEGIN", "VTIMEZONE")
	w.line("TZID", zone.String())
	at := from.In(zone)
	for begin, end := at.ZoneBounds(); ; begin, end = at.ZoneBounds() {
		w.observance(at, begin)
		for !end.IsZero() && same(end, end.Add(-time.Second)) {
			_, end = end.ZoneBounds()
		}
		if end.IsZero() || begin.After(to) {
			break
		}
		at = end
	}
	w.line("END", "VTIMEZONE")
}

// same tells that no clock was touched between two instants: zone data made for 32 bits begin anew in 2038.
func same(a, b time.Time) bool {
	nameA, offsetA := a.Zone()
	nameB, offsetB := b.Zone()
	return nameA == nameB && offsetA == offsetB && a.IsDST() == b.IsDST()
}

// observance writes the stretch of time around an instant in which a zone's clocks are not changed. It begins by the
// clocks of the stretch before it.
func (w *writer) observance(at, begin time.Time) {
	name, offset := at.Zone()
	before, start := offset, "19700101T000000"
	if !begin.IsZero() {
		_, before = begin.Add(-time.Second).In(at.Location()).Zone()
		start = begin.In(time.FixedZone("", before)).Format(localLayout)
	}
	kind := "STANDARD"
	if at.IsDST() {
		kind = "DAYLIGHT"
	}
	w.line("BEGIN", kind)
	w.line("DTSTART", start)
	w.line("TZOFFSETFROM", utcOffset(before))
	w.line("TZOFFSETTO", utcOffset(offset))
	w.line("TZNAME", escape(name))
	w.line("END", kind)
}

// utcOffset writes +0300. Seconds, as local mean times of the 19th century have them, are written only then.
func utcOffset(seconds int) string {
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	text := fmt.Sprintf("%c%02d%02d", sign, seconds/3600, seconds/60%60)
	if seconds%60 != 0 {
		text += fmt.Sprintf("%02d", seconds%60)
	}
	return text
}
