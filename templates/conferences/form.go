package conferences

import (
	"fmt"
	"slices"
	"strconv"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/room"
	"example.org/tandem/internal/text"
	"example.org/tandem/templates/layout"
	"example.org/tandem/templates/parts"
)

// Form is the form that a conference is planned with, a new one or one that is there.
type Form struct {
	layout.Page
	Form        parts.Form
	Action      string // address that it is sent to
	State       conference.State
	New         bool
	Partnership org.Partnership
	Members     []org.Member
	Titles      map[string]locale.Language // of the texts that are there already, by field
	Rows        int                        // how many times can be typed
	Notes       []SlotNote                 // what the typed times mean
	Seen        string                     // the times that these notes are about
	Grid        Grid
	Look        bool              // there is something about the times to look at before they are sent
	Receivers   []Told            // who would be written to, if it were sent as it is
	Rooms       []room.Kind       // that can be chosen
	Heard       []locale.Language // that somebody on the list can follow in
	Asked       int               // how many are on the list
	Left        []org.Member      // who of them reads none of those
	Again       bool              // a time that was set is put to a poll once more
	Past        bool              // it is about a meeting that was held elsewhere
	Told        []parts.Notice    // what there is to know before one begins
	Saved       []Saved           // what somebody else saved meanwhile
}

// Saved is a field that somebody else has saved with another content meanwhile.
type Saved struct{ Label, Value string }

// Choose is the choice of a partnership, where there are several.
type Choose struct {
	layout.Page
	Past         bool // for a meeting that was held elsewhere
	Import       bool // from an invitation
	Partnerships []org.Partnership
}

// input is a field of the form by its name, with its label from the messages.
func (p Form) input(name, key string) parts.FieldView { return p.Form.Input(name, p.Reader.T(key)) }

func (p Form) titleField() parts.FieldView {
	return p.written(p.input("title", "conferences.field.title").Must().Limited(text.MaxLine), "title")
}

func (p Form) purposeField() parts.FieldView {
	v := p.written(p.input("purpose", "conferences.field.purpose").Tall(4), "purpose")
	return v.Hinted(p.Reader.T("conferences.field.purpose.hint"))
}

// written marks a field with the language of its text, which is fixed once there is a text.
func (p Form) written(v parts.FieldView, field string) parts.FieldView {
	if l, fixed := p.Titles[field]; fixed {
		return v.Written(l).Noted(p.Reader.T("said.other", locale.V{"Language": p.Reader.LanguageName(l)}))
	}
	l, _ := locale.Parse(p.Form.Value("language"))
	return v.Written(l)
}

// languageField asks in which language a new text is written: not always that of the page.
func (p Form) languageField() parts.FieldView {
	var options []parts.Option
	for _, l := range locale.All {
		options = append(options, parts.Option{Value: string(l), Label: l.Endonym(), Lang: l})
	}
	return p.Form.Options("language", p.Reader.T("conferences.field.language"), options...).Hinted(p.Reader.T("conferences.field.language.hint"))
}

func (p Form) zoneField() parts.FieldView {
	var options []parts.Option
	for _, name := range conference.Zones {
		options = append(options, parts.Option{Value: name, Label: p.Reader.Place(locale.Zone(name))})
	}
	return p.Form.Options("zone", p.Reader.T("conferences.field.zone"), options...).Hinted(p.Reader.T("conferences.field.zone.hint"))
}

// slotName is the name of the day of the nth proposed time, from 1; its hour has "-time" behind it.
func slotName(n int) string { return "slot-" + strconv.Itoa(n) }

func (p Form) dayField(n int) parts.FieldView {
	today := p.Reader.Now.In(p.Reader.Zone).Format("2006-01-02")
	v := p.Form.Input(slotName(n), p.Reader.T("conferences.field.day")).Of("date")
	if p.Past {
		return v.Between("", today)
	}
	return v.Between(today, "")
}

func (p Form) hourField(n int) parts.FieldView {
	return p.Form.Input(slotName(n)+"-time", p.Reader.T("conferences.field.hour")).Of("time").Between("", "")
}

func (p Form) slotLabel(n int) string {
	if p.onlyOne() {
		return p.Reader.T("conferences.field.when")
	}
	return p.Reader.T("conferences.field.slot", locale.V{"N": n})
}

// onlyOne tells whether there is one time to be typed, because it has been set already.
func (p Form) onlyOne() bool { return p.Past || p.State == conference.Scheduled && !p.Again }

// Gridded tells whether there is a grid to find a time in.
func (p Form) Gridded() bool { return p.timesOpen() && !p.Past }

// timesOpen tells whether times can still be typed.
func (p Form) timesOpen() bool {
	return p.State == conference.Draft || p.State == conference.Scheduled || p.State == conference.Postponed
}

// loose tells whether there is a conference that people know of, and everybody will be written to as if it were new.
func (p Form) loose() bool { return p.State == conference.Postponed || p.Again }

func (p Form) minutesField() parts.FieldView {
	return p.input("minutes", "conferences.field.minutes").Of("number").
		Between(strconv.Itoa(conference.MinMinutes), strconv.Itoa(conference.MaxMinutes)).Must()
}

func (p Form) deadlineField() parts.FieldView {
	return p.input("deadline", "conferences.field.deadline").Of("date").Noted(p.Reader.T("conferences.optional")).
		Hinted(p.Reader.T("conferences.field.deadline.hint"))
}

// privateField asks who sees the answers.
func (p Form) privateField() parts.FieldView {
	return p.Form.Options("private", p.Reader.T("conferences.field.private"), parts.Option{Value: "yes", Label: p.Reader.T("conferences.field.private.yes")})
}

// hostFields are one choice for each society.
func (p Form) hostFields() []parts.FieldView {
	var fields []parts.FieldView
	for i, society := range p.Partnership.Societies() {
		var options []parts.Option
		for _, u := range p.Partnership.Of(society.ID) {
			said := u.Short.Line(p.Reader.Reads)
			options = append(options, parts.Option{Value: u.ID, Label: said.Body, Lang: said.Language})
		}
		name := fmt.Sprintf("host-%d", i+1)
		v := p.Form.Options(name, p.Reader.T("conferences.field.host", locale.V{"Society": society.Name.Line(p.Reader.Reads).Body}), options...)
		if i == 0 { // a rule about both hosts is told at the first
			v.ID, v.Error = parts.FieldID("hosts"), p.Form.Error("hosts")
		}
		fields = append(fields, v)
	}
	return fields
}

// peopleFields are the members of each society, to be ticked.
func (p Form) peopleFields() []parts.FieldView {
	var fields []parts.FieldView
	for i, society := range p.Partnership.Societies() {
		label := p.Reader.T("conferences.field.participants", locale.V{"Society": society.Name.Line(p.Reader.Reads).Body})
		v := p.Form.Options("participants", label, p.members(society.ID)...)
		if i > 0 {
			v.ID, v.Error = parts.FieldID(fmt.Sprintf("participants-side-%d", i+1)), ""
		}
		if len(v.Options) > 0 {
			fields = append(fields, v)
		}
	}
	return fields
}

// members of a society, or of all with "", by name.
func (p Form) members(society string) []parts.Option {
	list := slices.DeleteFunc(slices.Clone(p.Members), func(m org.Member) bool { return society != "" && m.SocietyID != society })
	locale.Sort(p.Reader, list, func(m org.Member) string { return m.Name.Line(p.Reader.Reads).Body })
	var options []parts.Option
	for _, m := range list {
		options = append(options, parts.Someone(p.Reader, m.PersonID, m.Name, m.StandIn))
	}
	return options
}

// leadField is a choice of one person, or of nobody yet.
func (p Form) leadField(name, key string) parts.FieldView {
	nobody := parts.Option{Label: p.Reader.T("conferences.nobody")}
	return p.Form.Options(name, p.Reader.T(key), append([]parts.Option{nobody}, p.members("")...)...)
}

func (p Form) spokenField() parts.FieldView {
	var options []parts.Option
	for _, l := range locale.All {
		options = append(options, parts.Option{Value: string(l), Label: locale.Capital(p.Reader.LanguageName(l))})
	}
	return p.Form.Options("languages", p.Reader.T("conferences.field.languages"), options...)
}

// interpreterField asks between which languages somebody interprets: between any two, in both directions.
func (p Form) interpreterField() parts.FieldView {
	var options []parts.Option
	for i, from := range locale.All {
		for _, to := range locale.All[i+1:] {
			said := p.Reader.List([]string{p.Reader.LanguageName(from), p.Reader.LanguageName(to)})
			options = append(options, parts.Option{Value: Interpreter(from, to), Label: locale.Capital(said)})
		}
	}
	return p.Form.Options("interpretation", p.Reader.T("conferences.field.interpretation"), options...).Noted(p.Reader.T("conferences.optional"))
}

// Interpreter is the value of a pair of languages in that field, whichever of the two is named first.
func Interpreter(one, other locale.Language) string {
	if slices.Index(locale.All, one) > slices.Index(locale.All, other) {
		one, other = other, one
	}
	return string(one) + "-" + string(other)
}

// words: conferences.room.kind.none conferences.room.kind.link conferences.room.kind.jitsi conferences.room.kind.bigbluebutton
func (p Form) roomField() parts.FieldView {
	var options []parts.Option
	for _, k := range p.Rooms {
		options = append(options, parts.Option{Value: string(k), Label: p.Reader.T("conferences.room.kind." + string(k))})
	}
	return p.Form.Options("room", p.Reader.T("conferences.field.room"), options...)
}

func (p Form) roomLinkField() parts.FieldView {
	return p.input("room-url", "conferences.field.room-url").Of("url").Hinted(p.Reader.T("conferences.field.room-url.hint"))
}

// phoneFields are the way in by telephone.
func (p Form) phoneFields() []parts.FieldView {
	optional := p.Reader.T("conferences.optional")
	return []parts.FieldView{
		p.input("dial-number", "conferences.field.dial-number").Of("tel").Limited(room.MaxNumber).Noted(optional).Hinted(p.Reader.T("conferences.field.dial-number.hint")),
		p.input("dial-pin", "conferences.field.dial-pin").Limited(room.MaxPIN).Noted(optional),
	}
}

// sendLabel is what the main button does.
func (p Form) sendLabel() string {
	switch {
	case p.Past:
		return p.Reader.T("conferences.record")
	case p.State == conference.Draft, p.loose():
		return p.Reader.T("conferences.send")
	case p.State == conference.Poll:
		return p.Reader.T("conferences.save")
	}
	return p.Reader.T("conferences.save-and-tell")
}

// sendHint says who will be written to.
func (p Form) sendHint() string {
	switch {
	case p.Past:
		return p.Reader.T("conferences.record.hint")
	case p.State == conference.Draft:
		return p.Reader.T("conferences.send.hint")
	case p.Again:
		return p.Reader.T("conferences.ask-again.hint")
	case p.State == conference.Postponed:
		return p.Reader.T("conferences.retime.hint")
	case p.State == conference.Poll:
		return p.Reader.T("conferences.save.hint")
	}
	return p.Reader.T("conferences.save-and-tell.hint")
}
