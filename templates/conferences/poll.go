package conferences

import (
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
}

// AnswerName is the name of the field for one proposed time.
func AnswerName(slotID string) string { return "answer-" + slotID }

// Answering tells whether the reader is asked.
func (p Poll) Answering() bool {
	_, invited := p.mine()
	return invited && p.Conference.Is(conference.Poll)
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
	Who   []text.Said
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
					g.Who = append(g.Who, p.person(who.PersonID))
				}
			}
		}
		if len(g.Who) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
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
