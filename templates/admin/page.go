// Package admin is for whoever looks after the installation: societies, sign-in providers, holidays, jobs, the audit log.
package admin

import (
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"example.org/tandem/internal/inbox"
	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/room"
	"example.org/tandem/templates/layout"
	"example.org/tandem/templates/parts"
)

// Page is where site administration begins.
type Page struct {
	layout.Page
	Overview  org.Overview
	Providers int
	Jobs      jobs.Count
}

// Societies are the national societies.
type Societies struct {
	layout.Page
	Societies []org.SocietyFile
}

// Providers are the places to sign in at, each as it is now.
type Providers struct {
	layout.Page
	Providers []Provider
	Rooms     []RoomServer
}

// RoomServer is one that meeting rooms are made on.
type RoomServer struct {
	Kind          room.Kind
	Address, Down string // why it does not answer, in the words of the machine; "" where it does
}

func (s RoomServer) name() string {
	if s.Kind == room.KindJitsi {
		return "Jitsi Meet"
	}
	return "BigBlueButton"
}

// Provider is one of them. Down is why nobody can sign in there, in the words of the machine.
type Provider struct {
	Name, Issuer, Down string
	Took               time.Duration
}

// Jobs are those that are not done.
type Jobs struct {
	layout.Page
	jobs.Listing
	Mailbox inbox.Status
}

// step is one of the first steps of an installation.
type step struct {
	key, href string
	done      bool
}

// first are the steps from an empty installation to two societies at work. Each is done when what it is for is there.
//
// words: admin.first.providers admin.first.providers.text admin.first.societies admin.first.societies.text
// words: admin.first.administrators admin.first.administrators.text admin.first.units admin.first.units.text
// words: admin.first.partnership admin.first.partnership.text
func (p Page) first() []step {
	led, grown := len(p.Overview.Societies) > 1, len(p.Overview.Societies) > 1
	for _, s := range p.Overview.Societies {
		led, grown = led && s.Administrators > 0, grown && s.Units > 0
	}
	return []step{
		{"societies", "/admin/societies", len(p.Overview.Societies) > 1},
		{"providers", "/admin/providers", p.Providers > 0},
		{"administrators", "/admin/societies", led},
		{"units", "/organisations", grown},
		{"partnership", "/partnerships", p.Overview.Partnerships > 0},
	}
}

// begun tells whether all first steps are done.
func (p Page) begun() bool {
	return !slices.ContainsFunc(p.first(), func(s step) bool { return !s.done })
}

func (p Page) title(s step) string { return p.Reader.T("admin.first." + s.key) }
func (p Page) text(s step) string  { return p.Reader.T("admin.first." + s.key + ".text") }

// state of a step: the first that is not done is the one to take now.
func (p Page) state(at int) parts.BadgeKind {
	steps := p.first()
	open := slices.IndexFunc(steps, func(s step) bool { return !s.done })
	switch {
	case steps[at].done:
		return parts.Good
	case at == open:
		return parts.Waiting
	}
	return parts.Neutral
}

// words: admin.step.good admin.step.waiting admin.step.neutral
func (p Page) stateWord(at int) string { return p.Reader.T("admin.step." + string(p.state(at))) }

// unled are the societies that nobody administers.
func (p Page) unled() (list []org.SocietyFile) {
	for _, s := range p.Overview.Societies {
		if s.Administrators == 0 && !s.Archived {
			list = append(list, s)
		}
	}
	return list
}

// kind of a job in words.
//
// words: admin.jobs.kind.poll admin.jobs.kind.invite admin.jobs.kind.change admin.jobs.kind.remove admin.jobs.kind.cancel
// words: admin.jobs.kind.minutes admin.jobs.kind.voided admin.jobs.kind.lesson admin.jobs.kind.invited admin.jobs.kind.proposal
// words: admin.jobs.kind.digest admin.jobs.kind.weekly admin.jobs.kind.daily admin.jobs.kind.remind admin.jobs.kind.reminder admin.jobs.kind.proposal-answered admin.jobs.kind.files.remove admin.jobs.kind.files.sweep admin.jobs.kind.org.tidy
// words: admin.jobs.kind.series admin.jobs.kind.ahead admin.jobs.kind.agenda admin.jobs.kind.postpone admin.jobs.kind.reopen
// words: admin.jobs.kind.counter admin.jobs.kind.decline-counter
func kind(r locale.Reader, name string) string {
	if key := "admin.jobs.kind." + name; r.Has(key) {
		return r.T(key)
	}
	return name
}

// short is the beginning of what a server said: some say a whole page.
func short(said string) string {
	const most = 300
	said = strings.ToValidUTF8(said, "�")
	if letters := []rune(said); len(letters) > most {
		return string(letters[:most]) + "…"
	}
	return said
}

// nav leads between the pages of site administration.
func nav(r locale.Reader, here string) templ.Component {
	links := []parts.Link{{Href: "/admin", Label: r.T("admin.title")}, {Href: "/admin/societies", Label: r.T("admin.societies.title")},
		{Href: "/admin/providers", Label: r.T("admin.providers.title")}, {Href: "/admin/holidays", Label: r.T("admin.holidays.title")},
		{Href: "/admin/jobs", Label: r.T("admin.jobs.title")}, {Href: "/admin/audit", Label: r.T("admin.audit.title")}}
	for i := range links {
		links[i].Current = links[i].Href == here
	}
	return parts.Tabs(r.T("admin.nav"), links)
}
