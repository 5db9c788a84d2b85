// Package partnerships shows the spaces that units of several societies work in together.
package partnerships

import (
	"example.org/tandem/internal/access"
	"example.org/tandem/internal/action"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/decision"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/text"
	"example.org/tandem/templates/layout"
)

// List is the partnerships that somebody may see.
type List struct {
	layout.Page
	Partnerships []Card
}

// Card is a partnership with its sides.
type Card struct {
	org.Partnership
	Sides []Side
}

// Side is one society of a partnership: its units there, and its people in the order of the reader's alphabet.
type Side struct {
	SocietyID string
	Society   text.Text
	Units     []org.Unit
	People    []org.Member
}

// Page is one partnership.
type Page struct {
	layout.Page
	Card
	Conferences []conference.Listed
	Decisions   []decision.Decision
	Actions     []action.Action
	MayPlan     bool
}

// period says from when to when a partnership lasts.
func period(r locale.Reader, p org.Partnership) string {
	if p.EndsOn == "" {
		return r.T("partnerships.since", locale.V{"Start": r.Day(p.StartsOn)})
	}
	return r.T("partnerships.period", locale.V{"Start": r.Day(p.StartsOn), "End": r.Day(p.EndsOn)})
}

// kind is what sort of partnership it is.
//
// words: partnerships.kind.partnership partnerships.kind.twinning
func kind(r locale.Reader, p org.Partnership) string {
	return r.T("partnerships.kind." + string(p.Kind))
}

// words: role.staff role.coordinator role.administrator
func role(r locale.Reader, held access.Role) string { return r.T("role." + string(held)) }
