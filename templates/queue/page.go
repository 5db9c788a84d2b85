// Package queue shows what waits for somebody to translate it, or to check a translation.
package queue

import (
	"slices"

	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
	"example.org/tandem/internal/work"
	"example.org/tandem/templates/layout"
	"example.org/tandem/templates/parts"
)

// Page is what waits in one language.
type Page struct {
	layout.Page
	Queue work.Queue
	Into  locale.Language
	Reads []locale.Language // what the person can choose from
	Never bool              // nothing has been written that could wait
}

// at is where a text is translated.
func at(w work.Waiting, into locale.Language) string {
	if w.Kind == "lesson" {
		return "/lessons/" + w.ID + "/translate/" + string(into)
	}
	return "/texts/" + w.ID + "/translate/" + string(into)
}

// on is where a text is read.
func on(w work.Waiting) string {
	switch w.Kind {
	case "lesson", "action", "decision":
		return "/" + w.Kind + "s/" + w.WithinID
	}
	return "/conferences/" + w.WithinID
}

// kind is what a text is: the line under its title says so.
//
// words: queue.kind.conference queue.kind.purpose queue.kind.question queue.kind.topic queue.kind.lesson queue.kind.action queue.kind.decision
func kind(r locale.Reader, w work.Waiting) string { return r.T("queue.kind." + w.Kind) }

// deed is what is to be done in a language.
func deed(r locale.Reader, w work.Waiting, into locale.Language) string {
	switch w.Coverage.State(into) {
	case text.Missing:
		return r.T("queue.translate")
	case text.OutOfDate:
		return r.T("queue.update")
	}
	return r.T("queue.check")
}

// unread tells whether a text is there only in languages that its reader does not read.
func (p Page) unread(w work.Waiting) bool {
	return !slices.ContainsFunc(p.Reads, func(l locale.Language) bool { return l != p.Into && w.Coverage.State(l) != text.Missing })
}

// tabs are the languages that the person reads, with how much waits in each.
func (p Page) tabs() []parts.Link {
	links := make([]parts.Link, len(p.Reads))
	for i, l := range p.Reads {
		label := p.Reader.LanguageName(l)
		if n := p.Queue.Count[l]; n > 0 {
			label = p.Reader.T("queue.tab", locale.V{"Language": label, "N": p.Reader.Number(n)})
		}
		links[i] = parts.Link{Href: "/queue?language=" + string(l), Label: locale.Capital(label), Current: l == p.Into}
	}
	return links
}

// shelf is what a part of the list is called.
//
// words: queue.shelf.conferences queue.shelf.lessons queue.shelf.actions queue.shelf.decisions
func shelf(r locale.Reader, s work.Shelf) string { return r.T("queue.shelf." + string(s)) }

// wants says in one line which language lacks what.
//
// words: said.state.missing said.state.out-of-date said.state.machine said.state.in-work
func wants(r locale.Reader, w work.Waiting, l locale.Language) string {
	return r.T("said.mark", locale.V{"Language": r.LanguageName(l), "State": r.T("said.state." + string(w.Coverage.State(l)))})
}
