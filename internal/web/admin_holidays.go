package web

import (
	"net/url"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/signin"
	"example.org/tandem/templates/admin"
	"example.org/tandem/templates/layout"
)

// listHolidays shows the holidays of a country and a year, with what was entered over the rules.
func (w *Web) listHolidays(c echo.Context) error {
	return w.holidaysPage(c, &form{Values: url.Values{"kind": {string(calendar.Working)}}}, c.QueryParam("country"), c.QueryParam("year"))
}

// addHoliday enters a day, and shows the year it is in.
func (w *Web) addHoliday(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	on := day(f.line("day"))
	if !f.again {
		err = w.Org.AddSpecialDay(c.Request().Context(), signin.ActorOf(c), org.SpecialDayDraft{Country: f.line("country"), On: on,
			Kind: calendar.Kind(f.line("kind")), Writes: w.reader(c).Language, Names: f.inAll("name")})
		if err == nil {
			return w.seeOther(c, admin.HolidaysAt(f.line("country"), yearOf(on)), "notice.holiday.added")
		}
		if !f.refused(err) {
			return err
		}
	}
	if yearOf(on) == 0 {
		on = f.line("year") // that they were looking at
	}
	return w.holidaysPage(c, f, f.line("country"), on)
}

// removeHoliday lets the rules hold again for a day.
func (w *Web) removeHoliday(c echo.Context) error {
	d, err := w.Org.RemoveSpecialDay(c.Request().Context(), signin.ActorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	return w.seeOther(c, admin.HolidaysAt(d.Country, yearOf(d.On)), "notice.holiday.removed")
}

// holidaysPage shows the year that a day is in, or that is given alone.
func (w *Web) holidaysPage(c echo.Context, f *form, country, year string) error {
	base, err := w.admin(c, "admin.holidays.title")
	if err != nil {
		return err
	}
	page := w.holidays(base, country, yearOf(year))
	chosen := strconv.Itoa(page.Year)
	days, err := w.Org.Days(c.Request().Context(), chosen+"-01-01", chosen+"-12-31")
	if err != nil {
		return err
	}
	page.Days = days.Year(page.Country, page.Year)
	page.Page.Form = "holiday"
	f.Set("country", page.Country)
	f.labels = holidayLabels(base.Reader)
	page.Form = f.view(base.Reader)
	return w.show(c, f.status(), admin.ShowHolidays(page))
}

// holidays is the page of a country and a year; where there is no such thing, of the first country, or of this year.
func (w *Web) holidays(base layout.Page, country string, year int) admin.Holidays {
	now := w.DB.Now().Year()
	page := admin.Holidays{Page: base, Country: country, Countries: org.Countries, Year: year, First: org.FirstSpecialYear, Last: now + org.SpecialYearsAhead}
	if !slices.Contains(page.Countries, country) {
		page.Country = page.Countries[0]
	}
	if year < page.First || year > page.Last {
		page.Year = now
	}
	return page
}

func holidayLabels(r locale.Reader) map[string]string {
	labels := map[string]string{"country": r.T("admin.societies.country"), "day": r.T("admin.holidays.day"), "kind": r.T("admin.holidays.kind")}
	for _, l := range locale.All {
		labels["name-"+string(l)] = r.T("organisations.in-language", locale.V{"Field": r.T("admin.holidays.name"), "Language": r.LanguageName(l)})
	}
	return labels
}

// yearOf is that of a day (YYYY-MM-DD), or of a year alone; 0 where it is neither.
func yearOf(on string) int {
	year, _ := strconv.Atoi(on[:min(4, len(on))])
	return year
}
