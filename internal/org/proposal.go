package org

import (
	"context"
	"slices"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Outcome is how a proposal ended.
type Outcome string

const (
	Accepted  Outcome = "accepted"
	Declined  Outcome = "declined"
	Withdrawn Outcome = "withdrawn"
)

// Proposal is a partnership that one side wants. It gives nobody a right to see anything of the other side's.
type Proposal struct {
	Partnership             // as it would be; its ID is the proposal's
	ProposedByID  string    // a person
	Proposer      text.Text // their name
	ProposedAt    time.Time //
	SocietyID     string    // that proposes
	Agreed        []string  // IDs of the other societies that have said yes
	Outcome       Outcome   // "" while it is open
	ClosedAt      time.Time //
	ClosedByID    string    // a person
	Reason        text.Text // why it was declined, if that was said
	PartnershipID string    // that came of it
	texts         proposalTexts
}

type proposalTexts struct{ name, purpose, reason, proposer string }

// Open tells whether an answer is still awaited.
func (p Proposal) Open() bool { return p.Outcome == "" }

// Awaited are the societies that have not answered yet.
func (p Proposal) Awaited() []Society {
	return slices.DeleteFunc(p.Societies(), func(s Society) bool { return s.ID == p.SocietyID || slices.Contains(p.Agreed, s.ID) })
}

// Answers is the society that somebody may answer for, "" for none: one of those awaited, all of whose units here they
// administer. Whoever administers only some of them cannot bind the others, and nobody answers themselves.
func (p Proposal) Answers(a access.Actor) string {
	if !p.Open() || p.ProposedByID == a.PersonID {
		return ""
	}
	for _, s := range p.Awaited() {
		if p.speaks(a, s.ID, access.AnswerProposal) {
			return s.ID
		}
	}
	return ""
}

// Withdraws tells whether somebody may take a proposal back: who could have made it.
func (p Proposal) Withdraws(a access.Actor) bool {
	return p.Open() && p.speaks(a, p.SocietyID, access.ProposeUnit)
}

func (p Proposal) speaks(a access.Actor, societyID string, d access.Deed) bool {
	return speaks(a, p.lines, societyID, d)
}

// speaks tells whether somebody may do something for every unit of a society among some.
func speaks(a access.Actor, units []access.Unit, societyID string, d access.Deed) bool {
	own := slices.DeleteFunc(slices.Clone(units), func(u access.Unit) bool { return u.SocietyID != societyID })
	return len(own) > 0 && !slices.ContainsFunc(own, func(u access.Unit) bool {
		return !access.Can(a, d, access.Case{Units: units, Owner: &u})
	})
}

// Proposals are those that still await an answer and that the actor is told of, the youngest first.
func (s *Store) Proposals(ctx context.Context, a access.Actor) (list []Proposal, more bool, err error) {
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		var args database.Args
		list, err = proposals(ctx, tx, "closed_at is null and "+access.SeesProposalsSQL(a, "id", &args), args, PartnershipLimit+1)
		return err
	})
	if len(list) > PartnershipLimit {
		list, more = list[:PartnershipLimit], true
	}
	return list, more, err
}

// FindProposal is one that the actor is told of, open or closed; any other is not found.
func (s *Store) FindProposal(ctx context.Context, a access.Actor, id string) (p Proposal, err error) {
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		p, err = findProposal(ctx, tx, a, id)
		return err
	})
	return p, err
}

func findProposal(ctx context.Context, tx *database.Tx, a access.Actor, id string) (Proposal, error) {
	var args database.Args
	where := "id = " + args.Add(id) + " and " + access.SeesProposalsSQL(a, "id", &args)
	return oneProposal(ctx, tx, where, args)
}

// ProposalIn gives a proposal to the program itself: nobody is asking.
func (s *Store) ProposalIn(ctx context.Context, tx *database.Tx, id string) (Proposal, error) {
	return oneProposal(ctx, tx, "id = $1", database.Args{id})
}

func oneProposal(ctx context.Context, tx *database.Tx, where string, args database.Args) (Proposal, error) {
	found, err := proposals(ctx, tx, where, args, 1)
	if err != nil {
		return Proposal{}, err
	}
	if len(found) == 0 {
		return Proposal{}, problem.Missing()
	}
	return found[0], nil
}

// proposalRow is a proposal with one of its units.
type proposalRow struct {
	p    Proposal
	u    unitRow
	line string // IDs of the unit and of all above it
}

func readProposal(s database.Scanner) (r proposalRow, err error) {
	var ends, closedBy, partnership, reason *string
	var closed *time.Time
	var focus, agreed string
	err = s.Scan(append([]any{&r.p.ID, &r.p.Kind, &r.p.texts.name, &r.p.texts.purpose, &focus, &r.p.StartsOn, &ends, &r.p.ProposedByID, &r.p.texts.proposer,
		&r.p.ProposedAt, &r.p.SocietyID, &partnership, &closed, &closedBy, &r.p.Outcome, &reason, &agreed, &r.line}, r.u.into()...)...)
	for into, from := range map[*string]*string{&r.p.EndsOn: ends, &r.p.ClosedByID: closedBy, &r.p.PartnershipID: partnership, &r.p.texts.reason: reason} {
		if from != nil {
			*into = *from
		}
	}
	if closed != nil {
		r.p.ClosedAt = *closed
	}
	r.p.Focus, r.p.Agreed = split(focus), split(agreed)
	return r, err
}

// proposals reads those that fulfil the condition, in two statements, or in one where there are none.
func proposals(ctx context.Context, tx *database.Tx, where string, args database.Args, limit int) ([]Proposal, error) {
	rows, err := database.All(ctx, tx, readProposal, `select p.id, p.kind, p.name_id, p.purpose_id, p.focus, p.starts_on, p.ends_on, p.proposed_by_id, by.name_id,
			p.proposed_at, p.society_id, p.partnership_id, p.closed_at, p.closed_by_id, p.outcome, p.reason_id,
			coalesce((select string_agg(a.society_id, ',') from proposal_answers a where a.proposal_id = p.id), ''),
			(select string_agg(ua.ancestor_id, ',') from unit_ancestors ua where ua.unit_id = u.id), `+unitColumns+`
		from (select * from proposals where `+where+` order by proposed_at desc, id desc limit `+args.Add(limit)+`) p
		join people by on by.id = p.proposed_by_id
		join proposal_units pu on pu.proposal_id = p.id join (`+unitTables+`) on u.id = pu.unit_id
		order by p.proposed_at desc, p.id desc, pu.position, u.id`, args...)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	var ids []string
	for _, r := range rows {
		ids = append(append(ids, r.p.texts.name, r.p.texts.purpose, r.p.texts.proposer), r.u.texts()...)
		if r.p.texts.reason != "" {
			ids = append(ids, r.p.texts.reason)
		}
	}
	texts, err := text.Load(ctx, tx, ids...)
	if err != nil {
		return nil, err
	}
	var list []Proposal
	for _, r := range rows {
		if len(list) == 0 || list[len(list)-1].ID != r.p.ID {
			t := r.p.texts
			r.p.Name, r.p.Purpose, r.p.Proposer, r.p.Reason = texts[t.name], texts[t.purpose], texts[t.proposer], texts[t.reason]
			list = append(list, r.p)
		}
		last := &list[len(list)-1]
		last.Units = append(last.Units, r.u.unit(texts))
		last.lines = append(last.lines, access.Unit{ID: r.u.u.ID, SocietyID: r.u.u.SocietyID, Line: split(r.line)})
	}
	return list, nil
}
