package conference

import (
	"context"
	"slices"

	"example.org/tandem/internal/database"
)

// hosts writes the hosts, if they are others now.
func (g change) hosts(ctx context.Context) error {
	if slices.Equal(g.Hosts, g.c.Hosts) {
		return nil
	}
	if _, err := g.tx.Exec(ctx, `delete from conference_hosts where conference_id = $1`, g.c.ID); err != nil {
		return err
	}
	return g.host(ctx, g.tx, g.c.ID)
}

// participants compares the list with what it was.
func (g change) participants() (added, removed []string) {
	before := g.c.people()
	for _, id := range g.Participants {
		if !slices.Contains(before, id) {
			added = append(added, id)
		}
	}
	for _, id := range before {
		if !slices.Contains(g.Participants, id) {
			removed = append(removed, id)
		}
	}
	return added, removed
}

// invite writes the list. What somebody who left it had answered in a poll stays, should they come back.
func (g change) invite(ctx context.Context, added, removed []string) error {
	if len(removed) > 0 {
		args := database.Args{g.c.ID}
		_, err := g.tx.Exec(ctx, `delete from participants where conference_id = $1 and person_id in `+args.In(removed), args...)
		if err != nil {
			return err
		}
		args = database.Args{g.c.ID}
		_, err = g.tx.Exec(ctx, `update agenda_items set presenter_id = null where conference_id = $1 and presenter_id in `+args.In(removed), args...)
		if err != nil {
			return err
		}
	}
	return g.ask(ctx, g.tx, g.c.ID, added)
}
