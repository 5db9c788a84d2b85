// Package lessons is where people read what others have learned, and write down what they have learned themselves.
package lessons

import (
	"net/url"
	"strconv"
	"time"

	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
	"example.org/tandem/templates/layout"
	"example.org/tandem/templates/notes"
	"example.org/tandem/templates/parts"
)

// List is a page of lessons, the newest first.
type List struct {
	layout.Page
	Lessons  []lesson.Listed
	Filter   lesson.Filter
	MayWrite bool
	Next     string // address of the next page; "" for none
}

// at is the address of this list narrowed in another way.
func (p List) at(state lesson.State, topic string) string {
	return Address(lesson.Filter{PartnershipID: p.Filter.PartnershipID, State: state, Topic: topic})
}

func (p List) narrowed() bool {
	return p.Filter != (lesson.Filter{PartnershipID: p.Filter.PartnershipID})
}

// words: lessons.state.draft lessons.state.shared lessons.state.published
func stateWord(r locale.Reader, s lesson.State) string { return r.T("lessons.state." + string(s)) }

var kinds = map[lesson.State]parts.BadgeKind{lesson.Draft: parts.Neutral, lesson.Shared: parts.Active, lesson.Published: parts.Good}

// Page is one lesson as it is read.
type Page struct {
	layout.Page
	Lesson       lesson.Lesson
	Language     locale.Language // that the reader has asked for on this page, '' for none
	Unit         text.Text
	Partnership  text.Text
	Conference   text.Text // title of the one that it comes from
	MayWrite     bool
	MayTranslate bool
	Version      int // an earlier one that is shown; 0: the lesson as it is
}

func (p Page) path() string { return "/lessons/" + p.Lesson.ID }

// reads are the reader's languages, that of this page first.
func (p Page) reads() []locale.Language {
	if p.Language == "" {
		return p.Reader.Reads
	}
	return append([]locale.Language{p.Language}, p.Reader.Reads...)
}

func (p Page) line(s lesson.Section) text.Said { return p.Lesson.Texts[s].Line(p.reads()) }

// title is what the lesson is called: a draft may have no name yet.
func (p Page) title() text.Said {
	said := p.line(lesson.Title)
	if said.Body == "" {
		said.Body, said.Language = p.Reader.T("lessons.untitled"), p.Reader.Language
	}
	return said
}

// sections are those that say something, in their order; title and summary stand above them.
func (p Page) sections() (list []lesson.Section) {
	for _, s := range lesson.Sections[2:] {
		if !p.Lesson.Texts[s].Empty() {
			list = append(list, s)
		}
	}
	return list
}

// words: lessons.section.title lessons.section.summary lessons.section.context lessons.section.went-well
// words: lessons.section.challenges lessons.section.key-lessons lessons.section.recommendations lessons.section.applicability
func heading(r locale.Reader, s lesson.Section) string { return r.T("lessons.section." + string(s)) }

// whole is the lesson as one text: what its marks and labels are computed from.
func (p Page) whole() (t text.Text) {
	for _, one := range p.Lesson.All() {
		t.Paragraphs = append(t.Paragraphs, one.Paragraphs...)
	}
	return t
}

// versions are the languages that there is anything in, to be chosen from.
func (p Page) versions() (links []parts.Link) {
	whole, now := p.whole(), p.reads()[0]
	for _, l := range locale.All {
		if whole.State(l) != text.Missing {
			links = append(links, parts.Link{Href: p.path() + "?language=" + string(l), Label: l.Endonym(), Lang: l, Current: l == now})
		}
	}
	return links
}

// toTranslate tells whether the reader's own language is worth a link to the translation page.
func (p Page) toTranslate() bool {
	state := p.whole().State(p.Reader.Language)
	return p.MayTranslate && state != text.Source && state != text.Good
}

// value is a number as the reader writes it.
func value(r locale.Reader, v string) string { return r.Decimal(v) }

// asOf is a year, a month or a day in the reader's words.
func asOf(r locale.Reader, on string) string {
	if at, err := time.Parse("2006-01", on); err == nil {
		return r.Month(at)
	}
	if len(on) == len(time.DateOnly) {
		return r.Day(on)
	}
	return on
}

// Form is the editor of one language of a lesson.
type Form struct {
	layout.Page
	Lesson    lesson.Lesson // zero ID: a new one
	Language  locale.Language
	Form      parts.Form
	Units     []parts.Option // whose experience it may be; for a new one
	From      text.Said      // title of the conference that it is begun from
	Clashes   map[lesson.Section]notes.Clash
	Meanwhile map[string]string // what others have saved for a field of a figure, by its name
	Rows      []Row             // figures
}

// Row is one figure in the form. The last one is empty, for another.
type Row struct {
	Number int
	ID     string
}

func (r Row) name(field string) string { return "figure-" + strconv.Itoa(r.Number) + "-" + field }

func (p Form) action() string {
	if p.Lesson.ID == "" {
		return "/lessons/new"
	}
	return "/lessons/" + p.Lesson.ID + "/edit"
}

// field is one section in the form.
func (p Form) field(s lesson.Section) parts.FieldView {
	v := p.Form.Input(string(s), heading(p.Reader, s)).Written(p.Language)
	// words: lessons.hint.summary lessons.hint.context lessons.hint.went-well lessons.hint.challenges
	// words: lessons.hint.key-lessons lessons.hint.recommendations lessons.hint.applicability
	if s == lesson.Title {
		return v.Limited(text.MaxLine)
	}
	return v.Hinted(p.Reader.T("lessons.hint." + string(s))).Limited(text.MaxLength).Tall(4)
}

// words: lessons.topic.covid19 lessons.topic.delivery lessons.topic.first-aid lessons.topic.helpline lessons.topic.online
// words: lessons.topic.ppe lessons.topic.pss lessons.topic.training lessons.topic.volunteers lessons.topic.youth
func (p Form) topics() parts.FieldView {
	var options []parts.Option
	for _, t := range lesson.Topics {
		options = append(options, parts.Option{Value: t, Label: p.Reader.T("lessons.topic." + t)})
	}
	return p.Form.Options("topics", p.Reader.T("lessons.topics"), options...)
}

// languages are the other versions that can be edited; what is typed here is not saved by going there.
func (p Form) languages() (links []parts.Link) {
	for _, l := range locale.All {
		links = append(links, parts.Link{Href: p.action() + "?language=" + string(l), Label: l.Endonym(), Lang: l, Current: l == p.Language})
	}
	return links
}

// original tells whether the others follow another language than the one being written: then one would rather translate.
func (p Form) original() (l locale.Language, other bool) {
	title := p.Lesson.Texts[lesson.Title]
	if title.Empty() || title.State(p.Language) != text.Missing {
		return "", false
	}
	return title.Paragraphs[0].Origin, true
}

// History is all that happened to a lesson.
type History struct {
	layout.Page
	Lesson   lesson.Lesson
	Entries  []Entry
	MayWrite bool
	Compared *Comparison // a version beside the one before it; nil: none is chosen
}

// Entry is one line of it.
type Entry struct {
	lesson.Version
	Who     text.Said
	Follows bool // the version before it may be read too
}

// words: lessons.what.begun lessons.what.edited lessons.what.restored lessons.what.shared lessons.what.published lessons.what.withdrawn
func (e Entry) what(r locale.Reader) string { return r.T("lessons.what." + e.What) }

// writes tells whether this entry made a version of its own.
func (e Entry) writes() bool {
	return e.What == "begun" || e.What == "edited" || e.What == "restored"
}

// Comparison is what one version changed, in one language.
type Comparison struct {
	Number   int
	Language locale.Language
	Sections []Changed // only those that differ
}

// Changed is one section, word by word.
type Changed struct {
	Section lesson.Section
	Words   []text.Span
}

func (p History) path() string { return "/lessons/" + p.Lesson.ID }

// date is when the lesson came to be read by those who can read it now; a draft's, when it was last written.
func (p Page) date() time.Time {
	switch {
	case p.Version > 0 || p.Lesson.State == lesson.Draft:
		return p.Lesson.ChangedAt
	case p.Lesson.State == lesson.Published:
		return p.Lesson.PublishedAt
	}
	return p.Lesson.SharedAt
}

func marks(l lesson.Listed) []parts.LanguageMark {
	all := make([]parts.LanguageMark, len(locale.All))
	for i, one := range locale.All {
		all[i] = parts.LanguageMark{Language: one, State: l.Coverage.State(one)}
	}
	return all
}

// Address is that of the list narrowed by a filter.
func Address(f lesson.Filter) string {
	v := url.Values{}
	for name, value := range map[string]string{"partnership": f.PartnershipID, "state": string(f.State), "topic": f.Topic, "after": f.After} {
		if value != "" {
			v.Set(name, value)
		}
	}
	if len(v) == 0 {
		return "/lessons"
	}
	return "/lessons?" + v.Encode()
}
