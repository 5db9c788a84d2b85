package signin

import (
	"context"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
)

// Device is one browser in which a person is signed in.
type Device struct {
	ID        string
	Browser   string // as it names itself; at most 200 bytes, "" where it says nothing
	Provider  string // ID
	StartedAt time.Time
	SeenAt    time.Time // to five minutes
	EndsAt    time.Time // at the latest
	Current   bool      // the one that asks
}

// mostDevices are listed; nobody uses more of them in a week.
const mostDevices = 50

// Devices are those in which the actor is signed in now, the one that asks first, then the last seen.
func (s *SignIn) Devices(ctx context.Context, a access.Actor, current Session) (list []Device, err error) {
	now := s.now()
	err = s.db.Glance(ctx, func(tx *database.Tx) error {
		list, err = database.All(ctx, tx, func(row database.Scanner) (d Device, err error) {
			return d, row.Scan(&d.ID, &d.Browser, &d.Provider, &d.StartedAt, &d.SeenAt, &d.EndsAt, &d.Current)
		}, `select id, device, provider, started_at, seen_at, ends_at, id = $4 from sessions
			where person_id = $1 and ends_at > $2 and seen_at > $3 and not renewed
			order by case when id = $4 then 0 else 1 end, seen_at desc, id limit $5`,
			a.PersonID, now, now.Add(-idleLife), current.ID, mostDevices)
		return err
	})
	return list, err
}

// EndDevice signs the actor out in one of their browsers. That of somebody else is NotFound.
func (s *SignIn) EndDevice(ctx context.Context, a access.Actor, id string) error {
	return s.endSome(ctx, a, `person_id = $1 and id = $2`, a.PersonID, id)
}

// EndOthers signs the actor out everywhere but in the browser that asks. Where there is no other it does nothing.
func (s *SignIn) EndOthers(ctx context.Context, a access.Actor, current Session) error {
	err := s.endSome(ctx, a, `person_id = $1 and id <> $2`, a.PersonID, current.ID)
	if problem.Is(err, problem.NotFound) {
		return nil
	}
	return err
}

func (s *SignIn) endSome(ctx context.Context, a access.Actor, which string, args ...any) error {
	if err := access.Check(a, access.EditProfile, access.EditProfile, access.Case{Person: a.PersonID}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *database.Tx) error {
		people, err := s.endIn(ctx, tx, which, args...)
		if err != nil {
			return err
		}
		if len(people) == 0 {
			return problem.Missing()
		}
		return audit.Record(ctx, tx, a.PersonID, "end sessions", "person:"+a.PersonID, nil)
	})
}
