package access

import (
	"context"
	"strings"

	"example.org/tandem/internal/database"
)

// Seen are the partnerships that somebody sees, for statements that read each of them by itself. A condition such as "of one
// of these" makes a database read and sort all that they hold, however short the list.
type Seen struct {
	IDs   []string
	plans map[string]bool
}

// manySeen is where reading each by itself ends: whoever sees more than a hundred sees most of what there is.
const manySeen = 100

// Partnerships finds out which ones somebody sees: one statement.
func Partnerships(ctx context.Context, tx *database.Tx, a Actor) (s Seen, err error) {
	var args database.Args
	s.plans = map[string]bool{}
	_, err = database.All(ctx, tx, func(row database.Scanner) (none struct{}, err error) {
		var id string
		var plans bool
		err = row.Scan(&id, &plans)
		s.IDs, s.plans[id] = append(s.IDs, id), plans
		return none, err
	}, `select id, case when `+PlansSQL(a, "id", &args)+` then true else false end from partnerships
		where `+SeesSQL(a, "id", &args)+` order by id`, args...)
	return s, err
}

// Plans tells whether the person is a coordinator in one of them.
func (s Seen) Plans(partnershipID string) bool { return s.plans[partnershipID] }

// Planned are those in which the person is a coordinator.
func (s Seen) Planned() (ids []string) {
	for _, id := range s.IDs {
		if s.plans[id] {
			ids = append(ids, id)
		}
	}
	return ids
}

// Each puts a statement together that reads every partnership by itself. It is made by `of`, from a condition on the column
// that holds the partnership's ID, and ends with its own order and limit.
func (s Seen) Each(column string, args *database.Args, of func(condition string) string) string {
	switch {
	case len(s.IDs) == 0:
		return of(`1 = 0`)
	case len(s.IDs) > manySeen: // the empty string keeps a database from collecting partnership by partnership
		return of(column + ` || '' in ` + args.In(s.IDs))
	}
	branches := make([]string, len(s.IDs))
	for i, id := range s.IDs {
		branches[i] = `select * from (` + of(column+` = `+args.Add(id)) + `) s`
	}
	return strings.Join(branches, ` union all `)
}
