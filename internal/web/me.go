package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
	"example.org/tandem/templates/me"
	"example.org/tandem/templates/parts"
)

// zones are offered in this order; whoever has set another one keeps it.
//
// words: zone.Europe/Warsaw zone.Europe/Vilnius zone.Europe/Zurich zone.Europe/London zone.Europe/Istanbul zone.America/New_York
var zones = []string{"Europe/Minsk", "Europe/Copenhagen", "Europe/Warsaw", "Europe/Vilnius", "Europe/Zurich", "Europe/London",
	"Europe/Istanbul", "America/New_York"}

func (w *Web) showProfile(c echo.Context) error {
	p, err := w.Org.Profile(c.Request().Context(), signin.ActorOf(c))
	if err != nil {
		return err
	}
	return w.profilePage(c, &form{Values: profileValues(p)}, p)
}

func (w *Web) changeProfile(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	a, ctx := signin.ActorOf(c), c.Request().Context()
	if f.again {
		f.Set("language", string(w.reader(c).Language))
	} else {
		err = w.Org.ChangeProfile(ctx, a, profileDraft(f, a.Reads))
		if err == nil {
			w.setCookie(c, languageCookie, f.Get("language"), 365*24*time.Hour)
			return w.seeOther(c, "/me", "notice.profile")
		}
		if !f.refused(err) {
			return err
		}
	}
	p, err := w.Org.Profile(ctx, a)
	if err != nil {
		return err
	}
	return w.profilePage(c, f, p)
}

// profilePage shows the form; after a collision with what was saved in another window, both. The next save then counts.
func (w *Web) profilePage(c echo.Context, f *form, p org.Profile) error {
	r := w.reader(c)
	page := me.Page{Page: w.base(c, "me", r.T("me.title")), Profile: p, Zones: zoneOptions(r, p.Zone, f.Get("zone"))}
	page.Page.Form = "profile"
	if f.problem != nil && f.problem.Kind == problem.Conflict {
		page.Saved = savedMeanwhile(r, f.Values, profileValues(p))
		f.Set("version", strconv.Itoa(p.Version))
	}
	page.Form = f.view(r)
	return w.show(c, f.status(), me.Show(page))
}

func profileValues(p org.Profile) url.Values {
	v := url.Values{"version": {strconv.Itoa(p.Version)}, "language": {string(p.Language)}, "zone": {p.Zone}}
	for _, l := range locale.All {
		v.Set("name-"+string(l), p.Name.In(l))
	}
	for _, l := range p.Reads {
		v.Add("reads", string(l))
	}
	return v
}

// profileDraft binds the form. A group of checkboxes has no order: languages that the person read before keep theirs.
func profileDraft(f *form, before []locale.Language) org.ProfileDraft {
	d := org.ProfileDraft{Version: f.number("version"), Names: map[locale.Language]string{}, Language: locale.Language(f.Get("language")),
		Zone: f.Get("zone")}
	for _, l := range locale.All {
		d.Names[l] = f.line("name-" + string(l))
	}
	d.Reads = f.languages("reads")
	slices.SortStableFunc(d.Reads, func(x, y locale.Language) int { return order(before, x) - order(before, y) })
	return d
}

func order(list []locale.Language, l locale.Language) int {
	if i := slices.Index(list, l); i >= 0 {
		return i
	}
	return len(list)
}

// zoneOptions say what time it is there now: people know their clock better than the name of its zone.
func zoneOptions(r locale.Reader, own ...string) []parts.Option {
	names := slices.Clone(zones)
	for _, name := range own {
		if _, err := time.LoadLocation(name); err == nil && name != "" && name != "Local" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	options := make([]parts.Option, len(names))
	for i, name := range names {
		zone := locale.Zone(name)
		options[i] = parts.Option{Value: name, Label: r.Place(zone) + " · " + r.TimeIn(r.Now, zone)}
	}
	return options
}

// savedMeanwhile are the fields whose saved value is another than the typed one, as people read them.
func savedMeanwhile(r locale.Reader, typed, saved url.Values) map[string]string {
	differs := map[string]string{}
	for name, values := range saved {
		if name != "version" && !slices.Equal(values, typed[name]) {
			differs[name] = strings.Join(spoken(r, name, values), ", ")
		}
	}
	return differs
}

func spoken(r locale.Reader, field string, values []string) []string {
	list := slices.Clone(values)
	for i, v := range values {
		switch l, isLanguage := locale.Parse(v); {
		case field == "zone":
			list[i] = r.Place(locale.Zone(v))
		case isLanguage && (field == "language" || field == "reads"):
			list[i] = r.LanguageName(l)
		}
	}
	return list
}
