package conference_test

import (
	"slices"
	"testing"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
)

// weekly makes a series of a conference on 27 August 2020 at 10:00 in Køge: six times, without the second.
func (h house) weekly() (conference.Conference, conference.Series) {
	h.Helper()
	c := h.scheduled()
	return c, h.repeated(c)
}

func (h house) repeated(c conference.Conference) conference.Series {
	h.Helper()
	id, err := h.Repeat(h.Context(), h.MinskCoordinator.Actor, c.ID, c.Version,
		conference.Repetition{Often: calendar.Weekly, Zone: "Europe/Copenhagen", Count: 6, Without: []string{"2020-09-03T10:00"}})
	h.ok(err)
	return h.series(id)
}

func (h house) series(id string) conference.Series {
	h.Helper()
	f, _, err := h.FindSeries(h.Context(), h.KogeStaff.Actor, id)
	h.ok(err)
	return f
}

func TestASeriesIsConferencesOfTheirOwnAndOneMailToEach(t *testing.T) {
	each(t, func(h house) {
		c, f := h.weekly()
		if len(f.Occurrences) != 5 || f.Rule != "FREQ=WEEKLY;COUNT=6" || f.StartsLocal != "2020-08-27T10:00" || f.FirstID != c.ID {
			h.Fatalf("got %+v", f)
		}
		if left, err := f.Without(); err != nil || len(left) != 1 || !left[0].Equal(time.Date(2020, 9, 3, 8, 0, 0, 0, time.UTC)) {
			h.Errorf("left out: %v, %v", left, err)
		}
		for i, local := range []string{"2020-08-27T10:00", "2020-09-10T10:00", "2020-09-17T10:00", "2020-09-24T10:00", "2020-10-01T10:00"} {
			got := h.find(f.Occurrences[i].ID)
			if got.StartsLocal != local || got.Series.Local != local || got.Zone != "Europe/Copenhagen" || got.State != conference.Scheduled ||
				got.Sequence != 1 || len(got.Participants) != 4 || len(got.Hosts) != 2 || got.Title.In("ru") != c.Title.In("ru") {
				h.Errorf("number %d: %+v", i, got)
			}
			if i > 0 && (got.Title.ID == c.Title.ID || len(h.letters(conference.InvitationMail, got.ID)) > 0) {
				h.Errorf("number %d has the first one's words, or a mail of its own", i)
			}
		}
		if got := h.letters(conference.SeriesMail, c.ID); len(got) != 4 || got[0].Sequence != 1 {
			h.Errorf("told: %v", got)
		}
	})
}

func TestWhatRepeatingIsRefusedFor(t *testing.T) {
	each(t, func(h house) {
		c, _ := h.weekly()
		ctx, minsk := h.Context(), h.MinskCoordinator.Actor
		how := conference.Repetition{Often: calendar.Weekly, Zone: "Europe/Minsk", Count: 3}
		_, err := h.Repeat(ctx, minsk, c.ID, c.Version+1, how)
		h.refused(err, "conferences.repeat.problem.again")
		_, err = h.Repeat(ctx, minsk, h.poll().ID, 1, how)
		h.refused(err, "conferences.repeat.problem.state")
		other := h.scheduled()
		_, err = h.Repeat(ctx, h.KogeStaff.Actor, other.ID, other.Version, how)
		h.refused(err, "error.forbidden")
		_, err = h.Repeat(ctx, h.Outsider.Actor, other.ID, other.Version, how)
		h.missing(err)
		_, err = h.Repeat(ctx, minsk, other.ID, other.Version+1, how)
		h.refused(err, "error.conflict")
		for key, wrong := range map[string]conference.Repetition{
			"error.choice":                     {Often: "sometimes", Zone: "Europe/Minsk", Count: 3},
			"conferences.repeat.problem.count": {Often: calendar.Weekly, Zone: "Europe/Minsk", Count: 61},
			"conferences.repeat.problem.end":   {Often: calendar.Weekly, Zone: "Europe/Minsk"},
			"conferences.repeat.problem.one":   {Often: calendar.Yearly, Zone: "Europe/Minsk", Until: "2020-12-31"},
		} {
			_, err = h.Repeat(ctx, minsk, other.ID, other.Version, wrong)
			h.refused(err, key)
		}
	})
}

func TestOneAnswerToASeriesIsThatToEachTimeUnlessAnsweredApart(t *testing.T) {
	each(t, func(h house) {
		_, f := h.weekly()
		ctx, koge := h.Context(), h.KogeStaff
		h.ok(h.Answer(ctx, koge.Actor, f.Occurrences[2].ID, conference.Declined, time.Time{}))
		h.ok(h.AnswerSeries(ctx, koge.Actor, f.ID, conference.Accepted, f.Occurrences[1].StartsAt, false))
		var got []conference.RSVP
		for _, o := range f.Occurrences {
			got = append(got, h.rsvp(o.ID, koge))
		}
		want := []conference.RSVP{conference.NeedsAction, conference.Accepted, conference.Declined, conference.Accepted, conference.Accepted}
		if !slices.Equal(got, want) {
			h.Errorf("got %v", got)
		}
		h.ok(h.AnswerSeries(ctx, koge.Actor, f.ID, conference.Tentative, time.Time{}, true))
		if got := h.rsvp(f.Occurrences[2].ID, koge); got != conference.Tentative {
			h.Errorf("an answer to all left %s", got)
		}
		h.refused(h.AnswerSeries(ctx, h.HeadquartersStaff.Actor, f.ID, conference.Accepted, time.Time{}, false), "error.forbidden")
		h.missing(h.AnswerSeries(ctx, h.Outsider.Actor, f.ID, conference.Accepted, time.Time{}, false))
	})
}

func TestTheRestOfASeriesIsCancelledWithOneMail(t *testing.T) {
	each(t, func(h house) {
		c, f := h.weekly()
		ctx, koge := h.Context(), h.KogeCoordinator.Actor
		h.refused(h.EndSeries(ctx, h.KogeStaff.Actor, f.ID, f.Occurrences[2].ID, f.Version), "error.forbidden")
		h.refused(h.EndSeries(ctx, koge, f.ID, f.Occurrences[2].ID, f.Version+1), "error.conflict")
		h.missing(h.EndSeries(ctx, koge, f.ID, h.poll().ID, f.Version))
		h.ok(h.Cancel(ctx, koge, f.Occurrences[1].ID, h.find(f.Occurrences[1].ID).Version))
		h.ok(h.EndSeries(ctx, koge, f.ID, f.Occurrences[2].ID, f.Version))
		got := h.series(f.ID)
		var states []conference.State
		for _, o := range got.Occurrences {
			states = append(states, o.State)
		}
		want := []conference.State{conference.Scheduled, conference.Cancelled, conference.Cancelled, conference.Cancelled, conference.Cancelled}
		if !slices.Equal(states, want) || got.Rule != "FREQ=WEEKLY;COUNT=3" || got.Sequence != 3 {
			h.Errorf("got %v, %+v", states, got)
		}
		mails := h.letters(conference.SeriesMail, c.ID)
		if len(mails) != 8 || len(h.letters(conference.CancellationMail, f.Occurrences[3].ID)) > 0 {
			h.Errorf("told: %v", mails)
		}
	})
}

// An occurrence that has become a draft again is its coordinators' alone, and takes nothing else of the series with it.
func TestOfASeriesEverybodySeesTheTimesThatTheyMaySee(t *testing.T) {
	each(t, func(h house) {
		c, f := h.weekly()
		ctx := h.Context()
		seen := func(a access.Actor) (ids []string, shown string) {
			h.Helper()
			got, one, err := h.FindSeries(ctx, a, f.ID)
			h.ok(err)
			for _, o := range got.Occurrences {
				ids = append(ids, o.ID)
			}
			return ids, one.ID
		}
		draft := func(ids ...string) {
			h.Helper()
			h.ok(h.db.Write(ctx, func(tx *database.Tx) error {
				for _, id := range ids {
					if _, err := tx.Exec(ctx, `update conferences set state = 'draft' where id = $1`, id); err != nil {
						return err
					}
				}
				return nil
			}))
		}
		draft(f.Occurrences[0].ID, f.Occurrences[3].ID)
		if ids, shown := seen(h.KogeStaff.Actor); len(ids) != 3 || slices.Contains(ids, c.ID) || shown != f.Occurrences[1].ID {
			h.Errorf("staff see %v, the page is of %s", ids, shown)
		}
		if ids, shown := seen(h.KogeCoordinator.Actor); len(ids) != 5 || shown != c.ID {
			h.Errorf("a coordinator sees %v, the page is of %s", ids, shown)
		}
		_, _, err := h.FindSeries(ctx, h.Outsider.Actor, f.ID)
		h.missing(err)
		_, _, err = h.FindSeries(ctx, access.Actor{}, f.ID)
		h.missing(err)
		draft(f.Occurrences[1].ID, f.Occurrences[2].ID, f.Occurrences[4].ID)
		_, _, err = h.FindSeries(ctx, h.KogeStaff.Actor, f.ID)
		h.missing(err)
	})
}

// sketched is a series of six drafts without the second, as weekly makes them, from a draft with one time.
func (h house) sketched() (conference.Conference, conference.Series) {
	h.Helper()
	p := h.one()
	p.Draft = true
	id, err := h.Propose(h.Context(), h.MinskCoordinator.Actor, p)
	h.ok(err)
	c := h.find(id)
	seriesID, err := h.Repeat(h.Context(), h.MinskCoordinator.Actor, id, c.Version,
		conference.Repetition{Often: calendar.Weekly, Zone: "Europe/Copenhagen", Count: 6, Without: []string{"2020-09-03T10:00"}})
	h.ok(err)
	return c, h.sketch(seriesID)
}

func (h house) sketch(id string) conference.Series {
	h.Helper()
	f, _, err := h.FindSeries(h.Context(), h.MinskCoordinator.Actor, id)
	h.ok(err)
	return f
}

func (h house) told() (n int) {
	h.Helper()
	h.ok(h.db.Read(h.Context(), func(tx *database.Tx) error { return tx.Row(h.Context(), `select count(*) from jobs`).Scan(&n) }))
	return n
}

func TestASeriesOfDraftsMailsNobodyUntilItIsSent(t *testing.T) {
	each(t, func(h house) {
		c, f := h.sketched()
		ctx, minsk := h.Context(), h.MinskCoordinator.Actor
		if len(f.Occurrences) != 5 || h.told() != 0 {
			h.Fatalf("%d times, %d jobs", len(f.Occurrences), h.told())
		}
		for i, local := range []string{"2020-08-27T10:00", "2020-09-10T10:00", "2020-09-17T10:00", "2020-09-24T10:00", "2020-10-01T10:00"} {
			got := h.find(f.Occurrences[i].ID)
			if !got.Is(conference.Draft) || len(got.Slots) != 1 || got.Slots[0].StartsLocal != local || got.Slots[0].Zone != "Europe/Copenhagen" ||
				len(got.Participants) != 4 || !f.Occurrences[i].StartsAt.Equal(got.Slots[0].StartsAt) {
				h.Errorf("number %d: %+v", i, got)
			}
		}
		_, _, err := h.FindSeries(ctx, h.KogeStaff.Actor, f.ID)
		h.missing(err)

		h.missing(h.SendSeries(ctx, h.KogeStaff.Actor, f.ID, f.Version))
		h.missing(h.SendSeries(ctx, h.Outsider.Actor, f.ID, f.Version))
		h.refused(h.SendSeries(ctx, minsk, f.ID, f.Version+1), "error.conflict")
		if h.told() != 0 {
			h.Errorf("what was refused has %d jobs", h.told())
		}
		third := h.find(f.Occurrences[2].ID) // is moved by an hour before anybody knows of it
		p := h.one()
		p.Draft, p.Times = true, []string{"2020-09-17T12:00"}
		p.TitleBase, p.PurposeBase = third.Title.Version, third.Purpose.Version
		h.ok(h.Change(ctx, minsk, third.ID, third.Version, p))
		h.ok(h.SendSeries(ctx, minsk, f.ID, f.Version))
		f = h.series(f.ID)
		for _, o := range f.Occurrences {
			if o.State != conference.Scheduled || len(h.letters(conference.InvitationMail, o.ID)) > 0 || o.Sequence != f.Sequence {
				h.Errorf("%s: %+v", o.Local, o)
			}
		}
		if !f.Moved(f.Occurrences[2]) || f.Moved(f.Occurrences[1]) {
			h.Error("what was moved as a draft is not")
		}
		if got := h.letters(conference.SeriesMail, c.ID); len(got) != 4 || got[0].Sequence != f.Sequence {
			h.Errorf("told: %v", got)
		}
		h.refused(h.SendSeries(ctx, minsk, f.ID, f.Version), "conferences.series.problem.sent")
	})
}

func TestADraftOfASeriesCanBeSentByItself(t *testing.T) {
	each(t, func(h house) {
		c, f := h.sketched()
		ctx, minsk := h.Context(), h.MinskCoordinator.Actor
		second := h.find(f.Occurrences[1].ID)
		p := h.one()
		p.Zone, p.Times = "Europe/Copenhagen", []string{"2020-09-10T10:00"}
		p.TitleBase, p.PurposeBase = second.Title.Version, second.Purpose.Version
		h.ok(h.Change(ctx, minsk, second.ID, second.Version, p))
		if got := h.letters(conference.InvitationMail, second.ID); len(got) != 4 || len(h.letters(conference.SeriesMail, c.ID)) != 0 {
			h.Errorf("told: %v", got)
		}
		seen := h.series(f.ID) // staff see it, and none of the drafts around it
		if without, err := h.sketch(f.ID).Without(); err != nil || len(seen.Occurrences) != 1 || len(without) != 5 {
			h.Errorf("%d times; the entry leaves out %v, %v", len(seen.Occurrences), without, err)
		}
		h.ok(h.db.Read(ctx, func(tx *database.Tx) error {
			mine, err := h.SeriesForIn(ctx, tx, f.ID, h.KogeStaff.ID)
			if len(mine.Occurrences) != 1 {
				h.Errorf("of the drafts around it they learn: %v", mine.Occurrences)
			}
			return err
		}))
	})
}

func TestDraftsOfASeriesAreDroppedWithoutAWord(t *testing.T) {
	each(t, func(h house) {
		_, f := h.sketched()
		ctx, minsk := h.Context(), h.MinskCoordinator.Actor
		h.ok(h.EndSeries(ctx, minsk, f.ID, f.Occurrences[3].ID, f.Version))
		got := h.sketch(f.ID)
		if got.Occurrences[2].State != conference.Draft || got.Occurrences[3].State != conference.Cancelled || h.told() != 0 {
			h.Errorf("%v, %d jobs", got.Occurrences, h.told())
		}
		h.ok(h.SendSeries(ctx, minsk, f.ID, got.Version))
		if list := h.series(f.ID).Occurrences; len(h.letters(conference.SeriesMail, f.FirstID)) != 4 || list[3].State != conference.Cancelled {
			h.Errorf("what was dropped comes back: %v", list)
		}
	})
}

func TestADraftWithoutExactlyOneTimeIsNotRepeated(t *testing.T) {
	each(t, func(h house) {
		ctx, minsk := h.Context(), h.MinskCoordinator.Actor
		for _, times := range [][]string{nil, {"2020-08-25T14:00", "2020-08-27T11:00"}} {
			p := h.one()
			p.Draft, p.Times = true, times
			id, err := h.Propose(ctx, minsk, p)
			h.ok(err)
			_, err = h.Repeat(ctx, minsk, id, 1, conference.Repetition{Often: calendar.Weekly, Zone: "Europe/Minsk", Count: 3})
			h.refused(err, "conferences.repeat.problem.draft")
		}
		_, f := h.sketched()
		second := h.find(f.Occurrences[1].ID)
		p := h.planned()
		p.Draft = true
		p.TitleBase, p.PurposeBase = second.Title.Version, second.Purpose.Version
		h.ok(h.Change(ctx, minsk, second.ID, second.Version, p))
		h.refused(h.SendSeries(ctx, minsk, f.ID, f.Version), "conferences.series.problem.times")
		if !h.find(f.FirstID).Is(conference.Draft) || h.told() != 0 {
			h.Error("half of the series was sent")
		}
	})
}
