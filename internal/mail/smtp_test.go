package mail

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
	gomail "github.com/wneessen/go-mail"
)

// sink is a real mail server that keeps what it is sent, or answers as a test wants.
type sink struct {
	mu       sync.Mutex
	messages []string
	users    []string
	tls      bool

	onMail, onRcpt, onData error
	hang                   chan struct{} // DATA is answered when it is closed
}

type session struct {
	*sink
	conn *smtp.Conn
}

func (s *sink) NewSession(c *smtp.Conn) (smtp.Session, error) { return &session{s, c}, nil }

func (s *session) Mail(string, *smtp.MailOptions) error { return s.onMail }
func (s *session) Rcpt(string, *smtp.RcptOptions) error { return s.onRcpt }
func (s *session) Reset()                               {}
func (s *session) Logout() error                        { return nil }
func (s *session) AuthMechanisms() []string             { return []string{sasl.Plain} }

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		s.mu.Lock()
		defer s.mu.Unlock()
		if password != "pässword:1" {
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
	if s.hang != nil {
		<-s.hang
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	_, s.tls = s.conn.TLSConnectionState()
	if s.onData == nil {
		s.messages = append(s.messages, string(raw))
	}
	return s.onData
}

// serve starts the sink; with a certificate it offers STARTTLS, or speaks TLS from the first octet.
func (s *sink) serve(t *testing.T, certificate *tls.Config, implicit bool) (host string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
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
	return address
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

// certificate makes one for 127.0.0.1, and the settings of somebody who trusts it.
func certificate(t *testing.T) (server, client *tls.Config) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(parsed)
	server = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
	return server, &tls.Config{RootCAs: roots, ServerName: "127.0.0.1"}
}

func client(t *testing.T, address string, more ...gomail.Option) *SMTP {
	t.Helper()
	s, err := NewSMTP(address, sender)
	if err != nil {
		t.Fatal(err)
	}
	s.options = append(s.options, more...)
	return s
}

func TestSendingByStartTLS(t *testing.T) {
	server, trusted := certificate(t)
	var s sink
	host := s.serve(t, server, false)
	err := client(t, "smtp://tandem:p%C3%A4ssword%3A1@"+host, gomail.WithTLSConfig(trusted)).Send(t.Context(), sample())
	if err != nil {
		t.Fatal(err)
	}
	if len(s.messages) != 1 || !s.tls || len(s.users) != 1 || s.users[0] != "tandem" {
		t.Fatalf("%d messages, TLS %v, users %v", len(s.messages), s.tls, s.users)
	}
	got, err := Parse([]byte(s.messages[0]))
	if err != nil || got.Subject != sample().Subject || string(got.Calendar) != string(sample().Calendar) || got.Text != sample().Text {
		t.Fatalf("%+v, %v", got, err)
	}
}

func TestSendingByTLSFromTheFirstOctet(t *testing.T) {
	server, trusted := certificate(t)
	var s sink
	host := s.serve(t, server, true)
	if err := client(t, "smtps://"+host, gomail.WithTLSConfig(trusted)).Send(t.Context(), sample()); err != nil {
		t.Fatal(err)
	}
	if len(s.messages) != 1 || !s.tls {
		t.Fatalf("%d messages, TLS %v", len(s.messages), s.tls)
	}
}

func TestSendingInTheClearToThisMachine(t *testing.T) {
	var s sink
	if err := client(t, "smtp://"+s.serve(t, nil, false)+"?tls=none").Send(t.Context(), sample()); err != nil {
		t.Fatal(err)
	}
	if len(s.messages) != 1 || s.tls {
		t.Fatalf("%d messages, TLS %v", len(s.messages), s.tls)
	}
}

func TestNothingIsSentUnencryptedOrToAStranger(t *testing.T) {
	server, _ := certificate(t)
	for name, config := range map[string]*tls.Config{"no STARTTLS": nil, "a certificate nobody vouches for": server} {
		t.Run(name, func(t *testing.T) {
			var s sink
			err := client(t, "smtp://"+s.serve(t, config, false)).Send(t.Context(), sample())
			if err == nil || len(s.messages) != 0 {
				t.Fatalf("%v, %d messages", err, len(s.messages))
			}
			if isPermanent(err) {
				t.Errorf("given up for a setting that can be mended: %v", err)
			}
		})
	}
}

func isPermanent(err error) bool {
	var p interface{ Permanent() bool }
	return errors.As(err, &p) && p.Permanent()
}

func TestRefusals(t *testing.T) {
	later := &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "Greylisted, try later"}
	never := &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "No such mailbox"}
	for _, c := range []struct {
		name          string
		sink          *sink
		code          int
		address, last bool
	}{
		{"the receiver, for now", &sink{onRcpt: later}, 451, true, false},
		{"the receiver, for ever", &sink{onRcpt: never}, 550, true, true},
		{"the message, for now", &sink{onData: later}, 451, false, false},
		{"the message, for ever", &sink{onData: never}, 550, false, true},
		{"the sender, for ever", &sink{onMail: never}, 550, false, false}, // a setting of ours
	} {
		t.Run(c.name, func(t *testing.T) {
			err := client(t, "smtp://"+c.sink.serve(t, nil, false)+"?tls=none").Send(t.Context(), sample())
			var no *Refused
			if !errors.As(err, &no) {
				t.Fatal(err)
			}
			if no.Code != c.code || no.Address != c.address || no.Permanent() != c.last {
				t.Errorf("%+v", no)
			}
			if !strings.HasPrefix(no.Words, no.Words[:3]+" ") || strings.Contains(no.Words, "brest@") || len(no.Words) < 10 {
				t.Errorf("words %q", no.Words)
			}
		})
	}
}

func TestAWrongPasswordIsTriedAgainLater(t *testing.T) {
	server, trusted := certificate(t)
	var s sink
	err := client(t, "smtp://tandem:wrong@"+s.serve(t, server, false), gomail.WithTLSConfig(trusted)).Send(t.Context(), sample())
	if err == nil || isPermanent(err) || len(s.messages) != 0 || strings.Contains(err.Error(), "wrong") {
		t.Fatalf("%v, %d messages", err, len(s.messages))
	}
}

func TestAServerThatHangsIsLeft(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0") // takes the connection and never says a word
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	stuck := &sink{hang: make(chan struct{})}
	defer close(stuck.hang)
	for name, host := range map[string]string{"before its greeting": silent.Addr().String(), "after the message": stuck.serve(t, nil, false)} {
		t.Run(name, func(t *testing.T) {
			begun := time.Now()
			err := client(t, "smtp://"+host+"?tls=none", gomail.WithTimeout(200*time.Millisecond)).Send(t.Context(), sample())
			var timeout net.Error
			if err == nil || isPermanent(err) || errors.As(err, new(*Refused)) {
				t.Errorf("%v", err)
			}
			if errors.As(err, &timeout) && !timeout.Timeout() || time.Since(begun) > 5*time.Second {
				t.Errorf("after %v: %v", time.Since(begun), err)
			}
		})
	}
}

func TestAServerThatIsAway(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	listener.Close()
	if err := client(t, "smtp://"+address+"?tls=none").Send(t.Context(), sample()); err == nil || isPermanent(err) {
		t.Errorf("%v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := client(t, "smtp://"+address+"?tls=none").Send(ctx, sample()); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func TestMailServersThatAreRefused(t *testing.T) {
	for _, address := range []string{
		"", "mail.example.org", "http://mail.example.org", "smtp://", "smtp://mail.example.org/path",
		"smtp://mail.example.org?tls=none", "smtp://192.0.2.1:25?tls=none", "smtp://mail.example.org?tls=maybe",
		"smtps://localhost?tls=none", "smtp://mail.example.org:99999", "smtp://u:secret%zz@mail.example.org",
	} {
		if _, err := NewSMTP(address, sender); err == nil || strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", address, err)
		}
	}
	if _, err := NewSMTP("smtp://mail.example.org", "Tandem"); err == nil {
		t.Error("a sender without an address")
	}
	for _, address := range []string{"smtp://mail.example.org", "smtps://u:p@mail.example.org", "smtp://localhost:1025?tls=none", "smtp://[::1]:25?tls=none"} {
		if _, err := NewSMTP(address, sender); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
}
