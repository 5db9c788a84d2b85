package mail

import (
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/text"
)

// Invited asks somebody to come to Tandem: where to, as what, and until when their link is good.
//
// words: role.staff role.coordinator role.administrator
func Invited(r locale.Reader, i org.Invitation, link string) Letter {
	unit := i.Unit.Name.Line(r.Reads)
	l := Letter{Reader: r, Subject: r.T("mail.invited.subject", locale.V{"Unit": i.Unit.Short.Line(r.Reads).Body}),
		Lead: r.T("mail.invited.lead"), Do: r.T("mail.invited.do"), Link: Link{link, r.T("mail.invited.link")},
		Why: r.T("mail.invited.why")}
	head := func(key string, said text.Said) Section {
		return Section{Head: r.T(key), Lines: []Line{{said.Body, said.Language}}}
	}
	if i.Unit.ID != i.Unit.SocietyID {
		l.Sections = append(l.Sections, head("people.society", i.Unit.Society.Line(r.Reads)))
	}
	return l.with(head("people.unit", unit), Section{Head: r.T("people.role"), Lines: []Line{{Text: r.T("role." + string(i.Role))}}},
		Section{Head: r.T("people.invite.until"), Lines: []Line{{Text: r.DateLong(i.EndsAt)}}})
}

func (l Letter) with(more ...Section) Letter {
	l.Sections = append(l.Sections, more...)
	return l
}
