package admin

import (
	"net/url"
	"strconv"

	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
	"example.org/tandem/templates/layout"
	"example.org/tandem/templates/parts"
)

// Holidays are the days of a country and a year that are other than most.
type Holidays struct {
	layout.Page
	Country     string
	Countries   []string
	Year        int
	First, Last int // years that can be looked at
	Days        []calendar.Day
	Form        parts.Form
}

// HolidaysAt is the address of a country's year.
func HolidaysAt(country string, year int) string {
	return "/admin/holidays?" + url.Values{"country": {country}, "year": {strconv.Itoa(year)}}.Encode()
}

// words: country.BY country.DK
func (p Holidays) country(code string) string { return p.Reader.T("country." + code) }

func (p Holidays) countries() (links []parts.Link) {
	for _, code := range p.Countries {
		links = append(links, parts.Link{Href: HolidaysAt(code, p.Year), Label: p.country(code), Current: code == p.Country})
	}
	return links
}

// years are this one and those beside it.
func (p Holidays) years() (links []parts.Link) {
	for year := max(p.First, p.Year-1); year <= min(p.Last, p.Year+1); year++ {
		links = append(links, parts.Link{Href: HolidaysAt(p.Country, year), Label: strconv.Itoa(year), Current: year == p.Year})
	}
	return links
}

func (p Holidays) entered() (n int) {
	for _, d := range p.Days {
		if d.Special != nil {
			n++
		}
	}
	return n
}

func (p Holidays) caption() string {
	return p.Reader.T("admin.holidays.caption", locale.V{"Country": p.country(p.Country), "Year": p.Year})
}

// kind of a day in words.
//
// words: admin.holidays.kind.holiday admin.holidays.kind.closed admin.holidays.kind.working
func (p Holidays) kind(k calendar.Kind) string { return p.Reader.T("admin.holidays.kind." + string(k)) }

func (p Holidays) kindField() parts.FieldView {
	var options []parts.Option
	for _, k := range []calendar.Kind{calendar.Working, calendar.Off} {
		options = append(options, parts.Option{Value: string(k), Label: p.kind(k), Hint: p.Reader.T("admin.holidays.kind." + string(k) + ".hint")})
	}
	return p.Form.Options("kind", p.Reader.T("admin.holidays.kind"), options...) // words: admin.holidays.kind.working.hint admin.holidays.kind.holiday.hint
}

func (p Holidays) dayField() parts.FieldView {
	return p.Form.Input("day", p.Reader.T("admin.holidays.day")).Of("date").Must().
		Between(strconv.Itoa(p.First)+"-01-01", strconv.Itoa(p.Last)+"-12-31")
}

// nameField is one of four, the reader's language first.
func (p Holidays) nameField(l locale.Language) parts.FieldView {
	return p.Form.Input("name-"+string(l), locale.Capital(p.Reader.LanguageName(l))).Written(l).Limited(text.MaxLine)
}

func (p Holidays) languages() []locale.Language {
	list := []locale.Language{p.Reader.Language}
	for _, l := range locale.All {
		if l != p.Reader.Language {
			list = append(list, l)
		}
	}
	return list
}
