package signin

import (
	"context"
	"strings"
	"time"

	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
)

const (
	sessionLife = 7 * 24 * time.Hour // in all
	idleLife    = 12 * time.Hour     // without a request
	seenEvery   = 5 * time.Minute    // how often a session's last sight is written down: not on every read
)

// Session is one browser that is signed in.
type Session struct {
	Provider  string
	StartedAt time.Time
	SeenAt    time.Time
	EndsAt    time.Time
	hash      string
}

// open starts a session for a person whom we know, and ends the one that this browser had before: a token that was
// there before the sign-in is worth nothing after it.
func (s *SignIn) open(ctx context.Context, p *provider, who identity, device, before string) (string, error) {
	token, now := newToken(), s.now()
	err := s.db.Write(ctx, func(tx *database.Tx) error {
		var person string
		err := tx.Row(ctx, `select person_id from identities where issuer = $1 and subject = $2`, p.Issuer, who.subject).Scan(&person)
		if database.IsNone(err) {
			return refuse("account", "nobody here is known by that subject")
		}
		if err != nil {
			return err
		}
		if err := s.sweep(ctx, tx, before); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `insert into sessions (token_hash, person_id, provider, id_token, device, started_at, seen_at, ends_at)
			values ($1, $2, $3, $4, $5, $6, $6, $7)`,
			digest(token), person, p.ID, s.sealer.seal(who.idToken), shortened(device), now, now.Add(sessionLife))
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, person, "sign in", "person:"+person, audit.Details{"provider": p.ID})
	})
	return token, err
}

// sweep removes what has ended, and one session by its token.
func (s *SignIn) sweep(ctx context.Context, tx *database.Tx, token string) error {
	now := s.now()
	_, err := tx.Exec(ctx, `delete from sessions where ends_at <= $1 or seen_at <= $2 or token_hash = $3`,
		now, now.Add(-idleLife), digest(token))
	return err
}

func shortened(device string) string {
	return strings.ToValidUTF8(device[:min(len(device), 200)], "")
}

// see writes down that a session is in use, seldom enough that reading pages stays reading.
func (s *SignIn) see(ctx context.Context, session Session) error {
	now := s.now()
	if now.Sub(session.SeenAt) < seenEvery {
		return nil
	}
	return s.db.Write(ctx, func(tx *database.Tx) error {
		_, err := tx.Exec(ctx, `update sessions set seen_at = $1 where token_hash = $2 and seen_at < $1`, now, session.hash)
		return err
	})
}
