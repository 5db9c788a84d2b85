package partnerships

import (
	"slices"

	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/text"
	"example.org/tandem/templates/layout"
	"example.org/tandem/templates/parts"
)

// Proposed is a proposal in a list.
type Proposed struct {
	org.Proposal
	Yours bool // the reader can answer it
}

// Proposal is one proposal's own page.
type Proposal struct {
	layout.Page
	org.Proposal
	Answers   org.Society // that the reader can answer for; none has no ID
	Withdraws bool
	Form      parts.Form // of the reason
}

// Branch is a unit with those right below it, as a partnership's form offers them.
type Branch struct {
	org.Unit
	Offered, Chosen bool
	Below           []Branch
}

// ProposalForm is the form of a proposal.
type ProposalForm struct {
	layout.Page
	Form     parts.Form
	Language locale.Language // of what is typed
	Trees    []Branch        // one for each society, the reader's own first
}

// anyChosen tells whether a branch must be open: something in it is chosen.
func anyChosen(list []Branch) bool {
	return slices.ContainsFunc(list, func(b Branch) bool { return b.Chosen || anyChosen(b.Below) })
}

func languageField(r locale.Reader, f parts.Form) parts.FieldView {
	var options []parts.Option
	for _, l := range locale.All {
		options = append(options, parts.Option{Value: string(l), Label: l.Endonym(), Lang: l})
	}
	return f.Options("language", r.T("conferences.field.language"), options...).Hinted(r.T("conferences.field.language.hint"))
}

func (p ProposalForm) nameField() parts.FieldView {
	return p.Form.Input("name", p.Reader.T("partnerships.field.name")).Must().Limited(text.MaxLine).Written(p.Language)
}

func (p ProposalForm) purposeField() parts.FieldView {
	return p.Form.Input("purpose", p.Reader.T("partnerships.purpose")).Hinted(p.Reader.T("partnerships.field.purpose.hint")).Tall(4).Written(p.Language)
}

// words: partnerships.kind.partnership partnerships.kind.twinning partnerships.kind.partnership.hint partnerships.kind.twinning.hint
func (p ProposalForm) kindField() parts.FieldView {
	var options []parts.Option
	for _, k := range []org.Kind{org.Joint, org.Twinning} {
		key := "partnerships.kind." + string(k)
		options = append(options, parts.Option{Value: string(k), Label: p.Reader.T(key), Hint: p.Reader.T(key + ".hint")})
	}
	return p.Form.Options("kind", p.Reader.T("partnerships.field.kind"), options...)
}

// focusField offers the topics of lessons, in the order of the reader's alphabet.
//
// words: lessons.topic.covid19 lessons.topic.delivery lessons.topic.first-aid lessons.topic.helpline lessons.topic.online
// words: lessons.topic.ppe lessons.topic.pss lessons.topic.training lessons.topic.volunteers lessons.topic.youth
func focusField(r locale.Reader, f parts.Form) parts.FieldView {
	var options []parts.Option
	for _, area := range org.FocusAreas {
		options = append(options, parts.Option{Value: area, Label: r.T("lessons.topic." + area)})
	}
	locale.Sort(r, options, func(o parts.Option) string { return o.Label })
	return f.Options("focus", r.T("partnerships.focus"), options...)
}

func startsField(r locale.Reader, f parts.Form) parts.FieldView {
	return f.Input("starts-on", r.T("partnerships.field.starts")).Of("date").Must()
}

func endsField(r locale.Reader, f parts.Form) parts.FieldView {
	return f.Input("ends-on", r.T("partnerships.field.ends")).Of("date").Hinted(r.T("partnerships.field.ends.hint"))
}

// Focus is what a partnership is about, in the reader's words.
func Focus(r locale.Reader, areas []string) string {
	names := make([]string, len(areas))
	for i, area := range areas {
		names[i] = r.T("lessons.topic." + area)
	}
	return r.List(names)
}

// outcome is how a proposal ended, or that an answer is awaited.
//
// words: partnerships.proposal.waiting partnerships.proposal.accepted partnerships.proposal.declined partnerships.proposal.withdrawn
func outcome(r locale.Reader, p org.Proposal) (said string, kind parts.BadgeKind) {
	switch p.Outcome {
	case org.Accepted:
		kind = parts.Good
	case org.Declined, org.Withdrawn:
		kind = parts.Stopped
	default:
		return r.T("partnerships.proposal.waiting"), parts.Waiting
	}
	return r.T("partnerships.proposal." + string(p.Outcome)), kind
}

// stand is where a society stands with a proposal.
func stand(r locale.Reader, p org.Proposal, societyID string) (said string, kind parts.BadgeKind) {
	switch {
	case societyID == p.SocietyID:
		return r.T("partnerships.proposal.proposes"), parts.Active
	case slices.Contains(p.Agreed, societyID):
		return r.T("partnerships.proposal.agreed"), parts.Good
	case p.Open():
		return r.T("partnerships.proposal.waiting"), parts.Waiting
	}
	return "", ""
}

func reasonField(p Proposal) parts.FieldView {
	l, _ := locale.Parse(p.Form.Value("language"))
	return p.Form.Input("reason", p.Reader.T("partnerships.proposal.reason")).Hinted(p.Reader.T("partnerships.proposal.reason.hint")).Tall(3).Written(l)
}
