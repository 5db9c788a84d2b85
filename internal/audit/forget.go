package audit

import (
	"context"
	"time"

	"example.org/tandem/internal/database"
)

// Kept is how long entries are kept: two years.
const Kept = 2 * 365 * 24 * time.Hour

// checkpoint stands for the entries that are gone: the chain begins behind it.
type checkpoint struct {
	position  int64 // of the last entry that is gone
	hash      string
	entries   int64 // how many are gone in all
	until     time.Time
	signature string
}

func (k *Keeper) signCheckpoint(c checkpoint) string {
	return k.sign("checkpoint", c.position, c.hash, c.entries, c.until.UnixMicro())
}

func checkpointIn(ctx context.Context, tx *database.Tx) (c checkpoint, err error) {
	err = tx.Row(ctx, `select position, hash, entries, until_at, signature from audit_checkpoints order by position desc limit 1`).
		Scan(&c.position, &c.hash, &c.entries, &c.until, &c.signature)
	if database.IsNone(err) {
		return checkpoint{}, nil
	}
	return c, err
}

// Forget replaces the oldest entries, those from before an instant, by a signed checkpoint, and tells how many. What is not
// chained yet stays. A checkpoint that is not ours is an error: nothing is built on it.
func (k *Keeper) Forget(ctx context.Context, before time.Time) (gone int64, err error) {
	err = k.db.Write(ctx, func(tx *database.Tx) error {
		gone, err = k.forgetIn(ctx, tx, before)
		return err
	})
	return gone, err
}

func (k *Keeper) forgetIn(ctx context.Context, tx *database.Tx, before time.Time) (int64, error) {
	old, err := checkpointIn(ctx, tx)
	if err != nil {
		return 0, err
	}
	if old.position > 0 && old.signature != k.signCheckpoint(old) {
		return 0, &Broken{old.position, CheckpointForged}
	}
	c := checkpoint{entries: old.entries}
	// The last one in front of the first that is young enough: entries are chained in the order in which they were found.
	err = tx.Row(ctx, `select position, hash, at from audit where position < coalesce((select min(position) from audit where position is not null and at >= $1),
		(select max(position) + 1 from audit)) order by position desc limit 1`, before).Scan(&c.position, &c.hash, &c.until)
	if database.IsNone(err) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	gone, err := tx.Exec(ctx, `delete from audit where position <= $1`, c.position)
	if err != nil {
		return 0, err
	}
	c.entries += gone
	if _, err := tx.Exec(ctx, `delete from audit_checkpoints`); err != nil {
		return 0, err
	}
	_, err = tx.Exec(ctx, `insert into audit_checkpoints (position, hash, entries, until_at, created_at, signature) values ($1, $2, $3, $4, $5, $6)`,
		c.position, c.hash, c.entries, c.until, tx.Now, k.signCheckpoint(c))
	return gone, err
}
