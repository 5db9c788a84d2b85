package conferences

import (
	"slices"
	"time"

	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/locale"
)

// SlotNote says what a time means on both sides.
type SlotNote struct {
	Name     string // "1st time"; "" where there is but one
	At       time.Time
	Length   time.Duration
	Week     string   // where the date does not tell it already
	Warnings []string // weekend, holidays by name, hours at which nobody is at work
}

// Office hours: whoever is asked outside them is asked for a favour.
const (
	officeOpens  = 8
	officeCloses = 18
)

// side is a clock with the country whose holidays are kept there.
type side struct {
	zone    *time.Location
	country string
}

var sides = []side{{locale.Minsk, "BY"}, {locale.Copenhagen, "DK"}}

// Note looks at a time from both sides.
func Note(r locale.Reader, days calendar.Days, at time.Time, length time.Duration) SlotNote {
	note := SlotNote{At: at, Length: length, Warnings: Warnings(r, days, at, length)}
	if r.Language != locale.Danish {
		note.Week = r.Week(at)
	}
	return note
}

// Warnings are the reasons to think twice about a time.
func Warnings(r locale.Reader, days calendar.Days, at time.Time, length time.Duration) []string {
	list := off(r, there(days, at))
	for _, side := range sides {
		if outside(at.In(side.zone), length) {
			list = append(list, r.T("conferences.slot.hours", locale.V{"Place": r.Place(side.zone), "Time": r.TimeRange(at, at.Add(length), side.zone)}))
		}
	}
	return list
}

// Odd tells whether there is any such reason.
func Odd(days calendar.Days, at time.Time, length time.Duration) bool {
	return slices.ContainsFunc(there(days, at), func(d calendar.Day) bool { return d.Kind != calendar.Working }) ||
		slices.ContainsFunc(sides, func(s side) bool { return outside(at.In(s.zone), length) })
}

// there is what day it is on each side.
func there(days calendar.Days, at time.Time) []calendar.Day {
	list := make([]calendar.Day, len(sides))
	for i, s := range sides {
		list[i] = days.Of(s.country, at.In(s.zone).Format(time.DateOnly))
	}
	return list
}

// off says on which sides nobody is at work that day, and why. Most weekends are everybody's.
func off(r locale.Reader, there []calendar.Day) (list []string) {
	if !slices.ContainsFunc(there, func(d calendar.Day) bool { return d.Kind != calendar.Weekend }) {
		return []string{r.T("conferences.slot.weekend")}
	}
	for _, d := range there {
		country := r.T("country." + d.Country) // words: country.BY country.DK
		switch d.Kind {
		case calendar.Weekend:
			list = append(list, r.T("conferences.slot.weekend.in", locale.V{"Country": country}))
		case calendar.Off:
			list = append(list, named(r, "conferences.slot.holiday", country, d)...)
		case calendar.Closed:
			list = append(list, named(r, "conferences.slot.closed", country, d)...)
		}
	}
	return list
}

// words: conferences.slot.holiday conferences.slot.closed
func named(r locale.Reader, key, country string, d calendar.Day) (list []string) {
	for _, name := range d.Names(r.Reads) {
		list = append(list, r.T(key, locale.V{"Country": country, "Name": name.Body}))
	}
	return list
}

// outside tells whether a meeting begins before or ends after the hours at which offices are open.
func outside(at time.Time, length time.Duration) bool {
	opens := time.Date(at.Year(), at.Month(), at.Day(), officeOpens, 0, 0, 0, at.Location())
	closes := time.Date(at.Year(), at.Month(), at.Day(), officeCloses, 0, 0, 0, at.Location())
	return at.Before(opens) || at.Add(length).After(closes)
}
