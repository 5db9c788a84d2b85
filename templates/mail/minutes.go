package mail

import (
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/minutes"
)

// Minutes tells that both societies have agreed, and what was decided and is to be done.
func Minutes(t Topic, record minutes.Record) Letter {
	r := t.Reader
	l := Letter{Reader: r, Subject: r.T("mail.minutes.subject", locale.V{"Title": t.plain()}), Lead: r.T("mail.minutes.lead", t.title()),
		Link: Link{t.page("/minutes"), r.T("mail.minutes.link")}}
	t.timed(&l)
	decided := Section{Head: r.T("conferences.decisions"), List: true}
	for _, d := range record.AllDecisions() {
		said := d.Text.Text().Line(r.Reads)
		decided.Lines = append(decided.Lines, Line{d.Label + " · " + said.Body, said.Language})
	}
	todo := Section{Head: r.T("conferences.actions"), List: true}
	for _, a := range record.AllActions() {
		said := a.Title.Text().Line(r.Reads)
		todo.Lines = append(todo.Lines, Line{r.DayShort(a.DueOn) + " · " + said.Body, said.Language})
	}
	for _, s := range []Section{decided, todo} {
		if len(s.Lines) > 0 {
			l.Sections = append(l.Sections, s)
		}
	}
	return l
}

// Voided tells somebody who agreed for their society that the minutes no longer mean what they agreed to.
func Voided(t Topic) Letter {
	r := t.Reader
	l := Letter{Reader: r, Subject: r.T("mail.voided.subject", locale.V{"Title": t.plain()}), Lead: r.T("mail.voided.lead", t.title()),
		Do: r.T("mail.voided.do"), Link: Link{t.page("/minutes"), r.T("mail.minutes.link")}}
	t.timed(&l)
	return l
}
