package web

import (
	"slices"

	"example.org/tandem/internal/conference"
	pages "example.org/tandem/templates/conferences"
)

// everybody ticks all people of the unit that was chosen, where its button was pressed. Everything else stays as it was typed.
func (p *planning) everybody() {
	if !p.form.Has("everybody") {
		return
	}
	p.form.again = true
	for _, m := range p.members {
		if m.UnitID == p.form.line("whole-unit") && !slices.Contains(p.form.Values["participants"], m.PersonID) {
			p.form.Add("participants", m.PersonID)
		}
	}
}

// follow puts on the page who can follow in none of the languages of the plan.
func (p *planning) follow(page *pages.Form) {
	typed := append(slices.Clone(p.form.Values["participants"]), p.form.line("moderator"), p.form.line("minute-taker"))
	page.Heard = conference.Heard(p.form.languages("languages"), p.interpretation())
	if len(page.Heard) == 0 {
		return // the rule about languages says so
	}
	for _, m := range p.members {
		if !slices.Contains(typed, m.PersonID) {
			continue
		}
		page.Asked++
		if !conference.Follows(m.Reads, page.Heard) {
			page.Left = append(page.Left, m)
		}
	}
}
