// Package layout is the frame that every page hangs in: the way to its content, Tandem's mark, the menu, the language
// switch, and in the demo the bar that moves time on.
package layout

import (
	"example.org/tandem/internal/locale"
	"example.org/tandem/templates/parts"
)

// Page is what all pages have in common. Each page embeds one and hands it to Shell.
type Page struct {
	Reader  locale.Reader
	Title   string // of the browser's tab, in the reader's words; "· Tandem" follows
	Path    string // of this page with its query: where a language switch comes back to
	Section string // of the menu: home, conferences, actions, decisions, partnerships, people, organisations, admin
	Person  *Person
	Notices []parts.Notice
	Demo    *Demo
	// Form is the id of the page's main form, or "". Where there is one, the language switch submits it to its own action,
	// with `switch-language` set: the server shows the page again in that language, with all that was typed, and saves nothing.
	// Enter in a field of that form sends it without the name of any button.
	Form   string
	Assets func(name string) string // the address of a style sheet, script or picture
	Styles []string                 // style sheets that only this page needs
	Scheme Scheme
}

// Scheme says whether a page is light or dark. The zero value leaves it to the reader's device, as every page does but the
// samples of the style guide.
type Scheme string

const (
	Light Scheme = "light"
	Dark  Scheme = "dark"
)

func (s Scheme) schemes() string {
	if s == "" {
		return "light dark"
	}
	return string(s)
}

// media is when the dark colours hold: never on paper.
func (s Scheme) media() string {
	switch s {
	case Light:
		return "not all"
	case Dark:
		return "screen"
	}
	return "screen and (prefers-color-scheme: dark)"
}

// Person is who is signed in; none is nil.
type Person struct {
	Name string
	Lang locale.Language // of the name
	Site bool            // looks after the installation
}

// Demo is what every page of the demo shows besides; nil outside it. The reader's clock is demo time.
type Demo struct {
	// Moves are the ways in which time can be moved on now: deadline, start, end, week. POST /demo/clock takes them as `to`.
	Moves      []string
	Disclaimer string
}

// title as the browser shows it.
func (p Page) title() string {
	if p.Title == "" {
		return "Tandem"
	}
	return p.Title + " · Tandem"
}

type place struct{ section, href, label string }

// menu is where people can go from everywhere.
func (p Page) menu() []place {
	r := p.Reader
	places := []place{
		{"home", "/", r.T("layout.nav.home")},
		{"conferences", "/conferences", r.T("layout.nav.conferences")},
		{"actions", "/actions", r.T("layout.nav.actions")},
		{"decisions", "/decisions", r.T("layout.nav.decisions")},
		{"lessons", "/lessons", r.T("layout.nav.lessons")},
		{"partnerships", "/partnerships", r.T("layout.nav.partnerships")},
		{"people", "/people", r.T("layout.nav.people")},
		{"organisations", "/organisations", r.T("layout.nav.organisations")},
	}
	if p.Person != nil && p.Person.Site {
		places = append(places, place{"admin", "/admin", r.T("admin.title")})
	}
	return places
}
