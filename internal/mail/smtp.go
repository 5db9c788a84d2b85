package mail

import (
	"context"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// SMTP hands messages to a mail server, one connection each. A message is sent at least once: where the line breaks after
// the text has gone and before the server has answered, it goes again under the same Message-ID, because an invitation
// that never came is worse than one that came twice.
type SMTP struct {
	from, host string
	options    []gomail.Option
}

// patience is how long a server may take to greet and let us in, and again to take the message.
const patience = 45 * time.Second

// NewSMTP reads where mail goes: `smtp://name:password@host:587`, encrypted by STARTTLS or not at all sent, or
// `smtps://host:465`, encrypted from the first octet. A name and a password are optional and go percent-encoded.
// `smtp://localhost:1025?tls=none` is for a server on this machine only. The sender is "Name <address>".
func NewSMTP(address, from string) (*SMTP, error) {
	if _, err := netmail.ParseAddress(from); err != nil {
		return nil, fmt.Errorf("the sender of mails is no mail address: %w", err)
	}
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.Path != "" && u.Path != "/" || u.Fragment != "" {
		return nil, errors.New("a mail server's address looks like smtp://name:password@host:587") // the password stays out of it
	}
	s := &SMTP{from: from, host: u.Hostname(), options: []gomail.Option{
		// No greetings between: once a message is taken, nothing may make it look as if it had not been.
		gomail.WithTimeout(patience), gomail.WithoutNoop(), gomail.WithoutRset(),
	}}
	if err := s.encrypt(u); err != nil {
		return nil, err
	}
	if name := u.User.Username(); name != "" {
		password, _ := u.User.Password()
		s.options = append(s.options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(name), gomail.WithPassword(password))
	}
	return s, nil
}

func (s *SMTP) encrypt(u *url.URL) error {
	port := 587
	switch tls := u.RawQuery; {
	case u.Scheme == "smtp" && tls == "":
		s.options = append(s.options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case u.Scheme == "smtps" && tls == "":
		port = 465
		s.options = append(s.options, gomail.WithSSL())
	case u.Scheme == "smtp" && tls == "tls=none" && isLoopback(s.host):
		s.options = append(s.options, gomail.WithTLSPolicy(gomail.NoTLS))
	case u.Scheme == "smtp" && tls == "tls=none":
		return fmt.Errorf("tls=none is only for a mail server on this machine, not for %s", s.host)
	default:
		return errors.New("a mail server's address begins with smtp:// or smtps:// and knows no setting but tls=none")
	}
	if u.Port() != "" {
		port, _ = strconv.Atoi(u.Port())
	}
	s.options = append(s.options, gomail.WithPort(port))
	if _, err := gomail.NewClient(s.host, s.options...); err != nil {
		return fmt.Errorf("mail server: %w", err)
	}
	return nil
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Send hands one message over.
func (s *SMTP) Send(ctx context.Context, m Message) error {
	message, err := compose(m, s.from)
	if err != nil {
		return err
	}
	options := s.options
	if isASCII(m.To) {
		// Announced as SMTPUTF8, it could not go on to a server that does not know that.
		options = append(options[:len(options):len(options)], gomail.WithoutSMTPUTF8())
	}
	client, err := gomail.NewClient(s.host, options...)
	if err != nil {
		return fmt.Errorf("mail server: %w", err)
	}
	err = client.DialAndSendWithContext(ctx, message)
	if message.IsDelivered() {
		return nil // whatever happened while saying goodbye
	}
	return refusal(err)
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x80 })
}
