package conference

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Kind is what an agenda item is for.
type Kind string

const (
	Information Kind = "information"
	Discussion  Kind = "discussion"
	Decision    Kind = "decision"
)

// Kinds are all three, in the order in which they are offered.
var Kinds = []Kind{Information, Discussion, Decision}

// MaxItems is how many items an agenda may have; MaxItemMinutes how long one may take.
const (
	MaxItems       = 50
	MaxItemMinutes = 240
)

// Item is one point of the agenda.
type Item struct {
	ID          string
	Topic       text.Text
	NotesID     string // text of what was said about it
	Kind        Kind
	Minutes     int
	PresenterID string
	ActionID    string    // the action that it looks back on; its topic is then that action's title
	StartsAt    time.Time // follows from the items before it; zero while the conference has no time
	Version     int
}

// ItemDraft is an agenda item as somebody decided on it.
type ItemDraft struct {
	Topic       text.Draft
	TopicBase   int    // version of the text that an editor started from
	TopicID     string // a text that is there already, an action's title; then Topic is not looked at
	ActionID    string
	Kind        Kind
	Minutes     int
	PresenterID string // a participant, or nobody
}

func (d ItemDraft) check(c Conference) error {
	var wrong problem.Check
	if d.TopicID == "" {
		d.Topic.CheckLine(&wrong, "topic")
	}
	wrong.That(slices.Contains(Kinds, d.Kind), "kind", "error.choice")
	wrong.That(d.Minutes >= 1 && d.Minutes <= MaxItemMinutes, "minutes", "conference.problem.length",
		problem.Values{"Least": 1, "Most": MaxItemMinutes})
	if d.PresenterID != "" {
		_, invited := c.Participant(d.PresenterID)
		wrong.That(invited, "presenter", "conference.problem.member")
	}
	return wrong.Err()
}

// AddItem puts an item at the end of the agenda and gives its ID.
func (s *Store) AddItem(ctx context.Context, a access.Actor, conferenceID string, d ItemDraft) (id string, err error) {
	err = s.db.Write(ctx, func(tx *database.Tx) error {
		id, err = s.AddItemIn(ctx, tx, a, conferenceID, d)
		return err
	})
	return id, err
}

// AddItemIn is AddItem within a transaction.
func (s *Store) AddItemIn(ctx context.Context, tx *database.Tx, a access.Actor, conferenceID string, d ItemDraft) (string, error) {
	c, err := s.agendaOf(ctx, tx, a, conferenceID)
	if err != nil {
		return "", err
	}
	if err := d.check(c); err != nil {
		return "", err
	}
	if len(c.Agenda) >= MaxItems {
		return "", problem.Refuse("conference.problem.items", problem.Values{"Most": MaxItems})
	}
	topic := d.TopicID
	if topic == "" {
		if topic, err = text.New(ctx, tx, d.Topic, a.PersonID); err != nil {
			return "", err
		}
	}
	notes, err := text.New(ctx, tx, text.Draft{Language: d.Topic.Language}, a.PersonID)
	if err != nil {
		return "", err
	}
	id := database.NewID()
	_, err = tx.Exec(ctx, `insert into agenda_items (id, conference_id, position, topic_id, notes_id, kind, minutes, presenter_id, action_id)
		select $1, $2, coalesce(max(position), -1) + 1, $3, $4, $5, $6, $7, $8 from agenda_items where conference_id = $2`,
		id, conferenceID, topic, notes, d.Kind, d.Minutes, null(d.PresenterID), null(d.ActionID))
	if err != nil {
		return "", err
	}
	return id, audit.Record(ctx, tx, a.PersonID, "add agenda item", "conference:"+conferenceID, audit.Details{"item": id})
}

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
		_, err = text.Save(ctx, tx, text.Edit{TextID: item.Topic.ID, Base: d.TopicBase, Language: d.Topic.Language, Body: d.Topic.Body, PersonID: a.PersonID})
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

// Planned is how long the agenda takes altogether.
func (c Conference) Planned() time.Duration {
	var sum time.Duration
	for _, item := range c.Agenda {
		sum += time.Duration(item.Minutes) * time.Minute
	}
	return sum
}

// itemRow is an item as its table has it.
type itemRow struct {
	Item
	topic string // ID of the text
}

func loadItems(ctx context.Context, tx *database.Tx, id string) ([]itemRow, error) {
	return database.All(ctx, tx, func(s database.Scanner) (i itemRow, err error) {
		var presenter, action sql.NullString
		err = s.Scan(&i.ID, &i.topic, &i.NotesID, &i.Kind, &i.Minutes, &presenter, &action, &i.Version)
		i.PresenterID, i.ActionID = presenter.String, action.String
		return i, err
	}, `select id, topic_id, notes_id, kind, minutes, presenter_id, action_id, version from agenda_items
		where conference_id = $1 order by position, id`, id)
}

// timed gives each item its start: the conference's own, and all minutes before it.
func (c Conference) timed(rows []itemRow, texts text.Texts) []Item {
	items := make([]Item, len(rows))
	at := c.StartsAt
	for i, r := range rows {
		items[i] = r.Item
		items[i].Topic = texts[r.topic]
		if c.HasTime() {
			items[i].StartsAt = at
			at = at.Add(time.Duration(r.Minutes) * time.Minute)
		}
	}
	return items
}
