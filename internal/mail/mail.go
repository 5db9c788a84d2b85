// Package mail carries messages: it writes one as it goes over the wire, hands it to a mail server, and can read it
// again. What a message says, in which language and to whom, is decided elsewhere.
package mail

import (
	"context"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"example.org/tandem/internal/locale"
)

// Message is one mail to one person: nobody sees who else was written to.
type Message struct {
	ID              string // makes the Message-ID: sent twice, mail programmes show it once. Letters, digits, "-", "."
	Date            time.Time
	To, ToName      string
	ReplyTo         string // "Name <address>", or empty: answers go to the sender
	Subject         string
	Text            string // the plain text is a whole mail of its own
	HTML            string // optional
	Calendar        []byte // an iCalendar object, optional
	CalendarMethod  string // of that: REQUEST, CANCEL
	ListUnsubscribe string // address of a page that stops this kind of mail (RFC 2369, RFC 8058), optional
	Language        locale.Language
}

// Sender carries a message as far as the next mail server. An error that is a *Refused says what that answered; one with a
// method Permanent() that answers true need not be tried again; after any other the message may be sent once more.
type Sender interface {
	Send(ctx context.Context, m Message) error
}

// longest is how many characters of a subject a phone shows.
const longest = 60

// Subject makes a subject of any text: one line of at most 60 characters, cut between two words.
func Subject(text string) string {
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || unicode.IsControl(r) }), " ")
	if utf8.RuneCountInString(text) <= longest {
		return text
	}
	start := string([]rune(text)[:longest]) // one more than there is room for: a word may end right there
	if i := strings.LastIndexByte(start, ' '); i > len(start)/2 {
		start = start[:i]
	} else {
		start = string([]rune(start)[:longest-1]) // one endless word
	}
	return strings.TrimRightFunc(start, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;:–—-·(«”“", r) }) + "…"
}
