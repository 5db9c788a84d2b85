package audit

import (
	"context"
	"fmt"
	"time"

	"example.org/tandem/internal/database"
)

// Fault is what is wrong with a chain.
type Fault string

const (
	Changed          Fault = "an entry is not what was written, or not in its place"
	Gone             Fault = "an entry is missing"
	CutOff           Fault = "entries are missing at the end"
	HeadForged       Fault = "the end of the chain was not signed here"
	CheckpointForged Fault = "the checkpoint for the oldest entries was not signed here"
)

// Broken names the first place where the log is not what was written.
type Broken struct {
	Position int64
	Fault    Fault
}

func (b *Broken) Error() string {
	return fmt.Sprintf("the audit log is broken at entry %d: %s", b.Position, b.Fault)
}

// Report is a chain that is whole.
type Report struct {
	Entries  int64     // that are there and chained
	Replaced int64     // older ones that a checkpoint stands for
	Loose    int64     // written just now and not chained yet
	From     time.Time // of the first that is there
	Position int64     // of the last
	Hash     string    // of the last: written down elsewhere, it tells later that nothing before was changed
}

// Verify goes through the whole log and gives a *Broken where something was changed, taken out, put in or cut off. It sees the log as
// it stands when it begins, whatever is written meanwhile.
func (k *Keeper) Verify(ctx context.Context) (r Report, err error) {
	err = k.db.Read(ctx, func(tx *database.Tx) error {
		r, err = k.verifyIn(ctx, tx)
		return err
	})
	return r, err
}

func (k *Keeper) verifyIn(ctx context.Context, tx *database.Tx) (r Report, err error) {
	c, err := checkpointIn(ctx, tx)
	if err != nil {
		return r, err
	}
	if c.position > 0 && c.signature != k.signCheckpoint(c) {
		return r, &Broken{c.position, CheckpointForged}
	}
	r.Replaced, r.Position, r.Hash = c.entries, c.position, c.hash
	for {
		list, err := database.All(ctx, tx, readEntry, `select `+entryColumns+` from audit where position > $1 order by position limit 1000`, r.Position)
		if err != nil {
			return r, err
		}
		if len(list) == 0 {
			break
		}
		for _, e := range list {
			if err := k.follows(&r, e); err != nil {
				return r, err
			}
		}
	}
	if err := tx.Row(ctx, `select count(*) from audit where position is null`).Scan(&r.Loose); err != nil {
		return r, err
	}
	return r, k.ends(ctx, tx, r)
}

// follows takes the next entry in, if it is the next.
func (k *Keeper) follows(r *Report, e entry) error {
	switch {
	case e.position != r.Position+1:
		return &Broken{r.Position + 1, Gone}
	case e.hash != k.link(r.Hash, e):
		return &Broken{e.position, Changed}
	}
	if r.Entries == 0 {
		r.From = e.at
	}
	r.Entries, r.Position, r.Hash = r.Entries+1, e.position, e.hash
	return nil
}

// ends holds the last entry to the head of the chain.
func (k *Keeper) ends(ctx context.Context, tx *database.Tx, r Report) error {
	h, err := headIn(ctx, tx)
	switch {
	case err != nil:
		return err
	case h.position == 0 && r.Position == 0:
		return nil
	case h.signature != k.signHead(h):
		return &Broken{h.position, HeadForged}
	case h.position > r.Position:
		return &Broken{r.Position + 1, CutOff}
	case h.position < r.Position || h.hash != r.Hash:
		return &Broken{h.position, HeadForged}
	}
	return nil
}
