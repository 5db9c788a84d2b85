package people

import (
	"strings"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/templates/layout"
	"example.org/tandem/templates/parts"
)

// ImportPage asks for a list of people.
type ImportPage struct {
	layout.Page
	Unit org.Unit // where those belong whose line names no unit; zero for none
	Form parts.Form
}

// RosterPage shows what would come of a list.
type RosterPage struct {
	layout.Page
	UnitID string
	Roster org.Roster
	Form   parts.Form
}

// ImportOf is the address of the form for a unit's people.
func ImportOf(unitID string) string {
	if unitID == "" {
		return "/people/import"
	}
	return "/people/import?unit=" + unitID
}

// ColumnName is what a column of a list of people is called.
func ColumnName(r locale.Reader, column string) string {
	return r.T(map[string]string{"name": "people.name", "email": "people.email", "unit": "people.unit", "role": "people.role",
		"language": "people.import.column.language"}[column])
}

// ColumnWords are what else people call it.
//
// words: people.import.also.name people.import.also.email people.import.also.unit
func ColumnWords(r locale.Reader, column string) []string {
	key := "people.import.also." + column
	if !r.Has(key) {
		return nil
	}
	return strings.Split(r.T(key), "; ")
}

// RoleWords are how people write a role in a list.
//
// words: people.import.role.staff people.import.role.coordinator people.import.role.administrator
func RoleWords(r locale.Reader, held access.Role) []string {
	return strings.Split(r.T("people.import.role."+string(held)), "; ")
}

// what says what to write into a column.
//
// words: people.import.columns.name people.import.columns.email people.import.columns.unit people.import.columns.role
// words: people.import.columns.language
func (p ImportPage) what(column string) string {
	values := locale.V{}
	key := "people.import.columns." + column
	switch {
	case column == "unit" && p.Unit.ID != "":
		return p.Reader.T("people.import.columns.unit.preset", locale.V{"Unit": p.Unit.Name.Line(p.Reader.Reads).Body})
	case column == "role":
		var words []string
		for _, held := range []access.Role{access.Staff, access.Coordinator, access.Administrator} {
			words = append(words, RoleWords(p.Reader, held)...)
		}
		values = locale.V{"Roles": strings.Join(words, ", "), "Preset": words[0]}
	case column == "language":
		values = locale.V{"Languages": reads(p.Reader, locale.All)}
	}
	return p.Reader.T(key, values)
}

func (p ImportPage) file() parts.FieldView {
	return p.Form.Input("file", p.Reader.T("people.import.file")).Of("file").With("accept", ".csv,.txt,text/csv").
		Hinted(p.Reader.T("people.import.file.hint", locale.V{"Lines": org.RosterLines, "Limit": org.RosterSize >> 10}))
}

func (p RosterPage) right() int { return len(p.Roster.Right()) }

func (p RosterPage) wrong() int { return len(p.Roster.Lines) - p.right() }
