package web

import (
	"net/url"
	"slices"
	"strings"

	"example.org/tandem/internal/locale"
	pages "example.org/tandem/templates/conferences"
)

// differences are the fields that somebody else saved with another content than was typed here.
func (p *planning) differences(r locale.Reader, saved url.Values) []pages.Saved {
	var list []pages.Saved
	for _, field := range []struct{ name, key string }{
		{"title", "conferences.field.title"}, {"purpose", "conferences.field.purpose"}, {"zone", "conferences.field.zone"},
		{"slot-1", "conferences.field.day"}, {"slot-1-time", "conferences.field.hour"}, {"minutes", "conferences.field.minutes"},
		{"room-url", "conferences.field.room-url"},
		{"dial-number", "conferences.field.dial-number"}, {"dial-pin", "conferences.field.dial-pin"}, {"participants", "conferences.participants"}, {"languages", "conferences.languages"},
		{"moderator", "conferences.moderator"}, {"minute-taker", "conferences.minute-taker"},
	} {
		theirs, mine := slices.Sorted(slices.Values(saved[field.name])), slices.Sorted(slices.Values(p.form.Values[field.name]))
		if strings.Join(theirs, "\n") != strings.Join(mine, "\n") {
			list = append(list, pages.Saved{Label: r.T(field.key), Value: p.readable(r, field.name, theirs)})
		}
	}
	return list
}

// readable puts stored values into words.
func (p *planning) readable(r locale.Reader, field string, values []string) string {
	list := slices.Clone(values)
	for i, v := range list {
		switch field {
		case "zone":
			list[i] = r.Place(locale.Zone(v))
		case "slot-1":
			list[i] = r.Day(v)
		case "languages":
			list[i] = r.LanguageName(locale.Language(v))
		case "participants", "moderator", "minute-taker":
			for _, m := range p.members {
				if m.PersonID == v {
					list[i] = said(r, m.Name).Body
				}
			}
		}
	}
	if text := strings.Join(list, ", "); text != "" {
		return text
	}
	return r.T("conferences.saved-meanwhile.empty")
}
