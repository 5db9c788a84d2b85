package conference

import (
	"context"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/jobs"
)

// remindAhead plans the look at an occurrence of a series two weeks before it. One that is nearer was looked at when it was made.
func remindAhead(ctx context.Context, tx *database.Tx, c chosen) error {
	at := c.at.Add(-early[Ahead])
	if !at.After(tx.Now) {
		return nil
	}
	return jobs.Enqueue(ctx, tx, Reminder{c.id, Ahead, c.local, c.zone}.job(at))
}

// remindAheadInSeries is remindAhead for what may be in no series.
func remindAheadInSeries(ctx context.Context, tx *database.Tx, c chosen) error {
	var series int
	err := tx.Row(ctx, `select count(*) from conferences where id = $1 and series_id is not null`, c.id).Scan(&series)
	if err != nil || series == 0 {
		return err
	}
	return remindAhead(ctx, tx, c)
}

// Look is an occurrence of a series as it stands two weeks before it; Holds tells whether there is anything to look at still.
type Look struct {
	Conference Conference
	Before     Recurring // the occurrence before it
	HasBefore  bool
	Holds      bool
}

// Look reads what the reminder Ahead is about.
func (s *Store) Look(ctx context.Context, r Reminder) (l Look, err error) {
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		if l.Conference, err = s.GetIn(ctx, tx, r.ConferenceID); err != nil {
			return err
		}
		l, err = s.LookIn(ctx, tx, l.Conference)
		l.Holds = l.Holds && r.holds(l.Conference)
		return err
	})
	return l, err
}

// LookIn is Look at a conference that has been read.
func (s *Store) LookIn(ctx context.Context, tx *database.Tx, c Conference) (Look, error) {
	l := Look{Conference: c, Holds: c.Is(Scheduled) && c.Series.SeriesID != ""}
	if !l.Holds {
		return l, nil
	}
	f, err := s.SeriesIn(ctx, tx, c.Series.SeriesID)
	l.Before, l.HasBefore = f.Before(c.ID)
	return l, err
}

// WarnAhead has the coordinators of the units that host an occurrence written to, and whoever planned it: once for each time that
// it has. It asks nobody's rights: it is the program's own job.
func (s *Store) WarnAhead(ctx context.Context, c Conference) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		people, err := database.Strings(ctx, tx, `select distinct m.person_id from memberships m join conference_hosts h on h.unit_id = m.unit_id
			where h.conference_id = $1 and m.role = 'coordinator' and m.ended_at is null
			union select c.created_by_id from conferences c where c.id = $1 order by 1`, c.ID)
		if err != nil {
			return err
		}
		var list []jobs.Job
		for _, person := range people {
			l := Letter{ConferenceID: c.ID, PersonID: person, Sequence: c.Sequence, About: c.StartsLocal}
			list = append(list, jobs.Job{Kind: AheadMail, Subject: l.String(), UniqueKey: l.key(AheadMail)})
		}
		return jobs.Enqueue(ctx, tx, list...)
	})
}
