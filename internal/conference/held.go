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

// news is which mail about a change goes to whom: a kind by person.
type news map[string]string

// add puts what is new onto what somebody has not been told yet: one mail says all of it.
func (n news) add(kind string, people []string) {
	for _, id := range people {
		switch before := n[id]; {
		case before == InvitationMail && kind == RemovalMail:
			delete(n, id) // never heard of it, and need not
		case before == InvitationMail:
		case before == RemovalMail && kind == InvitationMail:
			n[id] = ChangeMail // has it in the calendar still
		default:
			n[id] = kind
		}
	}
}

// of are those who get a kind of mail, in the same order every time.
func (n news) of(kind string) (people []string) {
	for id, k := range n {
		if k == kind {
			people = append(people, id)
		}
	}
	slices.Sort(people)
	return people
}

// send has them written, and keeps nothing back any more.
func (n news) send(ctx context.Context, tx *database.Tx, id string, sequence int, changes time.Time) error {
	for kind, at := range map[string]time.Time{RemovalMail: tx.Now, InvitationMail: tx.Now, ChangeMail: changes} {
		if err := tell(ctx, tx, kind, id, sequence, n.of(kind), at); err != nil {
			return err
		}
	}
	_, err := tx.Exec(ctx, `delete from held_mails where conference_id = $1`, id)
	return err
}

// hold keeps them for later.
func (n news) hold(ctx context.Context, tx *database.Tx, id string) error {
	if _, err := tx.Exec(ctx, `delete from held_mails where conference_id = $1`, id); err != nil {
		return err
	}
	for person, kind := range n {
		_, err := tx.Exec(ctx, `insert into held_mails (conference_id, person_id, kind, at) values ($1, $2, $3, $4)`, id, person, kind, tx.Now)
		if err != nil {
			return err
		}
	}
	return nil
}

// heldIn is what is kept back about a conference.
func heldIn(ctx context.Context, tx *database.Tx, id string) (news, error) {
	n := news{}
	_, err := database.All(ctx, tx, func(row database.Scanner) (person string, err error) {
		var kind string
		err = row.Scan(&person, &kind)
		n[person] = kind
		return person, err
	}, `select person_id, kind from held_mails where conference_id = $1`, id)
	return n, err
}

// Release sends the mails that were kept back: each person gets one, about the conference as it is now.
func (s *Store) Release(ctx context.Context, a access.Actor, id string) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		c, err := s.findFor(ctx, tx, a, access.PlanConference, id)
		if err != nil {
			return err
		}
		if c.Held == 0 || !c.Is(Scheduled, InProgress) {
			return problem.Refuse("conference.problem.nothing-held")
		}
		n, err := heldIn(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := audit.Record(ctx, tx, a.PersonID, "release mails", "conference:"+id, nil); err != nil {
			return err
		}
		return n.send(ctx, tx, id, c.Sequence, tx.Now)
	})
}
