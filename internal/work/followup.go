package work

import (
	"context"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/action"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/text"
)

// Minutes that a follow-up's agenda sets aside: for the list as a whole, and for each action item on it.
const (
	listMinutes = 5
	itemMinutes = 5
)

// FollowUp plans the conference that comes after one: what is still open in the partnership is on its agenda already. The
// heading is what that part of the agenda is called, in several languages.
func (d *Desk) FollowUp(ctx context.Context, a access.Actor, p conference.Plan, heading []text.Draft) (id string, err error) {
	err = d.db.Write(ctx, func(tx *database.Tx) error {
		plan := d.Conferences.ProposeIn
		if !p.Draft && len(p.Times) < conference.MinSlots {
			plan = d.Conferences.ScheduleIn
		}
		if id, err = plan(ctx, tx, a, p); err != nil {
			return err
		}
		open, err := d.Actions.OpenIn(ctx, tx, p.PartnershipID)
		if err != nil || len(open) == 0 {
			return err
		}
		return d.carry(ctx, tx, a, id, open, heading)
	})
	return id, err
}

// carry puts open action items on an agenda: the list, and each of them under it, as far as an agenda has room.
func (d *Desk) carry(ctx context.Context, tx *database.Tx, a access.Actor, conferenceID string, open []action.Action, heading []text.Draft) error {
	topic, err := text.NewTranslated(ctx, tx, heading, a.PersonID)
	if err != nil {
		return err
	}
	first := conference.ItemDraft{TopicID: topic, Kind: conference.Information, Minutes: listMinutes, Topic: text.Draft{Language: a.Writes}}
	if _, err := d.Conferences.AddItemIn(ctx, tx, a, conferenceID, first); err != nil {
		return err
	}
	for _, one := range open[:min(len(open), conference.MaxItems-1)] {
		item := conference.ItemDraft{TopicID: one.Title.ID, ActionID: one.ID, Kind: conference.Discussion, Minutes: itemMinutes,
			Topic: text.Draft{Language: a.Writes}}
		if _, err := d.Conferences.AddItemIn(ctx, tx, a, conferenceID, item); err != nil {
			return err
		}
	}
	return nil
}
