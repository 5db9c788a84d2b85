package partnerships

import (
	"slices"
	"testing"
	"time"

	"example.org/tandem/internal/decision"
	"example.org/tandem/internal/locale"
)

// reader lives in Minsk on 27 July 2020.
var reader = locale.Reader{Language: locale.Russian, Zone: locale.Minsk, Now: time.Date(2020, 7, 27, 9, 0, 0, 0, time.UTC)}

func TestPicture(t *testing.T) {
	d := picture(reader, []Event{{Sort: Met, On: "2020-05-04"}, {Sort: Decided, On: "2020-07-02"}, {Sort: Decided, On: "2020-07-03"},
		{Sort: Done, On: "2020-07-24", Ahead: true, Late: true}, {Sort: Done, On: "2020-07-28", Ahead: true}, {Sort: Met, On: "2020-08-27", Ahead: true}})
	if n := []int{len(d.Lanes[0].Marks), len(d.Lanes[1].Marks), len(d.Lanes[2].Marks), len(d.Lanes[3].Marks)}; !slices.Equal(n, []int{2, 1, 2, 0}) {
		t.Errorf("signs %v: what would lie on each other is one sign, what differs is not", n)
	}
	if got := len(d.Lanes[1].Marks[0].Events); got != 2 {
		t.Errorf("%d decisions in one sign", got)
	}
	var months []string
	for _, tick := range d.Ticks {
		months = append(months, tick.At.Format("2006-01"))
	}
	if !slices.Equal(months, []string{"2020-05", "2020-06", "2020-07", "2020-08"}) || !d.Ticks[0].Year || d.Ticks[1].Year {
		t.Errorf("months %v", d.Ticks)
	}
	places := []float64{d.Ticks[0].X, d.Lanes[0].Marks[0].X, d.Lanes[1].Marks[0].X, d.Now, d.Lanes[0].Marks[1].X}
	if !slices.IsSorted(places) || places[0] < 0 || places[4] > 100 {
		t.Errorf("not in the order of time: %v", places)
	}
	for want, got := range map[string]string{"sign-conference": d.Lanes[0].Marks[0].class(Met), "sign-conference sign-ahead": d.Lanes[0].Marks[1].class(Met),
		"sign-action sign-late": d.Lanes[2].Marks[0].class(Done), "sign-action sign-ahead": d.Lanes[2].Marks[1].class(Done)} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A single event, many years, a day that is none: a picture all the same.
func TestPictureOfExtremes(t *testing.T) {
	for name, events := range map[string][]Event{
		"today":      {{Sort: Met, On: "2020-07-27"}},
		"long ago":   {{Sort: Met, On: "1999-02-01"}, {Sort: Met, On: "2041-12-31", Ahead: true}},
		"not a day":  {{Sort: Met, On: "soon"}},
		"end of one": {{Sort: Met, On: "2020-12-31", Ahead: true}},
	} {
		d := picture(reader, events)
		if len(d.Ticks) == 0 || len(d.Ticks) > maxTicks || d.Now < 0 || d.Now > 100 {
			t.Errorf("%s: %d ticks, now at %v", name, len(d.Ticks), d.Now)
		}
		for _, lane := range d.Lanes {
			for _, m := range lane.Marks {
				if !(m.X >= edge && m.X <= 100-edge) {
					t.Errorf("%s: a sign at %v", name, m.X)
				}
			}
		}
	}
}

func TestWhatIsLongPastIsFoldedAway(t *testing.T) {
	var p Page
	p.Reader = reader
	for i := range 9 {
		p.Decisions = append(p.Decisions, decisionOn(time.Date(2020, 5, 1+i, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)))
	}
	p.Decisions = append(p.Decisions, decisionOn("2020-07-27"), decisionOn("2020-07-28"))
	earlier, past, ahead := p.story()
	if len(earlier) != 4 || len(past) != recent || len(ahead) != 2 || ahead[0].On != "2020-07-27" {
		t.Errorf("%d, %d, %d", len(earlier), len(past), len(ahead))
	}
	p.Since, p.Until = "2020-05-09", "2020-07-27"
	if earlier, past, ahead = p.story(); len(earlier) != 0 || len(past) != 1 || len(ahead) != 1 {
		t.Errorf("what may be incomplete is shown: %d, %d, %d", len(earlier), len(past), len(ahead))
	}
}

func decisionOn(day string) decision.Decision { return decision.Decision{DecidedOn: day} }
