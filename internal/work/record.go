package work

import (
	"context"
	"slices"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/action"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/decision"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// RecordDecision notes down under an agenda item what was decided. The decision is proposed until the minutes are agreed to.
func (d *Desk) RecordDecision(ctx context.Context, a access.Actor, conferenceID, itemID string, sentence text.Draft) (id string, err error) {
	err = d.record(ctx, a, conferenceID, itemID, func(tx *database.Tx, c conference.Conference) error {
		id, err = d.Decisions.RecordIn(ctx, tx, a, decision.Draft{PartnershipID: c.PartnershipID, ConferenceID: c.ID, AgendaItemID: itemID,
			Text: sentence, DecidedOn: heldOn(c, tx.Now)})
		return err
	})
	return id, err
}

// RecordAction notes down under an agenda item who does what until when.
func (d *Desk) RecordAction(ctx context.Context, a access.Actor, conferenceID, itemID string, draft action.Draft) (id string, err error) {
	err = d.record(ctx, a, conferenceID, itemID, func(tx *database.Tx, c conference.Conference) error {
		draft.PartnershipID, draft.ConferenceID, draft.AgendaItemID = c.PartnershipID, c.ID, itemID
		id, err = d.Actions.RecordIn(ctx, tx, a, draft)
		return err
	})
	return id, err
}

// record does something under an agenda item. The conference is taken first: nothing is recorded under minutes that are
// being frozen at the same time.
func (d *Desk) record(ctx context.Context, a access.Actor, conferenceID, itemID string, do func(*database.Tx, conference.Conference) error) error {
	return d.db.Write(ctx, func(tx *database.Tx) error {
		c, err := d.Conferences.HoldIn(ctx, tx, a, access.RecordOutcome, conferenceID)
		if err != nil {
			return err
		}
		if err := writable(c); err != nil {
			return err
		}
		if !slices.ContainsFunc(c.Agenda, func(item conference.Item) bool { return item.ID == itemID }) {
			return problem.Missing()
		}
		if err := do(tx, c); err != nil {
			return err
		}
		return d.recheck(ctx, tx, c)
	})
}

// heldOn is the day of a conference by the clock that its time was agreed by; what is decided beforehand is decided today.
func heldOn(c conference.Conference, now time.Time) string {
	at := now
	if c.HasTime() && c.StartsAt.Before(now) {
		at = c.StartsAt
	}
	return at.In(locale.Zone(c.Zone)).Format(time.DateOnly)
}
