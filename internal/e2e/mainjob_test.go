package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"

	content "example.org/tandem/internal/demo"
	"example.org/tandem/internal/locale"
)

// pair is the main job: two coordinators, each in a browser of their own and in their own language, from a proposed time
// to the follow-up.
type pair struct {
	minsk, koge *Person
	path        string // of the conference
}

func TestMainJob(t *testing.T) {
	t.Parallel()
	for _, run := range []struct {
		minsk, koge locale.Language
		noScript    bool
	}{
		{locale.Russian, locale.Danish, false},
		{locale.Belarusian, locale.English, false},
		{locale.Russian, locale.Danish, true},
	} {
		t.Run(fmt.Sprintf("%s and %s, script %v", run.minsk, run.koge, !run.noScript), func(t *testing.T) {
			t.Parallel()
			site := Demo(t)
			s := &pair{
				minsk: Open(t, site, View{Language: run.minsk, NoScript: run.noScript}),
				koge:  Open(t, site, View{Language: run.koge, NoScript: run.noScript}),
			}
			s.comeIn()
			s.propose()
			s.answerPoll()
			s.choose()
			s.accept()
			s.buildAgenda()
			s.meet()
			s.record()
			s.end()
			s.agree()
			s.report()
			s.followUp()
		})
	}
}

// comeIn: both choose their language. The one in Køge leaves again: their mail will bring them back.
func (s *pair) comeIn() {
	s.koge.SignIn(coordinatorDenmark)
	s.koge.Check()
	s.koge.Press("layout.sign-out")
	s.koge.Reads("layout.sign-in")
	s.minsk.SignIn(coordinator)
	s.minsk.Reads("home.coming")
	s.minsk.Check()
}

// The proposed times, as clocks in Minsk show them: an ordinary morning that is chosen in the end, another one, a Saturday,
// and a holiday in both countries.
var (
	chosen = time.Date(2020, 8, 11, 11, 0, 0, 0, locale.Minsk)
	slots  = []time.Time{
		time.Date(2020, 8, 10, 15, 0, 0, 0, locale.Minsk), chosen,
		time.Date(2020, 8, 15, 11, 0, 0, 0, locale.Minsk), time.Date(2020, 12, 25, 11, 0, 0, 0, locale.Minsk),
	}
)

func (s *pair) propose() {
	p := s.minsk
	p.Press("home.plan")
	p.In(p.Says("conferences.field.language")).Choose(p.Language().Endonym())
	p.Fill("conferences.field.title", p.Types().Title)
	p.Fill("conferences.field.purpose", p.Types().Purpose)
	p.Press("conferences.slot.add")
	for i, at := range slots {
		slot := p.In(p.Says("conferences.field.slot", locale.V{"N": i + 1}))
		slot.Fill("conferences.field.day", at.Format(time.DateOnly))
		slot.Fill("conferences.field.hour", at.Format("15:04"))
	}
	p.Fill("conferences.field.deadline", "2020-08-03")
	p.Fill("conferences.moderator", content.ID(coordinator))
	p.Fill("conferences.minute-taker", content.ID(coordinatorDenmark))
	p.In(p.Says("conferences.field.room")).Choose(p.Says("conferences.room.kind.link"))
	p.Fill("conferences.field.room-url", "https://meet.example/tandem")
	s.looksAgain()
	p.Check()
	p.Press("conferences.send")
	p.Reads("notice.conference.asked")
	p.Check()
	s.path = p.Path()
}

// looksAgain: the page says what is odd about the times, and what they are on both clocks: at once where there is script,
// else before anything is sent.
func (s *pair) looksAgain() {
	p := s.minsk
	if p.View.NoScript {
		p.Press("conferences.send")
		p.Reads("conferences.slot.look")
	}
	p.Reads("conferences.slot.weekend")
	p.Sees(strings.Split(p.Says("conferences.slot.holiday", locale.V{"Country": "|", "Name": ""}), "|")[0])
	for _, clock := range p.Reader.Clocks(chosen, 90*time.Minute) {
		p.Sees(clock.Time)
	}
}

// answerPoll: the mail brings the one in Køge to the question, through their society's sign-in; both answer.
func (s *pair) answerPoll() {
	s.koge.openMail("poll", "drc-voldev@tandem.example", s.minsk.Types().Title)
	s.koge.Check()
	s.koge.PressCSS("article.letter a[href*='" + s.path + "']")
	s.koge.PressCSS("button[name=account][value='" + coordinatorDenmark + "']")
	s.koge.Sees(s.minsk.Types().Title)
	s.koge.answers("conferences.choice.no", "conferences.choice.yes", "conferences.choice.no", "conferences.choice.no")
	s.minsk.Press("conferences.do.answer-poll")
	s.minsk.answers("conferences.choice.yes", "conferences.choice.ifNeedBe", "conferences.choice.no", "conferences.choice.no")
}

func (p *Person) answers(keys ...string) {
	p.T.Helper()
	p.Reads("conferences.poll.mine")
	for i, key := range keys {
		p.In(p.Reader.DateLong(slots[i])).Choose(p.Says(key))
	}
	p.Press("conferences.poll.send")
	p.Reads("notice.conference.poll-answered")
	p.Check()
}

// choose: the time that suits both societies stands first.
func (s *pair) choose() {
	p := s.minsk
	best := p.In(p.Says("conferences.poll.best"))
	best.Sees(p.Reader.DateLong(chosen))
	best.Press("conferences.poll.choose")
	p.Reads("notice.conference.invited")
	p.Check()
}

// accept: the invitation is a calendar entry that calendar programmes take; its link shows the answer, one press sends it.
func (s *pair) accept() {
	p := s.koge
	p.openMail("invite", "drc-voldev@tandem.example", s.minsk.Types().Title)
	p.Press("mailbox.entry")
	p.Sees("METHOD:REQUEST")
	p.Check()
	p.PressCSS("article.letter a[href*='answer=ACCEPTED']")
	p.Reads("conferences.answer.title")
	if !p.Chosen(p.Says("conferences.answer.ACCEPTED")) {
		p.T.Error("the answer of the mail's link is not chosen on the page")
	}
	p.Press("conferences.answer.send")
	p.Reads("notice.conference.answered")
	p.Check()
	s.minsk.Visit(s.path)
	s.minsk.Choose(s.minsk.Says("conferences.answer.ACCEPTED"))
	s.minsk.Press("conferences.answer.send")
	s.minsk.Reads("notice.conference.answered")
}

// buildAgenda: minutes make start times, on both clocks, for both readers.
func (s *pair) buildAgenda() {
	p := s.minsk
	p.Press("conferences.agenda.edit")
	p.addItem(p.Types().Topic, "30", "conferences.kind.discussion")
	p.addItem(p.Types().Second, "20", "conferences.kind.decision")
	p.Check()
	s.koge.Visit(s.path)
	for _, clock := range s.koge.Reader.Clocks(chosen.Add(30*time.Minute), 0) {
		s.koge.Sees(clock.Time)
	}
	s.koge.Sees(p.Types().Second)
	s.koge.Check()
}

func (p *Person) addItem(topic, minutes, kind string) {
	p.T.Helper()
	p.Fill("conferences.agenda.topic", topic)
	p.In(p.Says("conferences.field.language")).Choose(p.Language().Endonym())
	p.Fill("conferences.agenda.minutes", minutes)
	p.Fill("conferences.agenda.kind", p.Says(kind))
	p.Press("conferences.agenda.add.send")
	p.Reads("notice.conference.agenda")
	p.Sees(topic)
}

// openMail opens the newest mail of a kind that says something, once it has come.
func (p *Person) openMail(kind, receiver, about string) {
	p.T.Helper()
	letter := "[...document.querySelectorAll('li.card')].find(e => e.innerText.includes(" + quote(about) + ") && e.innerText.includes(" + quote(receiver) +
		") && e.querySelector(" + quote("a[href^='/mailbox/"+kind+".']") + "))"
	came := p.wait(func() bool {
		p.Visit("/mailbox?receiver=" + receiver)
		return eval[bool](p, "!!"+letter)
	})
	if !came {
		p.T.Fatalf("no mail about %q came to %s:\n%s", about, receiver, p.Text())
	}
	p.press(func() cdp.BackendNodeID { return p.element(letter+".querySelector('a')", "mail") })
}
