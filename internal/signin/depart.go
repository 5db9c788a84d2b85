package signin

import (
	"context"

	"example.org/tandem/internal/database"
)

// DepartIn ends all of a person who leaves: every session, what was kept for them to come back to, and an account that they were
// about to add. Their accounts at providers are marked: a provider that lets its own people in by themselves does not bring them
// back. An invitation does. It has to be called while the accounts are still theirs.
func (s *SignIn) DepartIn(ctx context.Context, tx *database.Tx, personID string) error {
	accounts, err := database.All(ctx, tx, func(row database.Scanner) (i Identity, err error) { return i, row.Scan(&i.Issuer, &i.Subject) },
		`select issuer, subject from identities where person_id = $1`, personID)
	if err != nil {
		return err
	}
	for _, i := range accounts {
		if err := s.departIn(ctx, tx, i.Issuer, i.Subject); err != nil {
			return err
		}
	}
	for _, table := range []string{"sessions", "kept_forms", "sign_ins"} {
		if _, err := tx.Exec(ctx, `delete from `+table+` where person_id = $1`, personID); err != nil {
			return err
		}
	}
	return nil
}

func (s *SignIn) departIn(ctx context.Context, tx *database.Tx, issuer, subject string) error {
	_, err := tx.Exec(ctx, `insert into departed (digest, at) values ($1, $2) on conflict (digest) do nothing`, s.sealer.mark(issuer, subject), tx.Now)
	return err
}

// departed tells whether an account was somebody's here who has left with it.
func (s *SignIn) departed(ctx context.Context, tx *database.Tx, who identity) (bool, error) {
	var n int
	err := tx.Row(ctx, `select count(*) from departed where digest = $1`, s.sealer.mark(who.issuer, who.subject)).Scan(&n)
	return n > 0, err
}
