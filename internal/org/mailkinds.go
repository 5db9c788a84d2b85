package org

import "strings"

// MailKind is a group of mails that a person chooses about. A group is chosen as a whole: who gets no word that a conference
// is called off must not be invited to it by mail either.
type MailKind string

const (
	ConferenceMails MailKind = "conferences" // polls, invitations, changes, cancellations
	ReminderMails   MailKind = "reminders"   // all of them, as the link of a mail stops them
	MinutesMails    MailKind = "minutes"     // agreed to by both, or changed after an agreement
	LessonMails     MailKind = "lessons"
	ProposalMails   MailKind = "proposals" // of a partnership
	DigestMails     MailKind = "digest"    // the mail of the week: what is next, and what was to wait for it
	DailyMails      MailKind = "daily"     // the mail of the day, which people get by having something wait for it
)

// Reminders are chosen one by one.
const (
	RemindWeek MailKind = "reminders.week" // before a conference
	RemindDay  MailKind = "reminders.day"
	RemindHour MailKind = "reminders.hour"
	RemindPoll MailKind = "reminders.poll" // the day before answers are wanted
)

// Leads are the reminders, the earliest first.
var Leads = []MailKind{RemindWeek, RemindDay, RemindHour, RemindPoll}

var (
	// Chosen are all kinds that people are asked about, in that order.
	Chosen = append([]MailKind{DigestMails, ConferenceMails, MinutesMails, LessonMails, ProposalMails}, Leads...)
	// Stoppable are those that a mail has a link for.
	Stoppable = []MailKind{ConferenceMails, ReminderMails, MinutesMails, LessonMails, ProposalMails, DigestMails, DailyMails}
)

// How somebody is told of something.
type How string

const (
	AtOnce How = "at-once"
	Daily  How = "daily"  // with what else waits, at eight
	Weekly How = "weekly" // with the digest, on Monday at eight
	Never  How = "never"
)

// Ways are how a kind of mail can come, first the one that holds where nobody has chosen. What has an entry for the calendar,
// or is about an hour, is of no use later.
func (k MailKind) Ways() []How {
	switch k {
	case DigestMails:
		return []How{Weekly, Never}
	case DailyMails:
		return []How{Daily, Never}
	case MinutesMails, LessonMails, ProposalMails:
		return []How{AtOnce, Daily, Weekly, Never}
	}
	return []How{AtOnce, Never}
}

// Late tells whether a kind can wait for a mail of the day or of the week.
func (k MailKind) Late() bool { return len(k.Ways()) > 2 }

// carrier is the kind that the link of a mail stops, for a kind that has no link of its own.
func (k MailKind) carrier() MailKind {
	if strings.HasPrefix(string(k), string(ReminderMails)+".") {
		return ReminderMails
	}
	return k
}
