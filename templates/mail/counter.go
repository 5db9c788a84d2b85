package mail

import (
	"time"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/text"
)

// Counter tells who plans a conference that somebody proposes other times for it. It asks for a look: nothing has changed.
func Counter(t Topic, x conference.Counter, who text.Text, left []time.Time) Letter {
	r := t.Reader
	name := who.Line(r.Reads)
	l := Letter{Reader: r, Subject: r.T("mail.counter.subject", t.subject()), Lead: r.T("mail.counter.lead", t.title()),
		Do: r.T("mail.counter.do"), Why: r.T("mail.counter.why"), Link: Link{t.page("#counters"), r.T("mail.counter.link")}}
	if t.Conference.HasTime() {
		l.Label = r.T("mail.counter.now") + ":"
		t.timed(&l)
	}
	l.Sections = []Section{{Head: r.T("mail.counter.by"), Lines: []Line{{name.Body, name.Language}}}}
	times := Section{Head: r.T("conferences.counter.times"), List: true}
	for _, at := range left {
		times.Lines = append(times.Lines, Line{Text: r.WhenFor(at, t.Conference.Length)})
	}
	l.Sections = append(l.Sections, times)
	if x.Note.Body != "" {
		l.Sections = append(l.Sections, Section{Head: r.T("conferences.counter.note"), Lines: []Line{{x.Note.Body, x.Note.Language}}})
	}
	return l
}

// CounterDeclined tells who proposed other times that it stays as it is.
func CounterDeclined(t Topic, x conference.Counter) Letter {
	r := t.Reader
	l := Letter{Reader: r, Subject: r.T("mail.counter.declined.subject", t.subject()), Lead: r.T("mail.counter.declined.lead", t.title()),
		Link: Link{t.page(""), r.T("mail.change.link")}}
	if t.Conference.HasTime() {
		l.Label = r.T("mail.counter.now") + ":"
		t.timed(&l)
	}
	l.Sections = []Section{{Head: r.T("conferences.counter.why"), Lines: []Line{{x.Answer.Body, x.Answer.Language}}}}
	return l
}
