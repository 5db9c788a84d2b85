package conferences

import (
	"slices"
	"strings"
	"time"

	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/locale"
	"example.org/tandem/templates/layout"
	"example.org/tandem/templates/parts"
)

// Repeat is the page on which a conference is made a series: how often, then every time that this gives, to look at before
// anybody is told.
type Repeat struct {
	One
	Form parts.Form
	Rows []SeriesRow // none: not looked at yet
}

// SeriesRow is one time of a series.
type SeriesRow struct {
	Wall  string // in the zone of the series
	At    time.Time
	Marks []Warning
	Is    conference.Recurring // what it is once it has been made
	Moved bool
}

// Series is its own page.
type Series struct {
	layout.Page
	Series conference.Series
	Rows   []SeriesRow
	Plans  bool
	Form   parts.Form
}

// Mark tells what is unusual about a time of a series: a day on which one of the sides is not at work, an hour that moves for one
// side because the other's clocks were changed. Before is when they met last; zero: this is the first.
func Mark(r locale.Reader, days calendar.Days, zone string, before, at time.Time) []Warning {
	list := off(r, there(days, at))
	for _, s := range moving(zone, before, at) {
		list = append(list, hourMoves(r, s, before, at))
	}
	return list
}

func hourMoves(r locale.Reader, s side, before, at time.Time) Warning {
	return Warning{Text: r.T("conferences.series.hour", locale.V{"Place": r.Place(s.zone), "Now": r.TimeIn(at, s.zone), "Before": r.TimeIn(before, s.zone)})}
}

// moving are the sides at whose clocks the hour is another than before, though by the clock of a zone it is the same.
func moving(zone string, before, at time.Time) (list []side) {
	hour := func(at time.Time, in *time.Location) string { return at.In(in).Format("15:04") }
	anchor := locale.Zone(zone)
	if before.IsZero() || hour(before, anchor) != hour(at, anchor) {
		return nil
	}
	for _, s := range sides {
		if hour(before, s.zone) != hour(at, s.zone) {
			list = append(list, s)
		}
	}
	return list
}

// SeriesMarks are those of an occurrence as it stands.
func SeriesMarks(r locale.Reader, days calendar.Days, l conference.Look) []Warning {
	return Mark(r, days, l.Conference.Series.Zone, l.Before.StartsAt, l.Conference.StartsAt)
}

// occurrenceMarks are those of a row of a list: of what is still to come of a series.
func occurrenceMarks(r locale.Reader, days calendar.Days, c conference.Listed) []Warning {
	if c.Series.SeriesID == "" || c.State != conference.Scheduled {
		return nil
	}
	return Mark(r, days, c.Series.Zone, c.Before, c.StartsAt)
}

// movedHour tells at whose clocks the hour of an occurrence is another than that of the one before it. Its square in the month says
// which days are off.
func movedHour(r locale.Reader, c conference.Dated) (list []Warning) {
	if c.Series.SeriesID == "" || c.State != conference.Scheduled {
		return nil
	}
	for _, s := range moving(c.Series.Zone, c.Before, c.StartsAt) {
		list = append(list, hourMoves(r, s, c.Before, c.StartsAt))
	}
	return list
}

// Marked tells whether there is any, whoever reads it.
func Marked(days calendar.Days, l conference.Look) bool {
	at := l.Conference.StartsAt
	return slices.ContainsFunc(there(days, at), func(d calendar.Day) bool { return d.Kind != calendar.Working }) ||
		len(moving(l.Conference.Series.Zone, l.Before.StartsAt, at)) > 0
}

// maxOffers are as many other times as somebody reads in a mail.
const maxOffers = 3

// Offers are other times in the same week at which both sides are at work: the usual hour of the other side on the same day, then
// the same hours on the other days, the nearest first.
func Offers(days calendar.Days, l conference.Look, now time.Time) (list []time.Time) {
	at, length := l.Conference.StartsAt, l.Conference.Length
	for _, hours := range []int{0, 1, -1} {
		for _, day := range []int{0, 1, -1, 2, -2, 3, -3, 4, -4} {
			other := at.In(locale.Zone(l.Conference.Series.Zone)).AddDate(0, 0, day).Add(time.Duration(hours) * time.Hour)
			_, week := at.ISOWeek()
			_, same := other.ISOWeek()
			if other.Equal(at) || week != same || !other.After(now) || Odd(days, other, length) || len(list) == maxOffers {
				continue
			}
			if len(moving(l.Conference.Series.Zone, l.Before.StartsAt, other)) > 0 && hours == 0 && day == 0 {
				continue
			}
			list = append(list, other)
		}
	}
	return list
}

// often offers how often they meet.
//
// words: conferences.repeat.often.week conferences.repeat.often.fortnight conferences.repeat.often.month-weekday
// words: conferences.repeat.often.month-date conferences.repeat.often.quarter conferences.repeat.often.year
func (p Repeat) often() parts.FieldView {
	var options []parts.Option
	for _, o := range calendar.Repeats {
		options = append(options, parts.Option{Value: string(o), Label: p.Reader.T("conferences.repeat.often." + string(o))})
	}
	return p.Form.Options("often", p.Reader.T("conferences.repeat.often"), options...)
}

// anchor asks whose clock stays when Denmark changes its own.
func (p Repeat) anchor() parts.FieldView {
	var options []parts.Option
	for _, zone := range conference.Zones {
		place := locale.Zone(zone)
		label := p.Reader.T("conferences.repeat.zone.stays", locale.V{"Place": p.Reader.Place(place), "Time": p.Reader.TimeIn(p.Conference.Begins(), place)})
		options = append(options, parts.Option{Value: zone, Label: label})
	}
	return p.Form.Options("zone", p.Reader.T("conferences.repeat.zone"), options...).Hinted(p.Reader.T("conferences.repeat.zone.hint"))
}

// leaves tells whether somebody ticked that a time is left out.
func (p Repeat) leaves(wall string) bool { return p.Form.Has("without", wall) }

func (p Repeat) first(row SeriesRow) bool { return row.At.Equal(p.Conference.Begins()) }

// frequency says a rule in words.
func (p Series) frequency() string {
	rule := p.Series.Rule[:max(strings.LastIndex(p.Series.Rule, ";COUNT="), 0)]
	for _, o := range calendar.Repeats {
		if known, err := calendar.Rule(o, p.Series.StartsLocal); err == nil && known == rule {
			return p.Reader.T("conferences.repeat.often." + string(o))
		}
	}
	return ""
}

func (p Series) anchor() string {
	zone := locale.Zone(p.Series.Zone)
	return p.Reader.T("conferences.series.stays", locale.V{"Place": p.Reader.Place(zone)})
}

// drafts tells whether some of it has not been sent.
func (p Series) drafts() bool {
	return slices.ContainsFunc(p.Series.Occurrences, func(o conference.Recurring) bool { return o.State == conference.Draft })
}

// known tells whether people have been written to about any of what is still to come.
func (p Series) known() bool {
	return slices.ContainsFunc(p.Series.Occurrences, func(o conference.Recurring) bool { return goesOn(o) && o.State != conference.Draft })
}

// goesOn tells whether an occurrence can still be moved, or cancelled with all later ones.
func goesOn(o conference.Recurring) bool {
	return o.State == conference.Scheduled || o.State == conference.Draft || o.State == conference.Poll
}

// next is the first occurrence that is still to come.
func (p Series) next() (conference.Recurring, bool) {
	i := slices.IndexFunc(p.Series.Occurrences, goesOn)
	if i < 0 {
		return conference.Recurring{}, false
	}
	return p.Series.Occurrences[i], true
}

// ends offers from when on the series does not go on.
func (p Series) ends() parts.FieldView {
	var options []parts.Option
	for _, o := range p.Series.Occurrences {
		if goesOn(o) {
			options = append(options, parts.Option{Value: o.ID, Label: p.Reader.WhenFor(o.StartsAt, 0)})
		}
	}
	return p.Form.Options("from", p.Reader.T("conferences.series.end.from"), options...)
}
