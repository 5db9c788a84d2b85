// Package privacy is the privacy notice: what Tandem keeps about people, and their consent to it.
package privacy

import (
	"strings"

	"example.org/tandem/internal/org"
	"example.org/tandem/templates/layout"
	"example.org/tandem/templates/parts"
)

// Page is the notice; somebody signed in is asked to agree to it, or reads when they did.
type Page struct {
	layout.Page
	Form       parts.Form
	Controller []string     // who is responsible, a line each; none: whoever invited the reader
	Version    string       // of the text
	Next       string       // where people go on to once they have agreed
	Asked      bool         // somebody who has not agreed yet
	Agreed     *org.Consent // to this version
}

// Lines are the lines of a text that an operator wrote down.
func Lines(text string) (lines []string) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// kept are the things that are known about a person.
//
// words: privacy.what.name privacy.what.languages privacy.what.roles privacy.what.identity privacy.what.devices
// words: privacy.what.answers privacy.what.work privacy.what.log privacy.what.guest
var kept = []string{"name", "languages", "roles", "identity", "devices", "answers", "work", "guest", "log"}

// seen says who sees what.
//
// words: privacy.seen.people privacy.seen.work privacy.seen.email privacy.seen.operator
var seen = []string{"people", "work", "email", "operator"}

// long says how long what is kept.
//
// words: privacy.long.account privacy.long.guest privacy.long.sessions privacy.long.log privacy.long.leave
var long = []string{"account", "guest", "sessions", "log", "leave"}

func (p Page) tick() parts.FieldView {
	return p.Form.Input("agree", p.Reader.T("privacy.agree.tick")).Must()
}
