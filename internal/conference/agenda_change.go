package conference

import (
	"context"
	"slices"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// EditItem changes an item. One that looks back on an action keeps its topic: that is the action's title.
func (s *Store) EditItem(ctx context.Context, a access.Actor, conferenceID, itemID string, version int, d ItemDraft) error {
	return s.changeItem(ctx, a, conferenceID, itemID, "edit agenda item", func(tx *database.Tx, c Conference, item Item) error {
		if item.ActionID != "" {
			d.TopicID = item.Topic.ID
		}
		if err := d.check(c); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, `update agenda_items set kind = $1, minutes = $2, presenter_id = $3, version = version + 1
			where id = $4 and version = $5`, d.Kind, d.Minutes, null(d.PresenterID), itemID, version)
		if err == nil && n == 0 {
			err = problem.Moved()
		}
		if err != nil || d.TopicID != "" {
			return err
		}
		_, err = text.Save(ctx, tx, text.Edit{TextID: item.Topic.ID, Base: d.TopicBase, Language: d.Topic.Language, Body: d.Topic.Body, Line: true, PersonID: a.PersonID})
		return err
	})
}

// MoveItem moves an item one place up or down. At the end of the list it stays where it is.
func (s *Store) MoveItem(ctx context.Context, a access.Actor, conferenceID, itemID string, down bool) error {
	return s.changeItem(ctx, a, conferenceID, itemID, "move agenda item", func(tx *database.Tx, c Conference, _ Item) error {
		i := slices.IndexFunc(c.Agenda, func(item Item) bool { return item.ID == itemID })
		j := i - 1
		if down {
			j = i + 1
		}
		if j < 0 || j >= len(c.Agenda) {
			return nil
		}
		c.Agenda[i], c.Agenda[j] = c.Agenda[j], c.Agenda[i]
		for _, k := range []int{min(i, j), max(i, j)} {
			if _, err := tx.Exec(ctx, `update agenda_items set position = $1 where id = $2`, k, c.Agenda[k].ID); err != nil {
				return err
			}
		}
		return nil
	})
}

// RemoveItem takes an item off the agenda, unless something has been written down under it.
func (s *Store) RemoveItem(ctx context.Context, a access.Actor, conferenceID, itemID string) error {
	return s.changeItem(ctx, a, conferenceID, itemID, "remove agenda item", func(tx *database.Tx, _ Conference, item Item) error {
		// Whoever is writing under it now comes first, or finds it gone: what was accepted must not go with the item.
		if err := text.Hold(ctx, tx, item.NotesID); err != nil {
			return err
		}
		notes, err := text.One(ctx, tx, item.NotesID)
		if err != nil {
			return err
		}
		used, err := recorded(ctx, tx, itemID)
		if err != nil {
			return err
		}
		if used || !notes.Empty() {
			return problem.Refuse("conference.problem.item-used")
		}
		_, err = tx.Exec(ctx, `delete from agenda_items where id = $1`, itemID)
		return err
	})
}

// recorded tells whether a decision or an action came of an item: they point to it.
func recorded(ctx context.Context, tx *database.Tx, itemID string) (bool, error) {
	var n int
	err := tx.Row(ctx, `select (select count(*) from decisions where agenda_item_id = $1)
		+ (select count(*) from actions where agenda_item_id = $1)`, itemID).Scan(&n)
	return n > 0, err
}

func (s *Store) changeItem(ctx context.Context, a access.Actor, conferenceID, itemID, deed string, do func(*database.Tx, Conference, Item) error) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		c, err := s.agendaOf(ctx, tx, a, conferenceID)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(c.Agenda, func(item Item) bool { return item.ID == itemID })
		if i < 0 {
			return problem.Missing()
		}
		if err := do(tx, c, c.Agenda[i]); err != nil {
			return err
		}
		return audit.Record(ctx, tx, a.PersonID, deed, "conference:"+conferenceID, audit.Details{"item": itemID})
	})
}

// agendaOf gives a conference whose agenda the actor may change now. It takes the conference's row, so that two changes of
// one agenda come one after the other, but leaves its version: whoever edits the conference itself is not disturbed.
func (s *Store) agendaOf(ctx context.Context, tx *database.Tx, a access.Actor, id string) (Conference, error) {
	if _, err := tx.Exec(ctx, `update conferences set changed_at = $1 where id = $2`, tx.Now, id); err != nil {
		return Conference{}, err
	}
	c, err := s.findFor(ctx, tx, a, access.PlanConference, id)
	if err == nil && c.Is(Agreed, Cancelled) {
		err = problem.Refuse("conference.problem.closed")
	}
	return c, err
}
