package web

import (
	"slices"
	"strconv"
	"strings"

	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
	"example.org/tandem/internal/work"
	"example.org/tandem/templates/parts"
	pages "example.org/tandem/templates/translate"
)

// sectionOf says where in the menu a place is.
var sectionOf = map[string]string{
	"conference": "conferences", "purpose": "conferences", "question": "conferences", "topic": "conferences", "notes": "conferences",
	"reservation": "conferences", "action": "actions", "progress": "actions", "decision": "decisions", "lesson": "lessons",
	"partnership": "partnerships", "unit": "organisations", "person": "people", "proposal": "partnerships",
}

// backTo is the page that a text stands on.
func backTo(p work.Place) string {
	switch p.Kind {
	case "notes", "reservation":
		return "/conferences/" + p.ID + "/minutes"
	case "unit":
		return "/organisations/" + p.ID
	case "proposal":
		return "/partnerships/proposals/" + p.ID
	case "person":
		return "/me"
	}
	return "/" + sectionOf[p.Kind] + "/" + p.ID
}

func (w *Web) translationView(r locale.Reader, t *translation) pages.Page {
	p := pages.Page{Name: t.Place.Title.Line(r.Reads), Kind: t.Place.Kind, Back: backTo(t.Place), Into: t.into, From: t.left(r),
		Action: t.address(), MayCheck: t.MayCheck, Form: t.view(r)}
	if t.from != "" {
		p.Action += "?from=" + string(t.from)
	}
	p.Sources = slices.DeleteFunc(slices.Clone(locale.All), func(l locale.Language) bool { return l == t.into || !t.has(l) })
	p.Marks = parts.MarksTo(t, strings.TrimSuffix(t.address(), "/translate/"+string(t.into)))
	for _, section := range t.Sections {
		s := pages.Section{Kind: section.Kind}
		for _, paragraph := range section.Text.Paragraphs {
			p.Number++
			pair := w.pair(t, paragraph, p.From, r.Reads)
			pair.Number = p.Number
			s.Pairs = append(s.Pairs, pair)
			p.Count(pair)
		}
		p.Sections = append(p.Sections, s)
	}
	p.Next, p.Lost = t.next(""), t.lost()
	return p
}

// State is that of the whole sheet in a language.
func (t *translation) State(l locale.Language) text.State {
	var all text.Text
	for _, s := range t.Sections {
		all.Paragraphs = append(all.Paragraphs, s.Text.Paragraphs...)
	}
	return all.State(l)
}

func (t *translation) has(l locale.Language) bool { return t.State(l) != text.Missing }

// left is the language that is read on the left: what was asked for; else what the text was written in if the reader reads
// that; else one of theirs that somebody has checked, or any of theirs.
func (t *translation) left(r locale.Reader) locale.Language {
	if t.from != "" && t.from != t.into && t.has(t.from) {
		return t.from
	}
	origin := t.into
	for _, s := range t.Sections {
		for _, p := range s.Text.Paragraphs {
			if origin == t.into {
				origin = p.Origin
			}
		}
	}
	if origin != t.into && slices.Contains(r.Reads, origin) {
		return origin
	}
	for _, good := range []bool{true, false} {
		for _, l := range r.Reads {
			s := t.State(l)
			if l != t.into && (s == text.Good || s == text.Source || !good && s != text.Missing) {
				return l
			}
		}
	}
	return origin
}

// pair is one paragraph with what was typed for it.
func (w *Web) pair(t *translation, p text.Paragraph, left locale.Language, reads []locale.Language) pages.Pair {
	now := p.Versions[t.into]
	source := t.read(p, left, reads)
	pair := pages.Pair{ID: p.ID, Source: source, State: p.State(t.into), Typed: now.Body, Base: now.Number, Fixed: p.Origin == t.into,
		From: string(source.Language) + ":" + strconv.Itoa(p.Versions[source.Language].Number)}
	if pair.State == text.OutOfDate {
		pair.Changed = t.changed(p, now, source)
	}
	if t.Has("text-"+p.ID) && !pair.Fixed {
		t.typed(p, &pair)
	}
	if source.Language != t.into {
		pair.Offers = w.glossary.Offers(source.Language, t.into, source.Body, pair.Typed)
	}
	pair.Avoid = w.glossary.Avoided(t.into, pair.Typed)
	return pair
}

// read is the source of one paragraph: in the language on the left, else as the reader best gets it.
func (t *translation) read(p text.Paragraph, left locale.Language, reads []locale.Language) text.Said {
	order := []locale.Language{left}
	for _, l := range append(slices.Clone(reads), p.Origin) {
		if l != t.into {
			order = append(order, l)
		}
	}
	return p.For(order)
}

// changed compares the source with what it was when the translation was made.
func (t *translation) changed(p text.Paragraph, now text.Revision, source text.Said) []text.Span {
	basis, there := t.Past.Basis(p.ID, now, source.Language)
	if !there || basis.Body == source.Body {
		return nil
	}
	return text.Words(basis.Body, source.Body)
}

// typed puts back what somebody typed, begun from what they had before them. Where another person has saved since, both are shown,
// and saving again is a decision.
func (t *translation) typed(p text.Paragraph, pair *pages.Pair) {
	now := p.Versions[t.into]
	pair.Typed, pair.Base = t.Get("text-"+p.ID), max(0, t.number("base-"+p.ID))
	pair.Holds, pair.Check = t.Has("holds-"+p.ID), t.Has("check-"+p.ID)
	if l, _ := seen(t.Get("from-" + p.ID)); l == pair.Source.Language {
		pair.From = t.Get("from-" + p.ID)
	}
	if t.problem != nil && t.clashed(p.ID) {
		pair.Base, pair.Theirs = now.Number, text.Words(now.Body, text.OneBlock(pair.Typed))
	}
}

func (t *translation) clashed(id string) bool {
	return slices.ContainsFunc(t.problem.Fields, func(f problem.Field) bool { return f.Name == "text-"+id && f.Key == problem.MovedKey })
}

// lost is what was typed for paragraphs that are not there any more.
func (t *translation) lost() (list []string) {
	there := map[string]bool{}
	for _, s := range t.Sections {
		for _, p := range s.Text.Paragraphs {
			there[p.ID] = p.Origin != t.into
		}
	}
	for _, id := range t.named() {
		base, _ := t.Past.Revision(id, t.into, t.number("base-"+id))
		if body := t.line("text-" + id); !there[id] && body != "" && body != base.Body {
			list = append(list, body)
		}
	}
	return list
}

// seen reads "ru:3", the revision of the source that a translator had before them.
func seen(from string) (locale.Language, int) {
	language, number, _ := strings.Cut(from, ":")
	l, _ := locale.Parse(language)
	n, err := strconv.ParseInt(number, 10, 32)
	if err != nil {
		return l, 0
	}
	return l, int(n)
}
