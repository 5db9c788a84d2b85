package calendar

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/teambition/rrule-go"

	"example.org/tandem/internal/problem"
)

// Repeat is how often a series comes round.
type Repeat string

// How often people meet.
const (
	Weekly         Repeat = "week"
	Fortnightly    Repeat = "fortnight"
	MonthlyWeekday Repeat = "month-weekday" // 'the first Thursday'
	MonthlyDate    Repeat = "month-date"    // 'the 27th'; a month that has no such day is left out (RFC 5545 §3.3.10)
	Quarterly      Repeat = "quarter"       // the same weekday of every third month
	Yearly         Repeat = "year"          // 29 February comes round in leap years only
)

// Repeats are all of them, the most frequent first.
var Repeats = []Repeat{Weekly, Fortnightly, MonthlyWeekday, MonthlyDate, Quarterly, Yearly}

// Limits of a series: what is further away than two years is nobody's plan yet.
const (
	MaxOccurrences = 60
	MaxMonths      = 24
)

// Rule writes how a series goes on as an RRULE (RFC 5545 §3.3.10), without its end. First is the wall time of its first occurrence.
func Rule(often Repeat, first string) (string, error) {
	at, err := time.Parse(WallLayout, first)
	if err != nil {
		return "", problem.Refuse("calendar.problem.time")
	}
	weekday := nth(at) + []string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}[at.Weekday()]
	switch often {
	case Weekly:
		return "FREQ=WEEKLY", nil
	case Fortnightly:
		return "FREQ=WEEKLY;INTERVAL=2", nil
	case MonthlyWeekday:
		return "FREQ=MONTHLY;BYDAY=" + weekday, nil
	case MonthlyDate:
		return "FREQ=MONTHLY;BYMONTHDAY=" + strconv.Itoa(at.Day()), nil
	case Quarterly:
		return "FREQ=MONTHLY;INTERVAL=3;BYDAY=" + weekday, nil
	case Yearly:
		return fmt.Sprintf("FREQ=YEARLY;BYMONTH=%d;BYMONTHDAY=%d", at.Month(), at.Day()), nil
	}
	return "", problem.Refuse("error.choice")
}

// nth is which of its weekday in the month a day is. There is not a fifth in every month: the fifth is the last.
func nth(day time.Time) string {
	if n := (day.Day() + 6) / 7; n < 5 {
		return strconv.Itoa(n)
	}
	return "-1"
}

// Counted ends a rule after a number of occurrences; those that are left out count.
func Counted(rule string, n int) string { return rule + ";COUNT=" + strconv.Itoa(n) }

// Occurrences are the wall times that a rule gives from its first on, at most MaxOccurrences of them within MaxMonths. They are
// the clock's own: what instant each is follows from the zone that the series is anchored in.
func Occurrences(rule, first string) ([]string, error) {
	start, err := time.Parse(WallLayout, first)
	if err != nil {
		return nil, problem.Refuse("calendar.problem.time")
	}
	option, err := rrule.StrToROption(rule)
	if err != nil {
		return nil, fmt.Errorf("rule %q: %w", rule, err)
	}
	option.Dtstart = start
	r, err := rrule.NewRRule(*option)
	if err != nil {
		return nil, fmt.Errorf("rule %q: %w", rule, err)
	}
	var list []string
	for _, at := range r.Between(start, start.AddDate(0, MaxMonths, 0), true) {
		if len(list) < MaxOccurrences {
			list = append(list, at.Format(WallLayout))
		}
	}
	return list, nil
}

// recurrence writes what makes an entry a series, or one occurrence of one.
func (w *writer) recurrence(e Entry) {
	zone := e.RecursIn
	if zone == "" {
		zone = e.Zone
	}
	if !e.Recurs.IsZero() {
		w.time("RECURRENCE-ID", e.Recurs, zone)
	}
	if e.Rule != "" {
		w.line("RRULE", e.Rule)
	}
	for _, at := range e.Without {
		w.time("EXDATE", at, zone)
	}
}

// span is the time over which an entry's zones have to be described.
func (e Entry) span() (from, to time.Time) {
	from, to = e.Start, e.Start.Add(e.Length)
	if e.Until.After(to) {
		to = e.Until
	}
	if !e.Recurs.IsZero() && e.Recurs.Before(from) {
		from = e.Recurs
	}
	if e.Recurs.After(to) {
		to = e.Recurs
	}
	return from, to
}

// zones are all that an entry names, each once.
func (e Entry) zones() []string {
	names := append([]string{e.Zone}, e.Others...)
	if e.RecursIn != "" && !slices.Contains(names, e.RecursIn) {
		names = append(names, e.RecursIn)
	}
	return names
}

// Recount is a rule that Counted has ended, ended after another number of occurrences.
func Recount(rule string, n int) string {
	if i := strings.LastIndex(rule, ";COUNT="); i >= 0 {
		rule = rule[:i]
	}
	return Counted(rule, n)
}
