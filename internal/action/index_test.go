package action_test

import (
	"strings"
	"testing"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
)

// What is unfinished is read from an index of its own. SQLite chooses between it and that of everything by which was made
// last; with the other, a list walks through all that was ever finished.
func TestUnfinishedItemsAreNotLookedForAmongFinishedOnes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		if strings.HasSuffix(t.Name(), "postgres") {
			return // which plans by what is in the tables
		}
		for index, statement := range map[string]string{
			"actions_due":             `select id from actions where partnership_id = $1 and closed_at is null order by due_on, id limit 6`,
			"actions_all_due":         `select id from actions a where a.partnership_id || '' in ($1) and closed_at is null order by due_on, id limit 6`,
			"action_parts_person_due": `select action_id from action_parts where partnership_id in ('x') and person_id = $1 and ended_at is null order by due_on, action_id limit 6`,
			"action_parts_unit_due":   `select action_id from action_parts where partnership_id in ('x') and unit_id = $1 and ended_at is null order by due_on, action_id limit 6`,
		} {
			if got := explained(t, db, statement); !strings.Contains(got, "INDEX "+index+" ") && !strings.HasSuffix(got, "INDEX "+index) {
				t.Errorf("%s instead of %s", got, index)
			}
		}
	})
}

func explained(t *testing.T, db *database.DB, statement string) (plan string) {
	t.Helper()
	err := db.Read(t.Context(), func(tx *database.Tx) error {
		var id, parent, unused int
		return tx.Row(t.Context(), `explain query plan `+statement, "x").Scan(&id, &parent, &unused, &plan)
	})
	if err != nil {
		t.Fatal(err)
	}
	return plan
}
