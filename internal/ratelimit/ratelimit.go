// Package ratelimit counts how often somebody may try: to sign in, to open a link, to leave a form behind. It counts in the
// database, so a limit holds over all programs of an installation together.
//
// A bucket of tries is one instant (the generic cell rate algorithm): when it will be full again. A try moves that instant on
// by the time that one try takes to come back, and is refused where that would take longer than all of them do.
package ratelimit

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"sync/atomic"
	"time"

	"example.org/tandem/internal/database"
)

// Pace is how often: so many tries at once, and then one more after each such time.
type Pace struct {
	Purpose string // of what; tries of one purpose are counted apart from those of another
	Burst   int
	Every   time.Duration
}

// Limiter counts.
type Limiter struct {
	db    *database.DB
	now   database.Clock
	swept atomic.Int64
}

// New counts by that clock; nil: the machine's, as sessions do.
func New(db *database.DB, now database.Clock) *Limiter {
	if now == nil {
		now = database.MachineClock
	}
	return &Limiter{db: db, now: now}
}

// Take uses up one try of whoever is meant (an address, a person) and tells whether there was one. An error is no yes: with
// the database down nobody knows how often somebody has tried.
func (l *Limiter) Take(ctx context.Context, p Pace, who string) (bool, error) {
	now := l.now()
	key, latest := digest(p.Purpose, who), now.Add(time.Duration(p.Burst-1)*p.Every)
	empty, err := l.empty(ctx, key, latest)
	if err != nil || empty {
		return false, err
	}
	var taken int64
	err = l.db.Write(ctx, func(tx *database.Tx) (err error) {
		taken, err = tx.Exec(ctx, `insert into rate_limits (key_hash, full_at) values ($1, $2)
			on conflict (key_hash) do update set full_at = case when rate_limits.full_at < $3 then $2 else rate_limits.full_at + $4 end
			where rate_limits.full_at <= $5`,
			key, now.Add(p.Every).UnixMicro(), now.UnixMicro(), p.Every.Microseconds(), latest.UnixMicro())
		return err
	})
	if err != nil {
		return false, err
	}
	return taken == 1, l.sweep(ctx, now)
}

// empty: somebody who goes on trying is told so without a write, which all others would have to wait for.
func (l *Limiter) empty(ctx context.Context, key string, latest time.Time) (empty bool, err error) {
	err = l.db.Glance(ctx, func(tx *database.Tx) error {
		var n int
		err := tx.Row(ctx, `select count(*) from rate_limits where key_hash = $1 and full_at > $2`, key, latest.UnixMicro()).Scan(&n)
		empty = n > 0
		return err
	})
	return empty, err
}

// sweep removes, once a minute, what is full again: it says no more than what is not there.
func (l *Limiter) sweep(ctx context.Context, now time.Time) error {
	last := l.swept.Load()
	if now.UnixMicro()-last < time.Minute.Microseconds() || !l.swept.CompareAndSwap(last, now.UnixMicro()) {
		return nil
	}
	return l.db.Write(ctx, func(tx *database.Tx) error {
		_, err := tx.Exec(ctx, `delete from rate_limits where full_at < $1`, now.UnixMicro())
		return err
	})
}

// digest: whose address it was is nobody's business.
func digest(purpose, who string) string {
	hash := sha256.Sum256([]byte(purpose + "\x00" + who))
	return base64.RawURLEncoding.EncodeToString(hash[:])
}
