package conference

import (
	"context"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/text"
)

// OwnAnswer is a person's own answer to an invitation, as their export tells it.
type OwnAnswer struct {
	ConferenceID string     `json:"conference"`
	TitleID      string     `json:"-"`
	Title        string     `json:"title"`
	UnitID       string     `json:"unit"` // whom they took part for
	Answer       RSVP       `json:"answer"`
	AnsweredAt   *time.Time `json:"answeredAt"`
	Attended     *bool      `json:"attended"` // null: nobody has said
	PollNote     string     `json:"pollNote,omitempty"`
	Interprets   string     `json:"interprets,omitempty"` // from and into which languages: 'ru-da,da-ru'
}

// Key says where the next page begins.
func (o OwnAnswer) Key() string { return o.ConferenceID }

// OwnAnswersIn gives a person's answers to invitations, a page at a time, without titles.
func (s *Store) OwnAnswersIn(ctx context.Context, tx *database.Tx, personID, after string, limit int) ([]OwnAnswer, error) {
	return database.All(ctx, tx, func(row database.Scanner) (o OwnAnswer, err error) {
		return o, row.Scan(&o.ConferenceID, &o.TitleID, &o.UnitID, &o.Answer, &o.AnsweredAt, &o.Attended, &o.PollNote, &o.Interprets)
	}, `select p.conference_id, c.title_id, p.unit_id, p.rsvp, p.answered_at, p.attended, p.poll_note, p.interprets
		from participants p join conferences c on c.id = p.conference_id
		where p.person_id = $1 and p.conference_id > $2 order by p.conference_id limit $3`, personID, after, limit)
}

// OwnPollAnswer is a person's own answer to one time of a poll.
type OwnPollAnswer struct {
	SlotID       string    `json:"slot"`
	ConferenceID string    `json:"conference"`
	Starts       string    `json:"starts"` // by the clock of Zone
	Zone         string    `json:"zone"`
	Answer       string    `json:"answer"`
	At           time.Time `json:"at"`
}

// Key says where the next page begins.
func (o OwnPollAnswer) Key() string { return o.SlotID }

// OwnPollAnswersIn gives a person's answers to polls, a page at a time.
func (s *Store) OwnPollAnswersIn(ctx context.Context, tx *database.Tx, personID, after string, limit int) ([]OwnPollAnswer, error) {
	return database.All(ctx, tx, func(row database.Scanner) (o OwnPollAnswer, err error) {
		return o, row.Scan(&o.SlotID, &o.ConferenceID, &o.Starts, &o.Zone, &o.Answer, &o.At)
	}, `select a.slot_id, s.conference_id, s.starts_local, s.zone, a.answer, a.at from slot_answers a join slots s on s.id = a.slot_id
		where a.person_id = $1 and a.slot_id > $2 order by a.slot_id limit $3`, personID, after, limit)
}

// OwnIn gives the conferences that a person planned, a page at a time.
func (s *Store) OwnIn(ctx context.Context, tx *database.Tx, personID, after string, limit int) ([]text.Named, error) {
	return text.NamedIn(ctx, tx, `select id, title_id from conferences where created_by_id = $1 and id > $2 order by id limit $3`, personID, after, limit)
}
