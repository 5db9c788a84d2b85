package web

import (
	"context"
	"time"

	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/org"
)

// daysFrom are the days that people can plan for from an instant on, anywhere on earth.
func (w *Web) daysFrom(ctx context.Context, at time.Time) (calendar.Days, error) {
	_, until := org.SpecialSpan(at)
	return w.Org.Days(ctx, at.AddDate(0, 0, -1).Format(time.DateOnly), until)
}

// daysOf are the days around proposed times.
func (w *Web) daysOf(ctx context.Context, slots []conference.Slot) (calendar.Days, error) {
	first := w.DB.Now()
	for _, s := range slots {
		if s.StartsAt.Before(first) {
			first = s.StartsAt
		}
	}
	return w.daysFrom(ctx, first)
}
