// Package home is the front page: what is next for who is signed in, and what Tandem is for everybody else.
package home

import (
	"slices"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/action"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/minutes"
	"example.org/tandem/internal/work"
	"example.org/tandem/templates/layout"
)

// Page is what is next for one person. A list that is empty is not shown.
type Page struct {
	layout.Page
	Actor    access.Actor
	Going    []conference.Listed // on now
	Today    []conference.Listed // later today
	Awaiting []conference.Listed // polls and invitations that wait for the person's answer
	Minutes  []minutes.Unagreed  // that wait for the agreement of the person's side
	Coming   []conference.Listed
	Tasks    []action.Action // with an unfinished part of the person's own
	Queue    work.Queue      // of conferences and lessons only
	Lessons  []lesson.Told   // shared lately by others
}

// Welcome is the front page for who is not signed in.
type Welcome struct {
	layout.Page
	Lessons []lesson.Told // published
}

func (p Page) member() bool { return len(p.Actor.Memberships) > 0 }

// nothing tells whether the page would be empty.
func (p Page) nothing() bool {
	return !p.waits() && len(p.Going)+len(p.Today)+len(p.Coming)+len(p.Lessons) == 0 && p.Queue.Empty()
}

// waits tells whether anything is wanted of the person by name.
func (p Page) waits() bool { return len(p.Awaiting)+len(p.Minutes)+len(p.Tasks) > 0 }

// showsComing: coordinators find there how to plan one.
func (p Page) showsComing() bool { return len(p.Coming) > 0 || p.Actor.Coordinates() }

// beside tells whether there is anything for a second column.
func (p Page) beside() bool {
	return p.waits() && p.showsComing() || len(p.toTranslate())+len(p.Lessons) > 0
}

// glimpse is one line of what waits, with the place on the page where it is.
type glimpse struct {
	href, label string
	late        bool
}

// glance is what waits in short, for who has five seconds; a single thing needs no list.
func (p Page) glance() []glimpse {
	overdue := 0
	for _, t := range p.Tasks {
		if p.Reader.IsPast(t.DueOn) {
			overdue++
		}
	}
	var list []glimpse
	add := func(n int, href, key string) {
		if n > 0 {
			// words: home.glance.answers home.glance.minutes home.glance.overdue home.glance.tasks home.glance.translate
			list = append(list, glimpse{href, p.Reader.T(key, locale.V{"N": p.Reader.Number(n)}), key == "home.glance.overdue"})
		}
	}
	add(len(p.Awaiting), "#awaiting", "home.glance.answers")
	add(len(p.Minutes), "#minutes", "home.glance.minutes")
	add(overdue, "#tasks", "home.glance.overdue")
	if overdue == 0 {
		add(len(p.Tasks), "#tasks", "home.glance.tasks")
	}
	add(len(p.toTranslate()), "#translate", "home.glance.translate")
	if len(list) < 2 {
		return nil
	}
	return list
}

// few is how many texts that wait for a translation stand on this page.
const few = 4

// toTranslate are the first of them: what is needed for the next conferences, then lessons.
func (p Page) toTranslate() []work.Waiting {
	all := slices.Concat(p.Queue.On[work.OfConferences], p.Queue.On[work.OfLessons])
	return all[:min(len(all), few)]
}

// answerAt is where a poll or an invitation is answered.
func answerAt(c conference.Listed) string {
	if c.State == conference.Poll {
		return "/conferences/" + c.ID + "/poll"
	}
	return "/conferences/" + c.ID
}

// own are the person's unfinished parts of an item.
func (p Page) own(t action.Action) (list []action.Part) {
	for _, x := range t.Parts {
		if x.PersonID == p.Actor.PersonID && !x.State.Ended() {
			list = append(list, x)
		}
	}
	return list
}

// ball tells whether the next move is that of a unit which the person belongs to.
func (p Page) ball(t action.Action) bool {
	return slices.ContainsFunc(p.Actor.Memberships, func(m access.Membership) bool { return m.UnitID == t.BallUnitID })
}

// onDay is the day of an instant for the reader.
func onDay(r locale.Reader, at time.Time) string { return at.In(r.Zone).Format(time.DateOnly) }
