package mail

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"math/big"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/tandem/internal/mail/mailtest"
	"github.com/emersion/go-smtp"
	gomail "github.com/wneessen/go-mail"
)

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
	var s mailtest.Sink
	host := s.Serve(t, server, false)
	err := client(t, "smtp://tandem:p%C3%A4ssword%3A1@"+host, gomail.WithTLSConfig(trusted)).Send(t.Context(), sample())
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Messages()) != 1 || !s.Encrypted() || !slices.Equal(s.Users(), []string{"tandem"}) {
		t.Fatalf("%d messages, TLS %v, users %v", len(s.Messages()), s.Encrypted(), s.Users())
	}
	got, err := Parse([]byte(s.Messages()[0].Raw))
	if err != nil || got.Subject != sample().Subject || string(got.Calendar) != string(sample().Calendar) || got.Text != sample().Text {
		t.Fatalf("%+v, %v", got, err)
	}
}

func TestSendingByTLSFromTheFirstOctet(t *testing.T) {
	server, trusted := certificate(t)
	var s mailtest.Sink
	host := s.Serve(t, server, true)
	if err := client(t, "smtps://"+host, gomail.WithTLSConfig(trusted)).Send(t.Context(), sample()); err != nil {
		t.Fatal(err)
	}
	if len(s.Messages()) != 1 || !s.Encrypted() {
		t.Fatalf("%d messages, TLS %v", len(s.Messages()), s.Encrypted())
	}
}

func TestSendingInTheClearToThisMachine(t *testing.T) {
	var s mailtest.Sink
	if err := client(t, "smtp://"+s.Serve(t, nil, false)+"?tls=none").Send(t.Context(), sample()); err != nil {
		t.Fatal(err)
	}
	if len(s.Messages()) != 1 || s.Encrypted() {
		t.Fatalf("%d messages, TLS %v", len(s.Messages()), s.Encrypted())
	}
}

func TestNothingIsSentUnencryptedOrToAStranger(t *testing.T) {
	server, _ := certificate(t)
	for name, config := range map[string]*tls.Config{"no STARTTLS": nil, "a certificate nobody vouches for": server} {
		t.Run(name, func(t *testing.T) {
			var s mailtest.Sink
			err := client(t, "smtp://"+s.Serve(t, config, false)).Send(t.Context(), sample())
			if err == nil || len(s.Messages()) != 0 {
				t.Fatalf("%v, %d messages", err, len(s.Messages()))
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

func to(answer error) func(string) error { return func(string) error { return answer } }

func TestRefusals(t *testing.T) {
	later := &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "Greylisted, try later"}
	never := &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "No such mailbox"}
	for _, c := range []struct {
		name          string
		sink          *mailtest.Sink
		code          int
		address, last bool
	}{
		{"the receiver, for now", &mailtest.Sink{OnRcpt: to(later)}, 451, true, false},
		{"the receiver, for ever", &mailtest.Sink{OnRcpt: to(never)}, 550, true, true},
		{"the message, for now", &mailtest.Sink{OnData: later}, 451, false, false},
		{"the message, for ever", &mailtest.Sink{OnData: never}, 550, false, true},
		{"the sender, for ever", &mailtest.Sink{OnMail: never}, 550, false, false}, // a setting of ours
	} {
		t.Run(c.name, func(t *testing.T) {
			err := client(t, "smtp://"+c.sink.Serve(t, nil, false)+"?tls=none").Send(t.Context(), sample())
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
	var s mailtest.Sink
	err := client(t, "smtp://tandem:wrong@"+s.Serve(t, server, false), gomail.WithTLSConfig(trusted)).Send(t.Context(), sample())
	if err == nil || isPermanent(err) || len(s.Messages()) != 0 || strings.Contains(err.Error(), "wrong") {
		t.Fatalf("%v, %d messages", err, len(s.Messages()))
	}
}

func TestAServerThatHangsIsLeft(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0") // takes the connection and never says a word
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	over := make(chan struct{})
	stuck := &mailtest.Sink{Hang: func(string) { <-over }}
	defer close(over)
	for name, host := range map[string]string{"before its greeting": silent.Addr().String(), "after the message": stuck.Serve(t, nil, false)} {
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
