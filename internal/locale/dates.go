package locale

import (
	_ "embed"
	"encoding/json"
	"strings"
	"time"
	_ "time/tzdata" // the program must know both zones on a machine that does not
	"unicode"
	"unicode/utf8"
)

//go:embed formats.json
var formatsJSON []byte

type format struct {
	Endonym        string
	Months         []string
	MonthsGenitive []string
	MonthsShort    []string
	Weekdays       []string // Monday first
	WeekdaysShort  []string
	DateFull       string
	DateLong       string
	DateShort      string
	Time           string
	TimePrefix     string
	Group          string
	Decimal        string
	Quotes         []string
}

var formats = func() map[Language]format {
	var f map[Language]format
	if err := json.Unmarshal(formatsJSON, &f); err != nil {
		panic(err) // the file is part of the program
	}
	return f
}()

// The two clocks of Tandem. Minsk has stood at UTC+3 since 2011; only Denmark changes clocks, so Minsk is one hour
// ahead in summer and two in winter.
var (
	Minsk      = mustZone("Europe/Minsk")
	Copenhagen = mustZone("Europe/Copenhagen")
)

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // tzdata is linked in
	}
	return zone
}

// Zone finds a time zone by its IANA name; anything else is Minsk's.
func Zone(name string) *time.Location {
	if zone, err := time.LoadLocation(name); err == nil && name != "" && name != "Local" {
		return zone
	}
	return Minsk
}

// Date is a day in full, in the reader's zone: "Thursday 2 July 2020", «четверг, 2 июля 2020 г.».
func (r Reader) Date(at time.Time) string {
	return r.write(formats[r.Language].DateFull, at.In(r.Zone))
}

// DateLong is a day without its weekday: "2 July 2020".
func (r Reader) DateLong(at time.Time) string {
	return r.write(formats[r.Language].DateLong, at.In(r.Zone))
}

// DateShort is a day for a narrow column: "2 Jul 2020", «02.07.2020».
func (r Reader) DateShort(at time.Time) string {
	return r.write(formats[r.Language].DateShort, at.In(r.Zone))
}

// Day writes a calendar day that belongs to no zone (YYYY-MM-DD), without its weekday. What is no day comes back as it is.
func (r Reader) Day(on string) string { return r.day(on, formats[r.Language].DateLong) }

// DayFull writes a calendar day with its weekday.
func (r Reader) DayFull(on string) string { return r.day(on, formats[r.Language].DateFull) }

// DayShort writes a calendar day for a narrow column.
func (r Reader) DayShort(on string) string { return r.day(on, formats[r.Language].DateShort) }

func (r Reader) day(on, pattern string) string {
	t, err := time.Parse(time.DateOnly, on)
	if err != nil {
		return on
	}
	return r.write(pattern, t)
}

// Month is a month and its year: "July 2020", «июль 2020 г.».
func (r Reader) Month(t time.Time) string {
	month := formats[r.Language].Months[t.Month()-1]
	return r.T("date.month", V{"Month": month, "Year": t.Year()})
}

// MonthName is a month without its year: "July", «июль».
func (r Reader) MonthName(t time.Time) string { return formats[r.Language].Months[t.Month()-1] }

// Weekday is the short name of a weekday, as a column head has it.
func (r Reader) Weekday(day time.Weekday) string {
	return formats[r.Language].WeekdaysShort[(int(day)+6)%7]
}

// Week is the ISO 8601 week, which Danes plan by: "week 35", "uge 35".
func (r Reader) Week(at time.Time) string {
	_, week := at.In(r.Zone).ISOWeek()
	return r.T("date.week", V{"Week": week})
}

// Time is the hour and minute in the reader's zone: "14:00", "kl. 14.00".
func (r Reader) Time(at time.Time) string { return r.TimeIn(at, r.Zone) }

// TimeIn is the hour and minute in a given zone.
func (r Reader) TimeIn(at time.Time, zone *time.Location) string {
	f := formats[r.Language]
	return strings.ReplaceAll(f.TimePrefix, " ", "\u00a0") + r.write(f.Time, at.In(zone))
}

// TimeRange is a start and an end, without the Danish "kl." twice: "14:00–15:30", "kl. 14.00–15.30".
func (r Reader) TimeRange(from, to time.Time, zone *time.Location) string {
	return r.TimeIn(from, zone) + "–" + r.write(formats[r.Language].Time, to.In(zone))
}

// ClockTime is one clock's view of an instant.
type ClockTime struct {
	Zone  *time.Location
	Place string // "Minsk", «Копенгаген»
	Time  string // "14:00", or a range
	Date  string // only where the day differs from the first clock's
}

// Clocks are the two clocks, the reader's own first; a reader who lives in neither zone gets a third, first.
func (r Reader) Clocks(at time.Time, length time.Duration) []ClockTime {
	zones := []*time.Location{r.Zone}
	for _, zone := range []*time.Location{Minsk, Copenhagen} {
		if zone.String() != r.Zone.String() {
			zones = append(zones, zone)
		}
	}
	clocks := make([]ClockTime, len(zones))
	for i, zone := range zones {
		clocks[i] = ClockTime{Zone: zone, Place: r.Place(zone), Time: r.TimeIn(at, zone)}
		if length > 0 {
			clocks[i].Time = r.TimeRange(at, at.Add(length), zone)
		}
		if at.In(zone).YearDay() != at.In(r.Zone).YearDay() {
			clocks[i].Date = r.write(formats[r.Language].DateLong, at.In(zone))
		}
	}
	return clocks
}

// When is an instant in one line, with both clocks: "Thursday 2 July 2020 · 14:00 Minsk / 13:00 Copenhagen".
func (r Reader) When(at time.Time) string { return r.WhenFor(at, 0) }

// WhenFor is the same for something that lasts.
func (r Reader) WhenFor(at time.Time, length time.Duration) string {
	var clocks []string
	for _, c := range r.Clocks(at, length) {
		text := r.T("clock.one", V{"Time": c.Time, "Place": c.Place})
		if c.Date != "" {
			text = r.T("clock.other-day", V{"Time": c.Time, "Place": c.Place, "Date": c.Date})
		}
		clocks = append(clocks, text)
	}
	return Capital(r.Date(at)) + " · " + strings.Join(clocks, " / ")
}

// Place is what people call a zone's clock. A zone we have no word for goes by its city.
func (r Reader) Place(zone *time.Location) string {
	// words: zone.Europe/Minsk zone.Europe/Copenhagen
	if key := "zone." + zone.String(); r.Has(key) {
		return r.T(key)
	}
	name := zone.String()
	return strings.ReplaceAll(name[strings.LastIndex(name, "/")+1:], "_", " ")
}

// DaysUntil says how far a calendar day is from today in the reader's zone: today, tomorrow, in 3 days, 3 days ago.
func (r Reader) DaysUntil(on string) string {
	n, ok := r.daysUntil(on)
	switch {
	case !ok:
		return on
	case n == 0:
		return r.T("date.today")
	case n == 1:
		return r.T("date.tomorrow")
	case n == -1:
		return r.T("date.yesterday")
	case n > 0:
		return r.N("date.in-days", n)
	default:
		return r.N("date.days-ago", -n)
	}
}

// IsPast tells whether a calendar day is over in the reader's zone.
func (r Reader) IsPast(on string) bool {
	n, ok := r.daysUntil(on)
	return ok && n < 0
}

func (r Reader) daysUntil(on string) (int, bool) {
	day, err := time.Parse(time.DateOnly, on)
	if err != nil {
		return 0, false
	}
	y, m, d := r.Now.In(r.Zone).Date()
	return int(day.Sub(time.Date(y, m, d, 0, 0, 0, 0, time.UTC)).Hours() / 24), true
}

// Capital raises the first letter: a weekday that begins a line is «Четверг», inside one «четверг».
func Capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// write fills the places of a pattern: {weekday}, {d}, {dd}, {mm}, {monthGenitive}, {monthShort}, {yyyy}, {HH}, {MM}.
func (r Reader) write(pattern string, t time.Time) string {
	f, written := formats[r.Language], make([]byte, 0, 48)
	for {
		before, rest, found := strings.Cut(pattern, "{")
		written = append(written, before...)
		if !found {
			return string(written)
		}
		var place string
		place, pattern, _ = strings.Cut(rest, "}")
		switch place {
		case "weekday":
			written = append(written, f.Weekdays[(int(t.Weekday())+6)%7]...)
		case "monthGenitive":
			written = append(written, f.MonthsGenitive[t.Month()-1]...)
		case "monthShort":
			written = append(written, f.MonthsShort[t.Month()-1]...)
		case "yyyy":
			written = t.AppendFormat(written, "2006")
			if after, is := strings.CutPrefix(pattern, " г."); is { // a line never begins with it
				written, pattern = append(written, "\u00a0г."...), after
			}
		default:
			written = t.AppendFormat(written, digits[place])
		}
	}
}

// digits are the places that are written in digits alone, as the time package calls them.
var digits = map[string]string{"d": "2", "dd": "02", "mm": "01", "HH": "15", "MM": "04"}
