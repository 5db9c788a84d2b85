package work

import (
	"context"
	"slices"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/text"
)

// Leaving is what somebody should know before they leave.
type Leaving struct {
	Last        bool // administrator of a society: somebody else has to be one first
	Actions     []text.Named
	Conferences []text.Named // still to come, that they lead or present something at
	Titles      text.Texts
}

// Leaving is the actor's own.
func (d *Desk) Leaving(ctx context.Context, a access.Actor) (l Leaving, err error) {
	err = d.db.Read(ctx, func(tx *database.Tx) error {
		if l.Last, err = d.Org.LastAdministratorIn(ctx, tx, a.PersonID); err != nil {
			return err
		}
		if l.Actions, err = d.Actions.AllDutiesIn(ctx, tx, a.PersonID, dutyLimit); err != nil {
			return err
		}
		if l.Conferences, err = d.Conferences.AllDutiesIn(ctx, tx, a.PersonID, dutyLimit); err != nil {
			return err
		}
		var ids []string
		for _, n := range slices.Concat(l.Actions, l.Conferences) {
			ids = append(ids, n.TextID)
		}
		l.Titles, err = text.Load(ctx, tx, ids...)
		return err
	})
	return l, err
}

// Leave makes the actor a former participant (org.LeaveIn) and takes them out of what is still to come. `first` ends their
// sessions in the same transaction: signing in is above us.
func (d *Desk) Leave(ctx context.Context, a access.Actor, former org.Name, first func(context.Context, *database.Tx) error) error {
	if err := access.Check(a, access.EditProfile, access.EditProfile, access.Case{Person: a.PersonID}); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *database.Tx) error {
		who, err := d.Org.Receiver(ctx, tx, a.PersonID)
		if err != nil {
			return err
		}
		if err := first(ctx, tx); err != nil {
			return err
		}
		if err := d.Org.LeaveIn(ctx, tx, a.PersonID, former); err != nil {
			return err
		}
		if err := d.Conferences.LeaveIn(ctx, tx, a.PersonID); err != nil {
			return err
		}
		if err := d.Conferences.ForgetRepliesIn(ctx, tx, who.Email); err != nil {
			return err
		}
		if err := d.Actions.LeaveIn(ctx, tx, a.PersonID); err != nil {
			return err
		}
		return jobs.ForgetIn(ctx, tx, who.Email)
	})
}
