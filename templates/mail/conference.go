package mail

import (
	"github.com/a-h/templ"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/room"
	"example.org/tandem/templates/parts"
)

// Ask asks which of the proposed times suit the reader.
func Ask(t Topic) Letter {
	r, c := t.Reader, t.Conference
	l := Letter{Reader: r, Subject: r.T("mail.poll.subject", locale.V{"Title": t.plain()}), Lead: r.T("mail.poll.lead", t.title()),
		Link: Link{t.page("/poll"), r.T("mail.poll.link")}}
	t.purpose(&l)
	times := Section{Head: r.T("conferences.slots"), List: true}
	for _, slot := range c.Slots {
		times.Lines = append(times.Lines, Line{Text: r.WhenFor(slot.StartsAt, c.Length)})
	}
	l.Sections = append([]Section{times}, t.facts()...)
	if !c.Deadline.IsZero() {
		l.Do = r.T("home.answer-by", locale.V{"When": r.WhenWithin(c.Deadline)})
	}
	return l
}

// Invitation asks whether the reader takes part. Its link leads to a page with the answer "yes" chosen and nothing sent.
func Invitation(t Topic) Letter {
	r := t.Reader
	l := Letter{Reader: r, Subject: r.T("mail.invitation.subject", t.subject()), Lead: r.T("mail.invitation.lead", t.title()),
		Do: r.T("home.awaiting.invitation"), Link: t.answer()}
	t.planned(&l)
	return l
}

// Change tells how a conference is planned now. Who has not answered, or answered about another time, is asked again.
func Change(t Topic, mine conference.RSVP) Letter {
	r := t.Reader
	l := Letter{Reader: r, Subject: r.T("mail.change.subject", t.subject()), Lead: r.T("mail.change.lead", t.title()),
		Link: Link{t.page(""), r.T("mail.change.link")}}
	if mine == conference.NeedsAction {
		l.Do, l.Link = r.T("home.awaiting.invitation"), t.answer()
	}
	t.planned(&l)
	return l
}

// Reminder says what is near: the end of a poll, or a conference in a week, tomorrow, in an hour.
//
// words: mail.reminder.poll.subject mail.reminder.poll.lead mail.reminder.week.subject mail.reminder.week.lead
// words: mail.reminder.day.subject mail.reminder.day.lead mail.reminder.hour.subject mail.reminder.hour.lead
func Reminder(t Topic, about conference.Occasion, mine conference.RSVP) Letter {
	r, key := t.Reader, "mail.reminder."+string(about)
	var l Letter
	switch {
	case about == conference.PollCloses:
		l = Ask(t)
	case mine == conference.NeedsAction:
		l = Letter{Do: r.T("home.awaiting.invitation"), Link: t.answer()}
	case about == conference.InAnHour:
		l.Link = Link{t.page("/join"), r.T("mail.reminder.join")}
	default:
		l.Link = Link{t.page(""), r.T("mail.change.link")}
	}
	l.Reader, l.Subject, l.Lead = r, r.T(key+".subject", t.subject()), r.T(key+".lead", t.title())
	if about != conference.PollCloses {
		t.timed(&l)
		t.purpose(&l)
		agenda := t.agendas()
		if about == conference.InAWeek && len(agenda) > 0 {
			t.label(agenda[0].Lines)
		}
		l.Sections = append(t.facts(), agenda...)
	}
	return l
}

// Cancellation tells that a conference does not take place.
func Cancellation(t Topic) Letter {
	r := t.Reader
	l := Letter{Reader: r, Subject: r.T("mail.cancellation.subject-undated", locale.V{"Title": t.plain()}),
		Lead: r.T("mail.cancellation.lead", t.title()), Do: r.T("mail.cancellation.nothing"),
		Link: Link{t.page(""), r.T("mail.change.link")}}
	if t.Conference.HasTime() {
		l.Subject, l.Label = r.T("mail.cancellation.subject", t.subject()), r.T("mail.cancellation.was")
		l.Do = r.T("mail.cancellation.do")
		t.timed(&l)
	}
	return l
}

// Postponement tells that a conference has lost its time, and that another will come.
func Postponement(t Topic) Letter {
	r := t.Reader
	l := Letter{Reader: r, Subject: r.T("mail.postponed.subject", locale.V{"Title": t.plain()}), Lead: r.T("mail.postponed.lead", t.title()),
		Do: r.T("mail.postponed.do"), Link: Link{t.page(""), r.T("mail.change.link")}}
	if t.Conference.HasTime() {
		l.Label = r.T("mail.cancellation.was")
		t.timed(&l)
	}
	return l
}

// Reopening tells that a time that was set does not hold, and asks which of several suit the reader.
func Reopening(t Topic) Letter {
	r, l := t.Reader, Ask(t)
	l.Subject, l.Lead = r.T("mail.reopened.subject", locale.V{"Title": t.plain()}), r.T("mail.reopened.lead", t.title())
	if t.Conference.HasTime() {
		l.Label = r.T("mail.cancellation.was")
		t.timed(&l)
	}
	return l
}

// Removal tells somebody that they are not asked to take part any more.
func Removal(t Topic) Letter {
	r := t.Reader
	l := Letter{Reader: r, Subject: r.T("mail.removal.subject", locale.V{"Title": t.plain()}), Lead: r.T("mail.removal.lead", t.title()),
		Do: r.T("mail.removal.do"), Link: Link{t.site("/conferences/" + t.Conference.ID), r.T("mail.change.link")}}
	t.timed(&l)
	return l
}

func (t Topic) answer() Link {
	return Link{t.page("?answer=" + string(conference.Accepted) + "#answer"), t.Reader.T("mail.invitation.link")}
}

// planned is what an invitation says besides: when, what for, who hosts, in which languages, what is on the agenda.
func (t Topic) planned(l *Letter) {
	t.timed(l)
	t.purpose(l)
	l.Sections = t.facts()
	if t.Conference.Room.There() {
		l.Sections = append(l.Sections, Section{Lines: []Line{{Text: t.Reader.T("mail.room")}}})
	}
	l.Sections = append(l.Sections, t.agendas()...)
}

// purpose is said in the best version, with a label where that is not the reader's own.
func (t Topic) purpose(l *Letter) {
	l.Said = t.Conference.Purpose.For(t.Reader.Reads)
	for _, s := range l.Said {
		if l.Origin == "" {
			l.Origin = parts.Origin(t.Reader, s)
		}
	}
}

func (t Topic) facts() []Section {
	r := t.Reader
	hosts := make([]string, len(t.Conference.Hosts))
	for i, id := range t.Conference.Hosts {
		hosts[i] = t.Names.Unit(id).Line(r.Reads).Body
	}
	facts := []Section{
		{Head: r.T("conferences.hosts"), Lines: []Line{{Text: r.List(hosts)}}},
		{Head: r.T("conferences.languages"), Lines: []Line{{Text: Languages(r, t.Conference)}}},
	}
	if listens := t.Conference.Listens(); len(listens) > 0 {
		names := make([]string, len(listens))
		for i, l := range listens {
			names[i] = r.LanguageName(l)
		}
		facts = append(facts, Section{Head: r.T("languages.listen"), Lines: []Line{{Text: r.T("mail.listening", locale.V{"Languages": r.List(names)})}}})
	}
	if phone := t.Conference.Room.Phone; phone.Number != "" {
		facts = append(facts, Section{Head: r.T("conferences.phone"), Lines: []Line{{Text: Phone(r, phone)}}})
	}
	return facts
}

// Phone says how to come in by telephone.
func Phone(r locale.Reader, p room.Phone) string {
	if p.PIN == "" {
		return p.Number
	}
	return r.T("conferences.phone.pin", locale.V{"Number": p.Number, "PIN": p.PIN})
}

// agendas is the list of the items, where there are any, with their start by the reader's own clock; the page has both.
func (t Topic) agendas() []Section {
	if len(t.Conference.Agenda) == 0 {
		return nil
	}
	s := Section{Head: t.Reader.T("conferences.agenda"), List: true}
	for _, item := range t.Conference.Agenda {
		topic := item.Topic.Line(t.Reader.Reads)
		s.Lines = append(s.Lines, Line{t.Reader.Time(item.StartsAt) + " · " + topic.Body, topic.Language})
	}
	return []Section{s}
}

// label says of each item that is not in the reader's own language in which it is: a week ahead it can still be translated.
func (t Topic) label(lines []Line) {
	for i, item := range t.Conference.Agenda {
		if label := parts.Origin(t.Reader, item.Topic.Line(t.Reader.Reads)); label != "" {
			lines[i].Text += " (" + label + ")"
		}
	}
}

// Languages says which languages are spoken, and whether there is interpretation.
func Languages(r locale.Reader, c conference.Conference) string {
	names := make([]string, len(c.Languages))
	for i, l := range c.Languages {
		names[i] = r.LanguageName(l)
	}
	if len(c.Interpretation) == 0 {
		return r.List(names)
	}
	return r.T("conferences.languages.interpreted", locale.V{"Languages": r.List(names)})
}

func (l Line) lang() templ.Attributes {
	if l.Lang == "" {
		return nil
	}
	return templ.Attributes{"lang": string(l.Lang)}
}
