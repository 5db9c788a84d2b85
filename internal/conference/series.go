package conference

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Occurrence is a conference's place in a series. The zero value: it belongs to none.
type Occurrence struct {
	SeriesID string
	FirstID  string // the conference whose calendar entry became that of the series
	Local    string // the time that the rule gave it, wherever it has been moved since
	Zone     string // that the series is anchored in
}

// At is the instant that the rule gave it: RECURRENCE-ID (RFC 5545 §3.8.4.4).
func (o Occurrence) At() time.Time { return instant(o.Local, o.Zone, time.Time{}) }

// Series is a conference that comes round. Its occurrences are conferences of their own, with agenda, notes and minutes.
type Series struct {
	ID, PartnershipID, FirstID string
	Rule                       string // RRULE with COUNT
	StartsLocal, Zone          string // of the first occurrence
	Sequence, Version          int
	Occurrences                []Recurring // in the order of the rule, those that were cancelled too
}

// Recurring is one occurrence as its series shows it.
type Recurring struct {
	ID, Local string // Local: as in Occurrence
	Title     text.Text
	State     State
	Zone      string // that it is agreed by now
	StartsAt  time.Time
	Length    time.Duration
	Sequence  int
	Mine      RSVP // of whom the series was read for; "" where it was read for nobody
}

// TakesPlace tells whether it has a time that people know of: it is no draft, no question and not cancelled.
func (o Recurring) TakesPlace() bool {
	return !slices.Contains([]State{Draft, Poll, Postponed, Cancelled}, o.State)
}

// Ends is when it is planned to end.
func (o Recurring) Ends() time.Time { return o.StartsAt.Add(o.Length) }

// Moved tells whether it takes place at another time than its rule says.
func (s Series) Moved(o Recurring) bool {
	return !o.StartsAt.Equal(instant(o.Local, s.Zone, o.StartsAt))
}

// Without are the times of the rule at which nothing takes place: left out from the beginning, or cancelled since (EXDATE); for one
// person also those that they are not asked to.
func (s Series) Without() (list []time.Time, err error) {
	walls, err := calendar.Occurrences(s.Rule, s.StartsLocal)
	for _, wall := range walls {
		there := slices.ContainsFunc(s.Occurrences, func(o Recurring) bool { return o.Local == wall && o.TakesPlace() })
		if at, err := calendar.Instant(wall, s.Zone); err == nil && !there {
			list = append(list, at)
		}
	}
	return list, err
}

// Before is the occurrence that took or takes place before one: what people are used to when it comes.
func (s Series) Before(id string) (last Recurring, there bool) {
	for _, o := range s.Occurrences {
		if o.ID == id {
			return last, there
		}
		if o.TakesPlace() {
			last, there = o, true
		}
	}
	return Recurring{}, false
}

// FindSeries gives those occurrences of a series that the actor may see, and one of them, for what the policy needs to know: the
// first of all, if they may see that. Of a series of which they may see none there is none.
func (s *Store) FindSeries(ctx context.Context, a access.Actor, id string) (found Series, one Conference, err error) {
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		if found, err = s.SeriesIn(ctx, tx, id); err != nil {
			return err
		}
		if err := found.keepSeen(ctx, tx, a); err != nil {
			return err
		}
		shown := found.Occurrences[0].ID
		if slices.ContainsFunc(found.Occurrences, func(o Recurring) bool { return o.ID == found.FirstID }) {
			shown = found.FirstID
		}
		one, err = s.FindIn(ctx, tx, a, shown)
		return err
	})
	return found, one, err
}

// keepSeen asks the right of every occurrence by itself.
func (f *Series) keepSeen(ctx context.Context, tx *database.Tx, a access.Actor) error {
	args := database.Args{f.ID}
	seen, err := database.Strings(ctx, tx, `select id from conferences where series_id = $1 and `+access.SeesSQL(a, "partnership_id", &args)+`
		and (state <> 'draft' or `+access.PlansSQL(a, "partnership_id", &args)+`) limit `+args.Add(calendar.MaxOccurrences), args...)
	if err != nil {
		return err
	}
	f.Occurrences = slices.DeleteFunc(f.Occurrences, func(o Recurring) bool { return !slices.Contains(seen, o.ID) })
	if len(f.Occurrences) == 0 {
		return problem.Missing()
	}
	return nil
}

// SeriesFor is SeriesForIn in a transaction of its own.
func (s *Store) SeriesFor(ctx context.Context, id, personID string) (f Series, err error) {
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		f, err = s.SeriesForIn(ctx, tx, id, personID)
		return err
	})
	return f, err
}

// SeriesForIn gives a series as it concerns one person: those occurrences that they have been asked to, with their answers.
func (s *Store) SeriesForIn(ctx context.Context, tx *database.Tx, id, personID string) (Series, error) {
	f, err := s.SeriesIn(ctx, tx, id)
	if err != nil {
		return f, err
	}
	answers := map[string]RSVP{}
	_, err = database.All(ctx, tx, func(row database.Scanner) (none struct{}, err error) {
		var conference string
		var answer RSVP
		err = row.Scan(&conference, &answer)
		answers[conference] = answer
		return none, err
	}, `select p.conference_id, p.rsvp from participants p join conferences c on c.id = p.conference_id
		where c.series_id = $1 and p.person_id = $2 and p.invited_at is not null order by c.recurs_local limit $3`, id, personID, calendar.MaxOccurrences)
	f.Occurrences = slices.DeleteFunc(f.Occurrences, func(o Recurring) bool { return answers[o.ID] == "" })
	for i := range f.Occurrences {
		f.Occurrences[i].Mine = answers[f.Occurrences[i].ID]
	}
	return f, err
}

// Answer is what the person whom the series was read for says to most of it; of two that are as frequent, the one that they gave to
// the earlier occurrence.
func (f Series) Answer() (most RSVP) {
	often := map[RSVP]int{}
	for _, o := range f.Occurrences {
		if o.TakesPlace() {
			often[o.Mine]++
		}
	}
	for _, o := range f.Occurrences {
		if o.TakesPlace() && (most == "" || often[o.Mine] > often[most]) {
			most = o.Mine
		}
	}
	return most
}

// SeriesIn gives a series to the program itself.
func (s *Store) SeriesIn(ctx context.Context, tx *database.Tx, id string) (f Series, err error) {
	err = tx.Row(ctx, `select id, partnership_id, first_id, rule, starts_local, zone, sequence, version from series where id = $1`, id).
		Scan(&f.ID, &f.PartnershipID, &f.FirstID, &f.Rule, &f.StartsLocal, &f.Zone, &f.Sequence, &f.Version)
	if database.IsNone(err) {
		return f, problem.Missing()
	}
	if err != nil {
		return f, err
	}
	if f.Occurrences, err = recurring(ctx, tx, id); err != nil {
		return f, err
	}
	var texts text.Batch
	for i := range f.Occurrences {
		texts.Want(f.Occurrences[i].Title.ID, &f.Occurrences[i].Title)
	}
	return f, texts.Load(ctx, tx)
}

func recurring(ctx context.Context, tx *database.Tx, id string) ([]Recurring, error) {
	return database.All(ctx, tx, func(row database.Scanner) (o Recurring, err error) {
		var c Conference
		var stored State
		var local sql.NullString
		var minutes int
		var opened, closed, agreed *time.Time
		err = row.Scan(&o.ID, &o.Local, &o.Title.ID, &stored, &local, &o.Zone, &o.StartsAt, &minutes, &o.Sequence, &opened, &closed, &agreed)
		o.StartsAt, o.Length = instant(local.String, o.Zone, o.StartsAt), time.Duration(minutes)*time.Minute
		c.StartsAt, c.Length, c.OpenedAt, c.ClosedAt, c.AgreedAt = o.StartsAt, o.Length, was(opened), was(closed), was(agreed)
		o.State = c.stateAt(stored, tx.Now)
		return o, err
	}, `select id, recurs_local, title_id, state, starts_local, zone, starts_at, minutes, sequence, opened_at, closed_at, agreed_at
		from conferences where series_id = $1 order by recurs_local limit $2`, id, calendar.MaxOccurrences)
}

func was(at *time.Time) time.Time {
	if at == nil {
		return time.Time{}
	}
	return *at
}

// seriesColumns say of a row of a list which series a conference c belongs to, and when the occurrence before it is; of drafts nothing.
const seriesColumns = `c.recurs_local, c.series_id, (select se.first_id from series se where se.id = c.series_id) as series_first,
	(select se.zone from series se where se.id = c.series_id) as series_zone,
	(select b.starts_local || ' ' || b.zone from conferences b where b.series_id = c.series_id and b.recurs_local < c.recurs_local
		and b.state = 'scheduled' order by b.recurs_local desc limit 1) as series_before`

type seriesRow struct{ local, id, first, zone, before sql.NullString }

func (r seriesRow) read() (o Occurrence, before time.Time) {
	wall, zone, _ := strings.Cut(r.before.String, " ")
	return Occurrence{r.id.String, r.first.String, r.local.String, r.zone.String}, instant(wall, zone, time.Time{})
}
