package conference

import (
	"context"
	"slices"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
)

// SendSeries schedules all drafts of a series at the one time that each has, and invites everybody: each person gets one mail about
// all that they are asked to.
func (s *Store) SendSeries(ctx context.Context, a access.Actor, seriesID string, version int) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		f, err := s.SeriesIn(ctx, tx, seriesID)
		if err != nil {
			return err
		}
		first, err := s.findFor(ctx, tx, a, access.PlanConference, f.FirstID)
		if err != nil {
			return err
		}
		_, sequence, err := f.upTo(f.StartsLocal)
		if err != nil {
			return err
		}
		g := repeating{tx, s, a, first, f.ID, f.Zone, sequence}
		people, err := g.schedule(ctx, f)
		if err != nil {
			return err
		}
		n, err := tx.Exec(ctx, `update series set sequence = $1 where id = $2 and version = $3`, sequence, f.ID, version)
		if err == nil && n == 0 {
			err = problem.Moved()
		}
		if err != nil {
			return err
		}
		if err := audit.Record(ctx, tx, a.PersonID, "send series", "conference:"+first.ID, audit.Details{"series": f.ID}); err != nil {
			return err
		}
		return write(ctx, tx, SeriesMail, Letter{ConferenceID: first.ID, Sequence: sequence, About: askedNow(tx)}, people, tx.Now)
	})
}

// schedule gives every draft of a series its time, and gives all who are asked to any of them.
func (g repeating) schedule(ctx context.Context, f Series) (people []string, err error) {
	sent := 0
	for _, o := range f.Occurrences {
		if o.State != Draft {
			continue
		}
		c, err := g.store.GetIn(ctx, g.tx, o.ID)
		switch {
		case err != nil:
			return nil, err
		case len(c.Slots) != 1:
			return nil, problem.Refuse("conferences.series.problem.times")
		case !c.Slots[0].StartsAt.After(g.tx.Now):
			return nil, problem.Refuse("conference.problem.past")
		}
		at := c.Slots[0]
		if err := g.place(ctx, chosen{c.ID, at.ID, at.StartsLocal, at.Zone, at.StartsAt, int(c.Length.Minutes())}); err != nil {
			return nil, err
		}
		_, err = g.tx.Exec(ctx, `update participants set invited_at = $1 where conference_id = $2`, g.tx.Now, c.ID)
		if err != nil {
			return nil, err
		}
		people, sent = append(people, c.people()...), sent+1
	}
	if sent == 0 {
		return nil, problem.Refuse("conferences.series.problem.sent")
	}
	slices.Sort(people)
	return slices.Compact(people), nil
}
