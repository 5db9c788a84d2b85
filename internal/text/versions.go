package text

import (
	"context"

	"example.org/tandem/internal/database"
)

// Versions are those that texts are at, by their IDs.
func Versions(ctx context.Context, tx *database.Tx, ids ...string) (map[string]int, error) {
	var args database.Args
	at := map[string]int{}
	_, err := database.All(ctx, tx, func(row database.Scanner) (none struct{}, err error) {
		var id string
		var version int
		err = row.Scan(&id, &version)
		at[id] = version
		return none, err
	}, `select id, version from texts where id in `+args.In(distinct(ids)), args...)
	return at, err
}
