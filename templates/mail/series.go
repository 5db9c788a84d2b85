package mail

import (
	"time"

	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/locale"
)

// placed makes an entry one occurrence of the series that its conference belongs to, if it belongs to one: whoever has the series
// in their calendar must not find it there twice.
func placed(e calendar.Entry, o conference.Occurrence, site string) calendar.Entry {
	if o.SeriesID != "" {
		e.UID, e.Recurs, e.RecursIn = UID(o.FirstID, site), o.At(), o.Zone
	}
	return e
}

// SeriesEntries are a whole series for one person: what its rule gives, without what does not take place or they are not asked to,
// and each occurrence that has been moved or that they answered otherwise than most.
func SeriesEntries(t Topic, f conference.Series, now time.Time) ([]calendar.Entry, error) {
	r := t.Reader
	start, err := calendar.Instant(f.StartsLocal, f.Zone)
	if err != nil {
		return nil, err
	}
	whole := Entry(t, now)
	whole.Recurs, whole.RecursIn = time.Time{}, ""
	whole.Start, whole.Zone, whole.Others, whole.Sequence = start, f.Zone, elsewhere(f.Zone), f.Sequence
	whole.Rule, whole.URL = f.Rule, t.site("/conferences/series/"+f.ID)
	whole.Description = r.T("mail.series.lead", t.title()) + "\n\n" + r.T("mail.series.link") + ": " + whole.URL
	if whole.Without, err = f.Without(); err != nil {
		return nil, err
	}
	usual := f.Answer()
	whole.Answer = string(usual)
	list := []calendar.Entry{whole}
	for _, o := range f.Occurrences {
		if end := o.Ends(); end.After(list[0].Until) {
			list[0].Until = end
		}
		if !o.TakesPlace() || !f.Moved(o) && o.Mine == usual {
			continue
		}
		one := whole
		one.Rule, one.Without, one.Answer, one.Sequence, one.URL = "", nil, string(o.Mine), max(o.Sequence, f.Sequence), t.site("/conferences/"+o.ID)
		if t.Guest != "" {
			one.URL = t.guestPage(o.ID, "", "")
		}
		one.Start, one.Length, one.Zone, one.Others = o.StartsAt, o.Length, o.Zone, elsewhere(o.Zone)
		one.Title, one.Description = o.Title.Line(r.Reads).Body, r.WhenFor(o.StartsAt, o.Length)+"\n\n"+r.T("mail.change.link")+": "+one.URL
		one.Recurs, one.RecursIn = conference.Occurrence{Local: o.Local, Zone: f.Zone}.At(), f.Zone
		list = append(list, one)
	}
	return list, nil
}

// Series tells of all times at once: that a conference comes round, or that it does so no longer. Who is asked to it anew need not
// hear that it ends sooner than it once did.
func Series(t Topic, f conference.Series, anew bool) Letter {
	r := t.Reader
	times := Section{Head: r.T("conferences.series.times"), List: true}
	var next conference.Recurring
	for _, o := range f.Occurrences {
		if o.State == conference.Scheduled {
			if next.ID == "" {
				next = o
			}
			times.Lines = append(times.Lines, Line{Text: r.WhenFor(o.StartsAt, o.Length)})
		}
	}
	l := Letter{Reader: r, Link: Link{t.site("/conferences/series/" + f.ID), r.T("mail.series.link")}}
	switch {
	case next.ID == "":
		l.Subject, l.Lead, l.Do = r.T("mail.series.over.subject", locale.V{"Title": t.plain()}), r.T("mail.series.over.lead", t.title()), r.T("mail.series.over.do")
		return l
	case f.Version > 1 && !anew:
		l.Subject, l.Lead = r.T("mail.series.ended.subject", locale.V{"Title": t.plain()}), r.T("mail.series.ended.lead", t.title())
	default:
		l.Subject, l.Lead, l.Do = r.T("mail.series.subject", locale.V{"Title": t.plain()}), r.T("mail.series.lead", t.title()), r.T("mail.series.do")
		l.Link = Link{t.site("/conferences/" + next.ID + "?answer=" + string(conference.Accepted) + "&all=yes#answer"), r.T("mail.invitation.link")}
	}
	t.purpose(&l)
	l.Sections = append([]Section{times}, t.facts()...)
	return l
}

// Ahead tells a coordinator what is unusual about an occurrence in two weeks, and which other times there are.
func Ahead(t Topic, marks []Line, offers []time.Time) Letter {
	r := t.Reader
	l := Letter{Reader: r, Subject: r.T("mail.ahead.subject", t.subject()), Lead: r.T("mail.ahead.lead", t.title()),
		Do: r.T("mail.ahead.do"), Link: Link{t.page("/edit"), r.T("mail.ahead.link")}}
	t.timed(&l)
	l.Sections = []Section{{Head: r.T("mail.ahead.marks"), Lines: marks, List: true}}
	if len(offers) > 0 {
		times := Section{Head: r.T("mail.ahead.offers"), List: true}
		for _, at := range offers {
			times.Lines = append(times.Lines, Line{Text: r.WhenFor(at, t.Conference.Length)})
		}
		l.Sections = append(l.Sections, times)
	}
	l.Why = r.T("mail.ahead.why")
	return l
}
