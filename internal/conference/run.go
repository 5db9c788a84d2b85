package conference

import (
	"context"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
)

// Early is how long before its time a conference can be started.
const Early = time.Hour

// Start begins the conference before the clock does. Once it is going on, starting it again changes nothing.
func (s *Store) Start(ctx context.Context, a access.Actor, id string) error {
	return s.run(ctx, a, id, "start conference", func(tx *database.Tx, c Conference) error {
		switch {
		case c.Is(InProgress):
			return nil
		case !c.Is(Scheduled):
			return problem.Refuse("conference.problem.not-scheduled")
		case tx.Now.Before(c.StartsAt.Add(-Early)):
			return problem.Refuse("conference.problem.too-early")
		}
		_, err := tx.Exec(ctx, `update conferences set opened_at = $1 where id = $2`, tx.Now, id)
		return err
	})
}

// End closes the conference; its minutes can then be agreed to. It ends by itself half an hour after its planned end.
func (s *Store) End(ctx context.Context, a access.Actor, id string) error {
	return s.run(ctx, a, id, "end conference", func(tx *database.Tx, c Conference) error {
		switch {
		case c.Is(Held, Agreed):
			return nil
		case !c.Is(InProgress):
			return problem.Refuse("conference.problem.not-running")
		}
		_, err := tx.Exec(ctx, `update conferences set closed_at = $1, over_at = $1 where id = $2`, tx.Now, id)
		return err
	})
}

// AgreedIn notes that both societies have agreed to the minutes: agenda and time are closed from now on.
func (s *Store) AgreedIn(ctx context.Context, tx *database.Tx, id string) error {
	_, err := tx.Exec(ctx, `update conferences set agreed_at = $1 where id = $2 and agreed_at is null`, tx.Now, id)
	return err
}

func (s *Store) run(ctx context.Context, a access.Actor, id, deed string, do func(*database.Tx, Conference) error) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		c, err := s.findFor(ctx, tx, a, access.RunConference, id)
		if err != nil {
			return err
		}
		if err := do(tx, c); err != nil {
			return err
		}
		return audit.Record(ctx, tx, a.PersonID, deed, "conference:"+id, nil)
	})
}
