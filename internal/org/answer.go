package org

import (
	"context"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Accept says yes for the actor's society. With the last yes the partnership begins: partnershipID is "" until then.
func (s *Store) Accept(ctx context.Context, a access.Actor, id string) (partnershipID string, err error) {
	err = s.db.Write(ctx, func(tx *database.Tx) error {
		p, society, err := answering(ctx, tx, a, id)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `insert into proposal_answers (proposal_id, society_id, person_id, at) values ($1, $2, $3, $4)`, id, society, a.PersonID, tx.Now)
		if err != nil {
			return err
		}
		if err := audit.Record(ctx, tx, a.PersonID, "accept partnership", "proposal:"+id, audit.Details{"society": society}); err != nil {
			return err
		}
		if len(p.Awaited()) > 1 {
			return nil
		}
		partnershipID, err = s.begin(ctx, tx, a.PersonID, p)
		return err
	})
	return partnershipID, err
}

// begin makes a proposal a partnership. Its name and purpose stay the texts that they were, with their translations.
func (s *Store) begin(ctx context.Context, tx *database.Tx, by string, p Proposal) (string, error) {
	d := PartnershipDraft{Kind: p.Kind, StartsOn: p.StartsOn, EndsOn: p.EndsOn, Focus: p.Focus}
	for _, u := range p.Units {
		d.UnitIDs = append(d.UnitIDs, u.ID)
	}
	if err := d.checkUnits(ctx, tx); err != nil {
		return "", err
	}
	id, err := open(ctx, tx, by, d, p.texts.name, p.texts.purpose)
	if err != nil {
		return "", err
	}
	_, err = tx.Exec(ctx, `update proposals set partnership_id = $1 where id = $2`, id, p.ID)
	if err != nil {
		return "", err
	}
	return id, closed(ctx, tx, by, p, Accepted)
}

// Decline says no for the actor's society, with a reason that may be empty. That ends the proposal.
func (s *Store) Decline(ctx context.Context, a access.Actor, id string, reason text.Draft) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		p, society, err := answering(ctx, tx, a, id)
		if err != nil {
			return err
		}
		var c problem.Check
		reason.CheckBody(&c, "reason")
		if err := c.Err(); err != nil {
			return err
		}
		if len(text.Split(reason.Body)) > 0 {
			said, err := text.New(ctx, tx, reason, a.PersonID)
			if err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, `update proposals set reason_id = $1 where id = $2`, said, id); err != nil {
				return err
			}
		}
		if err := audit.Record(ctx, tx, a.PersonID, "decline partnership", "proposal:"+id, audit.Details{"society": society}); err != nil {
			return err
		}
		return closed(ctx, tx, a.PersonID, p, Declined)
	})
}

// Withdraw takes a proposal back.
func (s *Store) Withdraw(ctx context.Context, a access.Actor, id string) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		p, err := held(ctx, tx, a, id)
		if err != nil {
			return err
		}
		if !p.Withdraws(a) {
			return problem.Forbid()
		}
		if err := audit.Record(ctx, tx, a.PersonID, "withdraw partnership", "proposal:"+id, nil); err != nil {
			return err
		}
		return closed(ctx, tx, a.PersonID, p, Withdrawn)
	})
}

// answering finds a proposal for somebody who may answer it, and the society that they answer for.
func answering(ctx context.Context, tx *database.Tx, a access.Actor, id string) (Proposal, string, error) {
	p, err := held(ctx, tx, a, id)
	if err != nil {
		return p, "", err
	}
	society := p.Answers(a)
	if society == "" {
		return p, "", problem.Forbid()
	}
	return p, society, nil
}

// held finds an open proposal and takes it until the transaction ends: two answers at once are given one after the other.
func held(ctx context.Context, tx *database.Tx, a access.Actor, id string) (Proposal, error) {
	if _, err := tx.Exec(ctx, `update proposals set version = version + 1 where id = $1`, id); err != nil {
		return Proposal{}, err
	}
	p, err := findProposal(ctx, tx, a, id)
	if err == nil && !p.Open() {
		err = problem.Refuse("partnerships.problem.closed")
	}
	return p, err
}

// closed ends a proposal and tells who made it, unless they did that themselves.
func closed(ctx context.Context, tx *database.Tx, by string, p Proposal, o Outcome) error {
	_, err := tx.Exec(ctx, `update proposals set outcome = $1, closed_at = $2, closed_by_id = $3 where id = $4`, string(o), tx.Now, by, p.ID)
	if err != nil || o == Withdrawn || by == p.ProposedByID {
		return err
	}
	return tell(ctx, tx, AnsweredMail, p.ID, p.ProposedByID)
}
