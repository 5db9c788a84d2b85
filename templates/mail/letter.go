// Package mail is what people read in their mail programme: each letter as plain text, as HTML and, where it is about a time,
// as an entry for their calendar, all three in the receiver's language and complete in themselves.
package mail

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"time"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/text"
)

// Letter is one mail, already put into words.
type Letter struct {
	Reader   locale.Reader
	Subject  string
	Lead     string
	Label    string // above the time, where it is not simply that of the conference
	Day      string // "Thursday 27 August 2020"; empty: no time
	Clocks   []string
	Said     []text.Said // the purpose, in the best version that the reader gets
	Origin   string      // a label where that is not in their language
	Sections []Section
	Chapters []Chapter // of a mail that gathers
	Do       string    // what is asked of the reader
	Link     Link
	Why      string // they get it; empty: they are on a list of participants
	Stop     Link   // that stops mails of this kind; none: they cannot be stopped
}

// Section is a head with one line beside it, or a list below it.
type Section struct {
	Head  string // empty: the lines speak for themselves
	Lines []Line
	List  bool
}

// Line is one line of a section, in a language of its own where somebody typed it.
type Line struct {
	Text string
	Lang locale.Language
}

// Link is the one link of a letter.
type Link struct{ URL, Label string }

// Topic is what a letter about a conference is made from.
type Topic struct {
	Reader     locale.Reader
	Conference conference.Conference
	Names      org.Names // of the hosts
	URL        string    // of the site, without a slash at its end
	Guest      string    // the page of a receiver who has no account; "" for all others
}

// page is the address of the conference's page, or of one below it.
func (t Topic) page(below string) string {
	if t.Guest == "" {
		return t.URL + "/conferences/" + t.Conference.ID + below
	}
	time := ""
	if t.Conference.Series.SeriesID != "" {
		time = t.Conference.ID
	}
	if _, query, asks := strings.Cut(below, "?"); asks {
		return t.guestPage(time, "", query)
	}
	if below == "/join" {
		return t.guestPage(time, below, "")
	}
	return t.guestPage(time, "", "")
}

// guestPage is the guest's page, or one below it: of a series, at one of its times.
func (t Topic) guestPage(timeID, below, query string) string {
	if timeID != "" {
		query = strings.TrimSuffix("time="+timeID+"&"+query, "&")
	}
	if query != "" {
		query = "?" + query
	}
	return t.Guest + below + query
}

// site is the address of another page, for who has an account; a guest has but the one.
func (t Topic) site(path string) string {
	if t.Guest != "" {
		return t.Guest
	}
	return t.URL + path
}

// title is the title as it stands in a sentence.
func (t Topic) title() locale.V { return locale.V{"Title": t.Reader.Quote(t.plain())} }

// subject puts the day before the title: of a long title the end is cut off.
func (t Topic) subject() locale.V {
	return locale.V{"Title": t.plain(), "Date": t.Reader.DateShort(t.Conference.StartsAt)}
}

func (t Topic) plain() string { return t.Conference.Title.Line(t.Reader.Reads).Body }

// timed sets the time of a letter.
func (t Topic) timed(l *Letter) {
	if !t.Conference.HasTime() {
		return
	}
	l.Day, l.Clocks = dayOf(t.Reader, t.Conference.StartsAt), clocks(t.Reader, t.Conference.StartsAt, t.Conference.Length)
}

// dayOf is the day in full, with the week that Danes plan by.
func dayOf(r locale.Reader, at time.Time) string {
	day := locale.Capital(r.Date(at))
	if r.Language == locale.Danish {
		day += " (" + r.Week(at) + ")"
	}
	return day
}

// clocks are the two clocks, a line each, the reader's own first.
func clocks(r locale.Reader, at time.Time, length time.Duration) []string {
	var lines []string
	for _, c := range r.Clocks(at, length) {
		key, values := "clock.one", locale.V{"Time": c.Time, "Place": c.Place}
		if c.Date != "" {
			key, values["Date"] = "clock.other-day", c.Date
		}
		lines = append(lines, r.T(key, values)) // words: clock.one clock.other-day
	}
	return lines
}

// Text is the letter for those who read plain text: nothing is left out of it.
func (l Letter) Text() string {
	parts := []string{l.Reader.T("mail.greeting"), l.Lead}
	add := func(lines ...string) {
		lines = slices.DeleteFunc(lines, func(line string) bool { return line == "" })
		if block := strings.Join(lines, "\n"); block != "" {
			parts = append(parts, block)
		}
	}
	if l.Day != "" {
		when := append([]string{l.Day}, l.Clocks...)
		if l.Label != "" {
			when = append([]string{l.Label}, when...)
		}
		add(when...)
	}
	add(l.Origin, joined(l.Said))
	for _, s := range l.Sections {
		add(s.text())
	}
	for _, c := range l.Chapters {
		add(c.text()...)
	}
	if l.Do != "" {
		add(l.Do)
	}
	add(l.Link.Label+":", l.Link.URL)
	add("-- ", l.why(), l.stop())
	return strings.Join(parts, "\n\n") + "\n"
}

func (l Letter) why() string {
	if l.Why != "" {
		return l.Why
	}
	return l.Reader.T("mail.why")
}

// StopLabel says what the link stops.
//
// words: mail.stop.conferences mail.stop.reminders mail.stop.minutes mail.stop.lessons mail.stop.proposals mail.stop.digest mail.stop.daily
func StopLabel(r locale.Reader, kind org.MailKind) string { return r.T("mail.stop." + string(kind)) }

func (l Letter) stop() string {
	if l.Stop.URL == "" {
		return ""
	}
	return l.Stop.Label + ": " + l.Stop.URL
}

func (s Section) text() string {
	if !s.List {
		return s.head(": ") + s.Lines[0].Text
	}
	lines := []string{s.head(":")}
	for _, l := range s.Lines {
		lines = append(lines, "– "+l.Text)
	}
	return strings.Join(lines, "\n")
}

func (s Section) head(after string) string {
	if s.Head == "" {
		return ""
	}
	return s.Head + after
}

// joined writes paragraphs as plain text.
func joined(said []text.Said) string {
	var blocks []text.Block
	for _, s := range said {
		blocks = append(blocks, text.Block{Kind: s.Kind, Body: s.Body})
	}
	return text.Join(blocks)
}

// HTML is the same letter for everybody else. It names no picture and nothing else to be fetched.
func (l Letter) HTML() (string, error) {
	var page bytes.Buffer
	err := html(l).Render(context.Background(), &page)
	return page.String(), err
}
