package partnerships

import (
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/text"
	"example.org/tandem/templates/layout"
	"example.org/tandem/templates/parts"
)

// Terms is the form of what a partnership is for, and of one's own units in it.
type Terms struct {
	layout.Page
	Partnership org.Partnership
	Form        parts.Form // of the terms
	Joining     parts.Form // of the units
	Leaving     []org.Unit // that the reader may take out
	Joinable    []parts.Option
	Saved       map[string]string // what somebody saved meanwhile, by field
}

// text is a field in the language that its text is written in.
func (p Terms) text(name, key string) parts.FieldView {
	l, _ := locale.Parse(p.Form.Value(name + "-language"))
	v := p.Form.Input(name, p.Reader.T(key)).Written(l)
	if l != p.Reader.Language {
		v = v.Noted(p.Reader.T("said.other", locale.V{"Language": p.Reader.LanguageName(l)}))
	}
	return p.hinted(v, name)
}

func (p Terms) nameField() parts.FieldView {
	return p.text("name", "partnerships.field.name").Must().Limited(text.MaxLine)
}

func (p Terms) purposeField() parts.FieldView {
	return p.text("purpose", "partnerships.purpose").Tall(4)
}

func (p Terms) endsField() parts.FieldView {
	return p.hinted(endsField(p.Reader, p.Form).Hinted(p.Reader.T("partnerships.edit.ends.hint")), "ends-on")
}

// hinted tells beside a field what was saved meanwhile.
func (p Terms) hinted(v parts.FieldView, name string) parts.FieldView {
	if saved, differs := p.Saved[name]; differs {
		return v.Hinted(p.Reader.T("me.saved-meanwhile", locale.V{"Value": saved}))
	}
	return v
}

func (p Terms) unitField() parts.FieldView {
	return p.Joining.Options("unit", p.Reader.T("people.unit"), p.Joinable...).Hinted(p.Reader.T("partnerships.edit.add.hint"))
}

// hidden are the versions that the form started from, and the languages of its texts.
func (p Terms) hidden() []string {
	return []string{"version", "name-language", "name-base", "purpose-language", "purpose-base"}
}
