// Package conferences is everything that people see of a conference: the lists, its page, the form it is planned with, the
// poll, the agenda, and the way into its room.
package conferences

import (
	"slices"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/text"
	"example.org/tandem/templates/layout"
	"example.org/tandem/templates/mail"
	"example.org/tandem/templates/parts"
)

// One is what all pages of a single conference have in common.
type One struct {
	layout.Page
	Conference conference.Conference
	Names      org.Names // of everybody who is mentioned
	Actor      access.Actor
}

// May tells whether the reader may do something with this conference.
func (p One) May(d access.Deed) bool { return p.Conference.May(p.Actor, d) }

func (p One) plans() bool { return p.May(access.PlanConference) }
func (p One) runs() bool  { return p.May(access.RunConference) }

func (p One) at(below string) string { return p.At(below) }

// At is the address of the conference's page, or of one below it.
func (p One) At(below string) string { return "/conferences/" + p.Conference.ID + below }

func (p One) title() text.Said { return p.Conference.Title.Line(p.Reader.Reads) }

// mine is the reader among the participants.
func (p One) mine() (conference.Participant, bool) {
	return p.Conference.Participant(p.Actor.PersonID)
}

// person is the name of somebody, in the reader's best version.
func (p One) person(id string) text.Said { return p.Names.Person(id).Line(p.Reader.Reads) }

// crumbs lead from a page below the conference's back to it.
func (p One) crumbs() []parts.Link {
	said := p.title()
	return []parts.Link{
		{Href: "/conferences", Label: p.Reader.T("layout.nav.conferences")},
		{Href: p.at(""), Label: said.Body, Lang: said.Language},
	}
}

// facts of a conference, said.
func (p One) languages() string { return mail.Languages(p.Reader, p.Conference) }

func (p One) hosts() []text.Said {
	said := make([]text.Said, len(p.Conference.Hosts))
	for i, id := range p.Conference.Hosts {
		said[i] = p.Names.Unit(id).Line(p.Reader.Reads)
	}
	return said
}

// Side is one society with those who take part for it.
type Side struct {
	Society string // ID
	People  []conference.Participant
}

// sides puts the participants under their societies, the hosts' first, each in the order of the reader's alphabet.
func (p One) sides() []Side {
	var sides []Side
	add := func(society string) int {
		i := slices.IndexFunc(sides, func(s Side) bool { return s.Society == society })
		if i < 0 {
			i, sides = len(sides), append(sides, Side{Society: society})
		}
		return i
	}
	for _, society := range p.Conference.Sides {
		add(society)
	}
	for _, who := range p.Conference.Participants {
		i := add(who.SocietyID)
		sides[i].People = append(sides[i].People, who)
	}
	for _, s := range sides {
		locale.Sort(p.Reader, s.People, func(who conference.Participant) string { return p.person(who.PersonID).Body })
	}
	return sides
}

// society is the name of a side.
func (p One) society(id string) text.Said { return p.Names.Unit(id).Line(p.Reader.Reads) }

// state says the state of a conference in a word.
//
// words: conferences.state.draft conferences.state.poll conferences.state.scheduled conferences.state.inProgress conferences.state.held conferences.state.agreed conferences.state.cancelled conferences.state.postponed
func state(r locale.Reader, s conference.State) string { return r.T("conferences.state." + string(s)) }

var badges = map[conference.State]parts.BadgeKind{
	conference.Draft: parts.Neutral, conference.Poll: parts.Waiting, conference.Scheduled: parts.Active, conference.InProgress: parts.Active,
	conference.Held: parts.Waiting, conference.Agreed: parts.Good, conference.Cancelled: parts.Stopped, conference.Postponed: parts.Waiting,
}

// words: rsvp.ACCEPTED rsvp.TENTATIVE rsvp.DECLINED rsvp.NEEDS-ACTION
func rsvp(r locale.Reader, a conference.RSVP) string { return r.T("rsvp." + string(a)) }

// words: conferences.choice.yes conferences.choice.ifNeedBe conferences.choice.no
func choice(r locale.Reader, c conference.Choice) string {
	return r.T("conferences.choice." + string(c))
}

// words: conferences.kind.information conferences.kind.discussion conferences.kind.decision
func kind(r locale.Reader, k conference.Kind) string { return r.T("conferences.kind." + string(k)) }
