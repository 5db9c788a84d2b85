package e2e

import (
	content "example.org/tandem/internal/demo"
	"example.org/tandem/internal/locale"
)

// meet: when it is time, the room's link is there, and both write notes, each in their own language.
func (s *pair) meet() {
	s.minsk.Visit(s.path)
	s.minsk.Press("layout.demo.to.start")
	s.koge.Visit(s.path)
	s.koge.Press("conferences.do.join")
	s.koge.Reads("conferences.join.open")
	s.koge.Check()
	s.minsk.writeNote(s.path, s.minsk.Types().Topic)
	s.koge.writeNote(s.path, s.minsk.Types().Topic)
	s.koge.Sees("400")
	s.koge.Check()
}

func (p *Person) writeNote(path, topic string) {
	p.T.Helper()
	p.Visit(path + "/notes")
	p.In(p.Says("notes.language")).PressText(p.Reader.LanguageName(p.Language()))
	p.FillText(p.Says("notes.field", locale.V{"Language": p.Reader.LanguageName(p.Language())})+": "+topic, p.Types().Note)
	if p.View.NoScript {
		p.PressText(p.Says("notes.save") + ": " + topic)
		p.Reads("notice.notes")
	} else {
		p.Told("notes.status.saved")
	}
}

// record: out of the notes come a decision and an action item with a part for each side.
func (s *pair) record() {
	p, topic := s.koge, s.minsk.Types().Topic
	p.PressText(p.Says("notes.decision.open") + ": " + topic)
	p.Fill("notes.decision.label", p.Types().Decision)
	p.Press("notes.decision.save")
	p.Reads("notice.decision")
	p.Sees("2020/004")
	p.PressText(p.Says("notes.action.open") + ": " + topic)
	p.Fill("notes.action.title", p.Types().Action)
	p.Fill("notes.action.due", "2020-09-01")
	p.assign("drc-hq", coordinatorDenmark)
	p.assign("brc-sec", coordinator)
	p.Check()
	p.Press("notes.action.save")
	p.Reads("notice.action")
	p.Sees(p.Types().Action)
	p.Check()
}

// assign makes somebody responsible for a unit's part.
func (p *Person) assign(unit, account string) {
	p.T.Helper()
	p.FillCSS("select[name='person-"+content.ID(unit)+"']", content.ID(account))
}

// end: who leads the conference ends it, and the minutes are there without being typed.
func (s *pair) end() {
	p := s.minsk
	p.Visit(s.path)
	p.Press("conferences.end")
	p.Reads("notice.conference.ended")
	p.Check()
	p.Press("conferences.do.agree")
	for _, text := range []string{p.Types().Topic, p.Types().Second, "400", s.koge.Types().Decision, s.koge.Types().Action, "2020/004"} {
		p.Sees(text)
	}
	p.Check()
}

// agree: one coordinator of each society; then the minutes are locked, and everybody has them by mail.
func (s *pair) agree() {
	s.minsk.agrees()
	s.minsk.Reads("notice.agreed")
	s.koge.Visit("/")
	s.koge.Press("home.minutes.read")
	s.koge.Fill("minutes.reservation", s.koge.Types().Reservation)
	s.koge.agrees()
	s.koge.Reads("notice.frozen")
	s.koge.Sees(s.koge.Types().Reservation)
	s.koge.Check()
	s.minsk.openMail("minutes", "brc-vol@tandem.example", s.minsk.Says("minutes.title"))
	s.minsk.Sees(s.koge.Types().Decision)
	s.minsk.Check()
}

func (p *Person) agrees() {
	p.T.Helper()
	p.In(p.Says("minutes.agree.languages")).Choose(locale.Capital(p.Reader.LanguageName(p.Language())))
	p.Press("minutes.agree.button")
}

// report: the action item is among one's own; one's own part is done, the other side's is not.
func (s *pair) report() {
	p := s.koge
	p.Visit("/actions")
	p.PressText(p.Types().Action)
	p.Choose(p.Says("actions.state.done"))
	p.Fill("actions.report.note", p.Types().Progress)
	p.Check()
	p.Press("conferences.save")
	p.Reads("notice.progress")
	p.Sees(p.Types().Progress)
	p.Check()
}

// followUp: the next conference begins with what is still open.
func (s *pair) followUp() {
	p := s.minsk
	p.Visit(s.path)
	p.Press("conferences.do.follow-up")
	p.Check()
	slot := p.In(p.Says("conferences.field.slot", locale.V{"N": 1}))
	slot.Fill("conferences.field.day", "2020-09-08")
	slot.Fill("conferences.field.hour", "11:00")
	p.Press("conferences.send")
	p.Reads("notice.conference.invited")
	p.Sees(s.koge.Types().Action)
	p.Sees(p.Says("conferences.follow-up.actions"))
	p.Check()
}
