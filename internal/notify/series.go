package notify

import (
	"context"
	"slices"
	"strings"
	"time"

	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/problem"
	pages "example.org/tandem/templates/conferences"
	letters "example.org/tandem/templates/mail"
)

// whole is the series that a conference belongs to, as it concerns one person.
func (d *Desk) whole(ctx context.Context, tx *database.Tx, c conference.Conference, personID string) (*conference.Series, error) {
	if c.Series.SeriesID == "" {
		return nil, nil
	}
	f, err := d.Conferences.SeriesForIn(ctx, tx, c.Series.SeriesID, personID)
	return &f, err
}

// series tells of a whole series as it is now; who is not asked to take part in any of it any more was told that already.
func series(_ context.Context, p post) (written, error) {
	if p.series == nil || p.followed || p.letter.Sequence < p.series.Sequence {
		return nothing()
	}
	anew := strings.HasPrefix(p.letter.About, conference.AskedLater)
	w := written{Letter: letters.Series(p.Topic, *p.series, anew), method: calendar.Request}
	if !slices.ContainsFunc(p.series.Occurrences, conference.Recurring.TakesPlace) {
		w.method = calendar.Cancel
	}
	return w, nil
}

// seriesEntry is a whole series for the receiver's calendar: one entry with the rule, and one for each occurrence that was moved or
// that they answered otherwise. Each bears their answer, lest the mail undo it.
// Where nothing is left of it, all of it is taken out by its UID alone (RFC 5546 §3.2.5).
func (d *Desk) seriesEntry(p post, method calendar.Method) ([]byte, error) {
	entries, err := letters.SeriesEntries(p.Topic, *p.series, p.now)
	if err != nil {
		return nil, err
	}
	if method == calendar.Cancel {
		entries = entries[:1]
		entries[0].Rule, entries[0].Without, entries[0].Answer = "", nil, ""
	}
	for i := range entries {
		entries[i].Organiser = calendar.Contact{Name: d.From.Name, Email: d.From.Address}
		entries[i].Attendee = calendar.Contact{Name: name(p, p.to), Email: p.to.Email}
	}
	return calendar.Write(method, entries...)
}

// lookAhead finds out whether there is anything to tell of an occurrence in two weeks.
func (d *Desk) lookAhead(ctx context.Context, r conference.Reminder) error {
	look, err := d.Conferences.Look(ctx, r)
	if problem.Is(err, problem.NotFound) {
		return jobs.Permanent(err)
	}
	if err != nil || !look.Holds {
		return err
	}
	days, err := d.daysAround(ctx, look.Conference.StartsAt)
	if err != nil || !pages.Marked(days, look) {
		return err
	}
	return d.Conferences.WarnAhead(ctx, look.Conference)
}

// daysAround are the days of the week before a moment and the week after it.
func (d *Desk) daysAround(ctx context.Context, at time.Time) (calendar.Days, error) {
	return d.Org.Days(ctx, at.AddDate(0, 0, -8).Format(time.DateOnly), at.AddDate(0, 0, 8).Format(time.DateOnly))
}

// ahead tells what is unusual about an occurrence, as long as it has the time that the job was made for.
func (d *Desk) ahead(ctx context.Context, p post) (written, error) {
	if p.letter.About != p.Conference.StartsLocal || !p.Conference.Is(conference.Scheduled) {
		return nothing()
	}
	days, err := d.daysAround(ctx, p.Conference.StartsAt)
	if err != nil {
		return written{}, err
	}
	var look conference.Look
	err = d.DB.Read(ctx, func(tx *database.Tx) (err error) {
		look, err = d.Conferences.LookIn(ctx, tx, p.Conference)
		return err
	})
	marks := pages.SeriesMarks(p.Reader, days, look)
	if err != nil || len(marks) == 0 {
		return written{}, err
	}
	var lines []letters.Line
	for _, m := range marks {
		if m.Name.Body == "" {
			lines = append(lines, letters.Line{Text: m.Text})
		} else {
			lines = append(lines, letters.Line{Text: m.Text + " " + m.Name.Body})
		}
	}
	return written{Letter: letters.Ahead(p.Topic, lines, pages.Offers(days, look, p.now))}, nil
}
