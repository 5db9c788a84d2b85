package conferences

import (
	"slices"
	"strings"
	"time"

	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/locale"
)

// Grid is one week or two of hours at which a conference can begin, for somebody who looks for a time.
type Grid struct {
	Anchor, Other *time.Location // the clock that times are meant by, and the other side's
	From          time.Time      // its first Monday, midnight in Anchor
	Two           bool           // two weeks
	Long          bool           // early and late hours too
	Weeks         []GridWeek
	Earlier       string // the Monday before, YYYY-MM-DD; "" where all of it is over
	Later         string
}

// GridWeek is a week from Monday to Sunday.
type GridWeek struct {
	Number string
	Months string // the month it is in, or both
	Days   []GridDay
}

// GridDay is one day of it, by the anchor's clock.
type GridDay struct {
	On    string    // YYYY-MM-DD
	Date  time.Time // its midnight
	Off   []Warning // why a side is not at work
	Free  bool      // both sides are away, or it is a weekend
	Taken []conference.Dated
	Hours []GridHour // none on a day that is over
}

// GridHour is an hour to begin at.
type GridHour struct {
	Local       string // wall time in the anchor zone, calendar.WallLayout; "" for one that is over
	Here, There string // both clocks
	Picked      bool
	Out         int  // how many sides are outside their office hours
	Busy        bool // a conference of the partnership is at that time
}

// GridWish is what a grid is asked to show.
type GridWish struct {
	Anchor    *time.Location
	From      time.Time // any moment of the first week
	Two, Long bool
	Length    time.Duration // of the conference that is being planned
	Picked    []string      // wall times
}

const (
	earliest, latest = 6, 22 // hours that are offered to those who ask for early and late ones
	horizon          = 2     // years ahead that the grid goes
)

// Monday is midnight of the Monday of a moment's week, by its own clock.
func Monday(at time.Time) time.Time {
	return time.Date(at.Year(), at.Month(), at.Day()-(int(at.Weekday())+6)%7, 0, 0, 0, 0, at.Location())
}

// Span are the first and the last moment that it shows.
func (w GridWish) Span() (from, until time.Time) {
	from, weeks := Monday(w.From.In(w.Anchor)), 1
	if w.Two {
		weeks = 2
	}
	return from, from.AddDate(0, 0, 7*weeks)
}

// NewGrid lays the hours out, with what is known of each day.
func NewGrid(r locale.Reader, days calendar.Days, w GridWish, taken []conference.Dated) Grid {
	from, until := w.Span()
	g := Grid{Anchor: w.Anchor, Other: sides[0].zone, From: from, Two: w.Two, Long: w.Long}
	if g.Other == w.Anchor {
		g.Other = sides[1].zone
	}
	if step := until.Sub(from); Monday(r.Now.In(w.Anchor)).Before(from) {
		g.Earlier = from.Add(-step + 12*time.Hour).Format(time.DateOnly) // noon: a week with a change of clocks is not 168 hours
	}
	if until.Before(r.Now.AddDate(horizon, 0, 0)) {
		g.Later = until.Format(time.DateOnly)
	}
	hours := w.hours(from, until)
	for at := from; at.Before(until); at = at.AddDate(0, 0, 1) {
		if at.Weekday() == time.Monday {
			g.Weeks = append(g.Weeks, GridWeek{Number: r.Week(at.Add(12 * time.Hour)), Months: months(r, at)})
		}
		week := &g.Weeks[len(g.Weeks)-1]
		week.Days = append(week.Days, g.day(r, days, w, at, hours, taken))
	}
	return g
}

// months are the names of those that a week has days of.
func months(r locale.Reader, monday time.Time) string {
	first, last := r.Month(monday), r.Month(monday.AddDate(0, 0, 6))
	if first == last {
		return first
	}
	return first + " – " + last
}

// hours are those at which an office of either side is open on one of the days: on both sides of a change of clocks the same.
func (w GridWish) hours(from, until time.Time) (list []int) {
	for hour := earliest; hour < latest; hour++ {
		open := w.Long
		for at := from; at.Before(until) && !open; at = at.AddDate(0, 0, 1) {
			begin := time.Date(at.Year(), at.Month(), at.Day(), hour, 0, 0, 0, w.Anchor)
			open = out(begin, time.Hour) < len(sides)
		}
		if open {
			list = append(list, hour)
		}
	}
	return list
}

func (g Grid) day(r locale.Reader, days calendar.Days, w GridWish, at time.Time, hours []int, taken []conference.Dated) GridDay {
	noon := at.Add(12 * time.Hour)
	there := there(days, noon)
	day := GridDay{On: at.Format(time.DateOnly), Date: at, Free: !slices.ContainsFunc(there, func(d calendar.Day) bool { return d.Kind == calendar.Working })}
	if !weekend(there) {
		day.Off = off(r, there)
	}
	for _, c := range taken {
		if c.StartsAt.In(g.Anchor).Format(time.DateOnly) == day.On {
			day.Taken = append(day.Taken, c)
		}
	}
	if !at.AddDate(0, 0, 1).After(r.Now) {
		return day
	}
	for _, hour := range hours {
		begin := time.Date(at.Year(), at.Month(), at.Day(), hour, 0, 0, 0, g.Anchor)
		day.Hours = append(day.Hours, g.hour(r, w, begin, taken))
	}
	return day
}

func (g Grid) hour(r locale.Reader, w GridWish, at time.Time, taken []conference.Dated) GridHour {
	h := GridHour{Here: r.TimeIn(at, g.Anchor), There: r.TimeIn(at, g.Other), Out: out(at, w.Length)}
	h.Busy = slices.ContainsFunc(taken, func(c conference.Dated) bool {
		return at.Before(c.StartsAt.Add(c.Length)) && c.StartsAt.Before(at.Add(w.Length))
	})
	if at.After(r.Now) {
		h.Local = calendar.Wall(at, g.Anchor)
		h.Picked = slices.Contains(w.Picked, h.Local)
	}
	return h
}

// out is how many sides are asked outside their office hours.
func out(at time.Time, length time.Duration) (n int) {
	for _, s := range sides {
		if outside(at.In(s.zone), length) {
			n++
		}
	}
	return n
}

// described are the IDs of the legend's lines that hold for an hour.
func (h GridHour) described() string {
	var ids []string
	switch {
	case h.Out == len(sides):
		ids = append(ids, "grid-out-both")
	case h.Out > 0:
		ids = append(ids, "grid-out-one")
	}
	if h.Busy {
		ids = append(ids, "grid-busy")
	}
	return strings.Join(ids, " ")
}

// over tells whether nothing of a day is left to choose from, or ever was.
func (d GridDay) over() bool { return len(d.Hours) == 0 }
