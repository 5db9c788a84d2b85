package action

import (
	"context"
	"slices"
	"strings"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Draft is an action item before it is one.
type Draft struct {
	PartnershipID                          string
	ConferenceID, DecisionID, AgendaItemID string
	Title                                  text.Draft
	DueOn                                  string
	Priority                               Priority // empty: normal
	Parts                                  []PartDraft
}

// PartDraft is a unit that takes part, and who is responsible there. The first one leads.
type PartDraft struct{ UnitID, PersonID string }

// Limits of an item.
const (
	MaxParts = 20
	MaxNotes = 500
	farthest = 10 // years ahead that a due day may lie
)

// check looks at what can be looked at without the database. The fields are those of the form. A due day that stands
// already may be past.
func (d Draft) check(now time.Time, standing string) error {
	var c problem.Check
	d.Title.CheckLine(&c, "title")
	checkDue(&c, d.DueOn, standing, now)
	c.That(slices.Contains(Priorities, d.Priority), "priority", "action.problem.priority")
	c.That(len(d.Parts) > 0, "unit", "action.problem.no-part")
	if !c.That(len(d.Parts) <= MaxParts, "unit", "action.problem.many-parts", problem.Values{"Limit": MaxParts}) {
		return c.Err()
	}
	for i, p := range d.Parts {
		same := func(o PartDraft) bool { return o.UnitID == p.UnitID }
		if slices.ContainsFunc(d.Parts[:i], same) {
			c.Add("unit", "action.problem.same-unit")
			break
		}
	}
	return c.Err()
}

func checkDue(c *problem.Check, on, standing string, now time.Time) {
	if !c.That(on != "", "due", "error.required") || on == standing {
		return
	}
	day, err := time.Parse(time.DateOnly, on)
	if c.That(err == nil, "due", "action.problem.day") {
		c.That(day.After(now.AddDate(-1, 0, 0)) && day.Before(now.AddDate(farthest, 0, 0)), "due", "action.problem.far")
	}
}

// clean fills in what may be left out.
func (d Draft) clean() Draft {
	d.Title.Body = strings.Join(strings.Fields(d.Title.Body), " ")
	d.DueOn = strings.TrimSpace(d.DueOn)
	if d.Priority == "" {
		d.Priority = Normal
	}
	d.Parts = slices.DeleteFunc(slices.Clone(d.Parts), func(p PartDraft) bool { return p.UnitID == "" })
	return d
}

// checkParts holds units and people to the partnership: a part belongs to one of its units, and whoever is responsible
// belongs to that unit or to one above it. People of the units below do not see the partnership.
func checkParts(ctx context.Context, tx *database.Tx, units []access.Unit, parts []PartDraft) error {
	var c problem.Check
	for _, p := range parts {
		in := slices.ContainsFunc(units, func(u access.Unit) bool { return u.ID == p.UnitID })
		if !c.That(in, "unit", "action.problem.unit") || p.PersonID == "" {
			continue
		}
		var belongs int
		err := tx.Row(ctx, `select count(*) from memberships m join unit_ancestors ua on ua.ancestor_id = m.unit_id
			where m.person_id = $1 and m.ended_at is null and ua.unit_id = $2`, p.PersonID, p.UnitID).Scan(&belongs)
		if err != nil {
			return err
		}
		c.That(belongs > 0, "person-"+p.UnitID, "action.problem.person")
	}
	return c.Err()
}
