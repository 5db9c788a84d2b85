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
	overlap     = 30 * time.Second   // that a renewed session's old token is good for
	remembered  = 7 * 24 * time.Hour // that the row of an ended session still says whose it was
)

// Session is one browser that is signed in.
type Session struct {
	ID        string // of the browser's row in lists; it opens nothing
	Provider  string
	StartedAt time.Time
	SeenAt    time.Time
	EndsAt    time.Time
	hash      string

	issuer, subject   string
	rights, rightsNow int // the person's when the token was made, and now
}

// openIn starts a session for a person whom we know, and ends the one that this browser had before: a token that was there
// before the sign-in is worth nothing after it.
func (s *SignIn) openIn(ctx context.Context, tx *database.Tx, p *provider, person string, who identity, device, before string) (string, error) {
	token, now := newToken(), s.now()
	if err := s.sweep(ctx, tx, before); err != nil {
		return "", err
	}
	_, err := tx.Exec(ctx, `insert into sessions (token_hash, id, person_id, provider, issuer, subject, sid, id_token, device, rights, started_at, seen_at, ends_at)
		select $1, $2, id, $3, $4, $5, $6, $7, $8, rights, $9, $9, $10 from people where id = $11`,
		digest(token), database.NewID(), p.ID, who.issuer, who.subject, who.sid, s.sealer.seal(who.idToken), shortened(device), now, now.Add(sessionLife), person)
	if err != nil {
		return "", err
	}
	return token, audit.Record(ctx, tx, person, "sign in", "person:"+person, audit.Details{"provider": p.ID})
}

// renew gives a session another token, because its person may do other things now than when the old one was made. The old one
// is good for a little longer: the rest of a page is on its way with it. Of two requests that come at once one renews; the
// other gets no token.
func (s *SignIn) renew(ctx context.Context, old Session) (token string, err error) {
	fresh, now := newToken(), s.now()
	err = s.db.Write(ctx, func(tx *database.Tx) error {
		token = ""
		n, err := tx.Exec(ctx, `update sessions set renewed = $1, rights = $2, ends_at = $3 where token_hash = $4 and not renewed`,
			true, old.rightsNow, earlier(old.EndsAt, now.Add(overlap)), old.hash)
		if err != nil || n == 0 {
			return err
		}
		_, err = tx.Exec(ctx, `insert into sessions (token_hash, id, person_id, provider, issuer, subject, sid, id_token, device, rights, started_at, seen_at, ends_at)
			select $1, id, person_id, provider, issuer, subject, sid, id_token, device, rights, started_at, $2, $3 from sessions where token_hash = $4`,
			digest(fresh), now, old.EndsAt, old.hash)
		token = fresh
		return err
	})
	return token, err
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// sweep removes what ended long ago, and ends one session by its token.
func (s *SignIn) sweep(ctx context.Context, tx *database.Tx, token string) error {
	now := s.now()
	_, err := tx.Exec(ctx, `delete from sessions where ends_at <= $1 or seen_at <= $2`, now.Add(-remembered), now.Add(-idleLife-remembered))
	if err != nil {
		return err
	}
	_, err = s.endIn(ctx, tx, `id in (select id from sessions where token_hash = $1)`, digest(token))
	return err
}

// endIn ends the sessions of a condition that are not over, and gives whose they were. The rows stay for a while, without the
// token of the provider: what a browser still sends with an ended session is kept for nobody but its person.
func (s *SignIn) endIn(ctx context.Context, tx *database.Tx, which string, args ...any) ([]string, error) {
	all := database.Args(args)
	now := all.Add(s.now())
	return database.Strings(ctx, tx, `update sessions set ends_at = `+now+`, id_token = '', device = ''
		where ends_at > `+now+` and `+which+` returning person_id`, all...)
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
