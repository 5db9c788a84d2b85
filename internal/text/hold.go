package text

import (
	"context"

	"example.org/tandem/internal/database"
)

// Hold takes some texts until the transaction ends: no save comes in between, and one that is under way makes this
// transaction, or itself, run again. For whoever freezes or signs what the texts say now.
func Hold(ctx context.Context, tx *database.Tx, ids ...string) error {
	var args database.Args
	_, err := tx.Exec(ctx, `update texts set version = version where id in `+args.In(distinct(ids)), args...)
	return err
}
