package mail

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	netmail "net/mail"
	"strings"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset" // Outlook still writes windows-1251
	"github.com/emersion/go-message/textproto"
)

// Returned is a message that came to the role mailbox, as far as the program reads it.
type Returned struct {
	ID        string // Message-ID without its brackets; may be empty
	From      string // address, in lower case; empty where there is none, or several
	Unproven  bool   // our own mail server says that the sender's domain disowns it (RFC 8601, dmarc=fail)
	Subject   string
	Text      string // in plain, of the message itself; empty where there is none
	Automatic bool   // no person wrote it (RFC 3834)
	Calendars [][]byte
	Bounce    *Bounce // nil: no report about a mail that could not be delivered
}

// Bounce is a report that a mail did not reach somebody (RFC 3464).
type Bounce struct {
	Receiver string // address, in lower case
	Words    string // the mail server's own, for people to read
	About    string // ID of our mail, without the sender's domain; empty where the report does not say
}

// What a message may consist of before it is no longer read.
const (
	deepest   = 6
	mostParts = 60
)

// ReadReturned reads a message of at most four megabytes that came by mail, whoever sent it. A text in another character set
// comes in UTF-8.
func ReadReturned(raw []byte) (r Returned, err error) {
	if len(raw) > largest {
		return r, errors.New("mail too large")
	}
	whole, err := message.Read(bytes.NewReader(raw))
	if whole == nil || err != nil && !message.IsUnknownCharset(err) {
		return r, fmt.Errorf("read mail: %w", err)
	}
	r.ID = bareID(whole.Header.Get("Message-Id"))
	if from, err := netmail.ParseAddressList(whole.Header.Get("From")); err == nil && len(from) == 1 {
		r.From = strings.ToLower(from[0].Address)
	}
	r.Unproven = disowned(whole.Header.Get("Authentication-Results"))
	r.Subject, _ = whole.Header.Text("Subject")
	r.Automatic = automatic(whole.Header)
	parts := 0
	err = whole.Walk(func(path []int, part *message.Entity, err error) error {
		parts++
		switch {
		case parts > mostParts || len(path) > deepest:
			return errors.New("too many parts")
		case err != nil && !message.IsUnknownCharset(err):
			return err
		}
		return r.part(part)
	})
	if err != nil {
		return r, fmt.Errorf("read mail: %w", err)
	}
	if r.Bounce != nil && r.Bounce.Receiver == "" {
		r.Bounce = nil
	}
	return r, nil
}

// automatic tells whether a programme wrote a mail: an answer from somebody's holidays, a list.
func automatic(h message.Header) bool {
	submitted := strings.ToLower(strings.TrimSpace(h.Get("Auto-Submitted")))
	return submitted != "" && submitted != "no" || h.Get("X-Autoreply") != "" || h.Get("List-Id") != "" ||
		strings.EqualFold(h.Get("Precedence"), "bulk") || strings.EqualFold(h.Get("Precedence"), "auto_reply")
}

// disowned reads the results that the server which took the message wrote: the uppermost field. Those below came with it.
func disowned(results string) bool {
	return strings.Contains(strings.ToLower(strings.Join(strings.Fields(results), " ")), "dmarc=fail")
}

func (r *Returned) part(e *message.Entity) error {
	kind, parameters, err := e.Header.ContentType()
	if err != nil {
		return nil // a part that does not say what it is, is nothing to us
	}
	switch strings.ToLower(kind) {
	case "text/plain":
		if disposition, _, _ := e.Header.ContentDisposition(); r.Text == "" && disposition != "attachment" {
			words, err := io.ReadAll(e.Body)
			r.Text = strings.ToValidUTF8(string(words), "")
			return err
		}
	case "text/calendar", "application/ics":
		ics, err := io.ReadAll(e.Body)
		r.Calendars = append(r.Calendars, ics)
		return err
	case "multipart/report":
		if strings.EqualFold(parameters["report-type"], "delivery-status") {
			r.Bounce = &Bounce{}
		}
	case "message/delivery-status":
		return r.status(e.Body)
	case "message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers":
		return r.original(e.Body)
	}
	return nil
}

// status reads which receiver was given up: the first whose action is `failed`.
func (r *Returned) status(body io.Reader) error {
	all, err := io.ReadAll(body)
	if err != nil || r.Bounce == nil {
		return err
	}
	for _, group := range strings.Split(lf(all), "\n\n") {
		fields := message.Header{Header: header(group)}
		if !strings.EqualFold(strings.TrimSpace(fields.Get("Action")), "failed") || r.Bounce.Receiver != "" {
			continue
		}
		receiver := fields.Get("Final-Recipient")
		if original := fields.Get("Original-Recipient"); original != "" {
			receiver = original // before it was forwarded, as we wrote it
		}
		r.Bounce.Receiver = strings.ToLower(afterType(receiver))
		r.Bounce.Words = afterType(fields.Get("Diagnostic-Code"))
		if r.Bounce.Words == "" {
			r.Bounce.Words = strings.TrimSpace(fields.Get("Status"))
		}
	}
	return nil
}

// afterType is a value without the type before it: `rfc822; somebody@example` (RFC 3464 §2.3.1).
func afterType(field string) string {
	if _, value, typed := strings.Cut(field, ";"); typed {
		field = value
	}
	return strings.Trim(strings.Join(strings.Fields(field), " "), "<> ")
}

// original reads which of our mails it is about.
func (r *Returned) original(body io.Reader) error {
	all, err := io.ReadAll(body)
	if err != nil || r.Bounce == nil {
		return err
	}
	head, _, _ := strings.Cut(lf(all), "\n\n")
	fields := message.Header{Header: header(head)}
	r.Bounce.About, _, _ = strings.Cut(bareID(fields.Get("Message-Id")), "@")
	return nil
}

func bareID(field string) string { return strings.Trim(strings.TrimSpace(field), "<>") }

// header reads fields; what cannot be read is left out.
func header(fields string) (h textproto.Header) {
	h, _ = textproto.ReadHeader(bufio.NewReader(strings.NewReader(strings.TrimSpace(fields) + "\r\n\r\n")))
	return h
}
