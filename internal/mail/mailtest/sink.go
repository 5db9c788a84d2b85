// Package mailtest has a real mail server for tests: it keeps what it is sent, or answers as a test wants.
package mailtest

import (
	"crypto/tls"
	"io"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// Password is the one that a Sink lets anybody in with.
const Password = "pässword:1"

// Sink is a mail server. Its answers are set before it is served.
type Sink struct {
	OnMail error                 // to whoever sends
	OnRcpt func(to string) error // to each receiver
	OnData error                 // to the message
	Hang   func(to string)       // runs once the message has gone over, before the server answers

	mu       sync.Mutex
	messages []Message
	users    []string
	tls      bool
}

// Message is what came, as it went over the wire.
type Message struct{ To, Raw string }

// Messages are those taken, in their order.
func (s *Sink) Messages() []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Message(nil), s.messages...)
}

// Users are those who signed in.
func (s *Sink) Users() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.users...)
}

// Encrypted tells whether the last message came over TLS.
func (s *Sink) Encrypted() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tls
}

// Serve starts it on a port of this machine; with a certificate it offers STARTTLS, or speaks TLS from the first octet.
func (s *Sink) Serve(t *testing.T, certificate *tls.Config, implicit bool) (host string) {
	t.Helper()
	return s.ServeAt(t, "127.0.0.1:0", certificate, implicit)
}

// ServeAt starts it on a given port, as a server that comes back.
func (s *Sink) ServeAt(t *testing.T, address string, certificate *tls.Config, implicit bool) (host string) {
	t.Helper()
	listener, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	host = listener.Addr().String()
	server := smtp.NewServer(s)
	server.Domain, server.ReadTimeout, server.WriteTimeout = "sink.example", time.Minute, time.Minute
	server.ErrorLog = quiet{}
	if implicit {
		listener = tls.NewListener(listener, certificate)
	} else {
		server.TLSConfig = certificate
	}
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })
	return host
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

type session struct {
	*Sink
	conn *smtp.Conn
	to   string
}

// NewSession is go-smtp's.
func (s *Sink) NewSession(c *smtp.Conn) (smtp.Session, error) { return &session{Sink: s, conn: c}, nil }

func (s *session) Mail(string, *smtp.MailOptions) error { return s.OnMail }
func (s *session) Reset()                               {}
func (s *session) Logout() error                        { return nil }
func (s *session) AuthMechanisms() []string             { return []string{sasl.Plain} }

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	if s.OnRcpt == nil {
		return nil
	}
	return s.OnRcpt(to)
}

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		s.mu.Lock()
		defer s.mu.Unlock()
		if password != Password {
			return smtp.ErrAuthFailed
		}
		s.users = append(s.users, user)
		return nil
	}), nil
}

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if s.Hang != nil {
		s.Hang(s.to)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	_, s.tls = s.conn.TLSConnectionState()
	if s.OnData == nil {
		s.messages = append(s.messages, Message{s.to, string(raw)})
	}
	return s.OnData
}
