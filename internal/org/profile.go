package org

import (
	"context"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
)

// Speak remembers the language that a person wants Tandem to speak. It is their own to choose at any time, so there is no
// version to collide with.
func (s *Store) Speak(ctx context.Context, a access.Actor, l locale.Language) error {
	return s.set(ctx, a, "language", l)
}

// RememberWriting keeps the language that a person last wrote in: it presets that of their next text.
func (s *Store) RememberWriting(ctx context.Context, a access.Actor, l locale.Language) error {
	if a.Writes == l {
		return nil
	}
	return s.set(ctx, a, "writes", l)
}

func (s *Store) set(ctx context.Context, a access.Actor, column string, l locale.Language) error {
	if err := access.Check(a, access.EditProfile, access.EditProfile, access.Case{Person: a.PersonID}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *database.Tx) error {
		_, err := tx.Exec(ctx, `update people set `+column+` = $1 where id = $2 and `+column+` <> $1`, string(l), a.PersonID)
		return err
	})
}
