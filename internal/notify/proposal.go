package notify

import (
	"context"
	"fmt"
	"strings"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/mail"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/problem"
	letters "example.org/tandem/templates/mail"
)

// proposed asks somebody for an answer, unless there is one already.
func (d *Desk) proposed(ctx context.Context, subject string) error {
	return d.aboutProposal(ctx, org.ProposedMail, subject, org.Proposal.Open, letters.Proposed)
}

// answered tells somebody how the proposal that they made has ended.
func (d *Desk) answered(ctx context.Context, subject string) error {
	return d.aboutProposal(ctx, org.AnsweredMail, subject, func(p org.Proposal) bool { return !p.Open() }, letters.Answered)
}

// aboutProposal writes a letter about a proposal as it stands then, if it is still due.
func (d *Desk) aboutProposal(ctx context.Context, kind, subject string, due func(org.Proposal) bool, write func(locale.Reader, org.Proposal, string) letters.Letter) error {
	id := org.ParseLetter(subject)
	var p org.Proposal
	var to org.Receiver
	var letter letters.Letter
	var at time.Time
	err := d.DB.Read(ctx, func(tx *database.Tx) (err error) {
		if p, err = d.Org.ProposalIn(ctx, tx, id.ProposalID); err != nil {
			return err
		}
		if to, err = d.Org.Receiver(ctx, tx, id.PersonID); err != nil {
			return err
		}
		r := d.Catalog.Reader(to.Language, to.Zone, tx.Now, to.Reads...)
		letter, at = write(r, p, strings.TrimSuffix(d.URL.String(), "/")), tx.Now
		return nil
	})
	if problem.Is(err, problem.NotFound) {
		return jobs.Permanent(fmt.Errorf("nothing to write about any more: %w", err))
	}
	if err != nil || !due(p) {
		return err
	}
	return d.deliver(ctx, groupOf(kind), to, letter, mail.Message{ID: strings.Join([]string{kind, id.ProposalID, to.PersonID}, "."), Date: at})
}
