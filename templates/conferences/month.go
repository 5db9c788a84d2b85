package conferences

import (
	"time"

	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/locale"
	"example.org/tandem/templates/layout"
)

// Month is a month of the reader's own conferences.
type Month struct {
	layout.Page
	First   time.Time // midnight of its first day, by the reader's clock
	MayPlan bool
	Weeks   []Week
}

// Week is a week from Monday to Sunday.
type Week struct {
	Number string
	Days   []MonthDay
}

// MonthDay is one square of the month.
type MonthDay struct {
	At          time.Time // midnight by the reader's clock
	Other       bool      // it belongs to the month before or after
	Today       bool
	Off         []Warning // why a side is not at work; nothing is said of weekends
	Weekend     bool      // everybody's
	Conferences []conference.Dated
}

// Span is from the Monday on which the first week of a month begins to the one after its last.
func Span(first time.Time) (from, until time.Time) {
	from = first.AddDate(0, 0, -((int(first.Weekday()) + 6) % 7))
	last := first.AddDate(0, 1, -1)
	return from, last.AddDate(0, 0, 7-(int(last.Weekday())+6)%7)
}

// Weeks puts conferences into the squares of a month.
func Weeks(r locale.Reader, days calendar.Days, first time.Time, list []conference.Dated) (weeks []Week) {
	from, until := Span(first)
	today := r.Now.In(r.Zone).Format(time.DateOnly)
	for at := from; at.Before(until); at = at.AddDate(0, 0, 1) {
		if at.Weekday() == time.Monday {
			weeks = append(weeks, Week{Number: r.Week(at)})
		}
		noon := at.Add(12 * time.Hour)
		day := MonthDay{At: at, Other: at.Month() != first.Month(), Today: at.Format(time.DateOnly) == today}
		day.Weekend = at.Weekday() == time.Saturday || at.Weekday() == time.Sunday
		if there := there(days, noon); !weekend(there) {
			day.Off = off(r, there)
		}
		for _, c := range list {
			if c.StartsAt.In(r.Zone).Format(time.DateOnly) == at.Format(time.DateOnly) {
				day.Conferences = append(day.Conferences, c)
			}
		}
		week := &weeks[len(weeks)-1]
		week.Days = append(week.Days, day)
	}
	return weeks
}

// weekend tells that both sides are away for no other reason.
func weekend(there []calendar.Day) bool {
	for _, d := range there {
		if d.Kind != calendar.Weekend {
			return false
		}
	}
	return true
}

// bare tells whether there is nothing on a day: a phone leaves it out.
func (d MonthDay) bare() bool { return len(d.Conferences)+len(d.Off) == 0 || d.Other }

func (p Month) address(months int) string {
	return "/conferences/calendar?month=" + p.First.AddDate(0, months, 0).Format("2006-01")
}

// empty tells whether the month itself has no conference.
func (p Month) empty() bool {
	for _, w := range p.Weeks {
		for _, d := range w.Days {
			if !d.Other && len(d.Conferences) > 0 {
				return false
			}
		}
	}
	return true
}
