package conferences

import (
	"slices"
	"strings"

	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
	"example.org/tandem/templates/parts"
)

// Poll is the page on which people say which of the proposed times suit them, and on which one of them is chosen.
type Poll struct {
	One
	Form    parts.Form // the reader's own answers, by AnswerName
	Ranking []conference.Ranked
	Days    calendar.Days // what the days of the proposed times are
	For     string        // whom the reader answers for; "": themselves
}

// AnswerName is the name of the field for one proposed time.
func AnswerName(slotID string) string { return "answer-" + slotID }

// Answering tells whether the reader is asked.
func (p Poll) Answering() bool {
	_, invited := p.mine()
	return (invited || p.For != "") && p.Conference.Is(conference.Poll)
}

// seesAnswers tells whether the reader sees what others have said. Who plans the conference always does.
func (p Poll) seesAnswers() bool { return !p.Conference.Private || p.plans() }

// silent are those who have said nothing yet, for whom somebody else may answer.
func (p Poll) silent() (list []conference.Participant) {
	for _, side := range p.sides() {
		for _, who := range side.People {
			if !p.Conference.HasAnswered(who.PersonID) && who.PersonID != p.Actor.PersonID {
				list = append(list, who)
			}
		}
	}
	return list
}

// missing are those who cannot come at a time.
func (p Poll) missing(slot conference.Slot) (list []text.Said) {
	for _, side := range p.sides() {
		for _, who := range side.People {
			if slot.Answers[who.PersonID] == conference.No {
				list = append(list, p.person(who.PersonID))
			}
		}
	}
	return list
}

// read is how many of those who can come at a time read which language.
func (p Poll) read(slot conference.Slot) string {
	var list []string
	for _, l := range locale.All {
		n := 0
		for _, who := range p.Conference.Participants {
			said := slot.Answers[who.PersonID]
			if (said == conference.Yes || said == conference.IfNeedBe) && slices.Contains(who.Reads, l) {
				n++
			}
		}
		if n > 0 {
			list = append(list, p.Reader.T("conferences.poll.read.language", locale.V{"Language": locale.Capital(p.Reader.LanguageName(l)), "N": n}))
		}
	}
	return strings.Join(list, ", ")
}

func (p Poll) noteField() parts.FieldView {
	return p.Form.Input("note", p.Reader.T("conferences.poll.note")).Limited(conference.MaxNote).Noted(p.Reader.T("conferences.optional")).
		Hinted(p.Reader.T("conferences.poll.note.hint"))
}

// choosing tells whether the reader can end the poll.
func (p Poll) choosing() bool { return p.plans() && p.Conference.Is(conference.Poll) }

func (p Poll) choiceField(slot conference.Slot) parts.FieldView {
	var options []parts.Option
	for _, c := range conference.Choices {
		options = append(options, parts.Option{Value: string(c), Label: choice(p.Reader, c)})
	}
	name := AnswerName(slot.ID)
	return p.Form.Options(name, "", options...)
}

// over tells whether a proposed time has passed.
func (p Poll) over(slot conference.Slot) bool { return !slot.StartsAt.After(p.Reader.Now) }

// sideCount is what one side says of a time.
type sideCount struct {
	Society text.Said
	conference.Count
}

// counts are the hosting sides' answers to one time, in the order of the hosts.
func (p Poll) counts(r conference.Ranked) []sideCount {
	var list []sideCount
	for _, id := range p.Conference.Sides {
		list = append(list, sideCount{p.society(id), r.Sides[id]})
	}
	return list
}

// said is a count in words; what nobody said is left out.
func (p Poll) said(c conference.Count) string {
	var list []string
	add := func(n int, key string) {
		if n > 0 {
			list = append(list, p.Reader.T(key, locale.V{"N": n}))
		}
	}
	add(c.Yes, "conferences.count.yes")
	add(c.IfNeedBe, "conferences.count.ifNeedBe")
	add(c.No, "conferences.count.no")
	add(c.Silent, "conferences.count.silent")
	return strings.Join(list, ", ")
}

// group is everybody who said the same of a time.
type group struct {
	Label string
	Who   []voter
}

// voter is somebody with what they said beside their answer.
type voter struct {
	Name, By text.Said // By: who answered for them; empty where they did themselves
	Note     text.Said
}

// who said what of a time, and who nothing.
func (p Poll) who(slot conference.Slot) []group {
	var groups []group
	for _, c := range append(append([]conference.Choice{}, conference.Choices...), "") {
		g := group{Label: p.Reader.T("rsvp.NEEDS-ACTION")}
		if c != "" {
			g.Label = choice(p.Reader, c)
		}
		for _, side := range p.sides() {
			for _, who := range side.People {
				if slot.Answers[who.PersonID] == c {
					v := voter{Name: p.person(who.PersonID)}
					if by := slot.By[who.PersonID]; by != "" {
						v.By = p.person(by)
					}
					g.Who = append(g.Who, v)
				}
			}
		}
		if len(g.Who) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// notes are what people say beside their answers.
func (p Poll) notes() (list []voter) {
	for _, side := range p.sides() {
		for _, who := range side.People {
			if who.PollNote.Body != "" {
				list = append(list, voter{Name: p.person(who.PersonID), Note: who.PollNote})
			}
		}
	}
	return list
}

// answered is how many have said something.
func (p Poll) answered() int {
	n := 0
	for _, who := range p.Conference.Participants {
		if p.Conference.HasAnswered(who.PersonID) {
			n++
		}
	}
	return n
}

func slotID(slot conference.Slot) string { return "slot-" + slot.ID }
