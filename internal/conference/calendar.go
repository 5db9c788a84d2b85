package conference

import (
	"context"
	"database/sql"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/text"
)

// CalendarLimit is how many conferences one calendar shows.
const CalendarLimit = 500

// Dated is a conference as a calendar shows it: one that has a time. One that was called off stays, and says so.
type Dated struct {
	ID       string
	Title    text.Text
	State    State
	Zone     string // that its time is anchored in
	StartsAt time.Time
	Length   time.Duration
	Sequence int // iTIP, as in the invitations
	Room     Room
	Mine     RSVP // the actor's own answer
	Series   Occurrence
	Before   time.Time // of an occurrence, when the one before it is; zero: it is the first
}

// CalendarWith is what the actor takes part in and may see, between two moments, the earliest first. The titles are there after
// texts.Load.
func (s *Store) CalendarWith(ctx context.Context, tx *database.Tx, texts *text.Batch, a access.Actor, from, until time.Time) ([]Dated, error) {
	var args database.Args
	where := `p.person_id = ` + args.Add(a.PersonID) + ` and c.starts_local is not null and c.state in ('scheduled', 'cancelled')
		and c.starts_at >= ` + args.Add(from) + ` and c.starts_at < ` + args.Add(until) + ` and ` + access.SeesSQL(a, "c.partnership_id", &args)
	list, err := database.All(ctx, tx, func(row database.Scanner) (Dated, error) { return dated(row, tx.Now) },
		datedColumns+`, p.rsvp from participants p join conferences c on c.id = p.conference_id
		where `+where+` order by c.starts_at, c.id limit `+args.Add(CalendarLimit), args...)
	for i := range list {
		texts.Want(list[i].Title.ID, &list[i].Title)
	}
	return list, err
}

const datedColumns = `select c.id, c.title_id, c.state, c.starts_local, c.zone, c.starts_at, c.minutes, c.sequence, c.room_kind,
	c.room_url, c.dial_number, c.dial_pin, c.opened_at, c.closed_at, c.agreed_at, ` + seriesColumns

func dated(row database.Scanner, now time.Time) (d Dated, err error) {
	var c Conference
	var stored State
	var local string
	var startsAt time.Time
	var opened, closed, agreed sql.NullTime
	var series seriesRow
	var minutes int
	err = row.Scan(&d.ID, &d.Title.ID, &stored, &local, &d.Zone, &startsAt, &minutes, &d.Sequence, &d.Room.Kind, &d.Room.URL, &d.Room.Phone.Number, &d.Room.Phone.PIN,
		&opened, &closed, &agreed, &series.local, &series.id, &series.first, &series.zone, &series.before, &d.Mine)
	d.Series, d.Before = series.read()
	d.StartsAt, d.Length = instant(local, d.Zone, startsAt), time.Duration(minutes)*time.Minute
	c.StartsAt, c.Length, c.OpenedAt, c.ClosedAt, c.AgreedAt = d.StartsAt, d.Length, opened.Time, closed.Time, agreed.Time
	d.State = c.stateAt(stored, now)
	return d, err
}
