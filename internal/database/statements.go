package database

import (
	"context"
	"sync/atomic"
)

type counterKey struct{}

// WithCounter lets a test see how many statements a request runs: a page needs as many for 200 rows as for one.
func WithCounter(ctx context.Context, counter *atomic.Int64) context.Context {
	return context.WithValue(ctx, counterKey{}, counter)
}

func count(ctx context.Context) {
	if counter, ok := ctx.Value(counterKey{}).(*atomic.Int64); ok {
		counter.Add(1)
	}
}
