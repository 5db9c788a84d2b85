package conference

import (
	"context"
	"slices"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
)

// EndSeries cancels an occurrence and all later ones that have not begun. Each person gets one mail about it.
func (s *Store) EndSeries(ctx context.Context, a access.Actor, seriesID, fromID string, version int) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		f, err := s.SeriesIn(ctx, tx, seriesID)
		if err != nil {
			return err
		}
		from := slices.IndexFunc(f.Occurrences, func(o Recurring) bool { return o.ID == fromID })
		first, err := s.findFor(ctx, tx, a, access.PlanConference, f.FirstID)
		if err != nil {
			return err
		}
		if from < 0 {
			return problem.Missing()
		}
		gone := slices.DeleteFunc(slices.Clone(f.Occurrences[from:]), func(o Recurring) bool { return o.State != Scheduled && o.State != Draft && o.State != Poll })
		if len(gone) == 0 {
			return problem.Refuse("conference.problem.begun")
		}
		return s.endFrom(ctx, tx, a, f, first, gone, version)
	})
}

func (s *Store) endFrom(ctx context.Context, tx *database.Tx, a access.Actor, f Series, first Conference, gone []Recurring, version int) error {
	rule, sequence, err := f.upTo(gone[0].Local)
	if err != nil {
		return err
	}
	n, err := tx.Exec(ctx, `update series set rule = $1, sequence = $2, version = version + 1 where id = $3 and version = $4`, rule, sequence, f.ID, version)
	if err == nil && n == 0 {
		err = problem.Moved()
	}
	if err != nil {
		return err
	}
	people, known := first.people(), false
	for _, o := range gone {
		c, err := s.GetIn(ctx, tx, o.ID)
		if err != nil {
			return err
		}
		known = known || len(c.written()) > 0
		for _, p := range c.written() {
			if !slices.Contains(people, p) {
				people = append(people, p)
			}
		}
		_, err = tx.Exec(ctx, `update conferences set state = $1, over_at = $2, sequence = $3, version = version + 1, changed_at = $4 where id = $5`,
			Cancelled, c.overAt(tx.Now), sequence, tx.Now, c.ID)
		if err != nil {
			return err
		}
		if err := c.dropHeld(ctx, tx); err != nil {
			return err
		}
	}
	if err := audit.Record(ctx, tx, a.PersonID, "end series", "conference:"+gone[0].ID, audit.Details{"rule": rule}); err != nil {
		return err
	}
	if !known {
		return nil // drafts are dropped as they were made: nobody hears of it
	}
	return tell(ctx, tx, SeriesMail, f.FirstID, sequence, people, tx.Now)
}

// overAt is when something that is called off leaves the list of what is coming.
func (c Conference) overAt(now time.Time) time.Time {
	if !c.HasTime() {
		return now
	}
	return c.Ends().Add(Overtime)
}

// upTo is the rule without what comes from a wall time on, and the next number for the entry: higher than that of any occurrence.
func (f Series) upTo(local string) (rule string, sequence int, err error) {
	walls, err := calendar.Occurrences(f.Rule, f.StartsLocal)
	if err != nil {
		return "", 0, err
	}
	sequence = f.Sequence
	for _, o := range f.Occurrences {
		sequence = max(sequence, o.Sequence)
	}
	rest := slices.Index(walls, local)
	return calendar.Recount(f.Rule, max(rest, 1)), sequence + 1, nil
}

// AnswerSeries is the actor's answer to every occurrence that begins at an instant or later and has not begun; except, unless
// `all`, those that they answered apart. It is what an answer by mail without a RECURRENCE-ID means (RFC 5546 §3.2.3).
func (s *Store) AnswerSeries(ctx context.Context, a access.Actor, seriesID string, answer RSVP, from time.Time, all bool) error {
	return s.db.Write(ctx, func(tx *database.Tx) error { return s.AnswerSeriesIn(ctx, tx, a, seriesID, answer, from, all) })
}

// AnswerSeriesIn is AnswerSeries within a transaction.
func (s *Store) AnswerSeriesIn(ctx context.Context, tx *database.Tx, a access.Actor, seriesID string, answer RSVP, from time.Time, all bool) error {
	f, err := s.SeriesIn(ctx, tx, seriesID)
	if err != nil {
		return err
	}
	if !slices.Contains(Answers, answer) {
		return problem.Refuse("conference.problem.no-answer")
	}
	answered := 0
	for _, o := range f.Occurrences {
		if o.State != Scheduled || o.StartsAt.Before(from) {
			continue
		}
		if _, err := s.findFor(ctx, tx, a, access.AnswerConference, o.ID); err != nil {
			if problem.Is(err, problem.Forbidden) || a.Guest && problem.Is(err, problem.NotFound) {
				continue // not asked to take part in that one; a guest does not even see it
			}
			return err
		}
		_, err := tx.Exec(ctx, `update participants set rsvp = $1, answered_at = $2, answered_apart = false where conference_id = $3 and person_id = $4
			and ($5 or answered_at is null or not answered_apart)`, answer, tx.Now, o.ID, a.PersonID, all)
		if err != nil {
			return err
		}
		answered++
	}
	if answered == 0 {
		return problem.Forbid()
	}
	return audit.Record(ctx, tx, a.PersonID, "answer invitation", "conference:"+f.FirstID, audit.Details{"answer": string(answer), "series": f.ID})
}
