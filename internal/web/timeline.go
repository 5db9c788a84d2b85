package web

import (
	"context"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/action"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/decision"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/text"
	pages "example.org/tandem/templates/partnerships"
)

// How much of each the timeline of a partnership holds.
const (
	timelineComing = 8
	timelinePast   = 15
	timelineOther  = 20
)

// between fills in what happens between the sides: a statement or two for each feature, and one for all their words.
func (w *Web) between(ctx context.Context, tx *database.Tx, a access.Actor, page *pages.Page) error {
	var texts text.Batch
	if err := w.meetings(ctx, tx, &texts, a, page); err != nil {
		return err
	}
	if err := w.deeds(ctx, tx, &texts, a, page); err != nil {
		return err
	}
	if err := w.learned(ctx, tx, &texts, a, page); err != nil {
		return err
	}
	return texts.Load(ctx, tx)
}

func (w *Web) meetings(ctx context.Context, tx *database.Tx, texts *text.Batch, a access.Actor, page *pages.Page) error {
	lists, err := w.Conference.ListsWith(ctx, tx, texts, a, conference.Filter{PartnershipID: page.ID, Limit: timelineComing},
		conference.Filter{PartnershipID: page.ID, Past: true, Limit: timelinePast})
	if err != nil {
		return err
	}
	coming, past := lists[0], lists[1]
	if coming.Next != "" {
		page.Until = dayOf(page, coming)
	}
	if past.Next != "" {
		page.Since = dayOf(page, past)
	}
	page.Past, page.Coming = past.Conferences, coming.Conferences
	return nil
}

// dayOf is the day of the last conference of a list.
func dayOf(page *pages.Page, list conference.List) string {
	return list.Conferences[len(list.Conferences)-1].StartsAt.In(page.Reader.Zone).Format(time.DateOnly)
}

func (w *Web) deeds(ctx context.Context, tx *database.Tx, texts *text.Batch, a access.Actor, page *pages.Page) (err error) {
	var more [3]bool
	if page.Decisions, more[0], err = w.Decision.ListWith(ctx, tx, texts, a, decision.Filter{Partnership: page.ID, Limit: timelineOther}); err != nil {
		return err
	}
	open := action.Filter{Partnership: page.ID, Unfinished: true, Limit: timelineOther}
	if page.Open, more[1], err = w.Action.ListWith(ctx, tx, texts, a, open); err != nil {
		return err
	}
	done := action.Filter{Partnership: page.ID, Closed: true, Limit: timelineOther}
	if page.Done, more[2], err = w.Action.ListWith(ctx, tx, texts, a, done); err != nil {
		return err
	}
	if more[0] {
		page.Since = max(page.Since, page.Decisions[len(page.Decisions)-1].DecidedOn)
	}
	if more[2] {
		page.Since = max(page.Since, page.Done[len(page.Done)-1].DueOn)
	}
	if last := len(page.Open) - 1; more[1] && !page.Reader.IsPast(page.Open[last].DueOn) && (page.Until == "" || page.Open[last].DueOn < page.Until) {
		page.Until = page.Open[last].DueOn
	}
	return nil
}

func (w *Web) learned(ctx context.Context, tx *database.Tx, texts *text.Batch, a access.Actor, page *pages.Page) (err error) {
	if page.Lessons, err = w.Lesson.OfPartnershipWith(ctx, tx, texts, a, page.ID, timelineOther); err != nil {
		return err
	}
	if len(page.Lessons) == timelineOther {
		page.Since = max(page.Since, page.Lessons[timelineOther-1].On().In(page.Reader.Zone).Format(time.DateOnly))
	}
	var args database.Args
	pieces, err := text.Pieces(ctx, tx, lesson.Pieces(a, access.Seen{IDs: []string{page.ID}}, pages.Listed, &args), args...)
	page.Covered = map[string]text.Coverage{}
	for _, p := range pieces {
		page.Covered[p.ID] = p.Coverage
	}
	return err
}
