package web

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
	"example.org/tandem/internal/text"
	pages "example.org/tandem/templates/conferences"
)

// newSeries asks how a conference comes round; what has been chosen is shown time by time. It changes nothing.
func (w *Web) newSeries(c echo.Context) error {
	one, err := w.repeating(c)
	if err != nil {
		return err
	}
	f := &form{Values: c.QueryParams()}
	if f.Get("often") == "" {
		f.Values = url.Values{"often": {string(calendar.Weekly)}, "zone": {one.Conference.Zone}, "count": {"6"}}
		return w.repeatPage(c, one, f, nil)
	}
	_, _, walls, err := repetition(f).Times(one.Conference)
	if err != nil && !f.refused(err) {
		return err
	}
	return w.repeatPage(c, one, f, walls)
}

// makeSeries makes it.
func (w *Web) makeSeries(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	one, err := w.repeating(c)
	if err != nil {
		return err
	}
	how := repetition(f)
	if !f.again {
		ctx, mailed := mailing(c)
		id, err := w.Conference.Repeat(ctx, signin.ActorOf(c), one.Conference.ID, f.number("version"), how)
		if err == nil {
			notice := "notice.conference.invited"
			if one.Conference.Is(conference.Draft) {
				notice = "notice.conference.saved"
			}
			return w.seeOther(c, "/conferences/series/"+id, notice+mailed())
		}
		if !f.refused(err) {
			return err
		}
	}
	_, _, walls, err := how.Times(one.Conference)
	if err != nil && !f.refused(err) {
		return err
	}
	return w.repeatPage(c, one, f, walls)
}

// repeating finds a conference for somebody who may plan it, and that can be made a series.
func (w *Web) repeating(c echo.Context) (pages.One, error) {
	one, err := w.one(c, c.Param("id"))
	if err != nil {
		return one, err
	}
	if !one.May(access.PlanConference) {
		return one, problem.Forbid()
	}
	if !one.Conference.Repeatable() {
		return one, problem.Refuse("conferences.repeat.problem.state")
	}
	one.Title = one.Reader.T("conferences.repeat.title")
	return one, nil
}

// repetition is the form bound. A number that is none is refused as one that is too small.
func repetition(f *form) conference.Repetition {
	r := conference.Repetition{Often: calendar.Repeat(f.line("often")), Zone: f.line("zone"), Without: f.Values["without"]}
	if at, err := time.Parse(time.DateOnly, f.line("until")); err == nil {
		r.Until = at.Format(time.DateOnly)
	}
	if f.line("count") != "" {
		r.Count = f.number("count")
		if r.Count == 0 {
			r.Count = 1
		}
	}
	return r
}

func (w *Web) repeatPage(c echo.Context, one pages.One, f *form, walls []string) error {
	page := pages.Repeat{One: one}
	zone := f.line("zone")
	var at []time.Time
	for _, wall := range walls {
		instant, err := calendar.Instant(wall, zone)
		if f.problem == nil && err != nil && f.refused(err) {
			break
		}
		at = append(at, instant)
	}
	if f.problem == nil || len(at) == len(walls) && len(walls) > 0 {
		rows, err := w.foreseen(c, one, zone, walls, at)
		if err != nil {
			return err
		}
		page.Rows = rows
	}
	f.Set("version", strconv.Itoa(one.Conference.Version))
	page.Form = f.view(one.Reader)
	return w.show(c, f.status(), pages.ShowRepeat(page))
}

// foreseen are the times that a series would have, with what is unusual about each: days off, hours that move, what the partnership
// has planned at the same time.
func (w *Web) foreseen(c echo.Context, one pages.One, zone string, walls []string, at []time.Time) (rows []pages.SeriesRow, err error) {
	if len(at) == 0 {
		return nil, nil
	}
	ctx, last := c.Request().Context(), at[len(at)-1].Add(one.Conference.Length)
	days, err := w.Org.Days(ctx, at[0].AddDate(0, 0, -1).Format(time.DateOnly), last.AddDate(0, 0, 1).Format(time.DateOnly))
	if err != nil {
		return nil, err
	}
	others, err := w.plannedBeside(ctx, one.Actor, one.Conference.PartnershipID, at[0].AddDate(0, 0, -1), last)
	if err != nil {
		return nil, err
	}
	var before time.Time
	for i, wall := range walls {
		row := pages.SeriesRow{Wall: wall, At: at[i], Marks: pages.Mark(one.Reader, days, zone, before, at[i])}
		for _, o := range others {
			if o.ID != one.Conference.ID && o.StartsAt.Before(at[i].Add(one.Conference.Length)) && at[i].Before(o.StartsAt.Add(o.Length)) {
				row.Marks = append(row.Marks, pages.Warning{Text: one.Reader.T("conferences.series.clash"), Name: o.Title.Line(one.Reader.Reads)})
			}
		}
		rows, before = append(rows, row), at[i]
	}
	return rows, nil
}

// plannedBeside is what a partnership has planned between two moments.
func (w *Web) plannedBeside(ctx context.Context, a access.Actor, partnershipID string, from, until time.Time) (list []conference.Dated, err error) {
	err = w.DB.Read(ctx, func(tx *database.Tx) error {
		var texts text.Batch
		if list, err = w.Conference.PlannedWith(ctx, tx, &texts, a, partnershipID, from, until); err != nil {
			return err
		}
		return texts.Load(ctx, tx)
	})
	return list, err
}

// showSeries is every time of a series.
func (w *Web) showSeries(c echo.Context) error { return w.seriesPage(c, &form{Values: url.Values{}}) }

func (w *Web) seriesPage(c echo.Context, f *form) error {
	a, ctx, r := signin.ActorOf(c), c.Request().Context(), w.reader(c)
	found, first, err := w.Conference.FindSeries(ctx, a, c.Param("id"))
	if err != nil {
		return err
	}
	page := pages.Series{Page: w.base(c, "conferences", said(r, first.Title).Body), Series: found, Plans: first.May(a, access.PlanConference)}
	if page.Rows, err = w.occurring(ctx, r, found); err != nil {
		return err
	}
	page.Form = f.view(r)
	return w.show(c, f.status(), pages.ShowSeries(page))
}

func (w *Web) occurring(ctx context.Context, r locale.Reader, found conference.Series) (rows []pages.SeriesRow, err error) {
	byTime := slices.Clone(found.Occurrences)
	slices.SortFunc(byTime, func(a, b conference.Recurring) int { return a.StartsAt.Compare(b.StartsAt) })
	if len(byTime) == 0 {
		return nil, nil
	}
	from, until := byTime[0].StartsAt.AddDate(0, 0, -1), byTime[len(byTime)-1].StartsAt.AddDate(0, 0, 1)
	days, err := w.Org.Days(ctx, from.Format(time.DateOnly), until.Format(time.DateOnly))
	var before time.Time
	for _, o := range byTime {
		row := pages.SeriesRow{At: o.StartsAt, Is: o, Moved: found.Moved(o)}
		if o.State != conference.Cancelled {
			row.Marks, before = pages.Mark(r, days, found.Zone, before, o.StartsAt), o.StartsAt
		}
		rows = append(rows, row)
	}
	return rows, err
}

// endSeries cancels one occurrence and all later ones.
func (w *Web) endSeries(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	if !f.again {
		ctx, mailed := mailing(c)
		id := c.Param("id")
		err := w.Conference.EndSeries(ctx, signin.ActorOf(c), id, f.line("from"), f.number("version"))
		if err == nil {
			return w.seeOther(c, "/conferences/series/"+id, "notice.conference.saved"+mailed())
		}
		if !f.refused(err) {
			return err
		}
	}
	return w.seriesPage(c, f)
}

// sendSeries invites to all drafts of a series at once.
func (w *Web) sendSeries(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	if !f.again {
		ctx, mailed := mailing(c)
		id := c.Param("id")
		err := w.Conference.SendSeries(ctx, signin.ActorOf(c), id, f.number("version"))
		if err == nil {
			return w.seeOther(c, "/conferences/series/"+id, "notice.conference.invited"+mailed())
		}
		if !f.refused(err) {
			return err
		}
	}
	return w.seriesPage(c, f)
}

// takeAnswer takes an answer to one conference, or to it and all later ones of its series.
func (w *Web) takeAnswer(c echo.Context, id string, f *form) error {
	a, ctx, answer := signin.ActorOf(c), c.Request().Context(), conference.RSVP(f.line("answer"))
	if f.Get("all") != "yes" {
		return w.Conference.Answer(ctx, a, id, answer, f.instant("about"))
	}
	found, err := w.Conference.Find(ctx, a, id)
	if err != nil {
		return err
	}
	if found.Series.SeriesID == "" {
		return w.Conference.Answer(ctx, a, id, answer, f.instant("about"))
	}
	return w.Conference.AnswerSeries(ctx, a, found.Series.SeriesID, answer, found.StartsAt, true)
}
