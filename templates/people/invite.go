package people

import (
	"net/url"
	"slices"

	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/templates/parts"
)

func (p InvitePage) roles() parts.FieldView {
	var options []parts.Option
	for _, held := range p.Roles {
		options = append(options, parts.Option{Value: string(held), Label: role(p.Reader, held)})
	}
	return p.Form.Options("role", p.Reader.T("people.role"), options...).Must().Hinted(p.Reader.T("people.invite.role.hint"))
}

func (p InvitePage) languages() parts.FieldView {
	var options []parts.Option
	for _, l := range locale.All {
		options = append(options, parts.Option{Value: string(l), Label: l.Endonym(), Lang: l})
	}
	return p.Form.Options("language", p.Reader.T("people.invite.language"), options...).Must()
}

func unitPeople(unitID string) string { return "/people?" + url.Values{"unit": {unitID}}.Encode() }

// over tells whether nobody came in time.
func (p Page) over(i org.Invitation) bool { return i.Over(p.Now) }

func (p Page) anyOver() bool { return slices.ContainsFunc(p.Expected.Invitations, p.over) }

// manages tells administrators of the unit from who may only name the first one of a society.
func (p Page) manages() bool { return len(p.Expected.Roles) > 1 }
