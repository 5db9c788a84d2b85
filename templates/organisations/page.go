// Package organisations shows the societies and their units: as trees, and each on its own with what administrators do there.
package organisations

import (
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/text"
	"example.org/tandem/templates/layout"
	"example.org/tandem/templates/parts"
)

// Page is the trees of all societies.
type Page struct {
	layout.Page
	Societies []Branch
}

// Branch is a unit with those right below it.
type Branch struct {
	org.Unit
	Own     bool // the reader belongs to it
	Manages bool // as its administrator
	Below   []Branch
}

// Unit is one unit's own page.
type Unit struct {
	layout.Page
	Unit    org.UnitFile
	Own     bool // the reader belongs to it
	Below   []org.Unit
	Form    parts.Form     // of the move
	Parents []parts.Option // it can be moved below

	MayTranslate, MayManage, MayPlace bool
}

// Form is the form of a unit, one that is there or a new one.
type Form struct {
	layout.Page
	Form   parts.Form
	Action string
	Unit   org.UnitFile // of a new one, what it will stand below
	New    bool
	Zones  []parts.Option
	// Countries make it the form of a society, which stands below nothing.
	Countries []string
	Saved     map[string]string // what somebody saved meanwhile, by field, where it differs from what was typed
}

// levels in the order of the tree.
var levels = []org.Level{org.Secretariat, org.Headquarters, org.Regional, org.City, org.District, org.Branch, org.Primary}

// Level puts one into words.
//
// words: organisations.level.national organisations.level.secretariat organisations.level.headquarters organisations.level.regional
// words: organisations.level.city organisations.level.district organisations.level.branch organisations.level.primary
func Level(r locale.Reader, l org.Level) string { return r.T("organisations.level." + string(l)) }

// address of a unit's page.
func address(u org.Unit) string { return "/organisations/" + u.ID }

// crumbs lead to what is above a unit; with the unit itself for pages below its own.
func crumbs(r locale.Reader, above []org.Unit) []parts.Link {
	links := []parts.Link{{Href: "/organisations", Label: r.T("layout.nav.organisations")}}
	for _, u := range above {
		name := u.Short.Line(r.Reads)
		links = append(links, parts.Link{Href: address(u), Label: name.Body, Lang: name.Language})
	}
	return links
}

// marks show in which languages a name is there; for who may translate it each leads to where that is done.
func (p Unit) marks(t text.Text) []parts.LanguageMark {
	if p.MayTranslate {
		return parts.MarksTo(t, "/texts/"+t.ID)
	}
	return parts.MarksOf(t)
}

// languages that a unit works in, as one reads them.
func languages(r locale.Reader, list []locale.Language) string {
	names := make([]string, len(list))
	for i, l := range list {
		names[i] = r.LanguageName(l)
	}
	return locale.Capital(r.List(names))
}

// clock is what time it is there.
func clock(r locale.Reader, name string) string {
	zone := locale.Zone(name)
	return r.T("clock.one", locale.V{"Time": r.TimeIn(r.Now, zone), "Place": r.Place(zone)})
}

// hanging is what keeps a unit from being archived, line by line.
//
// words: organisations.hangs.members organisations.hangs.below organisations.hangs.partnerships organisations.hangs.proposals
// words: organisations.hangs.parts organisations.hangs.conferences
func (p Unit) hanging() (lines []string) {
	h := p.Unit.Hangs
	for _, one := range []struct {
		what string
		n    int
	}{{"members", h.Members}, {"below", h.Below}, {"partnerships", h.Partnerships}, {"proposals", h.Proposals}, {"parts", h.Parts},
		{"conferences", h.Conferences}} {
		if one.n > 0 {
			lines = append(lines, p.Reader.N("organisations.hangs."+one.what, one.n))
		}
	}
	return lines
}

func (p Unit) parentField() parts.FieldView {
	return p.Form.Options("parent", p.Reader.T("organisations.move.to"), p.Parents...).Hinted(p.Reader.T("organisations.move.hint"))
}

// nameLanguages are all four: the reader's first, then those that the unit works in.
func (p Form) nameLanguages() []locale.Language {
	list := []locale.Language{p.Reader.Language}
	for _, l := range append(append([]locale.Language{}, p.Unit.Languages...), locale.All...) {
		known := false
		for _, there := range list {
			known = known || there == l
		}
		if !known {
			list = append(list, l)
		}
	}
	return list
}

func (p Form) field(name, key string) parts.FieldView {
	return p.hinted(p.Form.Input(name, p.Reader.T(key)), name)
}

// nameField is explained once: in the language that comes first.
func (p Form) nameField(name, key string, l locale.Language) parts.FieldView {
	v := p.field(name+"-"+string(l), key).Written(l).Limited(text.MaxLine)
	if name != "name" && l == p.Reader.Language && v.Hint == "" {
		v = v.Hinted(p.Reader.T(key + ".hint")) // words: organisations.short.hint organisations.place.hint
	}
	return v
}

func (p Form) levelField() parts.FieldView {
	offered := levels
	if p.Unit.Level == org.National && !p.New {
		offered = []org.Level{org.National}
	}
	var options []parts.Option
	for _, l := range offered {
		options = append(options, parts.Option{Value: string(l), Label: Level(p.Reader, l)})
	}
	return p.hinted(p.Form.Options("level", p.Reader.T("organisations.level"), options...), "level")
}

func (p Form) languagesField() parts.FieldView {
	var options []parts.Option
	for _, l := range p.nameLanguages() {
		options = append(options, parts.Option{Value: string(l), Label: locale.Capital(p.Reader.LanguageName(l))})
	}
	return p.hinted(p.Form.Options("languages", p.Reader.T("organisations.languages"), options...), "languages")
}

// hinted tells beside a field what was saved meanwhile.
func (p Form) hinted(v parts.FieldView, name string) parts.FieldView {
	if saved, differs := p.Saved[name]; differs {
		return v.Hinted(p.Reader.T("me.saved-meanwhile", locale.V{"Value": saved}))
	}
	return v
}

// words: country.BY country.DK
func (p Form) countryField() parts.FieldView {
	var options []parts.Option
	for _, c := range p.Countries {
		options = append(options, parts.Option{Value: c, Label: p.Reader.T("country." + c)})
	}
	return p.Form.Options("country", p.Reader.T("admin.societies.country"), options...)
}

// crumbs lead back to where the form was opened.
func (p Form) crumbs() []parts.Link {
	if len(p.Countries) > 0 {
		return []parts.Link{{Href: "/admin/societies", Label: p.Reader.T("admin.societies.title")}}
	}
	return crumbs(p.Reader, append(append([]org.Unit{}, p.Unit.Above...), p.Unit.Unit))
}
