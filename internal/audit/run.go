package audit

import (
	"context"
	"log/slog"
	"time"
)

const (
	sealEvery   = 2 * time.Second
	forgetEvery = 24 * time.Hour
)

// Run chains what is written, and once a day replaces what is older than it is kept, until the context ends. That one of them fails
// stops nobody: it is logged and tried again.
func (k *Keeper) Run(ctx context.Context, log *slog.Logger) error {
	tick := time.NewTicker(sealEvery)
	defer tick.Stop()
	var swept time.Time
	for {
		if _, err := k.Seal(ctx); err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "the audit log could not be chained", "error", err)
		}
		if time.Since(swept) > forgetEvery {
			swept = time.Now()
			if _, err := k.Forget(ctx, k.db.Now().Add(-Kept)); err != nil && ctx.Err() == nil {
				log.ErrorContext(ctx, "old entries of the audit log could not be replaced", "error", err)
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}
