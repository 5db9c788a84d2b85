package conferences

import (
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/text"
	"example.org/tandem/templates/parts"
)

// Page is a conference's own page.
type Page struct {
	One
	Answer      parts.Form // the answer to the invitation, preset by a link from a mail
	MailReplies []conference.MailReply
	Counters    Countering
}

// Deed is one thing that can be done next: a link, a form to send, or a place on this page.
type Deed struct {
	Label string
	Href  string // a page
	Post  string // an address to post to, instead
}

// primary is the one thing that this person should do now; none is a Deed without a label. Answering an invitation is done on
// the page itself, so it is none.
func (p Page) primary() Deed {
	r, c := p.Reader, p.Conference
	switch c.State {
	case conference.Draft:
		return p.ifPlans(Deed{Label: r.T("conferences.do.complete"), Href: p.at("/edit")})
	case conference.Poll:
		return p.poll()
	case conference.Postponed:
		return p.ifPlans(Deed{Label: r.T("conferences.do.retime"), Href: p.at("/edit")})
	case conference.Scheduled:
		return p.prepare()
	case conference.InProgress:
		return Deed{Label: r.T("conferences.do.join"), Href: p.at("/join")}
	case conference.Held:
		if p.plans() {
			return Deed{Label: r.T("conferences.do.agree"), Href: p.at("/minutes")}
		}
		return Deed{Label: r.T("conferences.do.minutes"), Href: p.at("/minutes")}
	case conference.Agreed:
		if p.plans() && c.FollowedByID == "" {
			return Deed{Label: r.T("conferences.do.follow-up"), Href: p.at("/follow-up")}
		}
		return Deed{Label: r.T("conferences.do.minutes"), Href: p.at("/minutes")}
	}
	return Deed{}
}

func (p Page) poll() Deed {
	r := p.Reader
	_, invited := p.mine()
	switch {
	case invited && !p.Conference.HasAnswered(p.Actor.PersonID):
		return Deed{Label: r.T("conferences.do.answer-poll"), Href: p.at("/poll")}
	case p.plans():
		return Deed{Label: r.T("conferences.do.choose"), Href: p.at("/poll")}
	}
	return Deed{Label: r.T("conferences.do.see-poll"), Href: p.at("/poll")}
}

// near is how long before its time a conference is about to begin rather than being prepared.
const near = 15 * time.Minute

func (p Page) prepare() Deed {
	r, c := p.Reader, p.Conference
	switch {
	case r.Now.After(c.StartsAt.Add(-near)):
		return Deed{Label: r.T("conferences.do.join"), Href: p.at("/join")}
	case p.unanswered():
		return Deed{}
	case p.plans() && len(c.Agenda) == 0:
		return Deed{Label: r.T("conferences.do.agenda"), Href: p.at("/agenda")}
	}
	return Deed{Label: r.T("conferences.do.calendar"), Href: p.at("/invite.ics")}
}

func (p Page) ifPlans(d Deed) Deed {
	if p.plans() {
		return d
	}
	return Deed{}
}

// unanswered tells whether the invitation waits for the reader's answer.
func (p Page) unanswered() bool {
	mine, invited := p.mine()
	return invited && mine.RSVP == conference.NeedsAction
}

// others are what else can be done now, the likeliest first.
func (p Page) others() []Deed {
	r, c := p.Reader, p.Conference
	var list []Deed
	add := func(when bool, key, below string) {
		if when && p.at(below) != p.primary().Href {
			list = append(list, Deed{Label: r.T(key), Href: p.at(below)})
		}
	}
	writes := p.May(access.WriteNotes)
	soon := r.Now.After(c.StartsAt.Add(-24 * time.Hour))
	add(c.Is(conference.Scheduled) && soon, "conferences.do.join", "/join")
	add(writes && c.Is(conference.Scheduled, conference.InProgress, conference.Held), "conferences.do.notes", "/notes")
	add(c.Is(conference.InProgress, conference.Held, conference.Agreed), "conferences.do.minutes", "/minutes")
	add(p.recorded() && c.Is(conference.Held, conference.Agreed), "conferences.recordings", "/join")
	add(p.plans() && c.Is(conference.Held, conference.Agreed) && c.FollowedByID == "", "conferences.do.follow-up", "/follow-up")
	if p.plans() && c.Is(conference.Held, conference.Agreed) {
		list = append(list, Deed{Label: r.T("conferences.do.lesson"), Href: "/lessons/new?conference=" + c.ID})
	}
	add(p.plans() && c.Is(conference.Poll, conference.Scheduled, conference.InProgress), "conferences.do.edit", "/edit")
	add(p.plans() && c.Reopenable(), "conferences.do.ask-again", "/edit?again=yes")
	add(p.plans() && p.open() && len(c.Interpreted()) > 0, "conferences.do.languages", "/languages")
	add((p.plans() || p.interprets()) && p.open() && len(c.Interpreted()) > 0, "conferences.do.papers", "/papers")
	add(p.plans() && c.Repeatable(), "conferences.do.repeat", "/repeat")
	add(c.Is(conference.Scheduled), "conferences.do.calendar", "/invite.ics")
	if p.plans() && c.Is(conference.InProgress, conference.Held, conference.Agreed) {
		list = append(list, Deed{Label: r.T("actions.new.title"), Href: "/actions/new?conference=" + c.ID})
	}
	return list
}

// steps are the stations of a conference; one that was never asked about has no poll.
func (p Page) steps() []parts.Step {
	order := []conference.State{conference.Draft, conference.Poll, conference.Scheduled, conference.InProgress, conference.Held, conference.Agreed}
	var steps []parts.Step
	at := parts.StepDone
	for _, s := range order {
		if s == p.Conference.State {
			at = parts.StepNow
		}
		if s != conference.Poll || len(p.Conference.Slots) > 1 || p.Conference.Is(conference.Draft) {
			steps = append(steps, parts.Step{Label: state(p.Reader, s), State: at})
		}
		if s == p.Conference.State {
			at = parts.StepAhead
		}
	}
	return steps
}

// countdown says how far away the day is; "" once it has come.
func (p Page) countdown() string {
	if !p.Conference.Is(conference.Scheduled) {
		return ""
	}
	return p.Reader.DaysUntil(p.Conference.StartsAt.In(p.Reader.Zone).Format(time.DateOnly))
}

// count is how many of one side gave an answer.
func (s Side) count(answer conference.RSVP) int {
	n := 0
	for _, who := range s.People {
		if who.RSVP == answer {
			n++
		}
	}
	return n
}

// leads are those who have a task in the conference.
func (p One) leads() []Lead {
	var list []Lead
	if id := p.Conference.ModeratorID; id != "" {
		list = append(list, Lead{p.Reader.T("conferences.moderator"), p.person(id)})
	}
	if id := p.Conference.MinuteTakerID; id != "" {
		list = append(list, Lead{p.Reader.T("conferences.minute-taker"), p.person(id)})
	}
	return list
}

// Lead is a task and who has it.
type Lead struct {
	Task string
	Who  text.Said
}

// answered tells whether the reader has answered already, and is not about to give another answer by a link from a mail.
func (p Page) answered() bool {
	mine, _ := p.mine()
	return !p.unanswered() && len(p.Answer.Summary) == 0 && p.Answer.Value("answer") == string(mine.RSVP)
}

// words: conferences.answer.ACCEPTED conferences.answer.TENTATIVE conferences.answer.DECLINED
func (p Page) myAnswer() string {
	mine, _ := p.mine()
	return p.Reader.T("conferences.answer." + string(mine.RSVP))
}

// undated says how far the search for a time is.
func (p Page) undated() string {
	if p.Conference.Is(conference.Postponed) {
		return p.Reader.T("conferences.postponed.text")
	}
	if n := len(p.Conference.Slots); n > 0 {
		return p.Reader.N("conferences.proposed", n)
	}
	return p.Reader.T("conferences.no-time")
}

// answers offers the answers to an invitation.
func (p Page) answers() parts.FieldView {
	var options []parts.Option
	for _, a := range conference.Answers {
		options = append(options, parts.Option{Value: string(a), Label: p.Reader.T("conferences.answer." + string(a))})
	}
	return p.Answer.Options("answer", p.Reader.T("conferences.answer.title"), options...)
}

// running tells whether people are meeting: then the way into the room comes before the question whether one takes part.
func (p Page) running() bool { return p.Conference.Is(conference.InProgress) }

// answering tells whether the reader can answer the invitation now.
func (p Page) answering() bool {
	_, invited := p.mine()
	return invited && p.Conference.Is(conference.Scheduled, conference.InProgress)
}
