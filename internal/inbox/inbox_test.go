package inbox_test

import (
	"bytes"
	"embed"
	"encoding/base64"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"

	"example.org/tandem/internal/action"
	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/decision"
	"example.org/tandem/internal/inbox"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/mail"
	"example.org/tandem/internal/minutes"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/org/orgtest"
	"example.org/tandem/internal/room"
	"example.org/tandem/internal/text"
	"example.org/tandem/internal/work"
)

//go:embed testdata
var samples embed.FS

const role, password = "tandem@tandem.example", "pässword:1"

// house is a Tandem with a mailbox on a real server.
type house struct {
	*testing.T
	orgtest.World
	db          *database.DB
	clock       *dbtest.Clock
	conferences *conference.Store
	user        *imapmemserver.User
	box         *inbox.Box
	desk        *work.Desk
	mails       *int
	back        mail.Return
}

func each(t *testing.T, test func(h house)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, db *database.DB, clock *dbtest.Clock) {
		h := house{T: t, World: orgtest.New(t, db), db: db, clock: clock, conferences: conference.New(db), mails: new(int), back: mail.NewReturn(role, []byte("secret"))}
		h.user = imapmemserver.NewUser(role, password)
		h.ok(h.user.Create("Tandem", nil))
		site, _ := url.Parse("https://tandem.example")
		desk := work.New(db, work.Parts{Conferences: h.conferences, Decisions: decision.New(db), Actions: action.New(db), Minutes: minutes.New(db),
			Org: org.New(db), Lessons: lesson.New(db)})
		h.desk = desk
		h.box = inbox.Open(h.at(serve(t, h.user), password), &inbox.Desk{DB: db, Work: desk, URL: site, Back: h.back}, slog.New(slog.NewTextHandler(io.Discard, nil)))
		test(h)
	})
}

func (h house) at(host, password string) mail.Mailbox {
	h.Helper()
	at, err := mail.ParseMailbox("imap://" + url.UserPassword(role, password).String() + "@" + host + "/Tandem?tls=none")
	h.ok(err)
	return at
}

// serve starts a mail server for somebody.
func serve(t *testing.T, user *imapmemserver.User) (host string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	memory := imapmemserver.New()
	memory.AddUser(user)
	server := imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return memory.NewSession(), nil, nil
		},
		InsecureAuth: true, Logger: slog.NewLogLogger(slog.NewTextHandler(io.Discard, nil), slog.LevelError),
	})
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })
	return listener.Addr().String()
}

func (h house) ok(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// plan is a conference at 11:00 in Minsk and 10:00 in Køge.
func (h house) plan() conference.Conference {
	h.Helper()
	id, err := h.conferences.Schedule(h.Context(), h.MinskCoordinator.Actor, conference.Plan{
		PartnershipID: h.Partnership,
		Title:         text.Draft{Language: locale.Russian, Body: "Готовы ли мы ко второй волне?"},
		Purpose:       text.Draft{Language: locale.Danish, Body: "Hvad hver organisation gør."},
		Zone:          "Europe/Minsk", Times: []string{"2020-08-27T11:00"}, Minutes: 90, Hosts: []string{h.Secretariat, h.Koge},
		Participants: []string{h.MinskCoordinator.ID, h.KogeCoordinator.ID, h.KogeStaff.ID},
		Languages:    []locale.Language{locale.Russian, locale.Danish}, Interpretation: []conference.Pair{{From: locale.Russian, To: locale.Danish}},
		Room: conference.Room{Kind: room.KindLink, URL: "https://meet.tandem.example/august"},
	})
	h.ok(err)
	return h.find(id)
}

func (h house) find(id string) conference.Conference {
	h.Helper()
	c, err := h.conferences.Find(h.Context(), h.MinskCoordinator.Actor, id)
	h.ok(err)
	return c
}

func (h house) email(p orgtest.Person) (email string) {
	h.Helper()
	h.ok(h.db.Read(h.Context(), func(tx *database.Tx) error {
		return tx.Row(h.Context(), `select email from people where id = $1`, p.ID).Scan(&email)
	}))
	return email
}

// said is what stands for somebody now.
func (h house) said(id string, p orgtest.Person) conference.Participant {
	h.Helper()
	who, there := h.find(id).Participant(p.ID)
	if !there {
		h.Fatal("not on the list")
	}
	return who
}

// shown are the answers by mail that who plans is to look at: why, and what was answered.
func (h house) shown(c conference.Conference) (list []string) {
	h.Helper()
	replies, err := h.conferences.MailReplies(h.Context(), h.MinskCoordinator.Actor, h.find(c.ID))
	h.ok(err)
	for _, r := range replies {
		list = append(list, strings.TrimSpace(fmt.Sprint(r.Why, " ", r.Answer)))
	}
	return list
}

// sample is a message as a programme writes it, with values in the places of its words in capitals.
func (h house) sample(name string, values map[string]string) []byte {
	h.Helper()
	read := func(name string) string {
		raw, err := samples.ReadFile("testdata/" + name)
		h.ok(err)
		var pairs []string
		for k, v := range values {
			pairs = append(pairs, "%"+k+"%", v)
		}
		return strings.NewReplacer(pairs...).Replace(string(raw))
	}
	if name == "apple.eml" {
		values["ICS64"] = base64.StdEncoding.EncodeToString([]byte(read("apple.ics")))
	}
	return []byte(read(name))
}

// answer are the values of an answer to a conference from an address.
func (h house) answer(c conference.Conference, from, answer string) map[string]string {
	*h.mails++
	begin, end := c.StartsAt, c.StartsAt.Add(c.Length)
	const wall = "20060102T150405"
	return map[string]string{"UID": c.ID + "@tandem.example", "FROM": from, "ATTENDEE": from, "ROLE": role, "SEQ": fmt.Sprint(c.Sequence), "ANSWER": answer,
		"MINSK": begin.In(locale.Minsk).Format(wall), "MINSKEND": end.In(locale.Minsk).Format(wall), "COPENHAGEN": begin.In(locale.Copenhagen).Format(wall),
		"UTC": begin.UTC().Format(wall) + "Z", "UTCEND": end.UTC().Format(wall) + "Z", "STAMP": h.clock.Now().UTC().Format(wall) + "Z",
		"ID": fmt.Sprintf("mail-%d", *h.mails), "COMMENT": ""}
}

type literal struct{ *bytes.Reader }

func (l literal) Size() int64 { return l.Reader.Size() }

// comes puts a message into the mailbox.
func (h house) comes(raw []byte) {
	h.Helper()
	_, err := h.user.Append("Tandem", literal{bytes.NewReader(raw)}, &imap.AppendOptions{Time: h.clock.Now()})
	h.ok(err)
}

// unread is how many messages are left for people.
func (h house) unread() uint32 {
	h.Helper()
	status, err := h.user.Status("Tandem", &imap.StatusOptions{NumUnseen: true})
	h.ok(err)
	return *status.NumUnseen
}

func (h house) collect() {
	h.Helper()
	h.ok(h.box.Collect(h.Context()))
}

var programmes = []string{"outlook.eml", "google.eml", "apple.eml", "thunderbird.eml"}

func TestAnAnswerByMailIsTheSameAsOneOnThePage(t *testing.T) {
	each(t, func(h house) {
		c := h.plan()
		for i, programme := range programmes {
			want := []conference.RSVP{conference.Accepted, conference.Declined, conference.Tentative, conference.Accepted}[i]
			h.clock.Set(h.clock.Now().Add(time.Hour))
			h.comes(h.sample(programme, h.answer(c, h.email(h.KogeCoordinator), string(want))))
			h.collect()
			if got := h.said(c.ID, h.KogeCoordinator); got.RSVP != want || !got.AnsweredAt.Equal(h.clock.Now()) {
				h.Errorf("%s: %s at %s", programme, got.RSVP, got.AnsweredAt)
			}
		}
		if h.said(c.ID, h.KogeStaff).RSVP != conference.NeedsAction || h.unread() != 0 || len(h.shown(c)) != 0 {
			h.Errorf("somebody else's answer, %d unread, shown %v", h.unread(), h.shown(c))
		}
		h.ok(h.conferences.Answer(h.Context(), h.KogeCoordinator.Actor, c.ID, conference.Declined, time.Time{}))
		h.collect()
		if got := h.said(c.ID, h.KogeCoordinator).RSVP; got != conference.Declined {
			h.Errorf("what was read is read again: %s", got)
		}
	})
}

func TestAnAnswerThatIsNotFromWhoWasInvitedChangesNothingAndIsShown(t *testing.T) {
	each(t, func(h house) {
		c, mine := h.plan(), h.email(h.KogeCoordinator)
		for name, other := range map[string]map[string]string{
			"unknown ACCEPTED":         {"FROM": "stranger@other.example", "ATTENDEE": "stranger@other.example"},
			"passed-on ACCEPTED":       {"ATTENDEE": "alias@other.example"},
			"passed-on":                {"ANSWER": "DELEGATED;DELEGATED-TO=\"mailto:colleague@other.example\""},
			"unproven ACCEPTED":        {"FROM": mine + ">\r\nAuthentication-Results: mx.tandem.example; spf=fail;\r\n dmarc=fail (p=NONE) header.from=x\r\nX-Was: <x"},
			"other-time ACCEPTED":      {"MINSK": "20200826T110000"},
			"unknown ACCEPTED (alias)": {"FROM": "alias@other.example"},
		} {
			values := h.answer(c, mine, "ACCEPTED")
			for k, v := range other {
				values[k] = v
			}
			h.comes(h.sample("outlook.eml", values))
			before := len(h.shown(c))
			h.collect()
			want, _, _ := strings.Cut(name, " (")
			if list := h.shown(c); len(list) != before+1 || list[0] != want {
				h.Errorf("%s: shown %v", name, list)
			}
		}
		if got := h.said(c.ID, h.KogeCoordinator).RSVP; got != conference.NeedsAction {
			h.Errorf("taken as %s", got)
		}
		if h.unread() != 0 {
			h.Errorf("%d are left for people though they are shown", h.unread())
		}
		if list, err := h.conferences.MailReplies(h.Context(), h.KogeStaff.Actor, h.find(c.ID)); err != nil || len(list) != 0 {
			h.Errorf("somebody who only takes part sees %v, %v", list, err)
		}
	})
}

func TestACommentOrAnotherTimeIsShown(t *testing.T) {
	each(t, func(h house) {
		c := h.plan()
		values := h.answer(c, h.email(h.KogeCoordinator), "DECLINED")
		values["COMMENT"] = `Буду в отпуске\, до 30 августа`
		h.comes(h.sample("outlook.eml", values))
		values = h.answer(c, h.email(h.KogeStaff), "TENTATIVE")
		values["UTC"] = "20200828T080000Z"
		h.comes(bytes.ReplaceAll(h.sample("google.eml", values), []byte("REPLY"), []byte("COUNTER")))
		h.collect()
		list, err := h.conferences.MailReplies(h.Context(), h.MinskCoordinator.Actor, h.find(c.ID))
		h.ok(err)
		if len(list) != 2 {
			h.Fatalf("%+v", list)
		}
		if said := list[1]; said.Why != conference.WhyComment || said.Said != "Буду в отпуске, до 30 августа" || h.said(c.ID, h.KogeCoordinator).RSVP != conference.Declined {
			h.Errorf("%+v", said)
		}
		if other := list[0]; other.Why != conference.WhyProposes || !other.Proposes.Equal(time.Date(2020, 8, 28, 8, 0, 0, 0, time.UTC)) || h.said(c.ID, h.KogeStaff).RSVP != conference.NeedsAction {
			h.Errorf("%+v", other)
		}
		for range 2 { // a second click on the same button is no fault
			h.ok(h.conferences.DropReply(h.Context(), h.MinskCoordinator.Actor, c.ID, list[0].ID))
		}
		if left := h.shown(c); len(left) != 1 {
			h.Errorf("left %v", left)
		}
		if err := h.conferences.DropReply(h.Context(), h.KogeStaff.Actor, c.ID, list[1].ID); err == nil {
			h.Error("dropped by somebody who does not plan")
		}
	})
}

func TestTheLaterAnswerCounts(t *testing.T) {
	each(t, func(h house) {
		c := h.plan()
		early := h.sample("apple.eml", h.answer(c, h.email(h.KogeCoordinator), "ACCEPTED"))
		h.clock.Set(h.clock.Now().Add(time.Hour))
		h.ok(h.conferences.Answer(h.Context(), h.KogeCoordinator.Actor, c.ID, conference.Declined, time.Time{}))
		h.comes(early) // it was on its way for an hour
		h.collect()
		if got := h.said(c.ID, h.KogeCoordinator).RSVP; got != conference.Declined || h.unread() != 0 {
			h.Errorf("%s, %d unread", got, h.unread())
		}
	})
}

func TestAnAnswerToASeriesIsToAllOfIt(t *testing.T) {
	each(t, func(h house) {
		c := h.plan()
		_, err := h.conferences.Repeat(h.Context(), h.MinskCoordinator.Actor, c.ID, c.Version, conference.Repetition{Often: calendar.Weekly, Count: 3, Zone: "Europe/Minsk"})
		h.ok(err)
		c = h.find(c.ID)
		f, _, err := h.conferences.FindSeries(h.Context(), h.MinskCoordinator.Actor, c.Series.SeriesID)
		h.ok(err)
		h.comes(h.sample("thunderbird.eml", h.answer(c, h.email(h.KogeCoordinator), "ACCEPTED")))
		h.collect()
		for _, o := range f.Occurrences {
			if got := h.said(o.ID, h.KogeCoordinator).RSVP; got != conference.Accepted {
				h.Errorf("%s: %s", o.Local, got)
			}
		}
		second := h.find(f.Occurrences[1].ID)
		values := h.answer(c, h.email(h.KogeCoordinator), "DECLINED")
		begin := second.StartsAt.In(locale.Minsk).Format("20060102T150405")
		values["MINSK"] = begin + "\r\nRECURRENCE-ID;TZID=3DEurope/Minsk:" + begin
		h.comes(h.sample("thunderbird.eml", values))
		h.collect()
		for i, want := range []conference.RSVP{conference.Accepted, conference.Declined, conference.Accepted} {
			if got := h.said(f.Occurrences[i].ID, h.KogeCoordinator).RSVP; got != want {
				h.Errorf("%s: %s", f.Occurrences[i].Local, got)
			}
		}
	})
}

// Who has no account answers by mail as on the page behind their link: to one time, and to all of a series.
func TestAGuestAnswersByMail(t *testing.T) {
	each(t, func(h house) {
		const address = "gaest@tandem.example"
		ctx, c := h.Context(), h.plan()
		ask := org.GuestDraft{Name: "Apoteker, Køge", Email: address, Language: locale.Danish, Zone: "Europe/Copenhagen"}
		h.ok(h.desk.AskGuest(ctx, h.KogeCoordinator.Actor, c.ID, h.Koge, ask, false))
		c = h.find(c.ID)
		guest := orgtest.Person{ID: c.Guests()[0].PersonID}
		h.comes(h.sample("thunderbird.eml", h.answer(c, address, "TENTATIVE")))
		h.collect()
		if got := h.said(c.ID, guest).RSVP; got != conference.Tentative || len(h.shown(c)) != 0 {
			h.Errorf("%s, shown %v", got, h.shown(c))
		}
		_, err := h.conferences.Repeat(ctx, h.MinskCoordinator.Actor, c.ID, c.Version, conference.Repetition{Often: calendar.Weekly, Count: 3, Zone: "Europe/Minsk"})
		h.ok(err)
		c = h.find(c.ID)
		f, _, err := h.conferences.FindSeries(ctx, h.MinskCoordinator.Actor, c.Series.SeriesID)
		h.ok(err)
		h.ok(h.desk.DropGuest(ctx, h.KogeCoordinator.Actor, f.Occurrences[1].ID, guest.ID))
		h.clock.Set(h.clock.Now().Add(time.Hour))
		h.comes(h.sample("thunderbird.eml", h.answer(c, address, "ACCEPTED")))
		h.collect()
		if h.said(f.Occurrences[2].ID, guest).RSVP != conference.Accepted || len(h.find(f.Occurrences[1].ID).Guests()) != 0 {
			h.Error("an answer to all times stops at the one that they are not asked to")
		}
	})
}

func TestAMailThatCameBackIsShownWithTheServersWords(t *testing.T) {
	each(t, func(h house) {
		c := h.plan()
		for sample, words := range map[string]string{"bounce-postfix.eml": "User unknown", "bounce-exchange.eml": "Recipient not found"} {
			h.ok(org.New(h.db).Refused(h.Context(), h.KogeCoordinator.ID, ""))
			values := h.answer(c, h.email(h.KogeCoordinator), "")
			values["MAILID"] = "invite." + c.ID + "." + h.KogeCoordinator.ID + ".0"
			h.comes(h.sample(sample, values))
			h.collect()
			if got := h.said(c.ID, h.KogeCoordinator).Refused; !strings.Contains(got, words) {
				h.Errorf("%s: %q", sample, got)
			}
			values = h.answer(c, h.email(h.KogeStaff), "")
			values["MAILID"] = "invite." + c.ID + "." + h.KogeCoordinator.ID + ".1"
			h.comes(h.sample(sample, values))
			h.collect()
			if got := h.said(c.ID, h.KogeStaff).Refused; got != "" {
				h.Errorf("%s: a report about a mail that nobody got makes an address refused: %q", sample, got)
			}
		}
		if h.unread() != 2 {
			h.Errorf("%d are left for people, of two that are about nobody's mail", h.unread())
		}
	})
}

func TestWhatIsForPeopleStaysUnread(t *testing.T) {
	each(t, func(h house) {
		c := h.plan()
		foreign := h.answer(c, h.email(h.KogeCoordinator), "ACCEPTED")
		foreign["UID"] = c.ID + "@elsewhere.example"
		gone := h.answer(c, h.email(h.KogeCoordinator), "ACCEPTED")
		gone["UID"] = database.NewID() + "@tandem.example"
		for _, raw := range [][]byte{
			[]byte("From: x@other.example\r\nSubject: A question\r\n\r\nWhen do we begin?\r\n"),
			[]byte("not a mail at all"),
			[]byte("Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\n--x--\r\n"),
			append([]byte("From: x@other.example\r\n\r\n"), bytes.Repeat([]byte("long "), 500_000)...),
			h.sample("apple.eml", foreign), h.sample("apple.eml", gone),
		} {
			h.comes(raw)
		}
		h.comes(h.sample("google.eml", h.answer(c, h.email(h.KogeCoordinator), "ACCEPTED")))
		h.collect()
		if got := h.said(c.ID, h.KogeCoordinator).RSVP; got != conference.Accepted || h.unread() != 6 {
			h.Errorf("%s, %d unread", got, h.unread())
		}
	})
}

func TestEachMessageIsTakenOnce(t *testing.T) {
	each(t, func(h house) {
		c := h.plan()
		same := h.sample("google.eml", h.answer(c, h.email(h.KogeCoordinator), "ACCEPTED"))
		h.comes(same)
		h.collect()
		h.ok(h.conferences.Answer(h.Context(), h.KogeCoordinator.Actor, c.ID, conference.Declined, time.Time{}))
		h.comes(same) // delivered twice
		h.collect()
		h.ok(h.user.Delete("Tandem")) // and the server numbers its messages anew
		h.ok(h.user.Create("Tandem", nil))
		h.comes(same)
		h.comes(h.sample("google.eml", h.answer(c, h.email(h.KogeStaff), "TENTATIVE")))
		h.collect()
		if got := h.said(c.ID, h.KogeCoordinator).RSVP; got != conference.Declined {
			h.Errorf("taken again: %s", got)
		}
		if got := h.said(c.ID, h.KogeStaff).RSVP; got != conference.Tentative || h.unread() != 0 {
			h.Errorf("after new numbers: %s, %d unread", got, h.unread())
		}
	})
}

func TestAMailboxThatCannotBeReadIsNotedAndReadLater(t *testing.T) {
	each(t, func(h house) {
		c := h.plan()
		h.comes(h.sample("google.eml", h.answer(c, h.email(h.KogeCoordinator), "ACCEPTED")))
		for name, at := range map[string]mail.Mailbox{"a wrong password": h.at(serve(h.T, h.user), "wrong"), "nobody there": h.at("127.0.0.1:1", password)} {
			box := inbox.Open(at, &inbox.Desk{DB: h.db, URL: &url.URL{Host: "tandem.example"}}, slog.New(slog.NewTextHandler(io.Discard, nil)))
			if err := box.Collect(h.Context()); err == nil || strings.Contains(err.Error(), "wrong") || strings.Contains(err.Error(), password) {
				h.Errorf("%s: %v", name, err)
			}
			status, err := box.Status(h.Context())
			h.ok(err)
			if status.Failure == "" || !status.ReadAt.IsZero() {
				h.Errorf("%s: %+v", name, status)
			}
		}
		h.collect()
		status, err := h.box.Status(h.Context())
		h.ok(err)
		if got := h.said(c.ID, h.KogeCoordinator).RSVP; got != conference.Accepted || status.Failure != "" || !status.ReadAt.Equal(h.clock.Now()) {
			h.Errorf("%s, %+v", got, status)
		}
	})
}
