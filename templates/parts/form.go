package parts

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"example.org/tandem/internal/locale"
)

// Form is a form as its page shows it: what was typed so far, and what is wrong with it, in the reader's words. A page that
// shows a form for the first time puts what it presets into Values. The zero value is an empty form.
type Form struct {
	Values  url.Values
	Errors  map[string]string // by the name of the field
	Summary []ErrorLink       // the same, in the order of the form
}

// ErrorLink is one line of the error summary. Field is the name of the wrong field, or "" where the whole deed was refused.
type ErrorLink struct{ Field, Text string }

// Value is what was typed into a field.
func (f Form) Value(name string) string { return f.Values.Get(name) }

// Error is what is wrong with a field, or "".
func (f Form) Error(name string) string { return f.Errors[name] }

// Has tells whether a value is among those chosen.
func (f Form) Has(name, value string) bool { return slices.Contains(f.Values[name], value) }

// Input is a field of this form, with what was typed and what is wrong with it. The first wrong one gets the focus.
func (f Form) Input(name, label string) FieldView {
	return FieldView{
		ID: FieldID(name), Name: name, Label: label, Value: f.Value(name), Error: f.Error(name),
		Autofocus: len(f.Summary) > 0 && f.Summary[0].Field == name,
	}
}

// Options is a field of this form that offers a choice: for Select, Choice and CheckGroup. What was chosen is marked.
func (f Form) Options(name, label string, options ...Option) FieldView {
	v := f.Input(name, label)
	for _, o := range options {
		o.Chosen = f.Has(name, o.Value)
		v.Options = append(v.Options, o)
	}
	return v
}

// FieldID is the id of the element that holds a field: what the error summary links to.
func FieldID(name string) string { return "field-" + strings.ReplaceAll(name, " ", "-") }

// FieldView is everything that one field shows. Texts are already said in the reader's language.
type FieldView struct {
	ID, Name, Label string
	Hint            string // below the label: what is meant, an example
	Note            string // beside the label: "not required"
	Error           string
	Value           string
	Type            string // of an input; "" is text
	Required        bool
	MaxLength       int // characters; more can be typed, is counted, and refused by the server, so that no pasted text is cut
	Autocomplete    string
	InputMode       string
	Min, Max, Step  string
	Lang            locale.Language // of what is typed
	Rows            int             // of a text area
	Options         []Option
	Suggestions     []string
	Autofocus       bool
	Attributes      templ.Attributes // anything else, such as hx-…
}

// Option is one thing to choose.
type Option struct {
	Value, Label, Hint string
	Lang               locale.Language // of the label, where it is not the page's
	Chosen             bool
}

// Must marks a field that has to be filled in.
func (v FieldView) Must() FieldView { v.Required = true; return v }

// Hinted adds a line of explanation.
func (v FieldView) Hinted(hint string) FieldView { v.Hint = hint; return v }

// Noted adds a few words beside the label.
func (v FieldView) Noted(note string) FieldView { v.Note = note; return v }

// ElementID sets another id than the one that follows from the name: where the same field stands on a page twice.
func (v FieldView) ElementID(id string) FieldView { v.ID = id; return v }

// Of sets the type of an input: date, time, email, number, url, search.
func (v FieldView) Of(kind string) FieldView { v.Type = kind; return v }

// Limited sets how many characters are accepted.
func (v FieldView) Limited(characters int) FieldView { v.MaxLength = characters; return v }

// Between sets the least and the greatest value, as the type of the input writes them.
func (v FieldView) Between(least, most string) FieldView { v.Min, v.Max = least, most; return v }

// Tall sets how many lines a text area shows at first; it grows with what is typed.
func (v FieldView) Tall(rows int) FieldView { v.Rows = rows; return v }

// Written sets the language of what is typed.
func (v FieldView) Written(l locale.Language) FieldView { v.Lang = l; return v }

// Completed tells the browser what it may fill in (HTML autocomplete, WCAG 2.2 SC 1.3.5).
func (v FieldView) Completed(token string) FieldView { v.Autocomplete = token; return v }

// Suggest offers values that can be taken over but need not.
func (v FieldView) Suggest(values ...string) FieldView { v.Suggestions = values; return v }

// With sets any other attribute of the control.
func (v FieldView) With(name string, value any) FieldView {
	attributes := templ.Attributes{name: value}
	for n, old := range v.Attributes {
		if n != name {
			attributes[n] = old
		}
	}
	v.Attributes = attributes
	return v
}

// control are the attributes that every control has in common; those without a value are left out.
func (v FieldView) control() templ.Attributes {
	a := templ.Attributes{}
	for name, value := range v.Attributes {
		a[name] = value
	}
	set := func(name, value string) {
		if value != "" {
			a[name] = value
		}
	}
	set("aria-describedby", v.describedBy())
	set("autocomplete", v.Autocomplete)
	set("inputmode", v.InputMode)
	set("min", v.Min)
	set("max", v.Max)
	set("step", v.Step)
	set("lang", string(v.Lang))
	if v.Error != "" {
		a["aria-invalid"] = "true"
	}
	if v.Required {
		a["aria-required"] = "true"
	}
	if v.MaxLength > 0 {
		a["data-limit"] = strconv.Itoa(v.MaxLength)
	}
	if v.Autofocus {
		a["autofocus"] = true
	}
	return a
}

// group are the attributes of a fieldset; the focus goes to its first control instead.
func (v FieldView) group() templ.Attributes {
	a := templ.Attributes{}
	if by := v.describedBy(); by != "" {
		a["aria-describedby"] = by
	}
	return a
}

func (v FieldView) describedBy() string {
	var ids []string
	if v.Error != "" {
		ids = append(ids, v.ID+"-error")
	}
	if v.Hint != "" {
		ids = append(ids, v.ID+"-hint")
	}
	return strings.Join(ids, " ")
}

func (v FieldView) kind() string {
	if v.Type == "" {
		return "text"
	}
	return v.Type
}

func (v FieldView) rows() string { return strconv.Itoa(max(v.Rows, 3)) }

// optionID is the id of one control of a group; the first has the field's own, so that the error summary leads there.
func (v FieldView) optionID(i int) string {
	if i == 0 {
		return v.ID
	}
	return v.ID + "-" + strconv.Itoa(i)
}
