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
	id, err := h.Repeat(h.Context(), h.MinskCoordinator.Actor, c.ID, c.Version,
		conference.Repetition{Often: calendar.Weekly, Zone: "Europe/Copenhagen", Count: 6, Without: []string{"2020-09-03T10:00"}})
	h.ok(err)
	return c, h.series(id)
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
