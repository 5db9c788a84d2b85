package conferences

import (
	"slices"
	"time"

	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
)

// SlotNote says what a time means on both sides.
type SlotNote struct {
	Name     string // "1st time"; "" where there is but one
	At       time.Time
	Length   time.Duration
	Week     string // where the date does not tell it already
	Warnings []Warning
}

// Warning is a reason to think twice about a time: a weekend, a holiday by its name, an hour at which nobody is at work.
type Warning struct {
	Text string
	Name text.Said // what a day is called that was entered: not always in the language of the sentence
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
func Warnings(r locale.Reader, days calendar.Days, at time.Time, length time.Duration) []Warning {
	list := off(r, there(days, at))
	for _, side := range sides {
		if outside(at.In(side.zone), length) {
			said := r.T("conferences.slot.hours", locale.V{"Place": r.Place(side.zone), "Time": r.TimeRange(at, at.Add(length), side.zone)})
			list = append(list, Warning{Text: said})
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
func off(r locale.Reader, there []calendar.Day) (list []Warning) {
	if !slices.ContainsFunc(there, func(d calendar.Day) bool { return d.Kind != calendar.Weekend }) {
		return []Warning{{Text: r.T("conferences.slot.weekend")}}
	}
	for _, d := range there {
		country := r.T("country." + d.Country) // words: country.BY country.DK
		switch {
		case d.Kind == calendar.Working:
		case d.Kind == calendar.Weekend:
			list = append(list, Warning{Text: r.T("conferences.slot.weekend.in", locale.V{"Country": country})})
		case d.Special != nil:
			list = append(list, Warning{r.T("conferences.slot.off", locale.V{"Country": country}), d.Special.Name.Line(r.Reads)})
		default:
			list = append(list, holidays(r, country, d)...)
		}
	}
	return list
}

func holidays(r locale.Reader, country string, d calendar.Day) (list []Warning) {
	for _, h := range d.Holidays {
		values := locale.V{"Country": country, "Name": h.Name(r.Language)}
		if h.Public {
			list = append(list, Warning{Text: r.T("conferences.slot.holiday", values)})
		} else {
			list = append(list, Warning{Text: r.T("conferences.slot.closed", values)})
		}
	}
	return list
}

// outside tells whether a meeting begins before or ends after the hours at which offices are open.
func outside(at time.Time, length time.Duration) bool {
	opens := time.Date(at.Year(), at.Month(), at.Day(), officeOpens, 0, 0, 0, at.Location())
	closes := time.Date(at.Year(), at.Month(), at.Day(), officeCloses, 0, 0, 0, at.Location())
	return at.Before(opens) || at.Add(length).After(closes)
}
