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

// holidaysPage shows a year that begins what is given, else this one.
func (w *Web) holidaysPage(c echo.Context, f *form, country, year string) error {
	base, err := w.admin(c, "admin.holidays.title")
	if err != nil {
		return err
	}
	r, now := base.Reader, w.DB.Now()
	page := admin.Holidays{Page: base, Country: country, Countries: org.Countries, Year: yearOf(year), First: org.FirstSpecialYear, Last: now.Year() + org.SpecialYearsAhead}
	if !slices.Contains(page.Countries, country) {
		page.Country = page.Countries[0]
	}
	if page.Year < page.First || page.Year > page.Last {
		page.Year = now.Year()
	}
	days, err := w.Org.Days(c.Request().Context(), strconv.Itoa(page.Year)+"-01-01", strconv.Itoa(page.Year)+"-12-31")
	if err != nil {
		return err
	}
	page.Days = days.Year(page.Country, page.Year)
	page.Page.Form = "holiday"
	f.Set("country", page.Country)
	f.labels = map[string]string{"day": r.T("admin.holidays.day"), "kind": r.T("admin.holidays.kind")}
	for _, l := range locale.All {
		f.labels["name-"+string(l)] = r.T("organisations.in-language", locale.V{"Field": r.T("admin.holidays.name"), "Language": r.LanguageName(l)})
	}
	page.Form = f.view(r)
	return w.show(c, f.status(), admin.ShowHolidays(page))
}

// yearOf is that of a day (YYYY-MM-DD), or of a year alone; 0 where it is neither.
func yearOf(on string) int {
	year, _ := strconv.Atoi(on[:min(4, len(on))])
	return year
}
