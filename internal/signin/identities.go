package signin

import (
	"context"
	"time"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
)

// Identity is one way in which a person proves who they are.
type Identity struct {
	Issuer, Subject string
	Provider        string // ID; "" where that provider is no longer in the settings
	Name            Names  // of the provider
	AddedAt         time.Time
	Current         bool // the one that this session was begun with
}

// Identities are the actor's, the oldest first.
func (s *SignIn) Identities(ctx context.Context, a access.Actor, current Session) (list []Identity, err error) {
	err = s.db.Glance(ctx, func(tx *database.Tx) error {
		list, err = database.All(ctx, tx, func(row database.Scanner) (i Identity, err error) {
			return i, row.Scan(&i.Issuer, &i.Subject, &i.AddedAt)
		}, `select issuer, subject, added_at from identities where person_id = $1 order by added_at, issuer, subject limit 100`, a.PersonID)
		return err
	})
	for i := range list {
		one := &list[i]
		one.Current = one.Issuer == current.issuer && one.Subject == current.subject
		for _, p := range s.providers {
			if p.Issuer == one.Issuer && one.Provider == "" {
				one.Provider, one.Name = p.ID, p.Name
			}
		}
	}
	return list, err
}

// BeginAdding sends a signed-in person to a provider where they have another account: it will be one more way in for them.
func (s *SignIn) BeginAdding(c echo.Context, providerID string) error {
	a := ActorOf(c)
	if err := access.Check(a, access.EditProfile, access.EditProfile, access.Case{Person: a.PersonID}); err != nil {
		return err
	}
	return s.begin(c, providerID, Wish{Next: "/me/devices", Choose: true, Language: a.Language}, attempt{person: a.PersonID})
}

// DropIdentity takes one of the actor's identities away, and ends what was begun with it. The last one stays: nobody locks
// themselves out.
func (s *SignIn) DropIdentity(ctx context.Context, a access.Actor, issuer, subject string) error {
	if err := access.Check(a, access.EditProfile, access.EditProfile, access.Case{Person: a.PersonID}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *database.Tx) error {
		// Of two who drop one each at the same moment, the second finds that theirs is the last.
		if _, err := tx.Exec(ctx, `update people set rights = rights where id = $1`, a.PersonID); err != nil {
			return err
		}
		own, err := database.Strings(ctx, tx, `select subject from identities where person_id = $1`, a.PersonID)
		if err != nil {
			return err
		}
		n, err := tx.Exec(ctx, `delete from identities where person_id = $1 and issuer = $2 and subject = $3`, a.PersonID, issuer, subject)
		switch {
		case err != nil:
			return err
		case n == 0:
			return problem.Missing()
		case len(own) == 1:
			return problem.Refuse("sign-in.problem.last")
		}
		if _, err := s.endIn(ctx, tx, `person_id = $1 and issuer = $2 and subject = $3`, a.PersonID, issuer, subject); err != nil {
			return err
		}
		if err := s.departIn(ctx, tx, issuer, subject); err != nil {
			return err
		}
		return audit.Record(ctx, tx, a.PersonID, "drop identity", "person:"+a.PersonID, audit.Details{"issuer": issuer})
	})
}
