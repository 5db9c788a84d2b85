package mail

import (
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/text"
	"example.org/tandem/templates/parts"
)

// Proposed tells an administrator of another society what is proposed, by whom and with whom.
func Proposed(r locale.Reader, p org.Proposal, site string) Letter {
	title := p.Name.Line(r.Reads).Body
	l := Letter{Reader: r, Subject: r.T("mail.proposal.subject", locale.V{"Title": title}), Lead: r.T("mail.proposal.lead", locale.V{"Title": r.Quote(title)}),
		Why: r.T("mail.proposal.why"), Link: Link{site + "/partnerships/proposals/" + p.ID, r.T("mail.proposal.link")}}
	l.says(r, p.Purpose)
	who := p.Proposer.Line(r.Reads)
	l.Sections = []Section{{Head: r.T("partnerships.proposal.by"), Lines: []Line{{who.Body, who.Language}}}}
	for _, s := range p.Societies() {
		section := Section{Head: s.Name.Line(r.Reads).Body, List: true}
		for _, u := range p.Of(s.ID) {
			name := u.Name.Line(r.Reads)
			section.Lines = append(section.Lines, Line{name.Body, name.Language})
		}
		l.Sections = append(l.Sections, section)
	}
	return l
}

// Answered tells who proposed a partnership how that ended.
func Answered(r locale.Reader, p org.Proposal, site string) Letter {
	title := p.Name.Line(r.Reads).Body
	if p.Outcome == org.Accepted {
		return Letter{Reader: r, Subject: r.T("mail.proposal.accepted.subject", locale.V{"Title": title}),
			Lead: r.T("mail.proposal.accepted.lead", locale.V{"Title": r.Quote(title)}), Why: r.T("mail.proposal.answered.why"),
			Link: Link{site + "/partnerships/" + p.PartnershipID, r.T("mail.proposal.accepted.link")}}
	}
	l := Letter{Reader: r, Subject: r.T("mail.proposal.declined.subject", locale.V{"Title": title}),
		Lead: r.T("mail.proposal.declined.lead", locale.V{"Title": r.Quote(title)}), Why: r.T("mail.proposal.answered.why"),
		Link: Link{site + "/partnerships/proposals/" + p.ID, r.T("mail.proposal.declined.link")}}
	l.says(r, p.Reason)
	return l
}

// says puts a text into a letter, labelled where it is not in the reader's language.
func (l *Letter) says(r locale.Reader, t text.Text) {
	l.Said = t.For(r.Reads)
	for _, s := range l.Said {
		if l.Origin == "" {
			l.Origin = parts.Origin(r, s)
		}
	}
}
