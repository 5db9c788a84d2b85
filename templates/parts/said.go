package parts

import (
	"slices"

	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
)

// stretch is a run of neighbouring paragraphs that share one label; a list is a stretch of its own.
type stretch struct {
	label      string
	list       bool
	paragraphs []text.Said
}

func stretches(r locale.Reader, paragraphs []text.Said) []stretch {
	var all []stretch
	for _, p := range paragraphs {
		label, list := Origin(r, p), p.Kind == text.Item
		if n := len(all); n > 0 && all[n-1].label == label && all[n-1].list == list {
			all[n-1].paragraphs = append(all[n-1].paragraphs, p)
			continue
		}
		all = append(all, stretch{label, list, []text.Said{p}})
	}
	return all
}

// labelled tells whether a stretch begins with its label: not where the one before it had the same.
func labelled(all []stretch, i int) bool {
	return all[i].label != "" && (i == 0 || all[i-1].label != all[i].label)
}

// Origin is the label of a text that is not in the reader's own language, or cannot quite be trusted; else "".
func Origin(r locale.Reader, s text.Said) string {
	switch {
	case s.Body == "":
		return ""
	case s.State == text.Machine:
		return r.T("said.machine")
	case s.State == text.OutOfDate:
		return r.T("said.out-of-date")
	case !s.Own:
		return r.T("said.other", locale.V{"Language": r.LanguageName(s.Language)})
	}
	return ""
}

// LanguageMark is where one language of a text stands.
type LanguageMark struct {
	Language locale.Language
	State    text.State
	Href     string // where it is translated, "" for nowhere
}

// Covered is a text, or the coverage of one or more.
type Covered interface {
	State(locale.Language) text.State
}

// MarksOf are the marks of a text, in the order of the language switch.
func MarksOf(t Covered) []LanguageMark {
	marks := make([]LanguageMark, len(locale.All))
	for i, l := range locale.All {
		marks[i] = LanguageMark{Language: l, State: t.State(l)}
	}
	return marks
}

// MarksTo are marks that lead to where each language is translated: what has been written at an address such as /texts/1. What
// others are translated from leads nowhere, and neither does what is empty.
func MarksTo(t Covered, at string) []LanguageMark {
	marks := MarksOf(t)
	empty := !slices.ContainsFunc(marks, func(m LanguageMark) bool { return m.State != text.Missing })
	for i, m := range marks {
		if !empty && m.State != text.Source {
			marks[i].Href = at + "/translate/" + string(m.Language)
		}
	}
	return marks
}

// short is how a language is called where there is room for two letters only (ISO 639-1).
func (m LanguageMark) short() string { return string(m.Language) }

// sign tells a state by its shape; beside it stands the word.
func (m LanguageMark) sign() string { return signs[m.State] }

var signs = map[text.State]string{
	text.Source: "●", text.Good: "✓", text.InWork: "…", text.Machine: "≈", text.OutOfDate: "!", text.Missing: "–",
}

// Someone is a person to choose; of one who is away it says who acts for them.
func Someone(r locale.Reader, id string, name, standIn text.Text) Option {
	said := name.Line(r.Reads)
	if standIn.Empty() {
		return Option{Value: id, Label: said.Body, Lang: said.Language}
	}
	return Option{Value: id, Label: r.T("people.stand-in.beside", locale.V{"Name": said.Body, "StandIn": standIn.Line(r.Reads).Body})}
}
