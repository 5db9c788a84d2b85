package glossary

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/tandem/internal/locale"
)

// Match is a term as it stands in a text: the bytes From to To.
type Match struct {
	Term     Term
	From, To int
	Said     string // the form that stands there
	short    bool
	name     string // as the glossary has it
	avoided  bool
}

// Find gives the terms in a text of a language, in their order. Where one term is part of a longer one, the longer one counts.
func (g *Glossary) Find(l locale.Language, body string) []Match {
	return g.find(l, body, false)
}

func (g *Glossary) find(l locale.Language, body string, avoided bool) (found []Match) {
	byStem, list := g.names[l], words(body)
	stems := make([]string, len(list))
	for i, w := range list {
		stems[i] = stem(l, body[w.from:w.to])
	}
	for i := 0; i < len(list); i++ {
		at := slices.IndexFunc(byStem[stems[i]], func(n name) bool {
			return n.avoided == avoided && n.begins(stems[i:]) && together(body, list[i:i+len(n.stems)])
		})
		if at < 0 {
			continue
		}
		n := byStem[stems[i]][at]
		from, to := list[i].from, list[i+len(n.stems)-1].to
		found = append(found, Match{Term: g.terms[n.term], From: from, To: to, Said: body[from:to], short: n.short, name: n.said, avoided: avoided})
		i += len(n.stems) - 1
	}
	return found
}

func (n name) begins(stems []string) bool {
	return len(n.stems) <= len(stems) && slices.Equal(n.stems, stems[:len(n.stems)])
}

// together tells whether nothing but spaces and hyphens stands between words: a term does not reach over the end of a sentence.
func together(body string, list []word) bool {
	for i := 1; i < len(list); i++ {
		if strings.Trim(body[list[i-1].to:list[i].from], " \u00a0\n-‐‑,’'") != "" {
			return false
		}
	}
	return true
}

// Offer is what a translator is told about one term of the source.
type Offer struct {
	Key       string
	Said      string // as it stands in the source
	Preferred string // in the language of the translation
	Used      bool   // the translation has it already
}

// Avoid is a word in the translation with the one that both societies prefer.
type Avoid struct{ Said, Preferred string }

// Offers are the terms of a source, each once, in their order.
func (g *Glossary) Offers(from, into locale.Language, source, target string) (list []Offer) {
	used := map[string]bool{}
	for _, m := range g.Find(into, target) {
		used[m.Term.Key] = true
	}
	for _, m := range g.Find(from, source) {
		if slices.ContainsFunc(list, func(o Offer) bool { return o.Key == m.Term.Key }) {
			continue
		}
		list = append(list, Offer{Key: m.Term.Key, Said: m.Said, Preferred: m.in(into), Used: used[m.Term.Key]})
	}
	return list
}

// Avoided are words of a translation that would better be others.
func (g *Glossary) Avoided(l locale.Language, body string) (list []Avoid) {
	for _, m := range g.find(l, body, true) {
		one := Avoid{m.Said, m.in(l)}
		if !slices.Contains(list, one) {
			list = append(list, one)
		}
	}
	return list
}

// in is the preferred name: short where the source is short, with a capital letter where the form that was found has another
// first letter than the glossary's.
func (m Match) in(l locale.Language) string {
	long, short := apart(m.Term.Names[l])
	if m.short && short != "" {
		return short
	}
	said, _ := utf8.DecodeRuneInString(m.Said)
	listed, _ := utf8.DecodeRuneInString(m.name)
	first, size := utf8.DecodeRuneInString(long)
	switch {
	case m.short || unicode.IsUpper(said) == unicode.IsUpper(listed):
		return long
	case unicode.IsUpper(said):
		return string(unicode.ToUpper(first)) + long[size:]
	}
	return string(unicode.ToLower(first)) + long[size:]
}
