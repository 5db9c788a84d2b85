package work

import (
	"context"
	"slices"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Duties are what a member is responsible for in their unit and below it: what somebody has to take over when they go.
type Duties struct {
	Membership  org.Held
	Actions     []text.Named
	Conferences []text.Named    // still to come, that they lead or present something at
	Successors  []org.Colleague // who can take over
	Titles      text.Texts
}

// Any tells whether there is anything to take over.
func (d Duties) Any() bool { return len(d.Actions)+len(d.Conferences) > 0 }

// dutyLimit is how many of each are listed; all are handed over.
const dutyLimit = 50

// Duties are there for who may end the membership: an administrator of its unit, and the member themselves.
func (d *Desk) Duties(ctx context.Context, a access.Actor, membershipID string) (list Duties, err error) {
	err = d.db.Read(ctx, func(tx *database.Tx) error {
		list, err = d.dutiesIn(ctx, tx, a, membershipID)
		return err
	})
	return list, err
}

func (d *Desk) dutiesIn(ctx context.Context, tx *database.Tx, a access.Actor, membershipID string) (list Duties, err error) {
	if list.Membership, err = d.Org.MembershipIn(ctx, tx, a, membershipID, true); err != nil {
		return list, err
	}
	person, unit := list.Membership.PersonID, list.Membership.Unit.ID
	if list.Actions, err = d.Actions.DutiesIn(ctx, tx, person, unit, dutyLimit); err != nil {
		return list, err
	}
	if list.Conferences, err = d.Conferences.DutiesIn(ctx, tx, person, unit, dutyLimit); err != nil {
		return list, err
	}
	if list.Successors, err = d.Org.Successors(ctx, tx, list.Membership); err != nil {
		return list, err
	}
	var ids []string
	for _, n := range slices.Concat(list.Actions, list.Conferences) {
		ids = append(ids, n.TextID)
	}
	list.Titles, err = text.Load(ctx, tx, ids...)
	return list, err
}

// EndMembership ends a membership and gives what hung on its person to a successor, in one step; without one, it is nobody's by
// name, and its units see it so. The person is out at their next click.
func (d *Desk) EndMembership(ctx context.Context, a access.Actor, membershipID, successorID string) error {
	return d.db.Write(ctx, func(tx *database.Tx) error {
		duties, err := d.dutiesIn(ctx, tx, a, membershipID)
		if err != nil {
			return err
		}
		if successorID != "" && !slices.ContainsFunc(duties.Successors, func(c org.Colleague) bool { return c.PersonID == successorID }) {
			var c problem.Check
			c.Add("successor", "error.choice")
			return c.Err()
		}
		h := duties.Membership
		if err := d.Actions.HandOverIn(ctx, tx, h.PersonID, h.Unit.ID, successorID); err != nil {
			return err
		}
		if err := d.Conferences.HandOverIn(ctx, tx, h.PersonID, h.Unit.ID, successorID); err != nil {
			return err
		}
		return d.Org.EndIn(ctx, tx, a, h)
	})
}
