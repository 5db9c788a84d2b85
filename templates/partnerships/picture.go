package partnerships

import (
	"fmt"
	"slices"
	"time"

	"example.org/tandem/internal/locale"
)

// Picture is the timeline as an image. Along it everything stands in per cent, across it in pixels: so it is as wide as the
// page is, and signs and words keep their size.
type Picture struct {
	Height  int
	Lanes   []Lane
	Ticks   []Tick
	Now     float64
	NowEdge bool // so near the right edge that its word stands to the left
}

// Lane is one sort of events.
type Lane struct {
	Sort  Sort
	Y     int // of its line
	Marks []Mark
}

// Mark is one event, or several that would lie on each other.
type Mark struct {
	X      float64
	Events []Event
}

// Tick is the beginning of a month.
type Tick struct {
	X    float64
	At   time.Time
	Year bool // it is said here
}

// Pixels across, and per cent along.
const (
	pictureTop  = 24
	laneHeight  = 44
	axisHeight  = 40
	edge        = 2.5
	touching    = 4.2 // signs closer than this are put together: they still stand apart on a phone
	hiding      = 1.6
	maxTicks    = 4
	nowToTheEnd = 82
)

// picture draws events; there has to be one.
func picture(r locale.Reader, events []Event) Picture {
	today, _ := time.Parse(time.DateOnly, onDay(r, r.Now))
	from, to := span(events, today)
	x := func(at time.Time) float64 {
		return edge + (100-2*edge)*float64(at.Sub(from))/float64(to.Sub(from))
	}
	p := Picture{Height: pictureTop + laneHeight*len(sorts) + axisHeight, Now: x(today), Ticks: ticks(from, to, x)}
	p.NowEdge = p.Now > nowToTheEnd
	for i, s := range sorts {
		lane := Lane{Sort: s, Y: pictureTop + laneHeight*i + laneHeight*3/4}
		for _, e := range events {
			if on, err := time.Parse(time.DateOnly, e.On); err == nil && e.Sort == s {
				lane.add(e, x(on))
			}
		}
		p.Lanes = append(p.Lanes, lane)
	}
	return p
}

// add puts an event into its lane: by itself, or with the one before it where they would touch. Those that look different
// may touch, but not hide each other.
func (l *Lane) add(e Event, x float64) {
	if n := len(l.Marks); n > 0 {
		last := &l.Marks[n-1]
		alike := last.ahead() == e.Ahead && last.late() == e.Late
		if apart := x - last.X; apart < hiding || alike && apart < touching {
			last.Events = append(last.Events, e)
			return
		}
	}
	l.Marks = append(l.Marks, Mark{X: x, Events: []Event{e}})
}

// span is whole months, from that of the first event to that of the last; today is always within.
func span(events []Event, today time.Time) (from, to time.Time) {
	first, last := today, today
	for _, e := range events {
		on, err := time.Parse(time.DateOnly, e.On)
		if err != nil {
			continue
		}
		if on.Before(first) {
			first = on
		}
		if on.After(last) {
			last = on
		}
	}
	month := func(t time.Time, more time.Month) time.Time {
		return time.Date(t.Year(), t.Month()+more, 1, 0, 0, 0, 0, time.UTC)
	}
	return month(first, 0), month(last, 1)
}

// ticks are at most a handful of months, evenly spread, on the beginnings of years where there are many.
func ticks(from, to time.Time, x func(time.Time) float64) []Tick {
	months := (to.Year()-from.Year())*12 + int(to.Month()-from.Month())
	step := (months + maxTicks - 1) / maxTicks
	var list []Tick
	for at := from; at.Before(to); at = at.AddDate(0, step, 0) {
		list = append(list, Tick{X: x(at), At: at, Year: len(list) == 0 || at.Year() != list[len(list)-1].At.Year()})
	}
	return list
}

// percent writes a place along the picture.
func percent(x float64) string { return fmt.Sprintf("%.2f%%", x) }

// class is how a sign looks: filled for what is there, hollow for what is to come.
func (m Mark) class(s Sort) string {
	class := "sign-" + string(s)
	switch {
	case m.late():
		class += " sign-late"
	case m.ahead():
		class += " sign-ahead"
	}
	return class
}

// late and ahead: of several events, what is still wanted counts.
func (m Mark) late() bool {
	return slices.ContainsFunc(m.Events, func(e Event) bool { return e.Late })
}

func (m Mark) ahead() bool {
	return slices.ContainsFunc(m.Events, func(e Event) bool { return e.Ahead })
}

// shape is the outline of a sort's sign around its middle; sorts differ by shape, not only by where they stand.
func (s Sort) shape() string {
	switch s {
	case Met:
		return "M0-8A8 8 0 1 1 0 8A8 8 0 1 1 0-8Z"
	case Decided:
		return "M0-9L9 0L0 9L-9 0Z"
	case Done:
		return "M-7-7H7V7H-7Z"
	}
	return "M0-8L9 7H-9Z"
}
