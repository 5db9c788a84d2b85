package conferences

import (
	"slices"

	"example.org/tandem/internal/locale"
	"example.org/tandem/templates/parts"
)

// wholeUnitField is a choice among the units that somebody on the list of people belongs to.
func (p Form) wholeUnitField() parts.FieldView {
	var options []parts.Option
	for _, m := range p.Members {
		there := slices.ContainsFunc(options, func(o parts.Option) bool { return o.Value == m.UnitID })
		if said := m.Unit.Line(p.Reader.Reads); !there && said.Body != "" {
			options = append(options, parts.Option{Value: m.UnitID, Label: said.Body, Lang: said.Language})
		}
	}
	locale.Sort(p.Reader, options, func(o parts.Option) string { return o.Label })
	return p.Form.Options("whole-unit", p.Reader.T("conferences.everybody.unit"), options...)
}

// leftSaid is 'two of nine can follow neither Russian nor English', as a sentence with the languages behind a colon.
func (p Form) leftSaid() string {
	var languages []string
	for _, l := range p.Heard {
		languages = append(languages, p.Reader.LanguageName(l))
	}
	return p.Reader.N("conferences.follow.left", len(p.Left), locale.V{"Of": p.Asked, "Languages": p.Reader.List(languages)})
}
