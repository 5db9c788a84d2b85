package mail

import (
	"bytes"
	"errors"
	"fmt"
	netmail "net/mail"
	"net/url"
	"strings"

	gomail "github.com/wneessen/go-mail"
)

// Compose writes a message as it goes over the wire (RFC 5322): plain text, HTML and calendar entry as three forms of the
// same (multipart/alternative), the last as an invitation that mail programmes offer to answer (RFC 6047). The sender is
// "Name <address>".
func Compose(m Message, from string) ([]byte, error) {
	message, err := compose(m, from)
	if err != nil {
		return nil, err
	}
	var wire bytes.Buffer
	if _, err := message.WriteTo(&wire); err != nil {
		return nil, fmt.Errorf("compose mail %s: %w", m.ID, err)
	}
	return wire.Bytes(), nil
}

func compose(m Message, from string) (*gomail.Msg, error) {
	message := gomail.NewMsg(gomail.WithNoDefaultUserAgent(), gomail.WithEncoding(gomail.EncodingB64))
	if err := address(message, m, from); err != nil {
		return nil, malformed{fmt.Errorf("compose mail %s: %w", m.ID, err)}
	}
	message.Subject(Subject(m.Subject))
	if m.Date.IsZero() {
		message.SetDate()
	} else {
		message.SetDateWithValue(m.Date)
	}
	if m.Language != "" {
		message.SetGenHeader("Content-Language", string(m.Language))
	}
	message.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: an out-of-office reply would help nobody
	unsubscribe(message, m.ListUnsubscribe)
	body(message, m)
	return message, nil
}

// malformed is a message that no further try would make a better one of.
type malformed struct{ error }

func (m malformed) Unwrap() error { return m.error }
func (malformed) Permanent() bool { return true }

func address(message *gomail.Msg, m Message, from string) error {
	sender, err := netmail.ParseAddress(from)
	if err != nil {
		return fmt.Errorf("sender %q: %w", from, err)
	}
	receiver, err := netmail.ParseAddress("<" + m.To + ">")
	if err != nil {
		return fmt.Errorf("receiver: %w", err)
	}
	receiver.Name = m.ToName
	if m.ID == "" || strings.ContainsFunc(m.ID, isForeign) {
		return errors.New("no usable ID")
	}
	_, domain, _ := strings.Cut(sender.Address, "@")
	message.SetMessageIDWithValue(m.ID + "@" + domain)
	message.FromMailAddress(sender)
	message.ToMailAddress(receiver)
	if m.ReplyTo == "" {
		return nil
	}
	reply, err := netmail.ParseAddress(m.ReplyTo)
	if err != nil {
		return fmt.Errorf("reply-to: %w", err)
	}
	message.ReplyToMailAddress(reply)
	return nil
}

func isForeign(r rune) bool {
	return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '.')
}

// unsubscribe names the page that stops mails of this kind. One click in the mail programme does it where the page is
// reached by https, which RFC 8058 demands.
func unsubscribe(message *gomail.Msg, page string) {
	u, err := url.Parse(page)
	if err != nil || u.Host == "" {
		return
	}
	message.SetGenHeader(gomail.HeaderListUnsubscribe, "<"+u.String()+">")
	if u.Scheme == "https" {
		message.SetGenHeader(gomail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
	}
}

// body adds the forms of the text, the plainest first: mail programmes show the last one they know.
func body(message *gomail.Msg, m Message) {
	message.SetBodyString(gomail.TypeTextPlain, crlf(m.Text), gomail.WithPartEncoding(encoding(m.Text)))
	if m.HTML != "" {
		message.AddAlternativeString(gomail.TypeTextHTML, crlf(m.HTML), gomail.WithPartEncoding(encoding(m.HTML)))
	}
	if len(m.Calendar) > 0 {
		kind := gomail.ContentType("text/calendar; method=" + m.CalendarMethod)
		message.AddAlternativeString(kind, string(m.Calendar), gomail.WithPartEncoding(gomail.EncodingB64))
	}
}

// encoding: Cyrillic in quoted-printable takes three times the room, while filters distrust Latin text in base64.
func encoding(text string) gomail.Encoding {
	beyond := 0
	for i := range len(text) {
		if text[i] >= 0x80 {
			beyond++
		}
	}
	if beyond > len(text)/6 {
		return gomail.EncodingB64
	}
	return gomail.EncodingQP
}

func crlf(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\r\n")
}
