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
