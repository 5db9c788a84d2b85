package web

import (
	"context"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
	"example.org/tandem/internal/text"
	pages "example.org/tandem/templates/conferences"
)

// pick does what a click in the grid asks for: an hour is proposed, or is no more. Of a conference that has its time already, the
// hour takes that time's place. Steps of the grid itself only bring the page back.
func (p *planning) pick(times []string) []string {
	for _, step := range []string{"grid-to", "grid-weeks-to", "grid-hours-to"} {
		if p.form.Has(step) {
			p.form.again = true
		}
	}
	local := p.form.line("pick")
	if local == "" {
		return times
	}
	p.form.again = true
	i := slices.Index(times, local)
	switch {
	case p.single():
		return []string{local}
	case i >= 0:
		return slices.Delete(times, i, i+1)
	case len(times) < conference.MaxSlots:
		return append(times, local)
	}
	return times
}

// read takes a time that was typed in words into the others, and brings the page back so that its author sees what was understood.
func (p *planning) read(times []string) []string {
	words := p.form.line("words")
	if words == "" || p.form.Has("switch-language") {
		return times
	}
	p.form.again = true
	local, err := calendar.ReadWhen(words, p.form.line("zone"), p.now)
	if err == nil && !p.single() && !slices.Contains(times, local) && len(times) >= conference.MaxSlots {
		err = problem.Refuse("conference.problem.slots", problem.Values{"Most": conference.MaxSlots})
	}
	if wrong, is := problem.As(err); is {
		var check problem.Check
		check.Add("words", wrong.Key, wrong.Values)
		p.form.refused(check.Err())
		return times
	}
	p.form.Del("words")
	switch {
	case p.single():
		return []string{local}
	case slices.Contains(times, local):
		return times
	}
	return append(times, local)
}

// past tells whether the form is about a meeting that was held elsewhere.
func (p *planning) past() bool {
	return p.conference == nil && p.follows == nil && p.form.line("past") == "yes"
}

// single tells whether there is one time, because it has been set already, or is over.
func (p *planning) single() bool {
	return p.past() || p.conference != nil && p.conference.Is(conference.Scheduled, conference.InProgress) && !p.again()
}

// again tells whether a time that was set is put to a poll once more.
func (p *planning) again() bool {
	return p.conference != nil && p.conference.Reopenable() && p.form.line("again") == "yes"
}

// wish is what the grid is to show: what was asked for last, else the week of the first time, else this week.
func (p *planning) wish(now time.Time) pages.GridWish {
	w := pages.GridWish{Anchor: locale.Minsk, Length: p.length(), Picked: p.typed(), Two: p.asked("grid-weeks") == "2", Long: p.asked("grid-hours") == "all"}
	if p.form.line("zone") == locale.Copenhagen.String() {
		w.Anchor = locale.Copenhagen
	}
	first, layout := p.asked("grid"), time.DateOnly
	if first == "" && len(w.Picked) > 0 {
		first, layout = slices.Min(w.Picked), calendar.WallLayout
	}
	from, err := time.ParseInLocation(layout, first, w.Anchor)
	if w.From = from; err != nil || from.Before(now) || from.After(now.AddDate(2, 0, 0)) {
		w.From = now
	}
	return w
}

// asked is what a step of the grid asks for, or how the grid was.
func (p *planning) asked(name string) string {
	if to := p.form.line(name + "-to"); to != "" {
		return to
	}
	return p.form.line(name)
}

// grid lays the hours out for whoever looks for a time.
func (w *Web) grid(c echo.Context, p planning) (pages.Grid, error) {
	r, ctx := w.reader(c), c.Request().Context()
	wish := p.wish(r.Now)
	from, until := wish.Span()
	taken, err := w.taken(ctx, c, p.partnership.ID, from, until)
	if p.conference != nil { // its own time is not taken
		taken = slices.DeleteFunc(taken, func(d conference.Dated) bool { return d.ID == p.conference.ID })
	}
	return pages.NewGrid(r, p.days, wish, taken), err
}

// taken is what the partnership has planned between two moments.
func (w *Web) taken(ctx context.Context, c echo.Context, partnershipID string, from, until time.Time) (list []conference.Dated, err error) {
	err = w.DB.Read(ctx, func(tx *database.Tx) error {
		var texts text.Batch
		if list, err = w.Conference.PlannedWith(ctx, tx, &texts, signin.ActorOf(c), partnershipID, from, until); err != nil {
			return err
		}
		return texts.Load(ctx, tx)
	})
	return list, err
}
