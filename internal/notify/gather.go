package notify

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/mail"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
	"example.org/tandem/internal/work"
	letters "example.org/tandem/templates/mail"
)

const (
	digestLook   = 50                  // of each list that are read; what is beyond is not counted
	digestAhead  = 14 * 24 * time.Hour // a conference is coming
	digestBehind = 7                   // days in which a lesson counts as new: since the digest before
	waitingLook  = 200                 // things that wait for one person; the rest waits for the next mail
)

// gathered is what a mail of the day or of the week is made from.
type gathered struct {
	letters.Digest
	to      org.Receiver
	choices org.Choices
	waits   []org.Waits // that it tells of
}

// weekly writes somebody's mail of the week, unless there is nothing to say.
func (d *Desk) weekly(ctx context.Context, subject string) error {
	return d.gathering(ctx, WeeklyMail, subject, func(g *gathered, _ morning) bool { return g.choices.Of(org.DigestMails) != org.Never })
}

// daily writes somebody's mail of the day. On a Monday the mail of the week tells it all.
func (d *Desk) daily(ctx context.Context, subject string) error {
	return d.gathering(ctx, DailyMail, subject, func(g *gathered, m morning) bool {
		return m.day.Weekday() != time.Monday || g.choices.Of(org.DigestMails) == org.Never
	})
}

// gathering reads everything in one view of the database, sends the mail and only then notes that it was told: should the program
// end in between, the mail goes out twice under one Message-ID, as every mail does.
func (d *Desk) gathering(ctx context.Context, kind, subject string, due func(*gathered, morning) bool) error {
	var m morning
	var day, person string
	_, err := fmt.Sscan(subject, &day, &person)
	if err == nil {
		m.day, err = time.Parse(time.DateOnly, day)
	}
	if err != nil {
		return jobs.Permanent(err)
	}
	var g gathered
	err = d.DB.Read(ctx, func(tx *database.Tx) error {
		if g.to, err = d.Org.Receiver(ctx, tx, person); err != nil {
			return err
		}
		if g.choices, err = org.MailChoicesIn(ctx, tx, person); err != nil || !due(&g, m) {
			return err
		}
		g.Digest = letters.Digest{Reader: d.Catalog.Reader(g.to.Language, g.to.Zone, tx.Now, g.to.Reads...), Weekly: kind == WeeklyMail,
			URL: strings.TrimSuffix(d.URL.String(), "/"), Write: func(actionID string) string { return d.Back.To(actionID, person) }}
		return d.gather(ctx, tx, &g)
	})
	if problem.Is(err, problem.NotFound) {
		return jobs.Permanent(fmt.Errorf("nobody to write to any more: %w", err))
	}
	if err != nil || !g.Says() {
		return err
	}
	id := strings.Join([]string{kind, day, person}, ".")
	if err := d.deliver(ctx, groupOf(kind), g.to, g.Letter(), mail.Message{ID: id, Date: g.Reader.Now}); err != nil {
		return err
	}
	return d.DB.Write(ctx, func(tx *database.Tx) error { return org.ToldIn(ctx, tx, person, g.waits) })
}

// gather reads what there is to tell, by the rights that the receiver has now: a statement for each feature, and one for all words.
func (d *Desk) gather(ctx context.Context, tx *database.Tx, g *gathered) error {
	a, err := org.ActorIn(ctx, tx, g.to.PersonID)
	if err != nil {
		return err
	}
	a.Language, a.Reads = g.to.Language, g.to.Reads
	seen, err := access.Partnerships(ctx, tx, a)
	if err != nil {
		return err
	}
	var texts text.Batch
	if g.Weekly && len(a.Memberships) > 0 {
		if err := d.gatherWeek(ctx, tx, &texts, a, seen, g); err != nil {
			return err
		}
	}
	if err := d.gatherWaiting(ctx, tx, &texts, a, seen, g); err != nil {
		return err
	}
	return texts.Load(ctx, tx)
}

func (d *Desk) gatherWeek(ctx context.Context, tx *database.Tx, texts *text.Batch, a access.Actor, seen access.Seen, g *gathered) error {
	lists, err := d.Work.Conferences.ListsWith(ctx, tx, texts, a, conference.Filter{Awaiting: true, Limit: digestLook}, conference.Filter{Limit: digestLook})
	if err != nil {
		return err
	}
	g.Awaiting = lists[0].Conferences
	g.Coming = slices.DeleteFunc(lists[1].Conferences, func(c conference.Listed) bool { return !isComing(c, tx.Now) || awaited(g.Awaiting, c.ID) })
	if g.Unagreed, err = d.Work.Minutes.WaitingWith(ctx, tx, texts, a, seen, digestLook); err != nil {
		return err
	}
	if g.Tasks, err = d.Work.Actions.MineDueWith(ctx, tx, texts, a, seen, digestLook); err != nil {
		return err
	}
	since := g.Reader.Now.In(g.Reader.Zone).AddDate(0, 0, -digestBehind)
	if g.Lessons, err = d.Work.Lessons.SharedWith(ctx, tx, texts, a, seen, since, digestLook); err != nil {
		return err
	}
	queue, err := d.Work.QueueWith(ctx, tx, texts, a, seen, work.Wanted{Languages: a.Reads, Readable: true,
		Shelves: []work.Shelf{work.OfConferences, work.OfLessons}, Look: 6, Limit: 1})
	g.ToTranslate = !queue.Empty()
	return err
}

// isComing tells whether a conference takes place soon and the reader has not declined.
func isComing(c conference.Listed, now time.Time) bool {
	return c.HasTime && (c.State == conference.Scheduled || c.State == conference.InProgress) && c.Mine != conference.Declined &&
		c.StartsAt.Before(now.Add(digestAhead))
}

func awaited(list []conference.Listed, id string) bool {
	return slices.ContainsFunc(list, func(c conference.Listed) bool { return c.ID == id })
}

// gatherWaiting reads what was to wait for this mail. What its receiver may not see any more is passed over.
func (d *Desk) gatherWaiting(ctx context.Context, tx *database.Tx, texts *text.Batch, a access.Actor, seen access.Seen, g *gathered) error {
	all, err := org.WaitingIn(ctx, tx, g.to.PersonID, waitingLook)
	if err != nil {
		return err
	}
	ids := map[org.MailKind][]string{}
	for _, w := range all {
		if how := g.choices.Of(w.Kind); how == org.Never || how == org.Weekly && !g.Weekly {
			continue
		}
		g.waits = append(g.waits, w)
		if !g.Weekly || !slices.ContainsFunc(g.Lessons, func(l lesson.Told) bool { return l.ID == w.SubjectID }) {
			ids[w.Kind] = append(ids[w.Kind], w.SubjectID)
		}
	}
	titles, err := d.titles(ctx, tx, texts, a, seen, ids)
	for _, w := range g.waits {
		if title, seen := titles[w.SubjectID]; seen && !g.Tells(w.Letter, w.SubjectID) {
			g.News = append(g.News, letters.News{Letter: w.Letter, SubjectID: w.SubjectID, Title: title})
		}
	}
	return err
}

// titles are what the things are called, as far as the receiver sees them: three statements, however many there are.
func (d *Desk) titles(ctx context.Context, tx *database.Tx, texts *text.Batch, a access.Actor, seen access.Seen, ids map[org.MailKind][]string) (map[string]*text.Text, error) {
	conferences, err := d.Work.Conferences.TitlesWith(ctx, tx, texts, seen, ids[org.MinutesMails])
	lessons, err2 := d.Work.Lessons.TitlesWith(ctx, tx, texts, seen, ids[org.LessonMails])
	proposals, err3 := org.ProposalsNamedWith(ctx, tx, texts, a, ids[org.ProposalMails])
	for _, more := range []map[string]*text.Text{lessons, proposals} {
		for id, t := range more {
			conferences[id] = t
		}
	}
	return conferences, errors.Join(err, err2, err3)
}
