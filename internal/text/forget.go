package text

import (
	"context"

	"example.org/tandem/internal/database"
)

// ForgetIn removes texts with every revision that they ever had, for good. It is for the names of people who leave, and for
// nothing that others have read, answered or translated.
func ForgetIn(ctx context.Context, tx *database.Tx, ids ...string) error {
	var args database.Args
	_, err := tx.Exec(ctx, `delete from texts where id in `+args.In(distinct(ids)), args...)
	return err
}
