package org

import (
	"context"
	"strings"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/jobs"
)

// Kinds of mail about a proposal, each a kind of job, one for each receiver.
const (
	ProposedMail = "proposal"          // to those who can answer
	AnsweredMail = "proposal-answered" // to who proposed
)

// mostTold is how many people one proposal is mailed to.
const mostTold = 40

// Letter is the subject of such a job.
type Letter struct{ ProposalID, PersonID string }

func (l Letter) String() string { return l.ProposalID + " " + l.PersonID }

// ParseLetter reads a job's subject; one that is none names no proposal.
func ParseLetter(subject string) Letter {
	proposal, person, _ := strings.Cut(subject, " ")
	return Letter{proposal, person}
}

// tellOthers has the administrators of the other societies' units written to, those of the units themselves before those above.
func tellOthers(ctx context.Context, tx *database.Tx, proposalID, society string) error {
	people, err := database.Strings(ctx, tx, `select m.person_id from proposal_units pu
		join units u on u.id = pu.unit_id and u.society_id <> $2 join unit_ancestors ua on ua.unit_id = u.id
		join memberships m on m.unit_id = ua.ancestor_id and m.ended_at is null and m.role = 'administrator'
		where pu.proposal_id = $1 group by m.person_id order by min(ua.depth), m.person_id limit $3`, proposalID, society, mostTold)
	if err != nil {
		return err
	}
	return tell(ctx, tx, ProposedMail, proposalID, people...)
}

func tell(ctx context.Context, tx *database.Tx, kind, proposalID string, people ...string) error {
	list := make([]jobs.Job, len(people))
	for i, person := range people {
		letter := Letter{proposalID, person}.String()
		list[i] = jobs.Job{Kind: kind, Subject: letter, UniqueKey: kind + ":" + letter}
	}
	return jobs.Enqueue(ctx, tx, list...)
}
