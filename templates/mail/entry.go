package mail

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/locale"
)

// Entry is the conference in the reader's calendar, in their language. Who invites and who is invited is the caller's to add.
func Entry(t Topic, now time.Time) calendar.Entry {
	r, c := t.Reader, t.Conference
	e := calendar.Entry{
		UID: UID(c.ID, t.URL), Sequence: c.Sequence, Stamp: now, Start: c.StartsAt, Length: c.Length, Zone: c.Zone, Others: elsewhere(c.Zone),
		Title: t.plain(), Description: t.describe(), Location: place(c.Room, t.page("/join")), URL: t.page(""), Language: r.Language,
	}
	return placed(e, c.Series, t.URL)
}

// FeedEntry is a conference in the calendar that somebody subscribes to: what and when, what they answered, and the way to the rest.
func FeedEntry(r locale.Reader, d conference.Dated, site string, now time.Time) calendar.Entry {
	page := site + "/conferences/" + d.ID
	e := calendar.Entry{UID: UID(d.ID, site), Sequence: d.Sequence, Stamp: now, Start: d.StartsAt, Length: d.Length, Zone: d.Zone,
		Others: elsewhere(d.Zone), Title: d.Title.Line(r.Reads).Body, Location: place(d.Room, page+"/join"), URL: page, Language: r.Language,
		Description: r.WhenFor(d.StartsAt, d.Length) + phoned(r, d.Room) + answered(r, d.Mine) + "\n\n" + r.T("mail.change.link") + ": " + page}
	switch {
	case d.State == conference.Cancelled:
		e.Status = calendar.Cancelled
	case d.Mine != conference.Accepted:
		e.Status = calendar.Tentative
	}
	return placed(e, d.Series, site)
}

// place is where a calendar programme leads to: the room itself, or Tandem where it gives each visitor a way in of their own.
func place(r conference.Room, join string) string {
	if r.URL == "" && r.There() {
		return join
	}
	return r.URL
}

func phoned(r locale.Reader, room conference.Room) string {
	if room.Phone.Number == "" {
		return ""
	}
	return "\n" + r.T("conferences.phone") + ": " + Phone(r, room.Phone)
}

// answered says the owner's own answer: an entry that is published may name no attendee, who would bear it (RFC 5546 §3.2.1).
//
// words: rsvp.ACCEPTED rsvp.TENTATIVE rsvp.DECLINED
func answered(r locale.Reader, mine conference.RSVP) string {
	if mine == "" || mine == conference.NeedsAction {
		return ""
	}
	return "\n" + r.T("conferences.answer.mine") + " " + r.T("rsvp."+string(mine))
}

// elsewhere are the clocks that are shown beside that of a zone.
func elsewhere(zone string) []string {
	return slices.DeleteFunc([]string{locale.Minsk.String(), locale.Copenhagen.String()}, func(z string) bool { return z == zone })
}

// UID is the same through every change of a conference, and nowhere else in the world (RFC 5545 §3.8.4.7).
func UID(conferenceID, site string) string {
	host := site
	if u, err := url.Parse(site); err == nil {
		host = u.Hostname()
	}
	return conferenceID + "@" + host
}

// describe says in the entry what a calendar programme does not: the other clock above all.
func (t Topic) describe() string {
	r, c := t.Reader, t.Conference
	lines := []string{r.WhenFor(c.StartsAt, c.Length)}
	for _, s := range t.facts() {
		lines = append(lines, s.text())
	}
	if purpose := joined(c.Purpose.For(r.Reads)); purpose != "" {
		lines = append(lines, "", purpose)
	}
	lines = append(lines, "", r.T("mail.change.link")+": "+t.page(""))
	return strings.Join(lines, "\n")
}
