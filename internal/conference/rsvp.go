package conference

import (
	"context"
	"slices"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
)

// RSVP is somebody's answer to an invitation (RFC 5545 §3.2.12).
type RSVP string

const (
	Accepted    RSVP = "ACCEPTED"
	Tentative   RSVP = "TENTATIVE"
	Declined    RSVP = "DECLINED"
	NeedsAction RSVP = "NEEDS-ACTION" // no answer yet
)

// Answers are those that a person can give, in the order in which they are offered.
var Answers = []RSVP{Accepted, Tentative, Declined}

// Answer is the actor's own answer to the invitation. It can be changed until the conference is over. About is the
// time that its author saw: to a conference that has another by now it is no answer. Zero takes any.
func (s *Store) Answer(ctx context.Context, a access.Actor, id string, answer RSVP, about time.Time) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		return s.AnswerIn(ctx, tx, a, id, answer, about, audit.Details{"answer": string(answer)})
	})
}

// AnswerIn is Answer within a transaction, with what the audit log is to say of it.
func (s *Store) AnswerIn(ctx context.Context, tx *database.Tx, a access.Actor, id string, answer RSVP, about time.Time, log audit.Details) error {
	c, err := s.findFor(ctx, tx, a, access.AnswerConference, id)
	if err != nil {
		return err
	}
	var check problem.Check
	check.That(slices.Contains(Answers, answer), "answer", "conference.problem.no-answer")
	if err := check.Err(); err != nil {
		return err
	}
	if !c.Is(Scheduled, InProgress) {
		return problem.Refuse("conference.problem.not-open")
	}
	if !about.IsZero() && !about.Equal(c.StartsAt) {
		return &problem.Problem{Kind: problem.Conflict, Key: "conference.problem.other-time"}
	}
	_, err = tx.Exec(ctx, `update participants set rsvp = $1, answered_at = $2, answered_apart = true where conference_id = $3 and person_id = $4`,
		answer, tx.Now, id, a.PersonID)
	if err != nil {
		return err
	}
	return audit.Record(ctx, tx, a.PersonID, "answer invitation", "conference:"+id, log)
}
