package conferences

import (
	"strings"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/room"
	"example.org/tandem/templates/mail"
	"example.org/tandem/templates/parts"
)

// Join is the page before the room.
type Join struct {
	One
	Path       string // of this page; the way in is asked for there too
	Site       string // where people reach Tandem
	Organiser  string // mail address of who planned the conference
	Host, Open bool   // the reader leads the room; may come in now
	Gone       bool   // the room is on a server that is no longer ours
	Down       bool   // its server does not answer
	Running    bool   // somebody is in it; for hosts
	Watches    bool   // the reader may see recordings, if there are any
	Unknown    bool   // the server does not say
	Recordings []room.Recording
	Refused    string // why nothing came of the last click
}

// waiting says whether it has begun.
func (p Join) waiting() string {
	r, c := p.Reader, p.Conference
	switch c.State {
	case conference.Scheduled:
		return r.T("conferences.join.ahead", locale.V{"When": r.WhenWithin(c.StartsAt)})
	case conference.InProgress:
		return r.T("conferences.join.now")
	}
	return state(r, c.State)
}

// open tells whether there is still something to come to.
func (p One) open() bool {
	return p.Conference.Is(conference.Draft, conference.Poll, conference.Scheduled, conference.Postponed, conference.InProgress)
}

// doors says when the room opens, to whom it is not open yet and to whom it is before the others; "" where it is open to all.
func (p Join) doors() string {
	r, c := p.Reader, p.Conference
	if !c.Is(conference.Scheduled) || !r.Now.Before(c.Opens()) {
		return ""
	}
	values := locale.V{"When": r.WhenWithin(c.Opens())}
	if p.Host {
		return r.T("conferences.join.doors.host", values)
	}
	return r.T("conferences.join.doors", values)
}

// lasting is a link to the room that is good for everybody and at any time; "" where each visitor gets a way of their own.
func (p Join) lasting() string { return p.Conference.Room.URL }

// own tells whether Tandem makes the way in for each visitor.
func (p Join) own() bool { return p.Conference.Room.Kind != room.KindLink }

// copied is what one sends to another participant who cannot find the way; "" where it would let them in as the reader.
func (p Join) copied() string {
	switch {
	case p.lasting() != "":
		return p.lasting()
	case p.Actor.Guest:
		return ""
	}
	return p.Site + p.Path
}

// back is the page that this one belongs to.
func (p Join) back() parts.Link {
	if p.Actor.Guest {
		return parts.Link{Href: strings.Replace(p.Path, "/join", "", 1), Label: p.Reader.T("conferences.back")}
	}
	return parts.Link{Href: p.at(""), Label: p.Reader.T("conferences.back")}
}

// phone says how to come in by telephone.
func phone(r locale.Reader, n room.Phone) string { return mail.Phone(r, n) }

func (p Join) made(r room.Recording) string {
	values := locale.V{"When": p.Reader.WhenWithin(r.Started)}
	return p.Reader.T("conferences.recording", values)
}

// recorded tells whether the reader may see recordings, should somebody have made any.
func (p One) recorded() bool {
	return p.Conference.Room.Kind == room.KindBigBlueButton && (p.Conference.RecordingsShared || p.Conference.HostedBy(p.Actor))
}
