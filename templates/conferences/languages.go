package conferences

import (
	"slices"
	"strings"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
	"example.org/tandem/templates/parts"
)

// Languages is the form of who interprets and where one listens.
type Languages struct {
	One
	Form parts.Form
}

// InterpreterNames are the fields for those who interpret between two languages: two take turns at a long conference.
func InterpreterNames(one, other locale.Language) []string {
	name := conference.InterpreterField(conference.Pair{From: one, To: other})
	return []string{name, name + "-2"}
}

// interpreterFields are a choice among those on the list, for each two languages between which somebody interprets.
func (p Languages) interpreterFields(pair conference.Pair) (fields []parts.FieldView) {
	options := []parts.Option{{Label: p.Reader.T("conferences.nobody")}}
	people := slices.Clone(p.Conference.Participants)
	locale.Sort(p.Reader, people, func(who conference.Participant) string { return p.person(who.PersonID).Body })
	for _, who := range people {
		options = append(options, parts.Option{Value: who.PersonID, Label: p.person(who.PersonID).Body, Lang: p.person(who.PersonID).Language})
	}
	for i, label := range []string{p.Reader.T("languages.interpreter"), p.Reader.T("languages.interpreter.second")} {
		fields = append(fields, p.Form.Options(InterpreterNames(pair.From, pair.To)[i], label, options...))
	}
	return fields
}

func (p Languages) listeningField(l locale.Language) parts.FieldView {
	return p.Form.Input(conference.ListeningField(l), locale.Capital(p.Reader.LanguageName(l))).Of("url").Noted(p.Reader.T("conferences.optional"))
}

// heard are the languages in which somebody can follow, in the order of all.
func (p One) heard() []locale.Language {
	heard := conference.Heard(p.Conference.Languages, p.Conference.Interpretation)
	return slices.DeleteFunc(slices.Clone(locale.All), func(l locale.Language) bool { return !slices.Contains(heard, l) })
}

// between names two languages.
func (p One) between(pair conference.Pair) string {
	return p.Reader.List([]string{p.Reader.LanguageName(pair.From), p.Reader.LanguageName(pair.To)})
}

// Interpreting is somebody who interprets, with between what.
type Interpreting struct {
	Who     text.Said
	Between string
}

func (p One) interpreting() (list []Interpreting) {
	for _, pair := range p.Conference.Interpreted() {
		for _, who := range p.Conference.Interpreters(pair.From, pair.To) {
			list = append(list, Interpreting{p.person(who.PersonID), p.between(pair)})
		}
	}
	return list
}

// listens are the languages with a channel, those that the reader reads first.
func (p One) listens() []locale.Language {
	list := p.Conference.Listens()
	place := func(l locale.Language) int {
		if i := slices.Index(p.Reader.Reads, l); i >= 0 {
			return i
		}
		return len(p.Reader.Reads)
	}
	slices.SortStableFunc(list, func(a, b locale.Language) int { return place(a) - place(b) })
	return list
}

// left are those on the list who can follow in none of the languages, by name.
func (p One) left() (list []text.Said) {
	heard := p.heard()
	for _, who := range p.Conference.Participants {
		if !conference.Follows(who.Reads, heard) {
			list = append(list, p.person(who.PersonID))
		}
	}
	return list
}

func (p One) leftSaid() string {
	var languages []string
	for _, l := range p.heard() {
		languages = append(languages, p.Reader.LanguageName(l))
	}
	return p.Reader.N("conferences.follow.left", len(p.left()), locale.V{"Of": len(p.Conference.Participants), "Languages": p.Reader.List(languages)})
}

// interprets tells whether the reader is one of the interpreters.
func (p One) interprets() bool {
	mine, _ := p.mine()
	return len(mine.Interprets) > 0
}

// Papers are what an interpreter prepares with.
type Papers struct {
	One
	Back  parts.Link
	Terms []Term
}

// Term is a word of the glossary that occurs in the words of the conference, in each of its languages.
type Term map[locale.Language]string

// Parallel is one text in every language of the conference.
type Parallel struct {
	Head string
	Item conference.Item // of the agenda; the zero value: none
	Text text.Text
}

// Spoken are the languages between which is interpreted, the reader's first.
func (p One) Spoken() []locale.Language {
	list := p.heard()
	for _, pair := range p.Conference.Interpretation {
		for _, l := range []locale.Language{pair.From, pair.To} {
			if !slices.Contains(list, l) {
				list = append(list, l)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b locale.Language) int {
		if (a == p.Reader.Language) == (b == p.Reader.Language) {
			return 0
		}
		if a == p.Reader.Language {
			return -1
		}
		return 1
	})
	return list
}

func (p Papers) parallels() []Parallel {
	list := []Parallel{{Head: p.Reader.T("conferences.field.title"), Text: p.Conference.Title}}
	if !p.Conference.Purpose.Empty() {
		list = append(list, Parallel{Head: p.Reader.T("conferences.field.purpose"), Text: p.Conference.Purpose})
	}
	for _, item := range p.Conference.Agenda {
		list = append(list, Parallel{Item: item, Text: item.Topic})
	}
	return list
}

// named is somebody's name in each language in which it is written differently.
func (p Papers) named(id string) (list []text.Said) {
	name := p.Names.Person(id)
	for _, l := range p.Spoken() {
		body := strings.TrimSpace(name.In(l))
		if body != "" && !slices.ContainsFunc(list, func(s text.Said) bool { return s.Body == body }) {
			list = append(list, text.Said{Body: body, Language: l})
		}
	}
	if len(list) == 0 {
		return []text.Said{p.person(id)}
	}
	return list
}
