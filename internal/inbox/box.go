package inbox

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"example.org/tandem/internal/mail"
)

// Limits of one reading, so that nobody's mail holds it up.
const (
	largest    = 2 << 20          // octets of a message that is read
	mostAtOnce = 200              // messages
	patience   = 20 * time.Second // to reach the server
	longest    = 2 * time.Minute  // for all of it
	pause      = time.Minute      // between two
	tries      = 3                // until a message is left for people that the database will not take
)

// Box is a mailbox on an IMAP server (RFC 9051; servers of RFC 3501 too).
type Box struct {
	mail.Mailbox
	desk   *Desk
	log    *slog.Logger
	trust  *tls.Config    // nil: whom everybody trusts
	failed map[uint32]int // by message, how often it could not be taken
}

// Open gives a mailbox to read. It asks nothing of the server yet.
func Open(at mail.Mailbox, desk *Desk, log *slog.Logger) *Box {
	return &Box{Mailbox: at, desk: desk, log: log, failed: map[uint32]int{}}
}

// Run reads the mailbox every minute until the context ends. That it cannot be read is noted and logged, and no reason to end. Of no
// mailbox it reads nothing.
func (b *Box) Run(ctx context.Context) error {
	if b == nil {
		return nil
	}
	tick := time.NewTicker(pause)
	defer tick.Stop()
	for {
		if err := b.Collect(ctx); err != nil && ctx.Err() == nil {
			b.log.ErrorContext(ctx, "the mailbox cannot be read", "mailbox", b.Name, "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// Collect takes what is new, once.
func (b *Box) Collect(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	failure := b.collect(ctx)
	return errors.Join(failure, b.desk.went(context.WithoutCancel(ctx), b.Name, failure))
}

func (b *Box) collect(ctx context.Context) error {
	client, err := b.connect(ctx)
	if err != nil {
		return fmt.Errorf("mailbox %s: %w", b.Name, err)
	}
	defer client.Close()
	stop := context.AfterFunc(ctx, func() { client.Close() })
	defer stop()
	if err := client.Login(b.User, b.Password).Wait(); err != nil {
		return fmt.Errorf("mailbox %s: sign in: %w", b.Name, err)
	}
	selected, err := client.Select(b.Folder, nil).Wait()
	if err != nil {
		return fmt.Errorf("mailbox %s: %w", b.Name, err)
	}
	last, err := b.desk.place(ctx, b.Name, selected.UIDValidity)
	if err != nil {
		return err
	}
	if err := b.takeAfter(ctx, client, selected.UIDValidity, last); err != nil {
		return fmt.Errorf("mailbox %s: %w", b.Name, err)
	}
	return client.Logout().Wait()
}

func (b *Box) connect(ctx context.Context) (*imapclient.Client, error) {
	address := b.Address
	settings := &tls.Config{ServerName: b.Host, MinVersion: tls.VersionTLS12}
	if b.trust != nil {
		settings = b.trust
	}
	dialer := &net.Dialer{Timeout: patience}
	if b.Security == mail.FromTheFirst {
		conn, err := (&tls.Dialer{NetDialer: dialer, Config: settings}).DialContext(ctx, "tcp", address)
		if err != nil {
			return nil, err
		}
		return imapclient.New(conn, nil), nil
	}
	conn, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	if b.Security == mail.InTheClear {
		return imapclient.New(conn, nil), nil
	}
	conn.SetDeadline(time.Now().Add(patience)) // the client waits for the greeting without end
	client, err := imapclient.NewStartTLS(conn, &imapclient.Options{TLSConfig: settings})
	if err != nil {
		return nil, err
	}
	conn.SetDeadline(time.Time{})
	return client, nil
}

// takeAfter takes the messages after a number, in their order, and marks those as read that nobody need look at.
func (b *Box) takeAfter(ctx context.Context, client *imapclient.Client, validity, last uint32) error {
	var after imap.UIDSet
	after.AddRange(imap.UID(last+1), 0) // 0: to the last
	criteria := &imap.SearchCriteria{UID: []imap.UIDSet{after}, Since: b.desk.DB.Now().Add(-keep)}
	found, err := client.UIDSearch(criteria, nil).Wait()
	if err != nil {
		return fmt.Errorf("search: %w", err)
	}
	uids := found.AllUIDs()
	for _, uid := range uids[:min(len(uids), mostAtOnce)] {
		if uint32(uid) <= last {
			continue // `n:*` means the last message too where it is below n (RFC 9051 §9)
		}
		done, err := b.take(ctx, client, Message{Mailbox: b.Name, Validity: validity, UID: uint32(uid)})
		if err != nil {
			return err
		}
		if !done {
			continue
		}
		seen := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Flags: []imap.Flag{imap.FlagSeen}, Silent: true}
		if err := client.Store(imap.UIDSetNum(uid), seen, nil).Close(); err != nil {
			return fmt.Errorf("mark as read: %w", err)
		}
	}
	return nil
}

// take reads a message and has it taken. What is too large, or is refused for good, is left for people.
func (b *Box) take(ctx context.Context, client *imapclient.Client, m Message) (done bool, err error) {
	raw, tooLarge, err := b.fetch(client, imap.UID(m.UID))
	if err != nil {
		return false, err
	}
	if tooLarge || b.failed[m.UID] >= tries {
		delete(b.failed, m.UID)
		b.log.WarnContext(ctx, "a message is left for people to read", "mailbox", b.Name, "uid", m.UID, "too large", tooLarge)
		return false, b.desk.Pass(ctx, m)
	}
	m.Raw = raw
	done, err = b.desk.Take(ctx, m)
	if err != nil {
		b.failed[m.UID]++
		return false, err
	}
	delete(b.failed, m.UID)
	return done, nil
}

// fetch reads a message without marking it as read.
func (b *Box) fetch(client *imapclient.Client, uid imap.UID) (raw []byte, tooLarge bool, err error) {
	whole := &imap.FetchItemBodySection{Peek: true, Partial: &imap.SectionPartial{Size: largest + 1}}
	command := client.Fetch(imap.UIDSetNum(uid), &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{whole}})
	defer command.Close()
	for message := command.Next(); message != nil; message = command.Next() {
		for item := message.Next(); item != nil; item = message.Next() {
			if body, is := item.(imapclient.FetchItemDataBodySection); is && body.Literal != nil {
				if raw, err = io.ReadAll(io.LimitReader(body.Literal, largest+1)); err != nil {
					return nil, false, err
				}
			}
		}
	}
	return raw, len(raw) > largest, command.Close()
}
