package notify_test

import (
	"context"
	"net"
	"slices"
	"sync"
	"testing"
	"time"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/mail"
	"example.org/tandem/internal/mail/mailtest"
	"github.com/emersion/go-smtp"
)

// through has mails go to a server at this address.
func (h house) through(address string) {
	h.Helper()
	server, err := mail.NewSMTP("smtp://"+address+"?tls=none", "Tandem <tandem@tandem.example>")
	h.ok(err)
	h.desk.Mail = server
}

// reached are those that a server took mails for, in order of their addresses.
func reached(s *mailtest.Sink) (list []string) {
	for _, m := range s.Messages() {
		list = append(list, m.To)
	}
	slices.Sort(list)
	return list
}

// invite plans a conference and gives it with the addresses of those who are written to.
func (h house) invite() (c conference.Conference, invited []string) {
	h.Helper()
	id, err := h.conferences.Schedule(h.Context(), h.MinskCoordinator.Actor, h.plan("2020-08-27T11:00"))
	h.ok(err)
	invited = []string{h.email(h.MinskCoordinator), h.email(h.BrestStaff), h.email(h.KogeCoordinator), h.email(h.KogeStaff)}
	slices.Sort(invited)
	return h.find(id), invited
}

func TestNothingIsLostOrSentTwiceWhileTheMailServerIsDown(t *testing.T) {
	each(t, func(h house) {
		nobody, err := net.Listen("tcp", "127.0.0.1:0")
		h.ok(err)
		address := nobody.Addr().String()
		h.ok(nobody.Close())
		h.through(address)
		_, invited := h.invite()
		for range 3 {
			if err := h.runner.Drain(h.Context()); err == nil {
				h.Fatal("mails went to a server that is not there")
			}
			h.clock.Set(h.clock.Now().Add(time.Hour))
		}
		var back mailtest.Sink
		back.ServeAt(t, address, nil, false)
		for range 2 {
			h.ok(h.runner.Drain(h.Context()))
			h.clock.Set(h.clock.Now().Add(time.Hour))
		}
		if got := reached(&back); !slices.Equal(got, invited) {
			h.Errorf("got mails: %v, invited: %v", got, invited)
		}
	})
}

func TestAServerThatHangsOverOneReceiverDelaysNoOther(t *testing.T) {
	each(t, func(h house) {
		over := make(chan struct{})
		release := sync.OnceFunc(func() { close(over) })
		defer release()
		slow := h.email(h.BrestStaff)
		sink := &mailtest.Sink{Hang: func(to string) {
			if to == slow {
				<-over
			}
		}}
		h.through(sink.Serve(t, nil, false))
		_, invited := h.invite()
		ctx, stop := context.WithCancel(h.Context())
		ended := make(chan error)
		go func() { ended <- h.runner.Run(ctx) }()
		others := slices.DeleteFunc(slices.Clone(invited), func(to string) bool { return to == slow })
		h.waits(sink, others)
		release()
		h.waits(sink, invited)
		stop()
		h.ok(<-ended)
	})
}

// waits until a server has taken these mails.
func (h house) waits(sink *mailtest.Sink, want []string) {
	h.Helper()
	for end := time.Now().Add(20 * time.Second); !slices.Equal(reached(sink), want); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			h.Fatalf("got mails: %v, want %v", reached(sink), want)
		}
	}
}

func TestARefusedAddressIsShownUntilAMailGoesThrough(t *testing.T) {
	each(t, func(h house) {
		gone, words := h.email(h.BrestStaff), "No such mailbox here"
		no := &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: words}
		sink := &mailtest.Sink{OnRcpt: func(to string) error {
			if to == gone && no != nil {
				return no
			}
			return nil
		}}
		h.through(sink.Serve(t, nil, false))
		c, invited := h.invite()
		if err := h.runner.Drain(h.Context()); err == nil {
			h.Error("a refused mail is not shown to administrators")
		}
		if got := reached(sink); len(got) != len(invited)-1 {
			h.Errorf("the others got %v", got)
		}
		if said := h.refused(c, h.BrestStaff.ID); said != "550 5.1.1 "+words {
			h.Errorf("shown: %q", said)
		}
		no = nil
		h.ok(h.conferences.Cancel(h.Context(), h.MinskCoordinator.Actor, c.ID, h.find(c.ID).Version))
		h.ok(h.runner.Drain(h.Context()))
		if said := h.refused(c, h.BrestStaff.ID); said != "" {
			h.Errorf("after a mail that arrived: %q", said)
		}
	})
}

// refused is what is shown of a participant's address.
func (h house) refused(c conference.Conference, personID string) string {
	h.Helper()
	for _, p := range h.find(c.ID).Participants {
		if p.PersonID == personID {
			return p.Refused
		}
	}
	h.Fatal("nobody")
	return ""
}
