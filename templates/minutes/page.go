// Package minutes is the page on which two societies read what they did, and agree to it. It is made for paper too.
package minutes

import (
	"slices"
	"strconv"
	"time"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/minutes"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/text"
	"example.org/tandem/templates/layout"
	"example.org/tandem/templates/parts"
)

// Page is the minutes of one conference as they are now, or as they were frozen.
type Page struct {
	layout.Page
	Record    minutes.Record
	Names     org.Names
	Frozen    bool
	Held      bool
	Sides     []Side
	Signing   *Signing                   // the reader may agree now
	MayWrite  bool                       // the notes are open, to somebody who may write them
	MayFollow bool                       // a follow-up can be planned
	Invited   [][]conference.Participant // by society, to somebody who may note who of them came
	Adding    *Adding                    // to somebody who may note who came uninvited
	Form      parts.Form
}

// Adding is the form that adds somebody who came without having been asked, and those who were added.
type Adding struct {
	Form      parts.Form
	Uninvited []conference.Uninvited
	People    []parts.Option // of the partnership who are on no list yet
	Societies []parts.Option
	Writes    []parts.Option
}

// cameAs is how somebody who was not asked stands in the list.
func (p Page) cameAs(u conference.Uninvited) text.Said {
	if u.PersonID != "" {
		return p.person(u.PersonID)
	}
	return text.Said{Body: u.Line, Language: u.Language}
}

// Side is how one society stands to the minutes.
type Side struct {
	Name        text.Text
	Signed      *minutes.Signature // its word; nil where there is none that counts
	Voided      time.Time          // an earlier word no longer counts; zero where there was none
	Reservation text.Text
}

// Signing is the form in which a society agrees.
type Signing struct {
	SocietyID   string
	Society     text.Said
	Fingerprint string             // of the minutes as they are on this page
	Languages   []parts.Option     // versions that can be agreed to
	Lacking     []minutes.Standing // languages of the society that cannot
	Last        bool               // this agreement locks the minutes
	Writes      []parts.Option
}

func (p Page) path() string { return "/conferences/" + p.Record.ConferenceID }

func (p Page) line(passage minutes.Passage) text.Said { return passage.Text().Line(p.Reader.Reads) }

// person is somebody's name. Whoever has left Tandem has none.
func (p Page) person(id string) text.Said {
	name := p.Names.Person(id).Line(p.Reader.Reads)
	if name.Body == "" {
		return text.Said{Body: p.Reader.T("minutes.former"), Language: p.Reader.Language, Own: true}
	}
	return name
}

// byName puts people in the order of the reader's alphabet.
func (p Page) byName(people []minutes.Attendee) []minutes.Attendee {
	sorted := slices.Clone(people)
	locale.Sort(p.Reader, sorted, func(a minutes.Attendee) string { return p.person(a.PersonID).Body })
	return sorted
}

func (p Page) spoken() string {
	spoken := names(p.Reader, p.Record.Spoken)
	if len(p.Record.Interpreted) == 0 {
		return spoken
	}
	return p.Reader.T("conferences.languages.interpreted", locale.V{"Languages": spoken})
}

// came are the boxes of one society, in the order of the reader's alphabet.
func (p Page) came(i int, people []conference.Participant) parts.FieldView {
	sorted := slices.Clone(people)
	locale.Sort(p.Reader, sorted, func(who conference.Participant) string { return p.person(who.PersonID).Body })
	v := parts.FieldView{ID: "came-" + strconv.Itoa(i), Name: "came", Label: p.line(p.Record.Sides[i].Name).Body}
	for _, who := range sorted {
		name := p.person(who.PersonID)
		v.Options = append(v.Options, parts.Option{Value: who.PersonID, Label: name.Body, Lang: name.Language, Chosen: who.Attended})
	}
	return v
}

func (p Page) lacking(s minutes.Standing) string {
	return p.Reader.T("minutes.version.lacking", locale.V{"Language": locale.Capital(p.Reader.LanguageName(s.Language)), "There": s.There, "Of": s.Of})
}

func names(r locale.Reader, languages []locale.Language) string {
	list := make([]string, len(languages))
	for i, l := range languages {
		list[i] = r.LanguageName(l)
	}
	return r.List(list)
}

func (p Page) length() time.Duration { return time.Duration(p.Record.Minutes) * time.Minute }
