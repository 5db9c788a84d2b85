package conference

import (
	"context"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
)

// Record keeps a meeting that was held elsewhere, so that its notes, decisions and minutes have a place. Whoever is on the plan's
// list took part; nobody is written to. It gives the new conference's ID.
func (s *Store) Record(ctx context.Context, a access.Actor, p Plan) (id string, err error) {
	if len(p.Times) > 1 {
		return "", problem.Refuse("conference.problem.several-times")
	}
	p.Past, p.Draft, p.Deadline = true, false, ""
	err = s.db.Write(ctx, func(tx *database.Tx) error {
		id, err = s.plan(ctx, tx, a, p)
		return err
	})
	return id, err
}

func (d decided) record(ctx context.Context, tx *database.Tx, a access.Actor, id string) error {
	ends := d.times[0].Add(time.Duration(d.Minutes) * time.Minute)
	_, err := tx.Exec(ctx, `update conferences set state = $1, starts_local = $2, zone = $3, starts_at = $4, over_at = $5,
		opened_at = $4, closed_at = $5 where id = $6`, Scheduled, d.Times[0], d.Zone, d.times[0], ends, id)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `update participants set attended = $1 where conference_id = $2`, true, id); err != nil {
		return err
	}
	return audit.Record(ctx, tx, a.PersonID, "record conference", "conference:"+id, nil)
}
