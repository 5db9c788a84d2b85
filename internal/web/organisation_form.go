package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
	"example.org/tandem/internal/text"
	pages "example.org/tandem/templates/organisations"
)

// manageable finds a unit for the form of who administers it.
func (w *Web) manageable(c echo.Context) (org.UnitFile, error) {
	a := signin.ActorOf(c)
	u, err := w.Org.FindUnit(c.Request().Context(), a, c.Param("id"))
	if err == nil {
		err = access.Check(a, access.ManageUnit, access.SeeUnit, u.Case())
	}
	return u, err
}

// newOrganisation shows the form of a unit below another, preset with what holds there.
func (w *Web) newOrganisation(c echo.Context) error {
	u, err := w.manageable(c)
	if err != nil {
		return err
	}
	v := url.Values{"level": {string(org.Branch)}, "zone": {u.Zone}}
	for _, l := range u.Languages {
		v.Add("languages", string(l))
	}
	return w.organisationForm(c, &form{Values: v}, u, true)
}

func (w *Web) addOrganisation(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	a, id := signin.ActorOf(c), ""
	if !f.again {
		d := unitChange(f, nil)
		d.Writes = w.reader(c).Language
		if id, err = w.Org.AddUnit(c.Request().Context(), a, c.Param("id"), d); err == nil {
			return w.seeOther(c, "/organisations/"+id, "notice.organisation.added")
		}
		if !f.refused(err) {
			return err
		}
	}
	u, err := w.manageable(c)
	if err != nil {
		return err
	}
	return w.organisationForm(c, f, u, true)
}

func (w *Web) editOrganisation(c echo.Context) error {
	u, err := w.manageable(c)
	if err != nil {
		return err
	}
	return w.organisationForm(c, &form{Values: unitValues(u)}, u, false)
}

func (w *Web) changeOrganisation(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	u, err := w.manageable(c)
	if err != nil {
		return err
	}
	if !f.again {
		d := unitChange(f, u.Languages)
		d.Writes = w.reader(c).Language
		if err = w.Org.ChangeUnit(c.Request().Context(), signin.ActorOf(c), u.ID, d); err == nil {
			return w.seeOther(c, "/organisations/"+u.ID, "notice.organisation.saved")
		}
		if !f.refused(err) {
			return err
		}
		if u, err = w.manageable(c); err != nil {
			return err
		}
	}
	return w.organisationForm(c, f, u, false)
}

// organisationForm shows the form; after a collision with what was saved in another window, both. The next save then counts.
func (w *Web) organisationForm(c echo.Context, f *form, u org.UnitFile, isNew bool) error {
	r := w.reader(c)
	page := pages.Form{Unit: u, New: isNew, Zones: zoneOptions(r, u.Zone, f.Get("zone"))}
	page.Page, page.Action = w.base(c, "organisations", r.T("organisations.edit.title")), "/organisations/"+u.ID+"/edit"
	if isNew {
		page.Page, page.Action = w.base(c, "organisations", r.T("organisations.new.title")), "/organisations/"+u.ID+"/new"
	}
	page.Page.Form = "organisation"
	if f.problem != nil && f.problem.Kind == problem.Conflict {
		page.Saved = unitSaved(r, f.Values, unitValues(u))
		f.Set("version", strconv.Itoa(u.Version))
	}
	f.labels = unitLabels(r)
	page.Form = f.view(r)
	return w.show(c, f.status(), pages.ShowForm(page))
}

// unitChange binds the form. A group of checkboxes has no order: languages that the unit worked in before keep theirs.
func unitChange(f *form, before []locale.Language) org.UnitChange {
	d := org.UnitChange{Version: f.number("version"), Level: org.Level(f.Get("level")), Zone: f.Get("zone"), Languages: f.languages("languages"),
		Names: f.inAll("name"), ShortNames: f.inAll("short-name"), Places: f.inAll("place"), Email: f.line("email"), Phone: f.line("phone")}
	slices.SortStableFunc(d.Languages, func(x, y locale.Language) int { return order(before, x) - order(before, y) })
	return d
}

// inAll is a name in every language, from fields called name-be, name-ru, …
func (f *form) inAll(name string) map[locale.Language]string {
	names := map[locale.Language]string{}
	for _, l := range locale.All {
		names[l] = bounded(f.line(name + "-" + string(l)))
	}
	return names
}

func unitValues(u org.UnitFile) url.Values {
	v := url.Values{"version": {strconv.Itoa(u.Version)}, "level": {string(u.Level)}, "zone": {u.Zone}, "email": {u.Email}, "phone": {u.Phone}}
	for name, t := range map[string]text.Text{"name": u.Name, "short-name": u.Short, "place": u.Place} {
		for _, l := range locale.All {
			v.Set(name+"-"+string(l), t.In(l))
		}
	}
	for _, l := range u.Languages {
		v.Add("languages", string(l))
	}
	return v
}

// unitSaved are the fields whose saved value is another than the typed one, as people read them.
func unitSaved(r locale.Reader, typed, saved url.Values) map[string]string {
	differs := savedMeanwhile(r, typed, saved)
	if l, there := differs["level"]; there {
		differs["level"] = pages.Level(r, org.Level(l))
	}
	if _, there := differs["languages"]; there {
		var names []string
		for _, l := range saved["languages"] {
			names = append(names, r.LanguageName(locale.Language(l)))
		}
		differs["languages"] = strings.Join(names, ", ")
	}
	for name, value := range differs {
		if value == "" {
			differs[name] = r.T("conferences.saved-meanwhile.empty")
		}
	}
	return differs
}

// unitLabels are what the fields of the form of a unit are called.
func unitLabels(r locale.Reader) map[string]string {
	labels := map[string]string{"level": r.T("organisations.level"), "zone": r.T("organisations.zone"), "languages": r.T("organisations.languages"),
		"email": r.T("people.email"), "phone": r.T("organisations.phone")}
	for _, l := range locale.All {
		for name, key := range map[string]string{"name": "organisations.name", "short-name": "organisations.short", "place": "organisations.place"} {
			labels[name+"-"+string(l)] = r.T("organisations.in-language", locale.V{"Field": r.T(key), "Language": r.LanguageName(l)})
		}
	}
	return labels
}
