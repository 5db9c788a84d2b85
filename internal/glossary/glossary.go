// Package glossary knows the words that both societies have agreed on, in four languages, and finds them in running text in
// whatever form they stand there. It offers; it never corrects.
package glossary

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"example.org/tandem/internal/locale"
)

// Term is one thing with its preferred name in each language, and names that are better avoided.
type Term struct {
	Key     string
	Names   map[locale.Language]string
	Avoided map[locale.Language][]string
}

//go:embed terms.csv
var embedded []byte

// Glossary finds terms. Make it once: every name is taken apart into its word forms.
type Glossary struct {
	terms []Term
	names map[locale.Language]map[string][]name // by the first stem, the longest names first
}

// name is one way to say a term.
type name struct {
	term    int // in terms
	stems   []string
	said    string
	short   bool // an abbreviation such as PSS
	avoided bool
}

// New gives the glossary of the project. Words of buttons and states are in its file too; they are offered to nobody, for they
// are everyday words elsewhere.
func New() (*Glossary, error) {
	rows, err := csv.NewReader(bytes.NewReader(embedded)).ReadAll()
	if err != nil {
		return nil, err
	}
	g := &Glossary{names: map[locale.Language]map[string][]name{}}
	columns := rows[0]
	for _, row := range rows[1:] {
		field := func(column string) string { return row[slices.Index(columns, column)] }
		t := Term{Key: field("key"), Names: map[locale.Language]string{}, Avoided: map[locale.Language][]string{}}
		for _, l := range locale.All {
			t.Names[l] = field(string(l))
		}
		if err := t.avoid(field("avoid")); err != nil {
			return nil, err
		}
		if field("use") == "term" {
			g.add(t)
		}
	}
	g.sort()
	return g, nil
}

// avoid reads "da madpakke|en Moscow time".
func (t Term) avoid(list string) error {
	for one := range strings.SplitSeq(list, "|") {
		if one == "" {
			continue
		}
		language, words, _ := strings.Cut(one, " ")
		l, known := locale.Parse(language)
		if !known || words == "" {
			return fmt.Errorf("glossary: %s avoids %q", t.Key, one)
		}
		t.Avoided[l] = append(t.Avoided[l], words)
	}
	return nil
}

func (g *Glossary) add(t Term) {
	g.terms = append(g.terms, t)
	for l, said := range t.Names {
		long, short := apart(said)
		g.say(l, long, name{})
		g.say(l, short, name{short: true})
	}
	for l, list := range t.Avoided {
		for _, said := range list {
			g.say(l, said, name{avoided: true})
		}
	}
}

// say adds one name of the term that was added last.
func (g *Glossary) say(l locale.Language, said string, n name) {
	n.term, n.said = len(g.terms)-1, said
	for _, w := range words(said) {
		n.stems = append(n.stems, stem(l, said[w.from:w.to]))
	}
	if len(n.stems) == 0 {
		return
	}
	if g.names[l] == nil {
		g.names[l] = map[string][]name{}
	}
	g.names[l][n.stems[0]] = append(g.names[l][n.stems[0]], n)
}

func (g *Glossary) sort() {
	for _, byStem := range g.names {
		for _, list := range byStem {
			slices.SortStableFunc(list, func(a, b name) int { return len(b.stems) - len(a.stems) })
		}
	}
}

// apart cuts "psychosocial support (PSS)" in two.
func apart(said string) (long, short string) {
	long, short, found := strings.Cut(said, " (")
	if !found || !strings.HasSuffix(short, ")") {
		return said, ""
	}
	return long, strings.TrimSuffix(short, ")")
}
