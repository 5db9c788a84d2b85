package work

import (
	"context"

	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/problem"
)

// MailedAnswer is an answer to an invitation as it came by mail (iMIP, RFC 6047).
type MailedAnswer struct {
	calendar.Answered
	From     string // who sent it, in lower case
	Unproven bool   // the sender's domain disowns it
}

// AnswerByMailIn takes an answer by mail as if it had been given on the page: by those who were invited, from the address that was
// invited, to the time that holds. Any other is shown to who plans the conference and changes nothing. What is about no conference
// of ours is not found.
func (d *Desk) AnswerByMailIn(ctx context.Context, tx *database.Tx, conferenceID string, m MailedAnswer) error {
	about, err := d.Conferences.AnsweredIn(ctx, tx, conferenceID, m.Recurs)
	if err != nil {
		return err
	}
	person, err := about.InvitedIn(ctx, tx, m.From)
	if err != nil {
		return err
	}
	reply := conference.MailReply{Address: m.From, Why: m.why(about, person), Said: m.Comment}
	if m.Method == calendar.Reply && !m.PassedOn {
		reply.Answer = conference.RSVP(m.Answer)
	}
	if m.Method == calendar.Counter {
		reply.Proposes = m.Start
	}
	if reply.Why == "" {
		reply.Why, err = conference.WhyComment, d.takeAnswer(ctx, tx, about, person, m)
	}
	if err != nil || reply.Why == conference.WhyComment && reply.Said == "" {
		return err
	}
	return d.Conferences.ShowReplyIn(ctx, tx, about.ID, reply)
}

// why an answer is not taken; "" if it is.
func (m MailedAnswer) why(about conference.Answered, person string) conference.Why {
	switch {
	case m.Unproven:
		return conference.WhyUnproven
	case m.PassedOn, person != "" && m.Attendee != m.From:
		return conference.WhyPassedOn
	case person == "":
		return conference.WhyUnknown
	case m.Method == calendar.Counter:
		return conference.WhyProposes
	case !about.Holds(m.Answered):
		return conference.WhyOtherTime
	}
	return ""
}

// takeAnswer gives the answer for the person. One that has been overtaken, or comes when it is too late, is no error: nobody could
// do anything about it.
func (d *Desk) takeAnswer(ctx context.Context, tx *database.Tx, about conference.Answered, person string, m MailedAnswer) error {
	if about.Overtaken(person, m.Stamp) {
		return nil
	}
	a, err := org.ActorIn(ctx, tx, person)
	if err != nil {
		return err
	}
	who, _ := about.Participant(person)
	a.Guest = who.Guest // who has no account answers as on the page behind their link
	answer := conference.RSVP(m.Answer)
	if about.Whole.ID != "" {
		err = d.Conferences.AnswerSeriesIn(ctx, tx, a, about.Whole.ID, answer, tx.Now, false)
	} else {
		log := audit.Details{"answer": m.Answer, "by": "mail"}
		err = d.Conferences.AnswerIn(ctx, tx, a, about.ID, answer, m.Start, log)
	}
	if _, late := problem.As(err); late {
		return nil
	}
	return err
}
