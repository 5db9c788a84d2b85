package people

import (
	"github.com/a-h/templ"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/text"
	"example.org/tandem/templates/parts"
)

func (p Person) address(below string) templ.SafeURL {
	return templ.SafeURL("/people/" + p.Person.PersonID + below)
}

func (p Person) since(h org.Held) string {
	return p.Reader.T("people.since", locale.V{"Date": p.Reader.DateLong(h.Since)})
}

// roles is the choice of a role; several of them stand on one page.
func (p Person) roles(id string, now access.Role) parts.FieldView {
	v := parts.Form{Values: map[string][]string{"role": {string(now)}}}.Options("role", p.Reader.T("people.role"),
		parts.Option{Value: "staff", Label: role(p.Reader, access.Staff)},
		parts.Option{Value: "coordinator", Label: role(p.Reader, access.Coordinator)},
		parts.Option{Value: "administrator", Label: role(p.Reader, access.Administrator)})
	return v.ElementID(parts.FieldID(id)).Must()
}

func (p Person) units() parts.FieldView {
	var options []parts.Option
	for _, u := range p.Person.Units {
		name := u.Name.Line(p.Reader.Reads)
		options = append(options, parts.Option{Value: u.ID, Label: name.Body, Lang: name.Language})
	}
	return p.Form.Options("unit", p.Reader.T("people.unit"), options...).Must()
}

func (p Departure) successor() parts.FieldView {
	v := p.Form.Input("successor", p.Reader.T("people.end.successor")).Hinted(p.Reader.T("people.end.successor.hint"))
	v.Options = p.Successors
	return v
}

// title is what something that is handed over is called.
func (p Departure) title(n text.Named) text.Said {
	return p.Duties.Titles[n.TextID].Line(p.Reader.Reads)
}
