package mail

import (
	"example.org/tandem/internal/locale"
)

// Agenda brings an agenda to those who can translate it: which items somebody cannot read yet, and in which language they are
// wanted. An agenda without items is said to be missing; one that everybody can read is nothing to write about.
func Agenda(t Topic) (l Letter, any bool) {
	r, c := t.Reader, t.Conference
	l = Letter{Reader: r, Subject: r.T("mail.agenda.subject", locale.V{"Title": t.plain()}), Lead: r.T("mail.agenda.lead", t.title()),
		Link: Link{t.page("/agenda"), r.T("mail.agenda.link")}}
	l.Why = r.T("mail.agenda.why")
	t.timed(&l)
	items := Section{Head: r.T("conferences.agenda"), List: true}
	for _, item := range c.Agenda {
		wanted := c.Unread(item)
		topic := item.Topic.Line(r.Reads)
		line := r.Time(item.StartsAt) + " · " + topic.Body
		if len(wanted) > 0 {
			any = true
			names := make([]string, len(wanted))
			for i, language := range wanted {
				names[i] = r.LanguageName(language)
			}
			line += " — " + r.T("mail.agenda.wanted", locale.V{"Languages": r.List(names)})
		}
		items.Lines = append(items.Lines, Line{line, topic.Language})
	}
	if len(c.Agenda) == 0 {
		l.Lead, l.Link.Label = r.T("mail.agenda.none", t.title()), r.T("mail.agenda.build")
		return l, true
	}
	l.Sections = []Section{items}
	return l, any
}
