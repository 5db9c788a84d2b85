package calendar

import (
	"bytes"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/emersion/go-ical"

	"example.org/tandem/internal/problem"
)

// What comes back to an invitation.
const (
	Reply   Method = "REPLY"   // somebody's answer (RFC 5546 §3.2.3)
	Counter Method = "COUNTER" // another time that somebody proposes (RFC 5546 §3.2.7)
)

// longestComment is how many letters of what somebody wrote beside their answer are kept.
const longestComment = 500

// Answered is what the calendar programme of somebody who was invited sends back.
type Answered struct {
	Method   Method
	UID      string    // of the entry that was sent
	Sequence int       // of the entry that is answered; 0 where the programme does not say
	Recurs   time.Time // which occurrence of a series; zero: all of it
	Start    time.Time // when it begins as the programme knows it, or as it proposes; zero where it does not say, or not clearly
	Stamp    time.Time // when it was answered; zero where it does not say
	Attendee string    // the address that was invited, in lower case
	Answer   string    // ACCEPTED, DECLINED, TENTATIVE (RFC 5545 §3.2.12); of what was passed on to somebody else, DELEGATED
	PassedOn bool      // the attendee answers for another person, or has another person answer (RFC 5546 §3.2.2.3)
	Comment  string    // plain text that they wrote beside it
}

// ReadReply reads an answer as Outlook, Google, Apple and Thunderbird send it: METHOD:REPLY or COUNTER with one entry and one
// attendee. Whatever else it is, it is refused: an answer is not guessed.
func ReadReply(ics []byte) (Answered, error) {
	unreadable := problem.Refuse("calendar.problem.invitation")
	ics = bytes.TrimPrefix(ics, []byte("\xEF\xBB\xBF"))
	if len(ics) > InvitationSize || !utf8.Valid(ics) {
		return Answered{}, unreadable
	}
	cal, err := decode(ics)
	if err != nil {
		return Answered{}, unreadable
	}
	a := Answered{Method: Method(strings.ToUpper(plain(cal.Component, ical.PropMethod)))}
	event := onlyEvent(cal)
	if event == nil || a.Method != Reply && a.Method != Counter {
		return Answered{}, unreadable
	}
	a.UID = strings.TrimSpace(plain(event, ical.PropUID))
	attendees := event.Props.Values(ical.PropAttendee)
	if a.UID == "" || len(attendees) != 1 || !a.attendee(attendees[0]) {
		return Answered{}, unreadable
	}
	if recurs := event.Props.Get(ical.PropRecurrenceID); recurs != nil {
		if a.Recurs, err = moment(recurs, "UTC"); err != nil {
			return Answered{}, unreadable
		}
	}
	a.when(event)
	return a, nil
}

// onlyEvent is the one entry of an answer: several are none, for it could not be said which of them counts.
func onlyEvent(cal *ical.Calendar) (event *ical.Component) {
	for _, c := range cal.Children {
		switch {
		case c.Name != ical.CompEvent:
		case event != nil:
			return nil
		default:
			event = c
		}
	}
	return event
}

func (a *Answered) attendee(p ical.Prop) bool {
	address := strings.ToLower(strings.TrimSpace(p.Value))
	address, isMail := strings.CutPrefix(address, "mailto:")
	a.Attendee, a.Answer = address, strings.ToUpper(p.Params.Get(ical.ParamParticipationStatus))
	a.PassedOn = a.Answer == "DELEGATED" || p.Params.Get(ical.ParamDelegatedFrom) != "" || p.Params.Get(ical.ParamDelegatedTo) != ""
	known := slices.Contains([]string{"ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED"}, a.Answer)
	return isMail && strings.Contains(address, "@") && (known || a.Method == Counter)
}

// when reads what may be missing.
func (a *Answered) when(event *ical.Component) {
	if n := event.Props.Get(ical.PropSequence); n != nil {
		a.Sequence, _ = n.Int()
	}
	if at := event.Props.Get(ical.PropDateTimeStart); at != nil {
		a.Start, _ = moment(at, "UTC")
	}
	if at := event.Props.Get(ical.PropDateTimeStamp); at != nil {
		a.Stamp, _ = moment(at, "UTC")
	}
	comment := []rune(strings.TrimSpace(plain(event, ical.PropComment)))
	a.Comment = string(comment[:min(len(comment), longestComment)])
}
