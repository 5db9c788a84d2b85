package conferences

import (
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

// sides are the two clocks with the country whose holidays are kept there.
var sides = []struct {
	zone    *time.Location
	country string
}{{locale.Minsk, "BY"}, {locale.Copenhagen, "DK"}}

// Note looks at a time from both sides.
func Note(r locale.Reader, at time.Time, length time.Duration) SlotNote {
	note := SlotNote{At: at, Length: length, Warnings: Warnings(r, at, length)}
	if r.Language != locale.Danish {
		note.Week = r.Week(at)
	}
	return note
}

// Warnings are the reasons to think twice about a time.
func Warnings(r locale.Reader, at time.Time, length time.Duration) []string {
	var list []string
	if day := at.In(r.Zone).Weekday(); day == time.Saturday || day == time.Sunday {
		list = append(list, r.T("conferences.slot.weekend"))
	}
	for _, side := range sides {
		for _, h := range calendar.HolidaysOn(at.In(side.zone).Format(time.DateOnly), side.country) {
			list = append(list, holiday(r, h))
		}
	}
	for _, side := range sides {
		if outside(at.In(side.zone), length) {
			list = append(list, r.T("conferences.slot.hours", locale.V{"Place": r.Place(side.zone), "Time": r.TimeRange(at, at.Add(length), side.zone)}))
		}
	}
	return list
}

// Odd tells whether there is any such reason.
func Odd(at time.Time, length time.Duration) bool {
	for _, side := range sides {
		there := at.In(side.zone)
		if day := there.Weekday(); day == time.Saturday || day == time.Sunday || outside(there, length) {
			return true
		}
		if len(calendar.HolidaysOn(there.Format(time.DateOnly), side.country)) > 0 {
			return true
		}
	}
	return false
}

// words: country.BY country.DK
func holiday(r locale.Reader, h calendar.Holiday) string {
	values := locale.V{"Country": r.T("country." + h.Country), "Name": h.Name(r.Language)}
	if h.Public {
		return r.T("conferences.slot.holiday", values)
	}
	return r.T("conferences.slot.closed", values)
}

// outside tells whether a meeting begins before or ends after the hours at which offices are open.
func outside(at time.Time, length time.Duration) bool {
	opens := time.Date(at.Year(), at.Month(), at.Day(), officeOpens, 0, 0, 0, at.Location())
	closes := time.Date(at.Year(), at.Month(), at.Day(), officeCloses, 0, 0, 0, at.Location())
	return at.Before(opens) || at.Add(length).After(closes)
}
