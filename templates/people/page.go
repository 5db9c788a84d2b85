// Package people shows who belongs to which unit, and in what role.
package people

import (
	"strings"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/text"
	"example.org/tandem/templates/layout"
)

// Page is the people of all units, or of one and those below it.
type Page struct {
	layout.Page
	Societies []Society
	Unit      org.Unit     // whose people these are; zero for all
	Expected  org.Expected // who is invited there: for who may invite
	Now       time.Time
}

// Society is a society with its people, by unit, in the order of the reader's alphabet.
type Society struct {
	ID     string
	Name   text.Text
	People []org.Colleague
}

// words: role.staff role.coordinator role.administrator
func role(r locale.Reader, held access.Role) string { return r.T("role." + string(held)) }

// reads are the languages that somebody reads, in the reader's words.
func reads(r locale.Reader, list []locale.Language) string {
	names := make([]string, len(list))
	for i, l := range list {
		names[i] = r.LanguageName(l)
	}
	return strings.Join(names, ", ")
}
