package mail

import (
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/templates/parts"
)

// Shared tells a coordinator that a lesson was shared with them, and what it is about.
func Shared(r locale.Reader, l lesson.Lesson, names org.Names, site string) Letter {
	title := l.Line(lesson.Title, r.Reads).Body
	letter := Letter{Reader: r, Subject: r.T("mail.lesson.subject", locale.V{"Title": title}),
		Lead: r.T("mail.lesson.lead", locale.V{"Title": r.Quote(title)}), Said: l.Texts[lesson.Summary].For(r.Reads),
		Why: r.T("mail.lesson.why"), Link: Link{site + "/lessons/" + l.ID, r.T("mail.lesson.link")}}
	for _, s := range letter.Said {
		if letter.Origin == "" {
			letter.Origin = parts.Origin(r, s)
		}
	}
	from := names.Unit(l.SocietyID).Line(r.Reads)
	letter.Sections = []Section{{Head: r.T("mail.lesson.from"), Lines: []Line{{from.Body, from.Language}}}}
	return letter
}
