package work

import (
	"context"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/org"
)

// Leave makes the actor a former participant (org.LeaveIn) and takes them out of what is still to come. `then` ends their
// sessions in the same transaction: signing in is above us.
func (d *Desk) Leave(ctx context.Context, a access.Actor, former org.Name, then func(context.Context, *database.Tx) error) error {
	if err := access.Check(a, access.EditProfile, access.EditProfile, access.Case{Person: a.PersonID}); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *database.Tx) error {
		who, err := d.Org.Receiver(ctx, tx, a.PersonID)
		if err != nil {
			return err
		}
		if err := d.Org.LeaveIn(ctx, tx, a.PersonID, former); err != nil {
			return err
		}
		if err := d.Conferences.LeaveIn(ctx, tx, a.PersonID); err != nil {
			return err
		}
		if err := d.Actions.LeaveIn(ctx, tx, a.PersonID); err != nil {
			return err
		}
		if err := jobs.ForgetIn(ctx, tx, who.Email); err != nil {
			return err
		}
		return then(ctx, tx)
	})
}
