// Package signin is the page where people sign in, and what it says when they could not be let in.
package signin

import (
	"slices"

	"example.org/tandem/internal/locale"
	"example.org/tandem/templates/layout"
)

// Page is the sign-in page.
type Page struct {
	layout.Page
	Next      string // where to go on to afterwards
	Reference string // of a refusal, for the operator; "" where there was none
	Providers []Provider
}

// Provider is one place to sign in at: a button, or in the demo one for each account.
type Provider struct {
	ID        string
	Name      string
	Last      bool // this browser signed in there last
	Societies Societies
}

// Only is the one provider that there is, where nobody has a choice to make.
func (p Page) Only() (id string, is bool) {
	if len(p.Providers) != 1 || len(p.Providers[0].Societies) > 0 {
		return "", false
	}
	return p.Providers[0].ID, true
}

// NameOf is what a provider is called to the reader.
func (p Page) NameOf(id string) string {
	for _, provider := range p.Providers {
		if provider.ID == id {
			return provider.Name
		}
	}
	return ""
}

// Societies are demo accounts by society, in the order in which the societies first come.
type Societies []Society

// Society is a society with its demo accounts.
type Society struct {
	Name     string
	Accounts []Account
}

// Account is somebody whom the demo lets anyone be.
type Account struct {
	ID         string
	Name, Unit map[locale.Language]string
	Role       string // staff, coordinator, administrator, siteAdministrator, newcomer
}

// Add puts an account under its society.
func (s *Societies) Add(r locale.Reader, society map[locale.Language]string, a Account) {
	name := society[r.Language]
	i := slices.IndexFunc(*s, func(other Society) bool { return other.Name == name })
	if i < 0 {
		i = len(*s)
		*s = append(*s, Society{Name: name})
	}
	(*s)[i].Accounts = append((*s)[i].Accounts, a)
}

// about is the account's role and where it holds; a site administrator belongs to no unit, and a newcomer to none yet.
//
// words: role.staff role.coordinator role.administrator role.siteAdministrator role.newcomer
func (a Account) about(r locale.Reader) string {
	role := r.T("role." + a.Role)
	if a.Role == "siteAdministrator" || a.Role == "newcomer" {
		return role
	}
	return role + " · " + a.Unit[r.Language]
}

// Stranger is the page for somebody whom their provider knows and Tandem does not.
type Stranger struct {
	layout.Page
	Provider  string // ID, to try again with another account there
	Text      string // why, and what to do about it
	Reference string // for the operator
}

// Chooser is the demo provider's own page: who are you?
type Chooser struct {
	layout.Page
	Action    string
	Request   string // the sign-in that is under way
	Societies Societies
}

// Gone is the demo provider's page for a sign-in that is over.
type Gone struct{ layout.Page }
