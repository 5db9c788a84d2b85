package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/room"
	pages "example.org/tandem/templates/conferences"
	"example.org/tandem/templates/parts"
)

// planning is the form of a conference on its way to a plan.
type planning struct {
	form        *form
	partnership org.Partnership
	members     []org.Member
	conference  *conference.Conference // nil: a new one
	follows     *conference.Conference // that the new one follows up; nil: none
	days        calendar.Days
	now         time.Time
	notices     []parts.Notice
	warned      bool // there is something about the times that has not been seen yet
}

const (
	firstRows    = 3  // for times, on a new form
	usualMinutes = 90 // of a conference
)

// tidy closes gaps between typed times, so that the nth time of the plan is the nth of the form, and adds a row where one is
// asked for.
func (p *planning) tidy() {
	p.everybody()
	times := p.read(p.pick(p.typed()))
	for n := range conference.MaxSlots {
		p.form.Del(fmt.Sprintf("slot-%d", n+1))
		p.form.Del(fmt.Sprintf("slot-%d-time", n+1))
	}
	setTimes(p.form.Values, times)
	if p.form.Has("add") {
		p.form.Set("rows", strconv.Itoa(p.rows()+1))
		p.form.again = true
	}
}

// typed are the wall times as they were typed; of one that is half there, the half.
func (p *planning) typed() []string {
	var times []string
	for n := range conference.MaxSlots {
		on := p.form.line(fmt.Sprintf("slot-%d", n+1))
		at := p.form.line(fmt.Sprintf("slot-%d-time", n+1))
		if on+at != "" {
			times = append(times, day(on)+"T"+hour(at))
		}
	}
	return times
}

// rows is how many times can be typed: one where the time is set already.
func (p *planning) rows() int {
	if p.single() {
		return 1
	}
	rows := max(p.form.number("rows"), len(p.typed()), 1)
	return min(rows, conference.MaxSlots)
}

// times are all typed times in one value: what the notes on the page are about.
func (p *planning) times() string {
	return strings.Join(append([]string{p.form.line("zone"), p.form.line("minutes")}, p.typed()...), " ")
}

// instants are the typed times that are times, by their number in the form.
func (p *planning) instants() map[int]time.Time {
	found := map[int]time.Time{}
	for i, local := range p.typed() {
		if at, err := calendar.Instant(local, p.form.line("zone")); err == nil {
			found[i+1] = at
		}
	}
	return found
}

func (p *planning) length() time.Duration {
	return time.Duration(max(p.form.number("minutes"), 0)) * time.Minute
}

// notes say what the typed times mean on both sides.
func (p *planning) notes(r locale.Reader) []pages.SlotNote {
	var notes []pages.SlotNote
	instants := p.instants()
	for n := 1; n <= conference.MaxSlots; n++ {
		at, is := instants[n]
		if !is {
			continue
		}
		note := pages.Note(r, p.days, at, p.length())
		if p.rows() > 1 {
			note.Name = r.T("conferences.field.slot", locale.V{"N": n})
		}
		notes = append(notes, note)
	}
	return notes
}

// look tells whether the form is to be shown again rather than acted upon: the language was switched, a row was added, Enter
// was pressed, or there is something about the times that their author has not been told.
func (p *planning) look() bool {
	f := p.form
	if f.again || !f.Has("send") && !f.Has("draft") {
		return true
	}
	p.warned = f.Has("send") && !p.past() && f.line("seen") != p.times() && p.odd()
	return p.warned
}

// odd tells whether any typed time is a weekend, a holiday or an hour at which nobody is at work.
func (p *planning) odd() bool {
	for _, at := range p.instants() {
		if pages.Odd(p.days, at, p.length()) {
			return true
		}
	}
	return false
}

// plan is the form bound.
func (p *planning) plan() conference.Plan {
	f := p.form
	plan := conference.Plan{
		PartnershipID: p.partnership.ID, Title: f.draft("title"), Purpose: f.draft("purpose"),
		TitleBase: f.number("title-base"), PurposeBase: f.number("purpose-base"), Zone: f.line("zone"), Times: p.typed(),
		Minutes: f.number("minutes"), Deadline: day(f.line("deadline")), Private: f.Get("private") == "yes", Participants: f.Values["participants"],
		ModeratorID: f.line("moderator"), MinuteTakerID: f.line("minute-taker"),
		Room: p.room(), Draft: f.Has("draft"),
		Hold: f.Get("hold") == "yes", Past: p.past(),
	}
	for i := range p.partnership.Societies() {
		if host := f.line(fmt.Sprintf("host-%d", i+1)); host != "" {
			plan.Hosts = append(plan.Hosts, host)
		}
	}
	plan.Languages = f.languages("languages")
	plan.Interpretation = p.interpretation()
	return plan
}

// room is where it takes place; the link counts only where a link was chosen.
func (p *planning) room() conference.Room {
	f := p.form
	return conference.Room{Kind: room.Kind(f.line("room")), URL: room.Complete(f.line("room-url")),
		Phone: room.Phone{Number: f.line("dial-number"), PIN: f.line("dial-pin")}}
}

// interpretation between two languages is from each into the other, unless one that is there is planned more exactly.
func (p *planning) interpretation() []conference.Pair {
	var pairs []conference.Pair
	for i, from := range locale.All {
		for _, to := range locale.All[i+1:] {
			if !slices.Contains(p.form.Values["interpretation"], pages.Interpreter(from, to)) {
				continue
			}
			if there := p.interpreted(from, to); len(there) > 0 {
				pairs = append(pairs, there...)
			} else {
				pairs = append(pairs, conference.Pair{From: from, To: to}, conference.Pair{From: to, To: from})
			}
		}
	}
	return pairs
}

// interpreted are the directions between two languages in which somebody interprets as it stands.
func (p *planning) interpreted(one, other locale.Language) []conference.Pair {
	if p.conference == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(p.conference.Interpretation), func(pair conference.Pair) bool {
		return pages.Interpreter(pair.From, pair.To) != pages.Interpreter(one, other)
	})
}
