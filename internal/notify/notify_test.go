package notify_test

import (
	"context"
	"flag"
	"io"
	"log/slog"
	netmail "net/mail"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"example.org/tandem/internal/action"
	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/decision"
	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/mail"
	"example.org/tandem/internal/minutes"
	"example.org/tandem/internal/notify"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/org/orgtest"
	"example.org/tandem/internal/room"
	"example.org/tandem/internal/text"
	"example.org/tandem/internal/work"
	"example.org/tandem/locales"
)

var update = flag.Bool("update", false, "write the golden files anew")

// outbox keeps what was sent.
type outbox struct {
	mu   sync.Mutex
	sent []mail.Message
}

// Send takes what can be written as a mail.
func (o *outbox) Send(_ context.Context, m mail.Message) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if _, err := mail.Compose(m, "Tandem <tandem@tandem.example>"); err != nil {
		return err
	}
	o.sent = append(o.sent, m)
	return nil
}

type house struct {
	*testing.T
	orgtest.World
	db          *database.DB
	clock       *dbtest.Clock
	conferences *conference.Store
	minutes     *minutes.Store
	lessons     *lesson.Store
	runner      *jobs.Runner
	actions     *action.Store
	desk        *notify.Desk
	out         *outbox
}

func each(t *testing.T, test func(h house)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, db *database.DB, clock *dbtest.Clock) {
		catalog, err := locales.Catalog()
		if err != nil {
			t.Fatal(err)
		}
		h := house{T: t, World: orgtest.New(t, db), db: db, clock: clock, conferences: conference.New(db), minutes: minutes.New(db), lessons: lesson.New(db),
			runner: jobs.New(db, slog.New(slog.NewTextHandler(io.Discard, nil))), out: &outbox{}}
		site, _ := url.Parse("https://tandem.example")
		h.actions = action.New(db)
		desk := work.New(db, work.Parts{Conferences: h.conferences, Decisions: decision.New(db), Actions: h.actions, Minutes: h.minutes, Org: org.New(db), Lessons: h.lessons})
		h.desk = notify.New(notify.Parts{DB: db, Catalog: catalog, URL: site, From: &netmail.Address{Name: "Tandem", Address: "tandem@tandem.example"},
			Conferences: h.conferences, Minutes: h.minutes, Lessons: h.lessons, Org: org.New(db), Work: desk, Mail: h.out})
		h.desk.Register(h.runner)
		test(h)
	})
}

func (h house) ok(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

func (h house) plan(times ...string) conference.Plan {
	return conference.Plan{
		PartnershipID: h.Partnership,
		Title:         text.Draft{Language: locale.Russian, Body: "Готовы ли мы ко второй волне?"},
		Purpose:       text.Draft{Language: locale.Danish, Body: "Hvad hver organisation gør, hvis flere bliver syge til efteråret."},
		Zone:          "Europe/Minsk", Times: times, Minutes: 90, Hosts: []string{h.Secretariat, h.Koge},
		Participants: []string{h.MinskCoordinator.ID, h.BrestStaff.ID, h.KogeCoordinator.ID, h.KogeStaff.ID},
		Languages:    []locale.Language{locale.Russian, locale.Danish}, Interpretation: []conference.Pair{{From: locale.Russian, To: locale.Danish}},
		Room: conference.Room{Kind: room.KindLink, URL: "https://meet.tandem.example/august"},
	}
}

func (h house) find(id string) conference.Conference {
	h.Helper()
	c, err := h.conferences.Find(h.Context(), h.MinskCoordinator.Actor, id)
	h.ok(err)
	return c
}

// translate gives a text its other languages, each checked.
func (h house) translate(t text.Text, in map[locale.Language]string) {
	h.Helper()
	h.ok(h.db.Write(h.Context(), func(tx *database.Tx) error {
		p := t.Paragraphs[0]
		for l, body := range in {
			err := text.Translate(h.Context(), tx, text.Translation{TextID: t.ID, Paragraph: p.ID, Language: l, Body: body,
				FromLanguage: p.Origin, FromRevision: 1, By: text.Checked, PersonID: h.KogeCoordinator.ID})
			if err != nil {
				return err
			}
		}
		return nil
	}))
}

// post does all jobs that are due and gives the mails by receiver.
func (h house) post() map[string]mail.Message {
	h.Helper()
	h.out.sent = nil
	h.ok(h.runner.Drain(h.Context()))
	byReceiver := map[string]mail.Message{}
	for _, m := range h.out.sent {
		if strings.Contains(m.Text, "««") || strings.Contains(m.Text, "””") || strings.Contains(m.Text, "““") {
			h.Errorf("a title is quoted twice: %s", m.Text)
		}
		if _, twice := byReceiver[m.To]; twice {
			h.Errorf("two mails at once to %s: %s", m.ToName, m.Subject)
		}
		byReceiver[m.To] = m
		h.tabled(m)
	}
	return byReceiver
}

// tabled holds every mail that a test has sent to the table: what its calendar entry may be, and whether it can be stopped.
func (h house) tabled(m mail.Message) {
	h.Helper()
	kind, _, _ := strings.Cut(m.ID, ".")
	var entries []calendar.Method
	var stops bool
	lines := 0
	for _, l := range notify.Table {
		if l.Mail == kind {
			lines++
			entries, stops = append(entries, l.Entry...), l.Group != ""
		}
	}
	if lines == 0 {
		h.Errorf("the table has no line for %s", m.ID)
	}
	if method := calendar.Method(m.CalendarMethod); method != "" && !slices.Contains(entries, method) {
		h.Errorf("%s comes with %s; the table says %v", m.ID, method, entries)
	}
	if stops != (m.ListUnsubscribe != "") {
		h.Errorf("%s: the table says that it can be stopped: %v; the link is %q", m.ID, stops, m.ListUnsubscribe)
	}
}

// golden compares the mails in four languages with the files. Others are further IDs in them, each with what it is called there.
func (h house) golden(kind string, id string, others ...string) {
	h.Helper()
	h.goldens(kind, id, h.post(), others...)
}

func (h house) goldens(kind, id string, mails map[string]mail.Message, others ...string) {
	h.Helper()
	if len(mails) != 4 {
		h.Fatalf("%s: %d mails", kind, len(mails))
	}
	for _, m := range mails {
		clean := strings.NewReplacer(append(others, id, "CONFERENCE", m.To, "receiver@tandem.example")...)
		name := kind + "." + string(m.Language)
		h.same(name+".txt", clean.Replace("Subject: "+m.Subject+"\n\n"+tokenless(m.Text)))
		h.same(name+".html", clean.Replace(tokenless(m.HTML)))
		if len(m.Calendar) > 0 {
			h.sendable(name, m.Calendar)
			unfolded := strings.ReplaceAll(strings.ReplaceAll(string(m.Calendar), "\r\n ", ""), "\r\n", "\n")
			h.same(name+".ics", clean.Replace(unfolded))
		}
		if n := utf8.RuneCountInString(m.Subject); n > 60 {
			h.Errorf("%s: a subject of %d characters: %s", name, n, m.Subject)
		}
		want := 2
		if m.ListUnsubscribe == "" { // somebody whom nobody knows has nothing to stop
			want = 1
		}
		if links := strings.Count(m.Text, "https://"); links != want || !strings.Contains(m.Text, m.ListUnsubscribe) {
			h.Errorf("%s: %d links in the text, where there should be one and that which stops such mails", name, links)
		}
	}
}

// sendable holds an entry as it is sent to RFC 5545 §3.1: CRLF, no line of more than 75 octets, no fold inside a character.
func (h house) sendable(name string, ics []byte) {
	h.Helper()
	lines := strings.Split(string(ics), "\r\n")
	if last := lines[len(lines)-1]; last != "" {
		h.Errorf("%s: the last line does not end: %q", name, last)
	}
	for _, line := range lines[:len(lines)-1] {
		if len(line) > 75 || line == "" || strings.ContainsAny(line, "\r\n") || !utf8.ValidString(line) {
			h.Errorf("%s: a line of %d octets: %q", name, len(line), line)
		}
	}
}

var token = regexp.MustCompile(`/(unsubscribe|invitations)/[\w-]{43}`)

func tokenless(text string) string { return token.ReplaceAllString(text, "/$1/TOKEN") }

func (h house) same(file, got string) {
	h.Helper()
	path := filepath.Join("testdata", file)
	if *update {
		h.ok(os.MkdirAll("testdata", 0o755))
		h.ok(os.WriteFile(path, []byte(got), 0o644))
		return
	}
	want, err := os.ReadFile(path)
	h.ok(err)
	if diff := cmp.Diff(string(want), got); diff != "" {
		h.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

func TestMailsInFourLanguages(t *testing.T) {
	each(t, func(h house) {
		ctx, minsk := h.Context(), h.MinskCoordinator.Actor
		p := h.plan("2020-08-25T14:00", "2020-10-22T11:00", "2020-08-28T00:30")
		p.Deadline = "2020-08-10"
		id, err := h.conferences.Propose(ctx, minsk, p)
		h.ok(err)
		c := h.find(id)
		h.translate(c.Title, map[locale.Language]string{locale.Belarusian: "Ці гатовыя мы да другой хвалі?",
			locale.Danish: "Er vi klar til en anden bølge?", locale.English: "Are we ready for a second wave?"})
		h.golden("poll", id)

		item := conference.ItemDraft{Topic: text.Draft{Language: locale.Russian, Body: "Планы реагирования"}, Kind: conference.Discussion, Minutes: 25}
		_, err = h.conferences.AddItem(ctx, minsk, id, item)
		h.ok(err)
		item.Topic.Body = "Телефонная линия осенью"
		_, err = h.conferences.AddItem(ctx, minsk, id, item)
		h.ok(err)
		h.ok(h.conferences.Choose(ctx, minsk, id, c.Slots[2].ID, c.Version))
		h.golden("invitation", id)

		// From summer time into winter time: eleven in Minsk is ten in Køge before, nine after.
		c = h.find(id)
		p = h.plan("2020-10-29T11:00")
		p.Room.Phone = room.Phone{Number: "+45 70 12 34 56", PIN: "1234#"} // and from now on by telephone too
		p.TitleBase, p.PurposeBase = c.Title.Version, c.Purpose.Version
		h.ok(h.conferences.Change(ctx, minsk, id, c.Version, p))
		if early := h.post(); len(early) > 0 {
			h.Errorf("a change was mailed before a minute had passed: %v", early)
		}
		h.clock.Advance(time.Minute)
		h.golden("change", id)

		h.ok(h.conferences.Cancel(ctx, minsk, id, h.find(id).Version))
		h.golden("cancellation", id)
	})
}

// A conference is moved to another hour of its day. Then the list is changed, and those who are no longer on it are told.
func TestAnotherHourAndTakenOffInFourLanguages(t *testing.T) {
	each(t, func(h house) {
		ctx, minsk := h.Context(), h.MinskCoordinator.Actor
		id, err := h.conferences.Schedule(ctx, minsk, h.plan("2020-08-27T11:00"))
		h.ok(err)
		h.translate(h.find(id).Title, map[locale.Language]string{locale.Belarusian: "Ці гатовыя мы да другой хвалі?",
			locale.Danish: "Er vi klar til en anden bølge?", locale.English: "Are we ready for a second wave?"})
		h.post()
		change := func(p conference.Plan) map[string]mail.Message {
			c := h.find(id)
			p.TitleBase, p.PurposeBase = c.Title.Version, c.Purpose.Version
			h.ok(h.conferences.Change(ctx, minsk, id, c.Version, p))
			h.clock.Advance(2 * time.Minute)
			return h.post()
		}
		h.goldens("update", id, change(h.plan("2020-08-27T15:00")))

		others := h.plan("2020-08-27T15:00")
		others.Participants = []string{h.HeadquartersStaff.ID, h.BrestCoordinator.ID}
		taken := change(others)
		for _, invited := range []orgtest.Person{h.HeadquartersStaff, h.BrestCoordinator} {
			if m := taken[h.email(invited)]; m.CalendarMethod != "REQUEST" {
				h.Errorf("who is new on the list got %s", m.CalendarMethod)
			}
			delete(taken, h.email(invited))
		}
		h.goldens("removed", id, taken)
	})
}

func TestMinutesInFourLanguages(t *testing.T) {
	each(t, func(h house) {
		ctx := h.Context()
		id, err := h.conferences.Schedule(ctx, h.MinskCoordinator.Actor, h.plan("2020-08-27T11:00"))
		h.ok(err)
		h.post()
		decided := minutes.Passage{{ID: "p", Kind: text.Plain, Meaning: 1, Origin: locale.Danish, In: map[locale.Language]minutes.Version{
			locale.Danish: {Body: "Vi mødes igen i november.", Meaning: 1, How: text.Written}}}}
		record := minutes.Record{ConferenceID: id, Decisions: []minutes.Decision{{Label: "2020/004", Text: decided}},
			Actions: []minutes.Action{{Title: decided, DueOn: "2020-09-15"}}}
		h.ok(h.db.Write(ctx, func(tx *database.Tx) error {
			if err := h.minutes.FreezeIn(ctx, tx, record); err != nil {
				return err
			}
			for _, p := range h.find(id).Participants {
				letter := conference.Letter{ConferenceID: id, PersonID: p.PersonID}
				if err := jobs.Enqueue(ctx, tx, jobs.Job{Kind: conference.MinutesMail, Subject: letter.String()}); err != nil {
					return err
				}
			}
			return nil
		}))
		h.golden("minutes", id)
	})
}

func TestAnEndedAgreementInFourLanguages(t *testing.T) {
	each(t, func(h house) {
		ctx := h.Context()
		id, err := h.conferences.Schedule(ctx, h.MinskCoordinator.Actor, h.plan("2020-08-27T11:00"))
		h.ok(err)
		h.post()
		h.ok(h.db.Write(ctx, func(tx *database.Tx) error {
			for _, p := range h.find(id).Participants {
				letter := conference.Letter{ConferenceID: id, PersonID: p.PersonID}
				if err := jobs.Enqueue(ctx, tx, jobs.Job{Kind: minutes.VoidedMail, Subject: letter.String()}); err != nil {
					return err
				}
			}
			return nil
		}))
		h.golden("voided", id)
	})
}

func TestChangesWithinAMinuteAreOneMail(t *testing.T) {
	each(t, func(h house) {
		ctx, minsk := h.Context(), h.MinskCoordinator.Actor
		id, err := h.conferences.Schedule(ctx, minsk, h.plan("2020-08-27T11:00"))
		h.ok(err)
		h.post()
		for _, later := range []string{"2020-08-27T12:00", "2020-08-27T13:00", "2020-08-27T14:00"} {
			c := h.find(id)
			p := h.plan(later)
			p.TitleBase, p.PurposeBase = c.Title.Version, c.Purpose.Version
			h.ok(h.conferences.Change(ctx, minsk, id, c.Version, p))
			h.clock.Advance(10 * time.Second)
		}
		h.clock.Advance(time.Minute)
		mails := h.post()
		m := mails[h.email(h.KogeStaff)]
		if len(mails) != 4 || !strings.Contains(m.Text, "13:00–14:30 Copenhagen") || !strings.Contains(string(m.Calendar), "SEQUENCE:3\r\n") {
			h.Errorf("%d mails, one says %s", len(mails), m.Text)
		}
	})
}

// Somebody who is put on the list right after a change must not keep the others from being told of it.
func TestAChangeIsToldThoughTheListChangesBeforeItsMail(t *testing.T) {
	each(t, func(h house) {
		ctx, minsk := h.Context(), h.MinskCoordinator.Actor
		id, err := h.conferences.Schedule(ctx, minsk, h.plan("2020-08-27T11:00"))
		h.ok(err)
		h.post()
		p := h.plan("2020-08-27T12:00")
		for range 2 {
			c := h.find(id)
			p.TitleBase, p.PurposeBase = c.Title.Version, c.Purpose.Version
			h.ok(h.conferences.Change(ctx, minsk, id, c.Version, p))
			p.Participants = append(p.Participants, h.HeadquartersStaff.ID)
		}
		h.post() // the newcomer's invitation
		h.clock.Advance(2 * time.Minute)
		mails := h.post()
		m := mails[h.email(h.KogeStaff)]
		if len(mails) != 4 || !strings.Contains(m.Text, "11:00–12:30 Copenhagen") || !strings.Contains(string(m.Calendar), "SEQUENCE:2\r\n") {
			h.Errorf("%d mails, one says %s", len(mails), m.Text)
		}
	})
}

func (h house) email(p orgtest.Person) (email string) {
	h.Helper()
	h.ok(h.db.Read(h.Context(), func(tx *database.Tx) error {
		return tx.Row(h.Context(), `select email from people where id = $1`, p.ID).Scan(&email)
	}))
	return email
}

func TestWhoIsTakenOffTheListGetsACancel(t *testing.T) {
	each(t, func(h house) {
		ctx, minsk := h.Context(), h.MinskCoordinator.Actor
		id, err := h.conferences.Schedule(ctx, minsk, h.plan("2020-08-27T11:00"))
		h.ok(err)
		h.post()
		c := h.find(id)
		p := h.plan("2020-08-27T11:00")
		p.TitleBase, p.PurposeBase, p.Participants = c.Title.Version, c.Purpose.Version, p.Participants[:3]
		h.ok(h.conferences.Change(ctx, minsk, id, c.Version, p))
		mails := h.post()
		m := mails[h.email(h.KogeStaff)]
		if len(mails) != 1 || m.CalendarMethod != "CANCEL" || !strings.Contains(string(m.Calendar), "SEQUENCE:1\r\n") {
			h.Errorf("%d mails, %s", len(mails), m.Calendar)
		}
		if !strings.Contains(m.Text, "no longer on the list") {
			h.Errorf("got %s", m.Text)
		}
	})
}

func TestAnInvitationThatComesTooLateIsNotSent(t *testing.T) {
	each(t, func(h house) {
		ctx, minsk := h.Context(), h.MinskCoordinator.Actor
		id, err := h.conferences.Schedule(ctx, minsk, h.plan("2020-08-27T11:00"))
		h.ok(err)
		h.ok(h.conferences.Cancel(ctx, minsk, id, 1))
		for _, m := range h.post() {
			if m.CalendarMethod != "CANCEL" {
				h.Errorf("sent: %s", m.Subject)
			}
		}
	})
}

func TestAMailHasTheSameIDHoweverOftenItIsSent(t *testing.T) {
	each(t, func(h house) {
		ctx := h.Context()
		id, err := h.conferences.Schedule(ctx, h.MinskCoordinator.Actor, h.plan("2020-08-27T11:00"))
		h.ok(err)
		var ids []string
		for range 2 {
			for _, m := range h.post() {
				ids = append(ids, m.ID)
			}
			// The program ended before it could note that the job was done.
			h.ok(h.db.Write(ctx, func(tx *database.Tx) error {
				_, err := tx.Exec(ctx, `update jobs set done_at = null, claimed_until = null, attempts = 0 where subject like $1`, id+"%")
				return err
			}))
		}
		slices.Sort(ids)
		if len(ids) != 8 || len(slices.Compact(ids)) != 4 {
			h.Errorf("got %v", ids)
		}
	})
}

func TestAnswersByMailGoToWhoPlannedTheConference(t *testing.T) {
	each(t, func(h house) {
		_, err := h.conferences.Schedule(h.Context(), h.MinskCoordinator.Actor, h.plan("2020-08-27T11:00"))
		h.ok(err)
		m := h.post()[h.email(h.KogeStaff)]
		reply, err := netmail.ParseAddress(m.ReplyTo)
		h.ok(err)
		if reply.Address != h.email(h.MinskCoordinator) {
			h.Errorf("got %s", reply.Address)
		}
		if others := strings.Count(string(m.Calendar), "ATTENDEE"); others != 1 {
			h.Errorf("%d people are named in one person's entry", others)
		}
	})
}
