// Package notify says which event sends which mail to whom. A job names a conference or a lesson, and a person; everything else is read
// when the mail is written, so that it tells how things stand then, in the receiver's language and by their clock.
// Table has it all.
package notify

import (
	"context"
	"errors"
	"fmt"
	netmail "net/mail"
	"net/url"
	"strings"
	"time"

	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/mail"
	"example.org/tandem/internal/minutes"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/work"
	letters "example.org/tandem/templates/mail"
)

// Parts are what mails are made of.
type Parts struct {
	DB          *database.DB
	Catalog     *locale.Catalog
	URL         *url.URL         // where people reach this site
	From        *netmail.Address // sender of every mail, and organiser of every calendar entry
	Conferences *conference.Store
	Minutes     *minutes.Store
	Lessons     *lesson.Store
	Org         *org.Store
	Work        *work.Desk
	Mail        mail.Sender
	Back        mail.Return // how something is sent in by mail
}

// Desk writes the mails.
type Desk struct{ Parts }

// New gives a desk.
func New(p Parts) *Desk { return &Desk{p} }

// Register names the desk as who does the jobs that are mails.
func (d *Desk) Register(r *jobs.Runner) {
	for kind, handle := range d.writers() {
		r.Handle(kind, handle)
	}
	r.Handle(conference.RemindJob, d.remindOf)
	r.Handle(DigestJob, d.digests)
}

// writers write the mails of the table, by their kinds.
func (d *Desk) writers() map[string]jobs.Handler {
	all := map[string]jobs.Handler{WeeklyMail: d.weekly, DailyMail: d.daily, lesson.SharedMail: d.shared, org.InvitedMail: d.invited,
		org.ProposedMail: d.proposed, org.AnsweredMail: d.answered}
	for kind, write := range map[string]writer{
		conference.AskMail: ask, conference.InvitationMail: invite, conference.ChangeMail: change,
		conference.RemovalMail: remove, conference.CancellationMail: cancel, conference.MinutesMail: d.minutes,
		minutes.VoidedMail: voided, conference.SeriesMail: series, conference.AheadMail: d.ahead, conference.ReminderMail: d.remind,
		conference.AgendaMail: agenda, conference.PostponementMail: postponed, conference.ReopeningMail: reopened,
		conference.CounterMail: d.counter, conference.CounterDeclineMail: d.counterDeclined,
	} {
		all[kind] = d.handler(kind, write)
	}
	return all
}

// post is one mail being written.
type post struct {
	letters.Topic
	letter   conference.Letter
	followed bool // by a later letter of this kind
	to       org.Receiver
	organise org.Receiver // who planned the conference: answers by mail go there
	now      time.Time
	series   *conference.Series // of a mail about a whole one
}

// written is what a kind of mail says; an empty one is not sent, because something newer says it all.
type written struct {
	letters.Letter
	method calendar.Method // of the calendar entry; "": none
}

func nothing() (written, error) { return written{}, nil }

// writer puts one kind of mail into words.
type writer func(context.Context, post) (written, error)

// handler makes a job of a writer. The Message-ID comes from the job: should the program end between sending a mail and noting
// that, it goes out twice and mail programmes show it once. We chose that over a mail that never goes.
func (d *Desk) handler(kind string, write writer) jobs.Handler {
	return func(ctx context.Context, subject string) error {
		letter, err := conference.ParseLetter(subject)
		if err != nil {
			return jobs.Permanent(err)
		}
		p, err := d.prepare(ctx, kind, letter)
		if problem.Is(err, problem.NotFound) {
			return jobs.Permanent(fmt.Errorf("nothing to write about any more: %w", err))
		}
		if err != nil {
			return err
		}
		w, err := write(ctx, p)
		if err != nil || w.Subject == "" {
			return err
		}
		if p.to.Guest {
			if p.Guest, err = d.guestPage(ctx, p); err != nil {
				return err
			}
			if w, err = write(ctx, p); err != nil {
				return err
			}
		}
		if err := d.send(ctx, kind, p, w); err != nil {
			return err
		}
		if err := d.replaceLinks(ctx, p); err != nil {
			return err
		}
		return d.tellStandIn(ctx, kind, p, write)
	}
}

// prepare reads all that a mail about a conference needs, in one view of the database.
func (d *Desk) prepare(ctx context.Context, kind string, l conference.Letter) (p post, err error) {
	err = d.DB.Read(ctx, func(tx *database.Tx) error {
		c, err := d.Conferences.GetIn(ctx, tx, l.ConferenceID)
		if err != nil {
			return err
		}
		to, err := d.Org.Receiver(ctx, tx, l.PersonID)
		if err != nil {
			return err
		}
		organiser, err := d.Org.Receiver(ctx, tx, c.CreatedByID)
		if err != nil {
			return err
		}
		c, _ = l.Was(c)
		followed, err := l.FollowedIn(ctx, tx, kind, c.Sequence)
		if err != nil {
			return err
		}
		names, err := d.Org.NamesIn(ctx, tx, nil, c.Hosts)
		r := d.Catalog.Reader(to.Language, to.Zone, tx.Now, to.Reads...)
		topic := letters.Topic{Reader: r, Conference: c, Names: names, URL: strings.TrimSuffix(d.URL.String(), "/")}
		p = post{topic, l, followed, to, organiser, tx.Now, nil}
		if err == nil && kind == conference.SeriesMail {
			p.series, err = d.whole(ctx, tx, c, to.PersonID)
		}
		return err
	})
	return p, err
}

func (d *Desk) send(ctx context.Context, kind string, p post, w written) (err error) {
	m := mail.Message{ID: p.id(kind), Date: p.now, ReplyTo: p.replyTo(), CalendarMethod: string(w.method)}
	if w.method != "" {
		if m.Calendar, err = d.entry(p, w.method); err != nil {
			return jobs.Permanent(err)
		}
	}
	return d.deliver(ctx, groupOf(kind), p.to, w.Letter, m)
}

// id is the same however often the job runs, and another for each agreement that ended.
func (p post) id(kind string) string {
	parts := []string{kind, p.letter.ConferenceID, p.letter.PersonID, fmt.Sprint(p.letter.Sequence)}
	if p.letter.About != "" {
		parts = append(parts, p.letter.About)
	}
	return apart.Replace(strings.Join(parts, "."))
}

// apart writes what a letter is about with letters that a Message-ID may have.
var apart = strings.NewReplacer("@", ".", ":", "-", "/", "-")

func name(p post, who org.Receiver) string { return who.Name.Line(p.Reader.Reads).Body }

func (p post) replyTo() string {
	if p.organise.Email == "" {
		return ""
	}
	return (&netmail.Address{Name: name(p, p.organise), Address: p.organise.Email}).String()
}

var errNoTime = errors.New("a calendar entry without a time")
