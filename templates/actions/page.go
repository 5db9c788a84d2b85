// Package actions is what people see of joint action items: the lists, one item with the part of every unit, and the form.
package actions

import (
	"net/url"
	"slices"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/action"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/text"
	"example.org/tandem/templates/layout"
	"example.org/tandem/templates/parts"
)

// List is one page of a list.
type List struct {
	layout.Page
	Filter  action.Filter
	Actions []action.Action
	Names   org.Names // of the units
	MayPlan bool      // a coordinator somewhere
	More    bool
	Never   bool // there has never been an item that the reader may see
}

// address of the same list with something else chosen; it begins again at its first page.
func (p List) address(whose action.Whose, closed bool) string {
	v := url.Values{"whose": {string(whose)}}
	if closed {
		v.Set("show", "closed")
	}
	if p.Filter.Partnership != "" {
		v.Set("partnership", p.Filter.Partnership)
	}
	return "/actions?" + v.Encode()
}

// first is the address of the first page, or "" there.
func (p List) first() string {
	if p.Filter.After == "" {
		return ""
	}
	return p.address(p.Filter.Whose, p.Filter.Closed)
}

// next is the address of the following page, or "".
func (p List) next() string {
	if !p.More {
		return ""
	}
	return p.address(p.Filter.Whose, p.Filter.Closed) + "&after=" + url.QueryEscape(p.Actions[len(p.Actions)-1].Place())
}

// new is the address of an empty form, for the partnership that the list is narrowed to.
func (p List) new() string {
	if p.Filter.Partnership == "" {
		return "/actions/new"
	}
	return "/actions/new?partnership=" + url.QueryEscape(p.Filter.Partnership)
}

// everything is the address of the list without the narrowing to one partnership.
func (p List) everything() string {
	p.Filter.Partnership = ""
	return p.address(p.Filter.Whose, p.Filter.Closed)
}

func (p List) whose() []parts.Link {
	link := func(whose action.Whose, key string) parts.Link {
		return parts.Link{Href: p.address(whose, p.Filter.Closed), Label: p.Reader.T(key), Current: p.Filter.Whose == whose}
	}
	return []parts.Link{link(action.Mine, "actions.mine"), link(action.Ours, "actions.ours"), link(action.All, "actions.all")}
}

func (p List) shown() []parts.Link {
	link := func(closed bool, key string) parts.Link {
		return parts.Link{Href: p.address(p.Filter.Whose, closed), Label: p.Reader.T(key), Current: p.Filter.Closed == closed}
	}
	return []parts.Link{link(false, "actions.unfinished"), link(true, "actions.closed")}
}

// overdue is how many items of this page are; it is said on the first page only, and only where all of them are on it.
func (p List) overdue() int {
	late := slices.DeleteFunc(slices.Clone(p.Actions), func(a action.Action) bool { return !overdue(p.Reader, a) })
	if p.Filter.After != "" || p.Filter.Closed || p.More && len(late) == len(p.Actions) {
		return 0
	}
	return len(late)
}

func overdue(r locale.Reader, a action.Action) bool { return !a.Closed() && r.IsPast(a.DueOn) }

// standing are the units of an item whose parts stand at the same state.
type standing struct {
	State action.State
	Units []text.Said
}

// standings put the parts of an item together by state, in the order in which parts mostly go through them.
func standings(r locale.Reader, names org.Names, a action.Action) []standing {
	var list []standing
	for _, s := range action.States {
		one := standing{State: s}
		for _, p := range a.Parts {
			if p.State == s {
				one.Units = append(one.Units, short(r, names, p.UnitID))
			}
		}
		if len(one.Units) > 0 {
			list = append(list, one)
		}
	}
	return list
}

func short(r locale.Reader, names org.Names, unitID string) text.Said {
	return names.Short(unitID).Line(r.Reads)
}

// State of an item, or of one part of it, in a word.
//
// words: actions.state.open actions.state.inProgress actions.state.blocked actions.state.done actions.state.dropped
func State(r locale.Reader, s action.State) string { return r.T("actions.state." + string(s)) }

var badges = map[action.State]parts.BadgeKind{
	action.Open: parts.Neutral, action.InProgress: parts.Active, action.Blocked: parts.Stopped, action.Done: parts.Good, action.Dropped: parts.Neutral,
}

// Priority in a word.
//
// words: actions.priority.high actions.priority.normal actions.priority.low
func Priority(r locale.Reader, p action.Priority) string {
	return r.T("actions.priority." + string(p))
}

// Page is one item.
type Page struct {
	layout.Page
	action.Action
	Actor       access.Actor
	Names       org.Names // of everybody who is mentioned
	Partnership text.Said
	Origins     []Origin
	Report      parts.Form // what the reader says of it
	Language    locale.Language
	ByMail      string  // mailto address that a progress note can be sent to; "": none
	Saved       []Saved // what somebody else saved meanwhile
}

// Origin is a conference or decision that an item comes from.
type Origin struct {
	Label, Href, Number string
	Title               text.Said
}

// Saved is something that somebody else has saved differently meanwhile.
type Saved struct{ Label, Value string }

func (p Page) title() text.Said { return p.Action.Title.Line(p.Reader.Reads) }

func (p Page) crumbs() []parts.Link {
	return []parts.Link{{Href: "/actions", Label: p.Reader.T("layout.nav.actions")}}
}

// own are the parts that the reader may say the state of.
func (p Page) own() []action.Part {
	return slices.DeleteFunc(slices.Clone(p.Parts), func(x action.Part) bool { return !p.MayWork(p.Actor, x) })
}

// passes tells whether the reader can give the next move to somebody else.
func (p Page) passes() bool { return len(p.ballOptions()) > 1 && p.MayPass(p.Actor) }

// ballOptions are the units with an unfinished part.
func (p Page) ballOptions() []parts.Option {
	var options []parts.Option
	for _, x := range p.Parts {
		if !x.State.Ended() {
			said := short(p.Reader, p.Names, x.UnitID)
			options = append(options, parts.Option{Value: x.UnitID, Label: said.Body, Lang: said.Language})
		}
	}
	return options
}
