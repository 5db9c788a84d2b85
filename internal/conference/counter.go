package conference

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Mails about other times that somebody who is asked proposes (RFC 5546 §3.2.7, §3.2.8).
const (
	CounterMail        = "counter"         // to the coordinators of the hosts: somebody proposes other times
	CounterDeclineMail = "decline-counter" // to who proposed them: it stays as it is
)

const (
	MaxCounterTimes = 3 // that can be proposed at once
	maxCounters     = 5 // of one person, to one conference: each is a mail to several
	mostCounters    = MaxParticipants * maxCounters
)

// Counter is another time, or a few, that somebody proposes who is asked to a conference. By itself it changes nothing.
type Counter struct {
	ID         string
	PersonID   string
	About      string // the time that it is to take the place of, by the conference's own clock; "" in a poll
	Times      []time.Time
	Note       text.Said // as typed
	At         time.Time
	DeclinedAt time.Time
	Answer     text.Said // why it was declined, as typed
}

// Key says where the next page begins.
func (x Counter) Key() string { return x.ID }

// Waits tells whether somebody who plans the conference should still look at it: not once it is declined, the conference has another
// time, or all of its own are over or offered.
func (x Counter) Waits(c Conference, now time.Time) bool {
	return x.DeclinedAt.IsZero() && x.About == c.countered() && c.Counterable(now) && len(x.Left(c, now)) > 0
}

// Left are those of its times that can still be taken.
func (x Counter) Left(c Conference, now time.Time) []time.Time {
	return slices.DeleteFunc(slices.Clone(x.Times), func(at time.Time) bool {
		return !at.After(now) || slices.ContainsFunc(c.Slots, func(s Slot) bool { return s.StartsAt.Equal(at) && c.Is(Poll) })
	})
}

// Counterable tells whether other times can be proposed: as long as answers are wanted to a poll, or the time that is set is ahead.
func (c Conference) Counterable(now time.Time) bool {
	return c.Is(Poll) || c.Is(Scheduled) && now.Before(c.StartsAt)
}

// countered is what a proposal made now is about.
func (c Conference) countered() string {
	if c.Is(Poll) {
		return ""
	}
	return c.StartsLocal
}

// CounterDraft is what somebody types who proposes other times.
type CounterDraft struct {
	About  string   // the time that its author saw
	Times  []string // wall times; empty ones are left out
	Zone   string
	Note   text.Draft
	Cannot bool // they cannot come at the time that is set: it is their answer to the invitation too
}

// Counter proposes other times, in the place of what the actor proposed before.
func (s *Store) Counter(ctx context.Context, a access.Actor, id string, d CounterDraft) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		c, err := s.findFor(ctx, tx, a, access.AnswerConference, id)
		if err != nil {
			return err
		}
		if !c.Counterable(tx.Now) {
			return problem.Refuse("conference.problem.not-open")
		}
		if d.About != c.countered() {
			return &problem.Problem{Kind: problem.Conflict, Key: "conference.problem.other-time"}
		}
		before, err := s.CountersIn(ctx, tx, c)
		if err != nil {
			return err
		}
		if err := d.check(c, tx.Now, a.PersonID, before); err != nil {
			return err
		}
		if d.Cannot && c.Is(Scheduled) {
			if err := s.AnswerIn(ctx, tx, a, id, Declined, c.StartsAt, audit.Details{"answer": string(Declined)}); err != nil {
				return err
			}
		}
		return s.keepCounter(ctx, tx, a, c, d)
	})
}

func (d CounterDraft) check(c Conference, now time.Time, personID string, before []Counter) error {
	mine := slices.DeleteFunc(slices.Clone(before), func(x Counter) bool { return x.PersonID != personID })
	if len(mine) >= maxCounters {
		return problem.Refuse("conference.problem.counters", problem.Values{"Most": maxCounters})
	}
	var check problem.Check
	taken := []time.Time{c.StartsAt}
	if c.Is(Poll) {
		taken = nil
		for _, slot := range c.Slots {
			taken = append(taken, slot.StartsAt)
		}
	}
	typed := 0
	for i, local := range d.Times {
		if local == "" {
			continue
		}
		typed++
		name := fmt.Sprintf("time-%d", i+1)
		at, err := calendar.Instant(local, d.Zone)
		if p, wrong := problem.As(err); wrong {
			check.Add(name, p.Key, p.Values)
		} else if check.That(at.After(now), name, "conference.problem.past") {
			check.That(!slices.ContainsFunc(taken, at.Equal), name, "conference.problem.twice")
			taken = append(taken, at)
		}
	}
	check.That(typed > 0 && len(d.Times) <= MaxCounterTimes, "time-1", "calendar.problem.time")
	check.That(slices.Contains(Zones, d.Zone), "zone", "calendar.problem.zone")
	if strings.TrimSpace(d.Note.Body) != "" {
		d.Note.CheckLine(&check, "note")
	}
	return check.Err()
}

func (s *Store) keepCounter(ctx context.Context, tx *database.Tx, a access.Actor, c Conference, d CounterDraft) error {
	id, note := database.NewID(), d.Note.Line()
	if note.Body == "" {
		note.Language = ""
	}
	times := slices.DeleteFunc(slices.Clone(d.Times), func(local string) bool { return local == "" })
	_, err := tx.Exec(ctx, `insert into counters (id, conference_id, person_id, about, times, zone, note, note_language, at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, id, c.ID, a.PersonID, d.About, strings.Join(times, ","), d.Zone, note.Body, note.Language, tx.Now)
	if err != nil {
		return err
	}
	if err := audit.Record(ctx, tx, a.PersonID, "propose other time", "conference:"+c.ID, audit.Details{"times": strings.Join(times, ", ")}); err != nil {
		return err
	}
	people, err := database.Strings(ctx, tx, `select distinct m.person_id from memberships m join conference_hosts h on h.unit_id = m.unit_id
		where h.conference_id = $1 and m.role = 'coordinator' and m.ended_at is null
		union select c.created_by_id from conferences c where c.id = $1 order by 1`, c.ID)
	if err != nil {
		return err
	}
	var list []jobs.Job
	for _, person := range people {
		if person != a.PersonID {
			l := Letter{c.ID, person, c.Sequence, id}
			list = append(list, jobs.Job{Kind: CounterMail, Subject: l.String(), UniqueKey: l.key(CounterMail), RunAt: tx.Now})
		}
	}
	return jobs.Enqueue(ctx, tx, list...)
}

const selectCounters = `select id, person_id, about, times, zone, note, note_language, at, declined_at, answer, answer_language from counters `

func readCounter(row database.Scanner) (x Counter, err error) {
	var times, zone string
	var declined *time.Time
	err = row.Scan(&x.ID, &x.PersonID, &x.About, &times, &zone, &x.Note.Body, &x.Note.Language, &x.At, &declined, &x.Answer.Body, &x.Answer.Language)
	x.DeclinedAt = was(declined)
	for local := range strings.SplitSeq(times, ",") {
		if at, err := calendar.Instant(local, zone); err == nil {
			x.Times = append(x.Times, at)
		}
	}
	return x, err
}

// CountersIn are all that were ever proposed for a conference, the newest first.
func (s *Store) CountersIn(ctx context.Context, tx *database.Tx, c Conference) ([]Counter, error) {
	return database.All(ctx, tx, readCounter, selectCounters+`where conference_id = $1 order by id desc limit $2`, c.ID, mostCounters)
}

// Counters are what counts of it for the actor: of each person the newest, their own whatever became of it, and, for who plans the
// conference, those of others that wait.
func (s *Store) Counters(ctx context.Context, a access.Actor, c Conference) (list []Counter, err error) {
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		all, err := s.CountersIn(ctx, tx, c)
		seen := map[string]bool{}
		for _, x := range all {
			_, asked := c.Participant(x.PersonID)
			waits := x.Waits(c, tx.Now) && c.May(a, access.PlanConference)
			if !seen[x.PersonID] && asked && (waits || x.PersonID == a.PersonID && x.About == c.countered()) {
				list = append(list, x)
			}
			seen[x.PersonID] = true
		}
		return err
	})
	return list, err
}

// CounterIn gives one to the program itself: nobody is asking.
func (s *Store) CounterIn(ctx context.Context, tx *database.Tx, id string) (Counter, error) {
	x, err := readCounter(tx.Row(ctx, selectCounters+`where id = $1`, id))
	if database.IsNone(err) {
		return x, problem.Missing()
	}
	return x, err
}

// DeclineCounter says that it stays as it is, and why; who proposed gets a mail.
func (s *Store) DeclineCounter(ctx context.Context, a access.Actor, id, counterID string, why text.Draft) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		if _, err := tx.Exec(ctx, `update conferences set version = version where id = $1`, id); err != nil {
			return err
		}
		c, err := s.findFor(ctx, tx, a, access.PlanConference, id)
		if err != nil {
			return err
		}
		all, err := s.CountersIn(ctx, tx, c)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(x Counter) bool { return x.ID == counterID })
		if i < 0 {
			return problem.Missing()
		}
		if !all[i].Waits(c, tx.Now) {
			return problem.Refuse("conference.problem.counter-over")
		}
		var check problem.Check
		why.CheckLine(&check, "why")
		if err := check.Err(); err != nil {
			return err
		}
		why = why.Line()
		_, err = tx.Exec(ctx, `update counters set declined_at = $1, declined_by_id = $2, answer = $3, answer_language = $4 where id = $5`,
			tx.Now, a.PersonID, why.Body, why.Language, counterID)
		if err != nil {
			return err
		}
		l := Letter{c.ID, all[i].PersonID, c.Sequence, counterID}
		job := jobs.Job{Kind: CounterDeclineMail, Subject: l.String(), UniqueKey: l.key(CounterDeclineMail), RunAt: tx.Now}
		if err := jobs.Enqueue(ctx, tx, job); err != nil {
			return err
		}
		return audit.Record(ctx, tx, a.PersonID, "decline other time", "conference:"+id, audit.Details{"person": all[i].PersonID})
	})
}

// OwnCounter is what somebody proposed, or wrote when they declined it, as the export of their data tells it.
type OwnCounter struct {
	ID           string          `json:"id"`
	ConferenceID string          `json:"conference"`
	TitleID      string          `json:"-"`
	Title        string          `json:"title"`
	Myself       bool            `json:"myself"` // proposed it; else declined what another proposed
	Times        string          `json:"times,omitempty"`
	Zone         string          `json:"zone,omitempty"`
	Note         string          `json:"note,omitempty"`
	Answer       string          `json:"answer,omitempty"`
	Language     locale.Language `json:"language,omitempty"` // of the note, or of what they answered
	At           time.Time       `json:"at"`
}

// Key says where the next page begins.
func (o OwnCounter) Key() string { return o.ID }

// OwnCountersIn gives a person's own, a page at a time, without titles. What others wrote to them is in their mails.
func (s *Store) OwnCountersIn(ctx context.Context, tx *database.Tx, personID, after string, limit int) ([]OwnCounter, error) {
	return database.All(ctx, tx, func(row database.Scanner) (o OwnCounter, err error) {
		var by, answer, answerLanguage string
		err = row.Scan(&o.ID, &o.ConferenceID, &o.TitleID, &by, &o.Times, &o.Zone, &o.Note, &o.Language, &answer, &answerLanguage, &o.At)
		if o.Myself = by == personID; !o.Myself {
			o.Times, o.Zone, o.Note, o.Answer, o.Language = "", "", "", answer, locale.Language(answerLanguage)
		}
		return o, err
	}, `select x.id, x.conference_id, c.title_id, x.person_id, x.times, x.zone, x.note, x.note_language, x.answer, x.answer_language, x.at
		from counters x join conferences c on c.id = x.conference_id
		where (x.person_id = $1 or x.declined_by_id = $1) and x.id > $2 order by x.id limit $3`, personID, after, limit)
}
