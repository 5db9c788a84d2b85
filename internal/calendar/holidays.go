package calendar

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"example.org/tandem/internal/locale"
)

// Holiday is one day that is kept in a country.
type Holiday struct {
	On      string // YYYY-MM-DD
	Country string // ISO 3166-1 alpha-2: BY, DK
	Key     string // "dk-whit-monday", the same every year
	Public  bool   // by law a day off; otherwise most offices are closed all the same
	Names   map[locale.Language]string
}

// Name is what the day is called in a language.
func (h Holiday) Name(l locale.Language) string { return h.Names[l] }

// Holidays are the days kept in a country in a year, in order of date; none for a country we know nothing of. Working
// days that the government of Belarus moves from year to year are not among them: Days puts those over the rules.
func Holidays(country string, year int) []Holiday {
	var days []Holiday
	for _, r := range rules[country] {
		if on, kept := r.in(year); kept {
			days = append(days, Holiday{On: on.Format(time.DateOnly), Country: country, Key: r.Key, Public: r.Public, Names: r.Names})
		}
	}
	slices.SortStableFunc(days, func(a, b Holiday) int { return strings.Compare(a.On, b.On) })
	return days
}

// HolidaysOn are the holidays on one calendar day (YYYY-MM-DD) in any of the countries, in the order of the countries.
func HolidaysOn(on string, countries ...string) []Holiday {
	day, err := time.Parse(time.DateOnly, on)
	if err != nil {
		return nil
	}
	var found []Holiday
	for _, country := range countries {
		for _, h := range Holidays(country, day.Year()) {
			if h.On == on {
				found = append(found, h)
			}
		}
	}
	return found
}

// rule says when a holiday falls: on a fixed day, or so many days from one of the two Easters.
type rule struct {
	Key            string
	Fixed          string // MM-DD
	WesternEaster  *int
	OrthodoxEaster *int
	Public         bool
	From, Until    int // first and last year, where there was one
	Names          map[locale.Language]string
}

// One file of rules serves both countries: a library for Denmark alone would not have the names in four languages, and
// the dates of 2020 to 2030 are checked against a list made elsewhere.
//
//go:embed holidays.json
var holidaysJSON []byte

var rules = func() map[string][]rule {
	var all map[string][]rule
	if err := json.Unmarshal(holidaysJSON, &all); err != nil {
		panic(err) // the file is part of the program
	}
	return all
}()

func (r rule) in(year int) (on time.Time, kept bool) {
	if year < r.From || r.Until > 0 && year > r.Until {
		return on, false
	}
	switch {
	case r.WesternEaster != nil:
		return westernEaster(year).AddDate(0, 0, *r.WesternEaster), true
	case r.OrthodoxEaster != nil:
		return orthodoxEaster(year).AddDate(0, 0, *r.OrthodoxEaster), true
	}
	fixed, err := time.Parse("01-02", r.Fixed)
	return time.Date(year, fixed.Month(), fixed.Day(), 0, 0, 0, 0, time.UTC), err == nil
}
