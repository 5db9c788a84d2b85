package conference

import (
	"context"
	"database/sql"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Find gives a conference that the actor may see, with everything that belongs to it.
func (s *Store) Find(ctx context.Context, a access.Actor, id string) (c Conference, err error) {
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		c, err = s.FindIn(ctx, tx, a, id)
		return err
	})
	return c, err
}

// FindIn is Find within a transaction.
func (s *Store) FindIn(ctx context.Context, tx *database.Tx, a access.Actor, id string) (Conference, error) {
	c, err := s.GetIn(ctx, tx, id)
	if err != nil {
		return Conference{}, err
	}
	if err := c.check(a, access.SeeConference); err != nil {
		return Conference{}, err
	}
	return c, nil
}

// findFor is FindIn for somebody who wants to do something.
func (s *Store) findFor(ctx context.Context, tx *database.Tx, a access.Actor, d access.Deed, id string) (Conference, error) {
	c, err := s.GetIn(ctx, tx, id)
	if err != nil {
		return Conference{}, err
	}
	return c, c.check(a, d)
}

// Get gives a conference to the program itself: nobody is asking.
func (s *Store) Get(ctx context.Context, id string) (c Conference, err error) {
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		c, err = s.GetIn(ctx, tx, id)
		return err
	})
	return c, err
}

// GetIn is Get within a transaction: seven statements, however large the conference.
func (s *Store) GetIn(ctx context.Context, tx *database.Tx, id string) (Conference, error) {
	r, err := loadRow(ctx, tx, id)
	if err != nil {
		return Conference{}, err
	}
	c := r.Conference
	steps := []func() error{
		func() (err error) { c.Participants, err = loadParticipants(ctx, tx, id); return err },
		func() (err error) { c.Hosts, c.Sides, err = loadHosts(ctx, tx, id); return err },
		func() (err error) { c.Slots, err = loadSlots(ctx, tx, id); return err },
		func() (err error) { r.items, err = loadItems(ctx, tx, id); return err },
		func() (err error) { c.Units, err = access.PartnershipUnits(ctx, tx, c.PartnershipID); return err },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return Conference{}, err
		}
	}
	texts, err := text.Load(ctx, tx, r.textIDs()...)
	c.Title, c.Purpose, c.Question = texts[r.title], texts[r.purpose], texts[r.question]
	c.FollowsTitle, c.FollowedByTitle, c.ReplacedByTitle = texts[r.followsTitle], texts[r.followedByTitle], texts[r.replacedByTitle]
	c.State = c.stateAt(r.stored, tx.Now)
	c.Agenda = c.timed(r.items, texts)
	return c, err
}

// row is a conference as its table has it.
type row struct {
	Conference
	stored                   State
	title, purpose, question string // IDs of texts
	items                    []itemRow

	followsTitle, followedByTitle, replacedByTitle string // IDs of texts
}

func (r row) textIDs() []string {
	ids := []string{r.title, r.purpose, r.question, r.followsTitle, r.followedByTitle, r.replacedByTitle}
	for _, i := range r.items {
		ids = append(ids, i.topic)
	}
	return ids
}

const selectRow = `select c.id, c.partnership_id, c.title_id, c.purpose_id, c.state, c.starts_local, c.zone, c.starts_at, c.minutes,
	c.room_url, c.room_kind, c.dial_number, c.dial_pin, c.recordings_shared, c.agenda_days, c.languages, c.interpretation, c.moderator_id, c.minute_taker_id, c.follows_id, c.replaced_by_id,
	c.poll_question_id, c.poll_private, c.poll_deadline_at, c.chosen_slot_id, c.sequence, c.opened_at, c.closed_at, c.agreed_at,
	c.created_by_id, c.created_at, c.version, before.title_id, instead.title_id, after.id, after.state, after.title_id,
	(select count(*) from held_mails h where h.conference_id = c.id), c.recurs_local, se.id, se.first_id, se.zone, c.listening
	from conferences c
	left join series se on se.id = c.series_id
	left join conferences before on before.id = c.follows_id
	left join conferences instead on instead.id = c.replaced_by_id
	left join conferences after on after.id =
		(select max(f.id) from conferences f where f.follows_id = c.id and f.state <> 'cancelled')
	where c.id = $1`

func loadRow(ctx context.Context, tx *database.Tx, id string) (row, error) {
	r, err := readRow(tx.Row(ctx, selectRow, id))
	if database.IsNone(err) {
		return r, problem.Missing()
	}
	return r, err
}

func readRow(s database.Scanner) (r row, err error) {
	var startsLocal, moderator, taker, follows, replaced, question, chosen sql.NullString
	var before, instead, after, afterState, afterTitle, recurs, series, seriesFirst, seriesZone sql.NullString
	var deadline, opened, closed, agreed sql.NullTime
	var startsAt time.Time
	var minutes int
	var languages, interpretation, listening string
	err = s.Scan(&r.ID, &r.PartnershipID, &r.title, &r.purpose, &r.stored, &startsLocal, &r.Zone, &startsAt, &minutes,
		&r.Room.URL, &r.Room.Kind, &r.Room.Phone.Number, &r.Room.Phone.PIN, &r.RecordingsShared, &r.AgendaDays, &languages, &interpretation, &moderator, &taker, &follows, &replaced,
		&question, &r.Private, &deadline, &chosen, &r.Sequence, &opened, &closed, &agreed, &r.CreatedByID, &r.CreatedAt, &r.Version,
		&before, &instead, &after, &afterState, &afterTitle, &r.Held, &recurs, &series, &seriesFirst, &seriesZone, &listening)
	r.Series = Occurrence{series.String, seriesFirst.String, recurs.String, seriesZone.String}
	r.followsTitle, r.replacedByTitle, r.followedByTitle = before.String, instead.String, afterTitle.String
	r.FollowedByID, r.FollowedByDraft = after.String, afterState.String == string(Draft)
	r.StartsLocal, r.ModeratorID, r.MinuteTakerID = startsLocal.String, moderator.String, taker.String
	r.FollowsID, r.ReplacedByID, r.question, r.ChosenSlotID = follows.String, replaced.String, question.String, chosen.String
	r.Deadline, r.OpenedAt, r.ClosedAt, r.AgreedAt = deadline.Time, opened.Time, closed.Time, agreed.Time
	r.Length = time.Duration(minutes) * time.Minute
	r.Languages, r.Interpretation = locale.ParseList(languages), parsePairs(interpretation)
	r.Listening = parseListening(listening)
	if r.StartsLocal != "" {
		r.StartsAt = instant(r.StartsLocal, r.Zone, startsAt)
	}
	return r, err
}

// instant is computed anew from the wall time each time it is read: when a country changes its clocks by law, what was
// agreed is still eleven o'clock. What was computed before serves where that hour no longer exists.
func instant(local, zone string, before time.Time) time.Time {
	if at, err := calendar.Instant(local, zone); err == nil {
		return at
	}
	return before
}
