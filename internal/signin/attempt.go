package signin

import (
	"context"
	"fmt"
	"time"

	"example.org/tandem/internal/database"
)

// attempt is one sign-in under way, from the click on a provider to its answer.
type attempt struct {
	provider string
	nonce    string
	verifier string // PKCE, RFC 7636
	next     string

	invitation string // ID of the one that the person came by; "" of none
	link       string // ID of the link that led to it
	person     string // who is adding an identity to those they have; "" of everybody else
}

// attemptLife leaves time to look for a phone or to set a new password at the provider.
const attemptLife = 30 * time.Minute

// keep writes an attempt down under the digest of its state and of the browser's cookie together: the answer is only
// found by the browser that asked. What was never answered is swept out on the way.
func (s *SignIn) keep(ctx context.Context, a attempt, state, browser string) error {
	now := s.now()
	return s.db.Write(ctx, func(tx *database.Tx) error {
		if _, err := tx.Exec(ctx, `delete from sign_ins where ends_at <= $1`, now); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `insert into sign_ins (state_hash, provider, nonce, verifier, next, invitation_id, link_id, person_id, ends_at)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			digest(state, browser), a.provider, a.nonce, a.verifier, a.next, a.invitation, a.link, a.person, now.Add(attemptLife))
		return err
	})
}

// take finds an attempt and removes it in the same breath: a state is good for one answer.
func (s *SignIn) take(ctx context.Context, providerID, state, browser string) (attempt, error) {
	var a attempt
	if state == "" || browser == "" {
		return a, refuse("state", "no state, or no cookie of the browser that began")
	}
	var endsAt time.Time
	err := s.db.Write(ctx, func(tx *database.Tx) error {
		return tx.Row(ctx, `delete from sign_ins where state_hash = $1 returning provider, nonce, verifier, next, invitation_id, link_id, person_id, ends_at`,
			digest(state, browser)).Scan(&a.provider, &a.nonce, &a.verifier, &a.next, &a.invitation, &a.link, &a.person, &endsAt)
	})
	switch {
	case database.IsNone(err):
		return a, refuse("state", "unknown, used up, or of another browser")
	case err != nil:
		return a, fmt.Errorf("take sign-in: %w", err)
	case !s.now().Before(endsAt):
		return a, refuse("state", "begun more than %s ago", attemptLife)
	case a.provider != providerID:
		return a, refuse("state", "begun at %s, answered by %s", a.provider, providerID)
	}
	return a, nil
}
