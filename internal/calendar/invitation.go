package calendar

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/emersion/go-ical"

	"example.org/tandem/internal/problem"
)

// InvitationSize is how many bytes of an .ics file are read.
const InvitationSize = 256 << 10

// Invitation is what an .ics file that somebody was sent says of a meeting. It names no person: addresses are for finding those
// who are known already.
type Invitation struct {
	Title, Purpose string // plain text
	Room           string // the https address of the meeting, if it names one
	Start          time.Time
	Length         time.Duration // zero where the file does not say
	Addresses      []string      // of organiser and attendees, in lower case
}

// ReadInvitation reads the first meeting of an .ics file (RFC 5545). A time without a zone is one by the clocks of the reader's
// zone (§3.3.5); zones may go by their Windows names. A whole day is refused, for a conference has an hour, and so is a
// cancelled meeting, or a zone that is unknown: an hour is not guessed.
func ReadInvitation(ics []byte, zone string) (Invitation, error) {
	if len(ics) > InvitationSize {
		return Invitation{}, problem.Refuse("calendar.problem.large", problem.Values{"Limit": InvitationSize >> 10})
	}
	event := firstMeeting(bytes.TrimPrefix(ics, []byte("\xEF\xBB\xBF")))
	if event == nil || plain(event, ical.PropStatus) == string(Cancelled) {
		return Invitation{}, problem.Refuse("calendar.problem.invitation")
	}
	start, err := moment(event.Props.Get(ical.PropDateTimeStart), zone)
	if err != nil {
		return Invitation{}, err
	}
	i := Invitation{Title: strings.Join(strings.Fields(plain(event, ical.PropSummary)), " "), Purpose: strings.TrimSpace(plain(event, ical.PropDescription)),
		Room: meetingRoom(event), Start: start, Length: length(event, start, zone)}
	for _, name := range []string{ical.PropOrganizer, ical.PropAttendee} {
		for _, p := range event.Props.Values(name) {
			if address, is := strings.CutPrefix(strings.ToLower(p.Value), "mailto:"); is {
				i.Addresses = append(i.Addresses, address)
			}
		}
	}
	return i, nil
}

// firstMeeting is the first entry that is not one moved occurrence of a series, of a file that calls nothing off.
func firstMeeting(ics []byte) *ical.Component {
	if !utf8.Valid(ics) {
		return nil
	}
	cal, err := decode(ics)
	if err != nil || plain(cal.Component, ical.PropMethod) == string(Cancel) {
		return nil
	}
	for _, c := range cal.Children {
		if c.Name == ical.CompEvent && c.Props.Get(ical.PropRecurrenceID) == nil {
			return c
		}
	}
	return nil
}

// decode reads a file that somebody handed in. The decoder panics on a line that ends inside a parameter: that is a file that
// cannot be read, and nothing worse.
func decode(ics []byte) (cal *ical.Calendar, err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = fmt.Errorf("calendar decoder: %v", broken)
		}
	}()
	return ical.NewDecoder(bytes.NewReader(ics)).Decode()
}

// plain is a property's text without its escapes; what cannot be read is empty.
func plain(c *ical.Component, name string) string {
	text, _ := c.Props.Text(name)
	return text
}

// moment is the instant of a DTSTART or DTEND.
func moment(p *ical.Prop, zone string) (time.Time, error) {
	unreadable := problem.Refuse("calendar.problem.invitation")
	if p == nil {
		return time.Time{}, unreadable
	}
	if len(p.Value) == len("20060102") || strings.EqualFold(p.Params.Get(ical.ParamValue), "DATE") {
		return time.Time{}, problem.Refuse("calendar.problem.all-day")
	}
	if at, err := time.Parse(localLayout+"Z", p.Value); err == nil {
		return at, nil
	}
	shown, err := time.Parse(localLayout, p.Value)
	if err != nil {
		return time.Time{}, unreadable
	}
	if id := p.Params.Get(ical.ParamTimezoneID); id != "" {
		if zone = foreignZone(id); zone == "" {
			return time.Time{}, problem.Refuse("calendar.problem.foreign-zone")
		}
	}
	return Instant(shown.Format(WallLayout), zone)
}

// length of a meeting, where it is one that a conference can have.
func length(event *ical.Component, start time.Time, zone string) time.Duration {
	var long time.Duration
	if end, err := moment(event.Props.Get(ical.PropDateTimeEnd), zone); err == nil {
		long = end.Sub(start)
	} else if p := event.Props.Get(ical.PropDuration); p != nil {
		long, _ = p.Duration()
	}
	if long < time.Minute || long > 24*time.Hour {
		return 0
	}
	return long.Truncate(time.Minute)
}

// meetingRoom is the first https address among the places that calendar programmes write one to (RFC 7986 §5.11).
func meetingRoom(event *ical.Component) string {
	for _, name := range []string{"CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-MICROSOFT-ONLINEMEETINGCONFLINK", ical.PropLocation, ical.PropURL} {
		for _, p := range event.Props.Values(name) {
			for _, word := range strings.FieldsFunc(p.Value, func(c rune) bool { return strings.ContainsRune(" \t\n<>;,\\", c) }) {
				if u, err := url.Parse(word); err == nil && u.Scheme == "https" && u.Hostname() != "" {
					return word
				}
			}
		}
	}
	return ""
}
