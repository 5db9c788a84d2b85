package mail

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"strings"

	"example.org/tandem/internal/locale"
)

// largest is how much of a message Parse reads: far more than Compose writes.
const largest = 4 << 20

// Parse reads a message that Compose wrote. The ID comes back without the sender's domain.
func Parse(raw []byte) (Message, error) {
	if len(raw) > largest {
		return Message{}, errors.New("mail too large")
	}
	wire, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return Message{}, fmt.Errorf("read mail: %w", err)
	}
	m, err := head(wire.Header)
	if err == nil {
		err = m.part(wire.Header.Get, wire.Body, true)
	}
	if err != nil {
		return Message{}, fmt.Errorf("read mail: %w", err)
	}
	return m, nil
}

func head(header netmail.Header) (m Message, err error) {
	if m.Date, err = header.Date(); err != nil {
		return m, err
	}
	to, err := netmail.ParseAddress(header.Get("To"))
	if err != nil {
		return m, err
	}
	m.To, m.ToName = to.Address, to.Name
	if m.Subject, err = new(mime.WordDecoder).DecodeHeader(header.Get("Subject")); err != nil {
		return m, err
	}
	if reply, err := netmail.ParseAddress(header.Get("Reply-To")); err == nil {
		m.ReplyTo = reply.Address
		if reply.Name != "" {
			m.ReplyTo = reply.Name + " <" + reply.Address + ">"
		}
	}
	m.ID, _, _ = strings.Cut(strings.Trim(header.Get("Message-ID"), "<>"), "@")
	m.ListUnsubscribe = strings.Trim(header.Get("List-Unsubscribe"), "<>")
	m.Language, _ = locale.Parse(header.Get("Content-Language"))
	return m, nil
}

// part reads one form of the text, or the several that a message holds.
func (m *Message) part(header func(string) string, body io.Reader, outermost bool) error {
	kind, parameters, err := mime.ParseMediaType(header("Content-Type"))
	if err != nil {
		return err
	}
	if outermost && strings.HasPrefix(kind, "multipart/") {
		return m.parts(multipart.NewReader(body, parameters["boundary"]))
	}
	content, err := io.ReadAll(decoded(header("Content-Transfer-Encoding"), body))
	if err != nil {
		return err
	}
	switch kind {
	case "text/plain":
		m.Text = lf(content)
	case "text/html":
		m.HTML = lf(content)
	case "text/calendar":
		m.Calendar, m.CalendarMethod = content, strings.ToUpper(parameters["method"])
	}
	return nil
}

func (m *Message) parts(reader *multipart.Reader) error {
	for {
		part, err := reader.NextRawPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := m.part(part.Header.Get, part, false); err != nil {
			return err
		}
	}
}

func decoded(encoding string, body io.Reader) io.Reader {
	switch strings.ToLower(encoding) {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		return quotedprintable.NewReader(body)
	}
	return body
}

func lf(content []byte) string { return strings.ReplaceAll(string(content), "\r\n", "\n") }
