package minutes

import (
	"slices"

	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
)

// Standing is how much of what is agreed to there is in one language, in paragraphs.
type Standing struct {
	Language locale.Language
	Of       int // all of them
	There    int // written in it, or translated by a person, and up to date: what only a machine translated is not there
	Written  int // of these, those that others were translated from
}

// Whole tells whether nothing is missing.
func (s Standing) Whole() bool { return s.There == s.Of }

// Standing tells how far the minutes are in a language.
func (r Record) Standing(l locale.Language) Standing {
	s := Standing{Language: l}
	for _, passage := range r.passages() {
		for _, p := range passage.Text().Paragraphs {
			s.Of++
			switch p.State(l) {
			case text.Source:
				s.Written++
				s.There++
			case text.Good, text.InWork:
				s.There++
			}
		}
	}
	return s
}

// Agreeable are the versions that a society can agree to, of the languages that it works in: those that are whole, and those in
// which something was said, because where two languages are mixed the original counts for the rest. A society that has no
// such version agrees to the original: it is never kept from agreeing, and never agrees to a version that is not there.
func (r Record) Agreeable(works []locale.Language) []locale.Language {
	list := r.versions(works, func(s Standing) bool { return s.Whole() || s.Written > 0 })
	if len(list) == 0 {
		list = r.versions(locale.All, func(s Standing) bool { return s.Written > 0 })
	}
	return list
}

func (r Record) versions(of []locale.Language, good func(Standing) bool) []locale.Language {
	return slices.DeleteFunc(slices.Clone(of), func(l locale.Language) bool { return !good(r.Standing(l)) })
}

// passages are all that the fingerprint stands for.
func (r Record) passages() []Passage {
	list := []Passage{r.Title, r.Purpose}
	for _, item := range r.Items {
		list = append(list, item.Topic, item.Notes)
	}
	for _, d := range r.AllDecisions() {
		list = append(list, d.Text)
	}
	for _, a := range r.AllActions() {
		list = append(list, a.Title)
	}
	return list
}
