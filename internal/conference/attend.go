package conference

import (
	"context"
	"slices"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
)

// AttendIn notes who of the participants really took part; all others did not. Whether the actor may, and whether it is still
// time, has been asked already.
func (s *Store) AttendIn(ctx context.Context, tx *database.Tx, a access.Actor, c Conference, people []string) error {
	stranger := slices.ContainsFunc(people, func(id string) bool {
		_, invited := c.Participant(id)
		return !invited
	})
	if stranger {
		return problem.Missing()
	}
	for _, p := range c.Participants {
		_, err := tx.Exec(ctx, `update participants set attended = $1 where conference_id = $2 and person_id = $3`,
			slices.Contains(people, p.PersonID), c.ID, p.PersonID)
		if err != nil {
			return err
		}
	}
	return audit.Record(ctx, tx, a.PersonID, "note attendance", "conference:"+c.ID, nil)
}
