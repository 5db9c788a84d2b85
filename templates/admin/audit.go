package admin

import (
	"slices"
	"strings"

	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/text"
	"example.org/tandem/templates/layout"
	"example.org/tandem/templates/parts"
)

// Audit is a page of the audit log, with what narrows it.
type Audit struct {
	layout.Page
	Form        parts.Form
	Entries     []audit.Entry
	Names       org.Names
	PersonID    string // that it is narrowed to; "" for everybody
	First, Next string // addresses of the first page and the next; "" for none
}

// deed puts one into words.
//
// words: admin.audit.deed.accept-invitation admin.audit.deed.accept-partnership admin.audit.deed.add-agenda-item admin.audit.deed.add-partner
// words: admin.audit.deed.add-person admin.audit.deed.add-special-day admin.audit.deed.add-unit admin.audit.deed.agree-minutes
// words: admin.audit.deed.answer-invitation admin.audit.deed.answer-poll admin.audit.deed.archive-unit admin.audit.deed.attach-file
// words: admin.audit.deed.begin-lesson admin.audit.deed.bring-back-unit admin.audit.deed.cancel-conference admin.audit.deed.change-conference
// words: admin.audit.deed.change-partnership admin.audit.deed.change-profile admin.audit.deed.change-role admin.audit.deed.change-unit
// words: admin.audit.deed.consent admin.audit.deed.decline-partnership admin.audit.deed.drop-identity admin.audit.deed.edit-agenda-item
// words: admin.audit.deed.edit-lesson admin.audit.deed.end-conference admin.audit.deed.end-membership admin.audit.deed.end-sessions
// words: admin.audit.deed.end-stand-in admin.audit.deed.export-audit-log admin.audit.deed.export-own-data admin.audit.deed.freeze-minutes
// words: admin.audit.deed.grant-site-administration admin.audit.deed.hand-over-invitation admin.audit.deed.identify-person
// words: admin.audit.deed.import-people admin.audit.deed.invite admin.audit.deed.invite-again admin.audit.deed.join-unit admin.audit.deed.leave
// words: admin.audit.deed.make-feed admin.audit.deed.move-agenda-item admin.audit.deed.move-unit admin.audit.deed.name-site-administrator
// words: admin.audit.deed.name-stand-in admin.audit.deed.note-attendance admin.audit.deed.note-progress admin.audit.deed.open-poll
// words: admin.audit.deed.pass-ball admin.audit.deed.plan-action admin.audit.deed.plan-partnership admin.audit.deed.propose-conference
// words: admin.audit.deed.propose-partnership admin.audit.deed.publish-lesson admin.audit.deed.record-action admin.audit.deed.record-decision
// words: admin.audit.deed.refuse-sign-in admin.audit.deed.remove-agenda-item admin.audit.deed.remove-file admin.audit.deed.remove-partner
// words: admin.audit.deed.remove-special-day admin.audit.deed.restore-lesson admin.audit.deed.retry admin.audit.deed.revoke-feed
// words: admin.audit.deed.revoke-invitation admin.audit.deed.schedule-conference admin.audit.deed.share-lesson admin.audit.deed.sign-in
// words: admin.audit.deed.sign-out admin.audit.deed.sign-out-by-provider admin.audit.deed.start-conference admin.audit.deed.stop-mail
// words: admin.audit.deed.translate-text admin.audit.deed.void-agreement admin.audit.deed.want-mail admin.audit.deed.withdraw-lesson
// words: admin.audit.deed.withdraw-partnership admin.audit.deed.work-on-part admin.audit.deed.write-notes
// words: admin.audit.deed.ask-guest admin.audit.deed.drop-guest admin.audit.deed.drop-mail-reply admin.audit.deed.send-agenda-ahead admin.audit.deed.offer-time admin.audit.deed.record-conference
// words: admin.audit.deed.release-mails admin.audit.deed.repeat-conference admin.audit.deed.end-series admin.audit.deed.send-series
// words: admin.audit.deed.propose-other-time admin.audit.deed.decline-other-time
// words: admin.audit.deed.add-uninvited admin.audit.deed.drop-uninvited
// words: admin.audit.deed.plan-languages admin.audit.deed.postpone-conference admin.audit.deed.end-room admin.audit.deed.share-recordings admin.audit.deed.withdraw-recordings
func deed(r locale.Reader, name string) string {
	return r.T("admin.audit.deed." + strings.ReplaceAll(name, " ", "-"))
}

// thing puts the kind of what something was done to into words.
//
// words: admin.audit.kind.action admin.audit.kind.conference admin.audit.kind.decision admin.audit.kind.grant admin.audit.kind.invitation
// words: admin.audit.kind.job admin.audit.kind.lesson admin.audit.kind.log admin.audit.kind.membership admin.audit.kind.partnership
// words: admin.audit.kind.person admin.audit.kind.proposal admin.audit.kind.provider admin.audit.kind.special-day admin.audit.kind.text
// words: admin.audit.kind.unit
func thing(r locale.Reader, kind string) string { return r.T("admin.audit.kind." + kind) }

// deeds are all that one can narrow to, in the order of their words.
func (p Audit) deeds() parts.FieldView {
	return p.choice("deed", p.Reader.T("admin.audit.deed"), audit.Deeds, deed)
}

func (p Audit) kinds() parts.FieldView {
	return p.choice("kind", p.Reader.T("admin.audit.thing"), audit.Kinds, thing)
}

func (p Audit) choice(name, label string, all []string, say func(locale.Reader, string) string) parts.FieldView {
	var options []parts.Option
	for _, one := range all {
		options = append(options, parts.Option{Value: one, Label: say(p.Reader, one)})
	}
	locale.Sort(p.Reader, options, func(o parts.Option) string { return o.Label })
	return p.Form.Options(name, label, append([]parts.Option{{Label: p.Reader.T("admin.audit.any")}}, options...)...)
}

// who is a person in words; of somebody whom nobody can name any more, that they were here.
func (p Audit) who(id string) text.Said {
	if id == "" {
		return text.Said{Body: p.Reader.T("admin.audit.program"), Language: p.Reader.Language}
	}
	if name := p.Names.Person(id); !name.Empty() {
		return name.Line(p.Reader.Reads)
	}
	return text.Said{Body: p.Reader.T("people.former"), Language: p.Reader.Language}
}

// subject is what something was done to: by its name where it has one that may be said here.
func (p Audit) subject(e audit.Entry) (said text.Said, address string) {
	switch {
	case e.Kind == "person" && e.Subject != "":
		return p.who(e.Subject), "/people/" + e.Subject
	case e.Kind == "unit" && !p.Names.Unit(e.Subject).Empty():
		return p.Names.Unit(e.Subject).Line(p.Reader.Reads), "/organisations/" + e.Subject
	}
	return text.Said{}, ""
}

// details are what is said besides: whom or which organisation it was about by name, the rest as it stands in the log.
func (p Audit) details(e audit.Entry) (list []text.Said) {
	var names []string
	for name := range e.Details {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		value := e.Details[name]
		switch {
		case value == "":
		case !p.Names.Person(value).Empty():
			list = append(list, p.who(value))
		case !p.Names.Unit(value).Empty():
			list = append(list, p.Names.Unit(value).Line(p.Reader.Reads))
		default:
			list = append(list, text.Said{Body: name + ": " + value, Language: locale.English})
		}
	}
	return list
}
