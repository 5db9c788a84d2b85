package calendar

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"example.org/tandem/internal/locale"
)

// Method says what the receiver's calendar programme is to do (RFC 5546 §1.4).
type Method string

const (
	Publish Method = "PUBLISH" // an entry to look at or subscribe to; nobody is asked to answer
	Request Method = "REQUEST" // an invitation, or a change of it
	Cancel  Method = "CANCEL"  // take it out of the calendar
)

// Status is how firm an entry is (RFC 5545 §3.8.1.11).
type Status string

const (
	Confirmed Status = "CONFIRMED"
	Tentative Status = "TENTATIVE"
	Cancelled Status = "CANCELLED"
)

// Contact is somebody as a calendar programme knows them.
type Contact struct{ Name, Email string }

// Entry is one conference in one person's calendar, in that person's language. The attendee is always the receiver
// alone: nobody learns other people's addresses from it.
type Entry struct {
	UID      string // the same through all changes: a calendar programme finds the old entry by it
	Sequence int    // higher with every change that matters (RFC 5546 §2.1.4)
	Stamp    time.Time
	Start    time.Time
	Length   time.Duration
	Zone     string   // IANA name of the zone the time is anchored in
	Others   []string // further zones to describe, for programmes that show more than one clock
	Status   Status   // empty: confirmed

	Title, Description, Location string // plain text
	URL                          string
	Language                     locale.Language // of these texts

	Organiser Contact // the role mailbox that answers are sent to
	Attendee  Contact
	Answer    string // ACCEPTED, DECLINED, TENTATIVE; empty: NEEDS-ACTION (RFC 5545 §3.2.12)

	Rule     string      // of a whole series: how it goes on (RFC 5545 §3.8.5.3)
	Until    time.Time   // of a whole series: the end of its last occurrence, so that the zones are described that far
	Without  []time.Time // of a whole series: occurrences that are left out (EXDATE, RFC 5545 §3.8.5.1)
	Recurs   time.Time   // of one occurrence: when the rule had it begin (RECURRENCE-ID, RFC 5545 §3.8.4.4)
	RecursIn string      // IANA zone that the series is anchored in; empty: Zone
}

// Write gives entries as one iCalendar object: UTF-8, lines folded at 75 octets and ended by CRLF. Every zone that an
// entry names is described in it. A mail carries one entry; a feed as many as there are.
func Write(method Method, entries ...Entry) ([]byte, error) {
	w := &writer{}
	w.begin(method)
	return w.all(method, entries)
}

func (w *writer) begin(method Method) {
	w.line("BEGIN", "VCALENDAR")
	w.line("VERSION", "2.0")
	w.line("PRODID", "-//Tandem//Tandem//EN")
	w.line("CALSCALE", "GREGORIAN")
	w.line("METHOD", string(method))
}

func (w *writer) all(method Method, entries []Entry) ([]byte, error) {
	if err := w.zones(entries); err != nil {
		return nil, err
	}
	for _, e := range entries {
		if err := e.check(method); err != nil {
			return nil, fmt.Errorf("calendar entry %s: %w", e.UID, err)
		}
		w.entry(method, e)
	}
	w.line("END", "VCALENDAR")
	return w.Bytes(), nil
}

// Feed is a calendar to subscribe to (RFC 7986 §5).
type Feed struct {
	Name    string
	Refresh time.Duration // how often it is worth looking again
	Zones   []string      // described even where there is no entry: a calendar without any component is none (RFC 5545 §3.6)
	Now     time.Time
}

// WriteFeed gives entries as a calendar that people subscribe to.
func WriteFeed(f Feed, entries ...Entry) ([]byte, error) {
	w := &writer{}
	w.begin(Publish)
	w.text("NAME", f.Name)
	w.text("X-WR-CALNAME", f.Name) // what NAME was before it was a standard, and what most programmes read
	refresh := fmt.Sprintf("PT%dM", int(f.Refresh.Minutes()))
	w.line("REFRESH-INTERVAL;VALUE=DURATION", refresh)
	w.line("X-PUBLISHED-TTL", refresh)
	if len(entries) == 0 {
		for _, name := range f.Zones {
			entries = append(entries, Entry{Zone: name, Start: f.Now})
		}
		err := w.zones(entries)
		w.line("END", "VCALENDAR")
		return w.Bytes(), err
	}
	return w.all(Publish, entries)
}

// check finds what a calendar programme would refuse; none of it is anything a person typed.
func (e Entry) check(method Method) error {
	switch {
	case e.UID == "":
		return errors.New("no UID")
	case e.Start.IsZero(), e.Stamp.IsZero(), e.Length <= 0:
		return errors.New("no time")
	case method != Publish && (e.Organiser.Email == "" || e.Attendee.Email == ""):
		return errors.New("nobody who invites or is invited")
	}
	return nil
}

func (w *writer) entry(method Method, e Entry) {
	language := ""
	if e.Language != "" {
		language = ";LANGUAGE=" + string(e.Language)
	}
	w.line("BEGIN", "VEVENT")
	w.line("UID", escape(e.UID))
	w.line("DTSTAMP", utc(e.Stamp))
	w.line("SEQUENCE", strconv.Itoa(e.Sequence))
	w.recurrence(e)
	w.time("DTSTART", e.Start, e.Zone)
	w.time("DTEND", e.Start.Add(e.Length), e.Zone)
	w.text("SUMMARY"+language, e.Title)
	w.text("DESCRIPTION"+language, e.Description)
	w.text("LOCATION"+language, e.Location)
	if e.URL != "" {
		w.line("URL", oneLine(e.URL))
	}
	w.line("STATUS", string(e.status(method)))
	w.line("TRANSP", "OPAQUE")
	w.people(method, e)
	w.line("END", "VEVENT")
}

func (e Entry) status(method Method) Status {
	switch {
	case method == Cancel:
		return Cancelled
	case e.Status == "":
		return Confirmed
	}
	return e.Status
}

// people: a published entry must name no attendee, and only an invitation asks for an answer (RFC 5546 §3.2).
func (w *writer) people(method Method, e Entry) {
	if e.Organiser.Email != "" {
		w.line("ORGANIZER"+name(e.Organiser), address(e.Organiser))
	}
	if method == Publish {
		return
	}
	answer := e.Answer
	if answer == "" {
		answer = "NEEDS-ACTION"
	}
	parameters := ";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=" + answer
	if method == Request {
		parameters += ";RSVP=TRUE"
	}
	w.line("ATTENDEE"+parameters+name(e.Attendee), address(e.Attendee))
}

func name(c Contact) string {
	if c.Name == "" {
		return ""
	}
	return ";CN=" + quote(c.Name)
}

func address(c Contact) string { return "mailto:" + oneLine(c.Email) }
