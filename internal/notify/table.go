package notify

import (
	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/minutes"
	"example.org/tandem/internal/org"
)

// Line of the table says who gets which mail when something happens.
type Line struct {
	Event string
	To    string
	Mail  string            // kind of its job
	Entry []calendar.Method // what the entry for the calendar can be that comes with it; none: the mail has none
	Group org.MailKind      // what its receiver chooses about to get it at once, later or never; "": it comes whatever they chose
	By    []string          // the functions that cause it
}

// Ways are how its receiver can have it.
func (l Line) Ways() []org.How {
	if l.Group == "" {
		return []org.How{org.AtOnce}
	}
	return l.Group.Ways()
}

var (
	asks  = []calendar.Method{calendar.Request}
	takes = []calendar.Method{calendar.Cancel}
	both  = []calendar.Method{calendar.Request, calendar.Cancel}
)

// Table is every event that somebody is written to about. Who has chosen to hear of a group once a day or once a week gets none of
// its mails: the digest tells it. A function that asks for a mail and is in no line fails the tests, and so does a line whose mail
// nobody writes.
var Table = []Line{
	{"a poll is opened", "participants", conference.AskMail, nil, org.ConferenceMails, []string{"conference.decided.open", "conference.change.asked"}},
	{"a time is added to a poll", "participants", conference.AskMail, nil, org.ConferenceMails, []string{"conference.Store.Offer"}},
	{"somebody is put on the list of a poll", "that person", conference.AskMail, nil, org.ConferenceMails,
		[]string{"conference.change.pollChanged", "conference.Conference.asking"}},
	{"a time is set or chosen", "participants", conference.InvitationMail, asks, org.ConferenceMails, []string{"conference.set"}},
	{"somebody is put on the list", "that person", conference.InvitationMail, asks, org.ConferenceMails,
		[]string{"conference.change.tell", "conference.Conference.asking"}},
	{"time, room or words change", "participants, a minute later", conference.ChangeMail, asks, org.ConferenceMails, []string{"conference.change.tell"}},
	{"an interpreter or a listening link is another", "participants, a minute later", conference.ChangeMail, asks, org.ConferenceMails,
		[]string{"conference.Conference.tellLanguages"}},
	{"mails that were kept back are sent", "whom they are for", conference.InvitationMail, asks, org.ConferenceMails, []string{"conference.news.send"}},
	{"mails that were kept back are sent", "whom they are for", conference.ChangeMail, asks, org.ConferenceMails, []string{"conference.news.send"}},
	{"mails that were kept back are sent", "whom they are for", conference.RemovalMail, takes, org.ConferenceMails, []string{"conference.news.send"}},
	{"somebody is taken off the list", "that person", conference.RemovalMail, takes, org.ConferenceMails,
		[]string{"conference.change.tell", "conference.change.pollChanged", "conference.change.reopened", "conference.Store.DropGuestIn"}},
	{"it is called off before they heard that they were taken off", "that person", conference.RemovalMail, takes, org.ConferenceMails,
		[]string{"conference.Conference.dropHeld"}},
	{"it is postponed without a date", "all who were written to", conference.PostponementMail, takes, org.ConferenceMails, []string{"conference.Store.Postpone"}},
	{"its time is put to a poll again", "participants", conference.ReopeningMail, takes, org.ConferenceMails, []string{"conference.change.reopened"}},
	{"somebody who is asked proposes another time", "coordinators of its hosts", conference.CounterMail, nil, org.ConferenceMails,
		[]string{"conference.Store.keepCounter"}},
	{"another time that was proposed is declined", "who proposed it", conference.CounterDeclineMail, nil, org.ConferenceMails,
		[]string{"conference.Store.DeclineCounter"}},
	{"it is called off", "all who were written to", conference.CancellationMail, takes, org.ConferenceMails, []string{"conference.Store.CancelIn"}},
	{"some days ahead its agenda is there in too few languages", "coordinators of its hosts", conference.AgendaMail, nil, org.ConferenceMails,
		[]string{"conference.Store.SendAgenda"}},
	{"the day before a poll closes", "participants without an answer", conference.ReminderMail, nil, org.ReminderMails, []string{"conference.Store.Remind"}},
	{"a week, a day, an hour before", "participants who come or may", conference.ReminderMail, nil, org.ReminderMails, []string{"conference.Store.Remind"}},
	{"a conference is made a series", "participants", conference.SeriesMail, asks, org.ConferenceMails, []string{"conference.Store.Repeat"}},
	{"the drafts of a series are sent", "participants", conference.SeriesMail, asks, org.ConferenceMails, []string{"conference.Store.SendSeries"}},
	{"a guest is asked to the rest of a series", "that guest", conference.SeriesMail, asks, org.ConferenceMails, []string{"conference.Store.AskGuestLaterIn"}},
	{"a series ends before its end", "all who were written to", conference.SeriesMail, both, org.ConferenceMails, []string{"conference.Store.endFrom"}},
	{"two weeks before an occurrence at which an hour moves or a holiday falls", "coordinators of its hosts", conference.AheadMail, nil, org.ConferenceMails,
		[]string{"conference.Store.WarnAhead"}},
	{"both societies have agreed to minutes", "participants", conference.MinutesMail, nil, org.MinutesMails, []string{"work.send"}},
	{"minutes change after an agreement", "who gave it", minutes.VoidedMail, nil, org.MinutesMails, []string{"work.Desk.void"}},
	{"a lesson is shared", "coordinators of other societies", lesson.SharedMail, nil, org.LessonMails, []string{"lesson.Lesson.tell"}},
	{"somebody is invited to a unit", "that address", org.InvitedMail, nil, "", []string{"org.Store.send"}},
	{"a partnership is proposed", "administrators who can answer", org.ProposedMail, nil, org.ProposalMails, []string{"org.tellOthers"}},
	{"all have agreed to a proposal, or one declines", "who proposed", org.AnsweredMail, nil, org.ProposalMails, []string{"org.closed"}},
	{"Monday, 8:00 of everybody's day", "members who have something", WeeklyMail, nil, org.DigestMails, []string{"notify.Desk.digests"}},
	{"8:00 of everybody's day", "for whom something waits", DailyMail, nil, org.DailyMails, []string{"notify.Desk.digests"}},
}

// groups are the groups of the kinds of mail, as the table has them.
var groups = func() map[string]org.MailKind {
	all := map[string]org.MailKind{}
	for _, l := range Table {
		all[l.Mail] = l.Group
	}
	return all
}()

// groupOf is what a receiver chooses about to get a kind of mail.
func groupOf(kind string) org.MailKind { return groups[kind] }
