package jobs

import (
	"context"

	"example.org/tandem/internal/database"
)

// ForgetIn takes some words out of what is told of failures: a mail server repeats the address that it does not know.
func ForgetIn(ctx context.Context, tx *database.Tx, words string) error {
	if words == "" {
		return nil
	}
	_, err := tx.Exec(ctx, `update jobs set last_error = replace(last_error, $1, '…') where last_error <> ''`, words)
	return err
}
