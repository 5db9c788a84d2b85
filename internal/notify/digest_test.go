package notify_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/action"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/org/orgtest"
	"example.org/tandem/internal/text"
)

// utc moves the clock on to an instant.
func (h house) utc(at string) {
	h.Helper()
	t, err := time.Parse("2006-01-02T15:04:05Z", at)
	h.ok(err)
	h.clock.Set(t)
}

// asked makes a poll that waits for four people's answers, on and on.
func (h house) asked() string {
	h.Helper()
	id, err := h.conferences.Propose(h.Context(), h.MinskCoordinator.Actor, h.plan("2021-05-27T14:00", "2021-05-28T10:00"))
	h.ok(err)
	h.post()
	return id
}

func names(mails map[string]int) []string { return slices.Sorted(maps.Keys(mails)) }

// told are the people who get a mail now, with what it is about.
func (h house) told() []string {
	h.Helper()
	told := map[string]int{}
	for _, m := range h.post() {
		told[m.ToName]++
	}
	return names(told)
}

func TestTheWeekComesOnMondayAtEightOfEverybodysOwnDay(t *testing.T) {
	each(t, func(h house) {
		h.asked()
		minsk := []string{"Координатор, Секретариат", "Супрацоўнік, Брэст"}
		koge := []string{"Afdelingsformand, Køge", "Volunteer, Køge"}
		slices.Sort(minsk)
		for _, week := range []struct{ sunday, minsk, koge string }{
			{"2020-10-18", "2020-10-19T05:00:00Z", "2020-10-19T06:00:00Z"}, // summer time ends on the 25th
			{"2020-10-25", "2020-10-26T05:00:00Z", "2020-10-26T07:00:00Z"},
			{"2021-03-21", "2021-03-22T05:00:00Z", "2021-03-22T07:00:00Z"}, // and begins on the 28th
			{"2021-03-28", "2021-03-29T05:00:00Z", "2021-03-29T06:00:00Z"},
		} {
			h.utc(week.sunday + "T12:00:00Z")
			h.ok(h.desk.Begin(h.Context()))
			if early := h.told(); len(early) > 0 {
				h.Errorf("on Sunday %s: %v", week.sunday, early)
			}
			h.at(week.minsk, minsk)
			h.at(week.koge, koge)
			h.utc(week.koge[:10] + "T16:00:00Z")
			h.ok(h.desk.Begin(h.Context()))
			if twice := h.told(); len(twice) > 0 {
				h.Errorf("a second time in the week of %s: %v", week.koge, twice)
			}
		}
	})
}

// at makes sure that some people get their mail at an instant, and nobody a second before.
func (h house) at(instant string, want []string) {
	h.Helper()
	h.utc(instant)
	h.clock.Set(h.clock.Now().Add(-time.Second))
	if early := h.told(); len(early) > 0 {
		h.Errorf("before %s: %v", instant, early)
	}
	h.utc(instant)
	if got := h.told(); !slices.Equal(got, want) {
		h.Errorf("at %s: %v, want %v", instant, got, want)
	}
}

func TestNothingToSayNoMail(t *testing.T) {
	each(t, func(h house) {
		h.utc("2020-07-05T12:00:00Z")
		h.ok(h.desk.Begin(h.Context()))
		for _, hour := range []string{"05:00:00", "06:00:00", "12:00:00"} {
			h.utc("2020-07-06T" + hour + "Z")
			if got := h.told(); len(got) > 0 {
				h.Errorf("at %s: %v", hour, got)
			}
		}
	})
}

// A program that was down in the morning catches up until the evening, by the clock of whom it writes to.
func TestTheWeekIsCaughtUpUntilTheEvening(t *testing.T) {
	each(t, func(h house) {
		h.asked()
		h.utc("2020-07-05T12:00:00Z")
		h.ok(h.desk.Begin(h.Context()))
		h.utc("2020-07-06T17:00:00Z") // 20:00 in Minsk, 19:00 in Køge
		if got := h.told(); !slices.Equal(got, []string{"Afdelingsformand, Køge", "Volunteer, Køge"}) {
			h.Errorf("got %v", got)
		}
		h.utc("2020-07-11T12:00:00Z") // a new start after days: mornings of no more use are passed over
		h.ok(h.desk.Begin(h.Context()))
		h.utc("2020-07-13T08:00:00Z")
		if got := h.told(); len(got) != 4 {
			h.Errorf("the week after: %v", got)
		}
	})
}

func TestWhoCrossesTheBorderOnMondayGetsOneDigest(t *testing.T) {
	each(t, func(h house) {
		h.asked()
		h.utc("2020-07-05T12:00:00Z")
		h.ok(h.desk.Begin(h.Context()))
		h.utc("2020-07-06T05:00:00Z")
		h.post()
		h.ok(h.db.Write(h.Context(), func(tx *database.Tx) error {
			_, err := tx.Exec(h.Context(), `update people set zone = 'Europe/Copenhagen' where id = $1`, h.MinskCoordinator.ID)
			return err
		}))
		h.at("2020-07-06T06:00:00Z", []string{"Afdelingsformand, Køge", "Volunteer, Køge"})
	})
}

// share has a lesson of the Secretariat told to the two coordinators in Denmark.
func (h house) share() string {
	h.Helper()
	id := h.begun()
	h.ok(h.lessons.Share(h.Context(), h.MinskCoordinator.Actor, id, 1))
	h.clock.Advance(time.Minute)
	return id
}

func TestWhatWaitsForTheDayIsOneMailAndToldOnce(t *testing.T) {
	each(t, func(h house) {
		ctx, store := h.Context(), org.New(h.db)
		h.ok(store.ChooseMails(ctx, h.KogeCoordinator.Actor, choices(map[org.MailKind]org.How{org.LessonMails: org.Daily})))
		h.ok(store.ChooseMails(ctx, h.DenmarkAdmin.Actor, choices(map[org.MailKind]org.How{org.LessonMails: org.Weekly})))
		h.utc("2020-07-07T12:00:00Z") // a Tuesday
		h.ok(h.desk.Begin(ctx))
		first, second := h.share(), h.share()
		if now := h.told(); len(now) > 0 {
			h.Errorf("told at once: %v", now)
		}
		h.utc("2020-07-08T06:00:00Z")
		mails := h.post()
		m := mails[h.email(h.KogeCoordinator)]
		if len(mails) != 1 || !strings.Contains(m.Text, "/lessons/"+first) || !strings.Contains(m.Text, "/lessons/"+second) {
			h.Fatalf("%d mails, %s", len(mails), m.Text)
		}
		h.same("daily.da.txt", strings.NewReplacer(first, "FIRST", second, "SECOND").Replace("Subject: "+m.Subject+"\n\n"+tokenless(m.Text)))
		h.utc("2020-07-09T06:00:00Z")
		if again := h.told(); len(again) > 0 {
			h.Errorf("told a second time: %v", again)
		}
		h.utc("2020-07-13T06:00:00Z")
		if got := h.told(); !slices.Contains(got, "Administrator, København") {
			h.Errorf("what was to wait for the week: %v", got)
		}
		var left int
		h.ok(h.db.Read(ctx, func(tx *database.Tx) error {
			return tx.Row(ctx, `select count(*) from mail_waiting where told_at is null`).Scan(&left)
		}))
		if left != 0 {
			h.Errorf("%d things still wait", left)
		}
	})
}

// What somebody may not see any more when the mail is written is not in it.
func TestADigestTellsNothingThatItsReaderMayNotSee(t *testing.T) {
	each(t, func(h house) {
		ctx := h.Context()
		store := org.New(h.db)
		h.ok(store.ChooseMails(ctx, h.KogeCoordinator.Actor, choices(map[org.MailKind]org.How{org.LessonMails: org.Daily})))
		h.utc("2020-07-07T12:00:00Z")
		h.ok(h.desk.Begin(ctx))
		h.share()
		h.post()
		h.ok(h.db.Write(ctx, func(tx *database.Tx) error { // from the partnership's branch to another
			_, err := store.JoinIn(ctx, tx, "", h.KogeCoordinator.ID, h.Aarhus, access.Coordinator)
			if err != nil {
				return err
			}
			return store.EndMembershipIn(ctx, tx, "", h.KogeCoordinator.MembershipID)
		}))
		h.utc("2020-07-08T06:00:00Z")
		for _, m := range h.post() {
			h.Errorf("%s reads %s", m.ToName, m.Text)
		}
	})
}

func TestTheLinkOfADigestStopsIt(t *testing.T) {
	each(t, func(h house) {
		h.asked()
		h.utc("2020-07-05T12:00:00Z")
		h.ok(h.desk.Begin(h.Context()))
		h.utc("2020-07-06T06:00:00Z")
		m := h.post()[h.email(h.KogeStaff)]
		if !strings.HasPrefix(m.ListUnsubscribe, "https://tandem.example/unsubscribe/") || !strings.Contains(m.Text, "No more e-mails of the week") {
			h.Errorf("%q, %s", m.ListUnsubscribe, m.Text)
		}
		h.ok(h.db.Write(h.Context(), func(tx *database.Tx) error {
			return org.New(h.db).StopMailIn(h.Context(), tx, h.KogeStaff.ID, org.DigestMails, true)
		}))
		h.utc("2020-07-12T12:00:00Z")
		h.post()
		h.utc("2020-07-13T06:00:00Z")
		if got := h.told(); len(got) != 3 || slices.Contains(got, "Volunteer, Køge") {
			h.Errorf("got %v", got)
		}
	})
}

func TestAMailOfTheWeekInFourLanguages(t *testing.T) {
	each(t, func(h house) {
		ctx, minsk := h.Context(), h.MinskCoordinator.Actor
		h.utc("2020-08-10T12:00:00Z")
		// The lessons that were to wait for this mail are not told twice in it.
		for _, p := range []orgtest.Person{h.KogeCoordinator, h.DenmarkAdmin} {
			h.ok(org.New(h.db).ChooseMails(ctx, p.Actor, choices(map[org.MailKind]org.How{org.LessonMails: org.Weekly})))
		}
		h.asked()
		id, err := h.conferences.Schedule(ctx, minsk, h.plan("2020-08-27T14:00"))
		h.ok(err)
		h.translate(h.find(id).Title, map[locale.Language]string{locale.Danish: "Er vi klar til en anden bølge?"})
		h.ok(h.conferences.Answer(ctx, h.KogeCoordinator.Actor, id, conference.Accepted, time.Time{}))
		h.task("Список волонтёров", "2020-08-14", h.KogeCoordinator.ID)
		h.task("Памятка для телефонной линии", "2020-09-01", h.KogeStaff.ID)
		for i := range 9 {
			lesson, err := h.lessons.Begin(ctx, minsk, lesson.Begun{PartnershipID: h.Partnership, Language: locale.Russian,
				Sections: map[lesson.Section]string{lesson.Title: fmt.Sprintf("Урок %d", i+1), lesson.Summary: "Что мы узнали."}})
			h.ok(err)
			h.clock.Advance(time.Second)
			h.ok(h.lessons.Share(ctx, minsk, lesson, 1))
		}
		h.utc("2020-08-16T12:00:00Z")
		h.post()
		h.ok(h.desk.Begin(ctx))
		h.post()
		h.utc("2020-08-17T06:00:00Z")
		clean := regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)
		mails := h.post()
		for _, p := range []orgtest.Person{h.MinskCoordinator, h.BrestStaff, h.KogeCoordinator, h.KogeStaff} {
			m := mails[h.email(p)]
			name := "weekly." + string(p.Actor.Language)
			h.same(name+".txt", clean.ReplaceAllString("Subject: "+m.Subject+"\n\n"+tokenless(m.Text), "ID"))
			h.same(name+".html", clean.ReplaceAllString(tokenless(m.HTML), "ID"))
		}
	})
}

// task is an action item of two units, with somebody responsible in Køge.
func (h house) task(title, due, responsible string) {
	h.Helper()
	_, err := h.actions.Record(h.Context(), h.MinskCoordinator.Actor, action.Draft{PartnershipID: h.Partnership, Title: text.Draft{Language: locale.Russian, Body: title},
		DueOn: due, Parts: []action.PartDraft{{UnitID: h.Secretariat, PersonID: h.MinskCoordinator.ID}, {UnitID: h.Koge, PersonID: responsible}}})
	h.ok(err)
}

// More people than are looked up at a time: each gets one mail, also when a morning is gone through again after a crash.
func TestAMorningOfManyPeopleWritesToEachOnce(t *testing.T) {
	each(t, func(h house) {
		const many = 410
		ctx, store := h.Context(), org.New(h.db)
		h.asked()
		h.ok(h.db.Write(ctx, func(tx *database.Tx) error {
			for i := range many {
				id, err := store.AddPersonIn(ctx, tx, "", org.PersonDraft{Name: org.Name{{Language: locale.Danish, Body: fmt.Sprintf("Frivillig %d", i)}},
					Email: fmt.Sprintf("frivillig-%d@tandem.example", i), Language: locale.Danish, Reads: []locale.Language{locale.Danish}, Zone: "Europe/Copenhagen"})
				if err != nil {
					return err
				}
				if _, err := store.JoinIn(ctx, tx, "", id, h.Koge, access.Staff); err != nil {
					return err
				}
			}
			return nil
		}))
		h.utc("2020-07-05T12:00:00Z")
		h.ok(h.desk.Begin(ctx))
		h.utc("2020-07-06T06:00:00Z")
		h.ok(h.runner.Drain(ctx))
		h.ok(h.db.Write(ctx, func(tx *database.Tx) error { // the program ended before it could note that the morning was done
			_, err := tx.Exec(ctx, `update jobs set done_at = null, claimed_until = null, attempts = 0 where kind = 'digest'`)
			return err
		}))
		h.ok(h.runner.Drain(ctx))
		var written, people int
		h.ok(h.db.Read(ctx, func(tx *database.Tx) error {
			return tx.Row(ctx, `select count(*), count(distinct substr(subject, 12)) from jobs where kind = 'weekly' and done_at is not null`).Scan(&written, &people)
		}))
		if written != people || people < many {
			h.Errorf("%d mails to %d people", written, people)
		}
	})
}
