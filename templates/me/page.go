// Package me is a person's own profile.
package me

import (
	"github.com/a-h/templ"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/templates/layout"
	"example.org/tandem/templates/parts"
)

// Page is the profile's form, and what a person cannot change about themselves.
type Page struct {
	layout.Page
	Form    parts.Form
	Profile org.Profile // as it is saved
	Zones   []parts.Option
	Saved   map[string]string // what somebody saved meanwhile, by field, where it differs from what was typed
}

// order puts the reader's own language first.
func order(r locale.Reader) []locale.Language {
	list := []locale.Language{r.Language}
	for _, l := range locale.All {
		if l != r.Language {
			list = append(list, l)
		}
	}
	return list
}

// words: role.staff role.coordinator role.administrator
func role(r locale.Reader, held access.Role) string { return r.T("role." + string(held)) }

// nameField is the line for the name in one language.
func (p Page) nameField(l locale.Language) parts.FieldView {
	name := "name-" + string(l)
	return p.hinted(p.Form.Input(name, locale.Capital(p.Reader.LanguageName(l))).Written(l).Limited(200), name)
}

func (p Page) languageField() parts.FieldView {
	var options []parts.Option
	for _, l := range order(p.Reader) {
		options = append(options, parts.Option{Value: string(l), Label: l.Endonym(), Lang: l})
	}
	return p.hinted(p.Form.Options("language", p.Reader.T("me.language"), options...).Must(), "language")
}

func (p Page) readsField() parts.FieldView {
	var options []parts.Option
	for _, l := range order(p.Reader) {
		options = append(options, parts.Option{Value: string(l), Label: locale.Capital(p.Reader.LanguageName(l))})
	}
	return p.hinted(p.Form.Options("reads", p.Reader.T("me.reads"), options...).Hinted(p.Reader.T("me.reads.hint")), "reads")
}

func (p Page) zoneField() parts.FieldView {
	field := p.Form.Options("zone", p.Reader.T("me.zone"), p.Zones...).Must().Hinted(p.Reader.T("me.zone.hint"))
	return p.hinted(field, "zone")
}

// hinted tells beside a field what was saved meanwhile.
func (p Page) hinted(v parts.FieldView, name string) parts.FieldView {
	if saved, differs := p.Saved[name]; differs {
		return v.Hinted(p.Reader.T("me.saved-meanwhile", locale.V{"Value": saved}))
	}
	return v
}

// nav leads between the pages about oneself.
func nav(r locale.Reader, here string) templ.Component {
	links := []parts.Link{{Href: "/me", Label: r.T("me.title")}, {Href: "/me/mails", Label: r.T("me.mails.title")},
		{Href: "/me/calendar", Label: r.T("me.calendar.title")}, {Href: "/me/devices", Label: r.T("me.devices.title")}, {Href: "/me/data", Label: r.T("me.data.title")}}
	for i := range links {
		links[i].Current = links[i].Href == here
	}
	return parts.Tabs(r.T("me.nav"), links)
}
