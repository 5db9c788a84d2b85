package calendar

import (
	"slices"
	"strings"
	"time"

	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
)

// Kind is what a day is in a country.
type Kind string

// What a day can be.
const (
	Working Kind = "working"
	Weekend Kind = "weekend"
	Off     Kind = "holiday" // by law a day off
	Closed  Kind = "closed"  // not by law, but most offices are closed
)

// SpecialDay is a day that is other than the rules of its country say: a working day that a government has moved, a holiday
// that is kept once.
type SpecialDay struct {
	ID      string
	Country string // ISO 3166-1 alpha-2
	On      string // YYYY-MM-DD
	Kind    Kind   // Off or Working
	Name    text.Text
}

// Day is one calendar day in one country.
type Day struct {
	On, Country string
	Kind        Kind
	Holidays    []Holiday   // what it is by the rules, where they hold
	Special     *SpecialDay // what holds in their place; nil: they hold
}

// Names are what the day is called, each as a reader gets it who reads these languages, best first. Most days have none.
func (d Day) Names(reads []locale.Language) (list []text.Said) {
	if d.Special != nil {
		return []text.Said{d.Special.Name.Line(reads)}
	}
	for _, h := range d.Holidays {
		list = append(list, text.Said{Body: h.Name(reads[0]), Language: reads[0], Own: true})
	}
	return list
}

// Days tell what the days of a country are: what was entered for a day wins over the rules. The zero value knows the rules alone.
type Days struct{ special map[string]SpecialDay }

// NewDays puts special days over the rules.
func NewDays(special []SpecialDay) Days {
	d := Days{special: map[string]SpecialDay{}}
	for _, s := range special {
		d.special[s.Country+s.On] = s
	}
	return d
}

// Of is a calendar day (YYYY-MM-DD) in a country. What is no day is a working day: nothing is to be said of it.
func (d Days) Of(country, on string) Day {
	day := Day{On: on, Country: country, Kind: Working}
	if s, there := d.special[country+on]; there {
		day.Kind, day.Special = s.Kind, &s
		return day
	}
	at, err := time.Parse(time.DateOnly, on)
	if err != nil {
		return day
	}
	day.Holidays = HolidaysOn(on, country)
	switch weekday := at.Weekday(); {
	case slices.ContainsFunc(day.Holidays, func(h Holiday) bool { return h.Public }):
		day.Kind = Off
	case len(day.Holidays) > 0:
		day.Kind = Closed
	case weekday == time.Saturday || weekday == time.Sunday:
		day.Kind = Weekend
	}
	return day
}

// Year are the days of a year that are holidays or were entered, in order.
func (d Days) Year(country string, year int) (list []Day) {
	first := time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
	var dates []string
	for _, h := range Holidays(country, year) {
		dates = append(dates, h.On)
	}
	for _, s := range d.special {
		if s.Country == country && strings.HasPrefix(s.On, first[:5]) {
			dates = append(dates, s.On)
		}
	}
	slices.Sort(dates)
	for _, on := range slices.Compact(dates) {
		list = append(list, d.Of(country, on))
	}
	return list
}
