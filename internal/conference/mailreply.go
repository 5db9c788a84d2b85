package conference

import (
	"context"
	"slices"
	"strings"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
)

// Why is the reason for which an answer that came by mail is shown to who plans the conference.
type Why string

const (
	WhyUnknown   Why = "unknown"    // nobody who was invited has the sender's address
	WhyPassedOn  Why = "passed-on"  // somebody answers for another (RFC 5546 §3.2.2.3)
	WhyUnproven  Why = "unproven"   // the sender's domain disowns the mail
	WhyOtherTime Why = "other-time" // it answers to a time that holds no longer
	WhyProposes  Why = "proposes"   // it proposes another time (RFC 5546 §3.2.7)
	WhyComment   Why = "comment"    // it was taken, and says something besides
)

// MailReply is an answer by mail that people should look at. Only one of the kind WhyComment has changed anything.
type MailReply struct {
	ID       string
	Address  string // of its sender
	Why      Why
	Answer   RSVP      // "": none
	Said     string    // plain text in the sender's language
	Proposes time.Time // when they would rather meet; zero: nothing
	At       time.Time
}

// mostReplies is how many of them a conference keeps and shows, the newest: strangers can send as many as they like.
const mostReplies = 50

// Answered is what an answer by mail is about: one conference, or all of a series that are still to come.
type Answered struct {
	Conference
	Whole Series // set where the answer is to all of it
}

// AnsweredIn finds what an answer by mail is about. It is for the program itself: nobody is asking.
func (s *Store) AnsweredIn(ctx context.Context, tx *database.Tx, id string, recurs time.Time) (about Answered, err error) {
	if about.Conference, err = s.GetIn(ctx, tx, id); err != nil || about.Series.FirstID != id {
		return about, err
	}
	f, err := s.SeriesIn(ctx, tx, about.Series.SeriesID)
	if err != nil || recurs.IsZero() {
		about.Whole = f
		return about, err
	}
	one := slices.IndexFunc(f.Occurrences, func(o Recurring) bool {
		return Occurrence{Local: o.Local, Zone: f.Zone}.At().Equal(recurs)
	})
	if one < 0 {
		return about, problem.Missing()
	}
	about.Conference, err = s.GetIn(ctx, tx, f.Occurrences[one].ID)
	return about, err
}

// Holds tells whether an answer is to the time that holds now.
func (about Answered) Holds(a calendar.Answered) bool {
	if about.Whole.ID != "" {
		begins := instant(about.Whole.StartsLocal, about.Whole.Zone, time.Time{})
		return a.Start.IsZero() || a.Start.Equal(begins)
	}
	if a.Start.IsZero() {
		return a.Sequence >= about.Sequence
	}
	return a.Start.Equal(about.StartsAt)
}

// skew is by how much the clock of a computer may be wrong on which somebody answered.
const skew = 10 * time.Minute

// Overtaken tells whether somebody has answered since, on the page or by a later mail (RFC 5546 §2.1.5).
func (about Answered) Overtaken(personID string, stamp time.Time) bool {
	who, _ := about.Participant(personID)
	return !stamp.IsZero() && stamp.Before(who.AnsweredAt.Add(-skew))
}

// InvitedIn is who of those invited has a mail address, in lower case; "" if nobody has.
func (about Answered) InvitedIn(ctx context.Context, tx *database.Tx, address string) (string, error) {
	list, err := database.Strings(ctx, tx, `select p.person_id from participants p join people pe on pe.id = p.person_id
		where p.conference_id = $1 and lower(pe.email) = $2 and pe.left_at is null order by p.person_id limit 1`, about.ID, address)
	if err != nil || len(list) == 0 {
		return "", err
	}
	return list[0], nil
}

// ShowReplyIn keeps an answer by mail for who plans the conference.
func (s *Store) ShowReplyIn(ctx context.Context, tx *database.Tx, conferenceID string, r MailReply) error {
	var proposes *time.Time
	if !r.Proposes.IsZero() {
		proposes = &r.Proposes
	}
	_, err := tx.Exec(ctx, `insert into mail_replies (id, conference_id, address, why, answer, said, proposes_at, at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		database.NewID(), conferenceID, r.Address, r.Why, r.Answer, r.Said, proposes, tx.Now)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `delete from mail_replies where conference_id = $1 and id not in (select id from mail_replies where conference_id = $1
		order by at desc, id desc limit $2)`, conferenceID, mostReplies)
	return err
}

// MailReplies are the answers by mail that wait to be looked at, the newest first; they are for who plans the conference.
func (s *Store) MailReplies(ctx context.Context, a access.Actor, c Conference) (list []MailReply, err error) {
	if !c.May(a, access.PlanConference) {
		return nil, nil
	}
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		list, err = database.All(ctx, tx, func(row database.Scanner) (r MailReply, err error) {
			var proposes *time.Time
			err = row.Scan(&r.ID, &r.Address, &r.Why, &r.Answer, &r.Said, &proposes, &r.At)
			r.Proposes = was(proposes)
			return r, err
		}, `select id, address, why, answer, said, proposes_at, at from mail_replies where conference_id = $1 order by at desc, id desc limit $2`,
			c.ID, mostReplies)
		return err
	})
	return list, err
}

// DropReply takes an answer by mail off the page: somebody has seen to it.
func (s *Store) DropReply(ctx context.Context, a access.Actor, id, replyID string) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		if _, err := s.findFor(ctx, tx, a, access.PlanConference, id); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, `delete from mail_replies where id = $1 and conference_id = $2`, replyID, id)
		if err != nil || n == 0 {
			return err // somebody else was quicker
		}
		return audit.Record(ctx, tx, a.PersonID, "drop mail reply", "conference:"+id, nil)
	})
}

// repliesKept is how long answers by mail are kept for people to look at.
const repliesKept = 30 * 24 * time.Hour

// ForgetRepliesIn forgets answers by mail from an address, and those that have been there for thirty days.
func (s *Store) ForgetRepliesIn(ctx context.Context, tx *database.Tx, address string) error {
	_, err := tx.Exec(ctx, `delete from mail_replies where address = $1 or at < $2`, strings.ToLower(address), tx.Now.Add(-repliesKept))
	return err
}
