package partnerships

import (
	"cmp"
	"slices"
	"time"

	"example.org/tandem/internal/action"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/decision"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
	"example.org/tandem/templates/parts"
)

// Sort is what sort of event something is: a lane of the picture, a sign in the list.
type Sort string

const (
	Met     Sort = "conference"
	Decided Sort = "decision"
	Done    Sort = "action"
	Learned Sort = "lesson"
)

// sorts are all of them, from the top of the picture down.
var sorts = []Sort{Met, Decided, Done, Learned}

// Event is something that happened between the sides, or will.
type Event struct {
	Sort   Sort
	On     string // day for the reader, YYYY-MM-DD
	Href   string
	Title  text.Said
	Label  string    // number of a decision
	At     time.Time // of a conference; zero for what has a day only
	Length time.Duration
	State  string // said only where it is not plain from the time
	Badge  parts.BadgeKind
	Ahead  bool // it is not there yet
	Late   bool // it should be there by now
}

// Day is what happened on one day.
type Day struct {
	On     string
	Events []Event
}

// events are everything that the page knows, in the order of time.
func (p Page) events() []Event {
	var all []Event
	for _, c := range slices.Concat(p.Past, p.Coming) {
		if c.HasTime {
			all = append(all, p.met(c))
		}
	}
	for _, d := range p.Decisions {
		all = append(all, p.decided(d))
	}
	for _, a := range slices.Concat(p.Done, p.Open) {
		all = append(all, p.acted(a))
	}
	for _, l := range p.Lessons {
		all = append(all, p.learned(l))
	}
	all = slices.DeleteFunc(all, func(e Event) bool { return e.On < p.Since || p.Until != "" && e.On > p.Until })
	slices.SortStableFunc(all, func(x, y Event) int {
		return cmp.Or(cmp.Compare(x.On, y.On), x.At.Compare(y.At)*onlyMet(x, y), slices.Index(sorts, x.Sort)-slices.Index(sorts, y.Sort),
			cmp.Compare(x.Label, y.Label))
	})
	return all
}

// onlyMet: the hour counts between conferences only; what else happened that day follows them.
func onlyMet(x, y Event) int {
	if x.Sort == Met && y.Sort == Met {
		return 1
	}
	return 0
}

// words: conferences.state.draft conferences.state.poll conferences.state.inProgress conferences.state.cancelled conferences.state.held
func (p Page) met(c conference.Listed) Event {
	e := Event{Sort: Met, On: onDay(p.Reader, c.StartsAt), Href: "/conferences/" + c.ID, Title: c.Title.Line(p.Reader.Reads)}
	switch c.State {
	case conference.Scheduled:
		e.At, e.Length, e.Ahead = c.StartsAt, c.Length, true
	case conference.InProgress:
		e.State, e.Badge = p.Reader.T("conferences.state.inProgress"), parts.Active
	case conference.Cancelled:
		e.State, e.Badge = p.Reader.T("conferences.state.cancelled"), parts.Stopped
	case conference.Draft:
		e.At, e.Length, e.Ahead = c.StartsAt, c.Length, true
		e.State, e.Badge = p.Reader.T("conferences.state.draft"), parts.Neutral
	case conference.Held:
		e.State, e.Badge = p.Reader.T("partnerships.timeline.unagreed"), parts.Waiting
	}
	return e
}

func (p Page) decided(d decision.Decision) Event {
	return Event{Sort: Decided, On: d.DecidedOn, Href: "/decisions/" + d.ID, Label: d.Label(), Title: d.Text.Line(p.Reader.Reads)}
}

// acted is on the day on which an item was finished, else on that on which it is due.
func (p Page) acted(a action.Action) Event {
	e := Event{Sort: Done, On: a.DueOn, Href: "/actions/" + a.ID, Title: a.Title.Line(p.Reader.Reads)}
	switch {
	case a.Closed():
		e.On = onDay(p.Reader, a.ClosedAt)
		if a.State() == action.Dropped {
			e.State, e.Badge = p.Reader.T("actions.state.dropped"), parts.Neutral
		}
	default:
		e.Ahead, e.Late = true, p.Reader.IsPast(a.DueOn)
	}
	return e
}

func (p Page) learned(l lesson.Told) Event {
	e := Event{Sort: Learned, On: onDay(p.Reader, l.On()), Href: "/lessons/" + l.ID, Title: l.Title.Line(p.Reader.Reads)}
	if l.State == lesson.Draft {
		e.State, e.Badge = p.Reader.T("partnerships.timeline.draft"), parts.Neutral
	}
	return e
}

// today is this day for the reader.
func (p Page) today() string { return onDay(p.Reader, p.Reader.Now) }

// days puts events under their days.
func days(events []Event) []Day {
	var list []Day
	for _, e := range events {
		if len(list) == 0 || list[len(list)-1].On != e.On {
			list = append(list, Day{On: e.On})
		}
		last := &list[len(list)-1]
		last.Events = append(last.Events, e)
	}
	return list
}

// recent is how many days of the past lie open; those before them are folded away.
const recent = 5

// story is the list in three pieces: what is long past, what is past, what is today and ahead. What is still to be done has a
// list of its own beside it.
func (p Page) story() (earlier, past, ahead []Day) {
	all := days(slices.DeleteFunc(p.events(), func(e Event) bool { return e.Sort == Done && e.Ahead }))
	i := slices.IndexFunc(all, func(d Day) bool { return d.On >= p.today() })
	if i < 0 {
		i = len(all)
	}
	past, ahead = all[:i], all[i:]
	if len(past) > recent+1 { // a fold for a single day is not worth it
		earlier, past = past[:len(past)-recent], past[len(past)-recent:]
	}
	return earlier, past, ahead
}

// words: partnerships.sort.conference partnerships.sort.decision partnerships.sort.action partnerships.sort.lesson
func (s Sort) word(r locale.Reader) string { return r.T("partnerships.sort." + string(s)) }
