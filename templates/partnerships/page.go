// Package partnerships shows the spaces that units of several societies work in together.
package partnerships

import (
	"slices"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/action"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/decision"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/text"
	"example.org/tandem/templates/layout"
)

// List is the partnerships that somebody may see.
type List struct {
	layout.Page
	Partnerships []Card
	Proposed     []Proposed // that await an answer
	MayPropose   bool
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

// Page is one partnership. Its lists end somewhere; before Since and after Until something may be missing from them.
type Page struct {
	layout.Page
	Card
	Counterparts []org.Member // of the reader
	Past, Coming []conference.Listed
	Decisions    []decision.Decision
	Open         []action.Action // the most urgent first
	Done         []action.Action
	Lessons      []lesson.Told
	Covered      map[string]text.Coverage // of lessons, by ID
	Since, Until string                   // days, "" for no end
	MayPlan      bool
	MayKeep      bool // change its terms
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

// reads are the languages that somebody reads, best first.
func reads(r locale.Reader, m org.Member) string {
	names := make([]string, len(m.Reads))
	for i, l := range m.Reads {
		names[i] = r.LanguageName(l)
	}
	return r.List(names)
}

// clock is what time it is at somebody's place.
func clock(r locale.Reader, m org.Member) string {
	zone := locale.Zone(m.Zone)
	return r.T("clock.one", locale.V{"Time": r.TimeIn(r.Now, zone), "Place": r.Place(zone)})
}

// Court is the unfinished action items whose next move is that of one side; Society is empty where nobody's is.
type Court struct {
	Society text.Text
	Actions []action.Action
}

// courts puts the unfinished items where the ball is: the sides in the page's order, then those that lie between them.
func (p Page) courts() []Court {
	var list []Court
	left := slices.Clone(p.Open)
	for _, s := range p.Sides {
		theirs := func(a action.Action) bool { return p.unit(a.BallUnitID).SocietyID == s.SocietyID }
		own := slices.DeleteFunc(slices.Clone(left), func(a action.Action) bool { return !theirs(a) })
		left = slices.DeleteFunc(left, theirs)
		if len(own) > 0 {
			list = append(list, Court{s.Society, own})
		}
	}
	if len(left) > 0 {
		list = append(list, Court{Actions: left})
	}
	return list
}

// unit is one of the partnership's.
func (p Page) unit(id string) org.Unit {
	i := slices.IndexFunc(p.Units, func(u org.Unit) bool { return u.ID == id })
	if i < 0 {
		return org.Unit{}
	}
	return p.Units[i]
}

// onDay is the day of an instant for the reader.
func onDay(r locale.Reader, at time.Time) string { return at.In(r.Zone).Format(time.DateOnly) }

// Listed is how many lessons stand beside the open items; the timeline has more.
const Listed = 5

func (p Page) latest() []lesson.Told { return p.Lessons[:min(len(p.Lessons), Listed)] }

// shown is how many people of a side lie open.
const shown = 6

func (s Side) first() []org.Member  { return s.People[:min(len(s.People), shown)] }
func (s Side) others() []org.Member { return s.People[len(s.first()):] }
