package conference

import (
	"context"
	"fmt"
	"strings"
	"time"

	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/locale"
)

// RemindJob is the kind of a job that finds out, when its time has come, who is to be reminded of what.
const RemindJob = "remind"

// Occasion is what a reminder is about.
type Occasion string

const (
	InAWeek    Occasion = "week" // time to prepare, and to translate the agenda
	Tomorrow   Occasion = "day"
	InAnHour   Occasion = "hour"
	PollCloses Occasion = "poll"  // the day before answers are wanted
	Ahead      Occasion = "ahead" // two weeks before an occurrence: is its hour or its day another than people are used to?
)

// early is how long before the start a reminder goes out.
var early = map[Occasion]time.Duration{InAWeek: 7 * 24 * time.Hour, Tomorrow: 24 * time.Hour, InAnHour: time.Hour, Ahead: 14 * 24 * time.Hour}

// pollHour is when people are reminded of a poll, by its own clock, on the day before its last.
const pollHour = "09:00"

// Reminder is the subject of a RemindJob. Of a conference that has another time by then nobody is reminded: that time has a job
// of its own.
type Reminder struct {
	ConferenceID string
	Occasion     Occasion
	Local, Zone  string // wall time of the start; of a poll the last day to answer, as a wall time too
}

func (r Reminder) String() string {
	return fmt.Sprintf("%s %s %s %s", r.ConferenceID, r.Occasion, r.Local, r.Zone)
}

// ParseReminder reads a job's subject.
func ParseReminder(subject string) (r Reminder, err error) {
	_, err = fmt.Sscan(subject, &r.ConferenceID, &r.Occasion, &r.Local, &r.Zone)
	return r, err
}

func (r Reminder) job(at time.Time) jobs.Job {
	return jobs.Job{Kind: RemindJob, Subject: r.String(), UniqueKey: RemindJob + ":" + r.String(), RunAt: at}
}

// remind plans the reminders of a time that a conference is set to; those whose moment has passed are left out.
func remind(ctx context.Context, tx *database.Tx, c chosen) error {
	var list []jobs.Job
	for _, o := range []Occasion{InAWeek, Tomorrow, InAnHour} {
		if at := c.at.Add(-early[o]); at.After(tx.Now) {
			list = append(list, Reminder{c.id, o, c.local, c.zone}.job(at))
		}
	}
	if err := jobs.Enqueue(ctx, tx, list...); err != nil {
		return err
	}
	var days int
	if err := tx.Row(ctx, `select agenda_days from conferences where id = $1`, c.id).Scan(&days); err != nil {
		return err
	}
	return remindAgenda(ctx, tx, c, days)
}

// remindOfPoll plans the one reminder of a poll that has a last day.
func (d decided) remindOfPoll(ctx context.Context, tx *database.Tx, id string) error {
	if d.deadline.IsZero() {
		return nil
	}
	last, err := time.Parse(time.DateOnly, d.Deadline)
	if err != nil {
		return err
	}
	at, err := calendar.Instant(last.AddDate(0, 0, -1).Format(time.DateOnly)+"T"+pollHour, d.Zone)
	if err != nil || !at.After(tx.Now) {
		return nil // there is no such hour on that day, or it has passed: nobody is reminded
	}
	return jobs.Enqueue(ctx, tx, Reminder{id, PollCloses, d.Deadline + dayEnds, d.Zone}.job(at))
}

// Remind has those written to whom a reminder concerns now: of a poll those who have said nothing, of a conference those who
// have not declined. It asks nobody's rights: it is the program's own job.
func (s *Store) Remind(ctx context.Context, r Reminder) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		c, err := s.GetIn(ctx, tx, r.ConferenceID)
		if err != nil || !r.holds(c) {
			return err
		}
		var list []jobs.Job
		for _, p := range c.Participants {
			if r.Occasion == PollCloses && c.HasAnswered(p.PersonID) || p.RSVP == Declined {
				continue
			}
			l := Letter{ConferenceID: c.ID, PersonID: p.PersonID, Sequence: c.Sequence, About: string(r.Occasion) + "@" + r.Local}
			list = append(list, jobs.Job{Kind: ReminderMail, Subject: l.String(), UniqueKey: l.key(ReminderMail)})
		}
		return jobs.Enqueue(ctx, tx, list...)
	})
}

// holds tells whether a conference is still as it was when the reminder was planned.
func (r Reminder) holds(c Conference) bool {
	if r.Occasion == PollCloses {
		return c.Is(Poll) && calendar.Wall(c.Deadline, locale.Zone(c.Zone)) == r.Local
	}
	if r.IsAgenda() && r.Occasion != agendaOut(c.AgendaDays) {
		return false
	}
	return c.Is(Scheduled) && c.StartsLocal == r.Local && c.Zone == r.Zone
}

// Occasion is what a letter of the kind ReminderMail reminds of, as long as it holds.
func (l Letter) Occasion(c Conference) (Occasion, bool) {
	for _, o := range []Occasion{InAWeek, Tomorrow, InAnHour, PollCloses} {
		local, is := strings.CutPrefix(l.About, string(o)+"@")
		if is {
			return o, Reminder{c.ID, o, local, c.Zone}.holds(c)
		}
	}
	return "", false
}
