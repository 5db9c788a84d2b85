package notify

import (
	"context"
	"fmt"
	"time"

	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
)

// Jobs of the mails that gather. A DigestJob is one morning in one time zone; it has a job written for each person who gets a mail.
const (
	DigestJob  = "digest"
	WeeklyMail = "weekly"
	DailyMail  = "daily"
)

// The hours of such a morning, by the clocks of the people. Who was not written to by the evening, because the program was
// down, is not written to at night: the next mail tells them.
const (
	digestHour = "T08:00"
	tooLate    = "T20:00"
)

// perBreath is how many people are looked up and given their jobs in one transaction, so that others can write in between.
const perBreath = 200

// morning is the subject of a DigestJob.
type morning struct {
	day  time.Time // of the calendar; its clock is of no account
	zone string
}

func (m morning) String() string { return m.day.Format(time.DateOnly) + " " + m.zone }

func parseMorning(subject string) (m morning, err error) {
	var day string
	if _, err = fmt.Sscan(subject, &day, &m.zone); err == nil {
		m.day, err = time.Parse(time.DateOnly, day)
	}
	return m, err
}

// at is the instant of an hour on that day. It is asked of the calendar for every day anew: between two Mondays clocks may change.
func (m morning) at(hour string) (time.Time, error) {
	return calendar.Instant(m.day.Format(time.DateOnly)+hour, m.zone)
}

// week is the ISO week, by which a person gets one digest wherever they have travelled.
func (m morning) week() string {
	year, week := m.day.ISOWeek()
	return fmt.Sprintf("%d-W%02d", year, week)
}

// Begin plans the coming mornings of every time zone that somebody lives by. It may be asked for any number of times.
func (d *Desk) Begin(ctx context.Context) error {
	return d.DB.Write(ctx, func(tx *database.Tx) error {
		zones, err := org.ZonesIn(ctx, tx)
		if err != nil {
			return err
		}
		var list []jobs.Job
		for _, zone := range zones {
			today := morning{tx.Now.In(locale.Zone(zone)), zone}
			for _, m := range []morning{today, {today.day.AddDate(0, 0, 1), zone}} {
				if end, err := m.at(tooLate); err == nil && end.After(tx.Now) {
					list = append(list, m.job())
				}
			}
		}
		return jobs.Enqueue(ctx, tx, list...)
	})
}

func (m morning) job() jobs.Job {
	at, _ := m.at(digestHour) // a day without this hour begins as early as it can
	return jobs.Job{Kind: DigestJob, Subject: m.String(), UniqueKey: DigestJob + ":" + m.String(), RunAt: at}
}

// digests plans the next morning, and has everybody written to who is to be on this one.
func (d *Desk) digests(ctx context.Context, subject string) error {
	m, err := parseMorning(subject)
	if err != nil {
		return jobs.Permanent(err)
	}
	if err := d.Begin(ctx); err != nil {
		return err
	}
	end, err := m.at(tooLate)
	if err != nil {
		return jobs.Permanent(err)
	}
	if !d.DB.Now().Before(end) {
		return nil
	}
	if m.day.Weekday() == time.Monday {
		if err := d.each(ctx, m, WeeklyMail, m.week(), org.DigestReadersIn); err != nil {
			return err
		}
	}
	return d.each(ctx, m, DailyMail, m.day.Format(time.DateOnly), org.ToBeToldIn)
}

// each writes a job for each of some people of a zone. The key is what keeps a second mail from them, also after a crash.
func (d *Desk) each(ctx context.Context, m morning, kind, key string,
	people func(context.Context, *database.Tx, string, string, int) ([]string, error)) error {
	for last, more := "", true; more; {
		err := d.DB.Write(ctx, func(tx *database.Tx) error {
			page, err := people(ctx, tx, m.zone, last, perBreath)
			if more = err == nil && len(page) == perBreath; len(page) > 0 {
				last = page[len(page)-1]
			}
			list := make([]jobs.Job, len(page))
			for i, id := range page {
				list[i] = jobs.Job{Kind: kind, Subject: m.day.Format(time.DateOnly) + " " + id, UniqueKey: kind + ":" + id + ":" + key}
			}
			return jobs.Enqueue(ctx, tx, list...)
		})
		if err != nil {
			return err
		}
	}
	return nil
}
