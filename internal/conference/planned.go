package conference

import (
	"context"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/text"
)

// PlannedLimit is how many conferences are shown beside the times that somebody looks through.
const PlannedLimit = 100

// PlannedWith is what a partnership has planned between two moments and the actor may see, the earliest first: whoever looks for
// a time sees what is there already. What was called off is not. The titles are there after texts.Load.
func (s *Store) PlannedWith(ctx context.Context, tx *database.Tx, texts *text.Batch, a access.Actor, partnershipID string, from, until time.Time) ([]Dated, error) {
	var args database.Args
	// Bounds on when it is over let the index of a partnership's list find it: no conference is longer than a day.
	where := `c.partnership_id = ` + args.Add(partnershipID) + ` and c.over_at >= ` + args.Add(from) + `
		and c.over_at < ` + args.Add(until.AddDate(0, 0, 1)) + ` and c.starts_at < ` + args.Add(until) + `
		and c.starts_local is not null and c.state = 'scheduled' and ` + access.SeesSQL(a, "c.partnership_id", &args)
	list, err := database.All(ctx, tx, func(row database.Scanner) (Dated, error) { return dated(row, tx.Now) },
		datedColumns+`, '' from conferences c where `+where+` order by c.starts_at, c.id limit `+args.Add(PlannedLimit), args...)
	for i := range list {
		texts.Want(list[i].Title.ID, &list[i].Title)
	}
	return list, err
}
