package mail

import (
	"errors"
	"net"
	"net/url"
	"strings"
)

// Security is how the line to a mailbox is kept from others.
type Security int

const (
	FromTheFirst Security = iota // TLS from the first octet
	StartTLS                     // STARTTLS, or nothing is read
	InTheClear                   // to a server on this machine only
)

// Mailbox is where mail comes in, on an IMAP server.
type Mailbox struct {
	Name           string // user@host/folder: what may be shown and logged
	Host           string
	Address        string // host:port
	User, Password string
	Folder         string
	Security       Security
}

// ParseMailbox reads `imaps://user:password@host:993/INBOX`, encrypted from the first octet, or `imap://…:143`, encrypted by STARTTLS
// or not at all read. `?tls=none` is for a server on this machine only. Name and password go percent-encoded. The error never holds
// the password.
func ParseMailbox(address string) (Mailbox, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.User.Username() == "" || u.Fragment != "" {
		return Mailbox{}, errors.New("a mailbox looks like imaps://name:password@host:993/INBOX")
	}
	m := Mailbox{Host: u.Hostname(), User: u.User.Username(), Folder: strings.Trim(u.Path, "/")}
	m.Password, _ = u.User.Password()
	port := u.Port()
	standard := "143"
	switch {
	case u.Scheme == "imaps" && u.RawQuery == "":
		standard = "993"
	case u.Scheme == "imap" && u.RawQuery == "":
		m.Security = StartTLS
	case u.Scheme == "imap" && u.RawQuery == "tls=none" && isLoopback(m.Host):
		m.Security = InTheClear
	default:
		return Mailbox{}, errors.New("a mailbox begins with imaps:// or imap://, and knows no setting but tls=none for this machine")
	}
	if port == "" {
		port = standard
	}
	if m.Folder == "" {
		m.Folder = "INBOX"
	}
	m.Address, m.Name = net.JoinHostPort(m.Host, port), m.User+"@"+m.Host+"/"+m.Folder
	return m, nil
}
