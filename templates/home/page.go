// Package home is the front page: what is next for who is signed in, and what Tandem is for everybody else.
package home

import (
	"example.org/tandem/internal/action"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/minutes"
	"example.org/tandem/templates/layout"
)

// Page is what is next for one person. A list that is empty is not shown.
type Page struct {
	layout.Page
	Going     []conference.Listed // on now
	Awaiting  []conference.Listed // polls and invitations that wait for the person's answer
	Minutes   []minutes.Unagreed  // that wait for the agreement of the person's side
	Coming    []conference.Listed
	Tasks     []action.Action // with an unfinished part of the person's own
	MayPlan   bool            // a coordinator somewhere
	Member    bool            // of any unit
	SiteAdmin bool
}

// Welcome is the front page for who is not signed in.
type Welcome struct{ layout.Page }

func (p Page) nothing() bool {
	return len(p.Going)+len(p.Awaiting)+len(p.Minutes)+len(p.Coming)+len(p.Tasks) == 0
}

// answerAt is where a poll or an invitation is answered.
func answerAt(c conference.Listed) string {
	if c.State == conference.Poll {
		return "/conferences/" + c.ID + "/poll"
	}
	return "/conferences/" + c.ID
}
