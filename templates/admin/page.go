// Package admin is for whoever looks after the installation: societies, sign-in providers, holidays, jobs, the audit log.
package admin

import (
	"github.com/a-h/templ"

	"example.org/tandem/internal/locale"
	"example.org/tandem/templates/parts"
)

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
