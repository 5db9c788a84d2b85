package org

import (
	"context"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Profile is what a person keeps about themselves, and where they belong.
type Profile struct {
	PersonID string
	Name     text.Text
	Email    string
	Language locale.Language   // of the interface and of mails
	Reads    []locale.Language // best first
	Zone     string            // IANA name
	Version  int
	Belongs  []Colleague // the person in each of their units
}

// Profile is the actor's own.
func (s *Store) Profile(ctx context.Context, a access.Actor) (p Profile, err error) {
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		p, err = profile(ctx, tx, a)
		return err
	})
	return p, err
}

func profile(ctx context.Context, tx *database.Tx, a access.Actor) (Profile, error) {
	p := Profile{PersonID: a.PersonID}
	var name, reads string
	err := tx.Row(ctx, `select name_id, email, language, reads, zone, version from people where id = $1`, a.PersonID).
		Scan(&name, &p.Email, &p.Language, &reads, &p.Zone, &p.Version)
	if database.IsNone(err) {
		return p, problem.Missing()
	}
	if err != nil {
		return p, err
	}
	p.Reads = locale.ParseList(reads)
	rows, err := colleagues(ctx, tx, `m.person_id = $1 and m.ended_at is null order by m.id`, []any{a.PersonID})
	if err != nil {
		return p, err
	}
	ids := []string{name}
	for _, r := range rows {
		ids = append(ids, r.u.texts()...)
	}
	texts, err := text.Load(ctx, tx, ids...)
	p.Name = texts[name]
	for _, r := range rows {
		p.Belongs = append(p.Belongs, r.colleague(texts))
	}
	return p, err
}

// ProfileDraft is a profile as its form was sent. Names holds the display name in every language that it was given in; the
// person has all of them before their eyes, so all count as checked by them.
type ProfileDraft struct {
	Version  int // that the form started from
	Names    map[locale.Language]string
	Language locale.Language
	Reads    []locale.Language
	Zone     string
}

// check looks at the form. Its name fields are called name-be, name-ru, …; a name that was there can be changed, not emptied.
func (d ProfileDraft) check(name text.Text) error {
	var c problem.Check
	for _, l := range locale.All {
		if d.Names[l] != "" || name.State(l) != text.Missing {
			text.Draft{Language: l, Body: d.Names[l]}.CheckLine(&c, "name-"+string(l))
		}
	}
	c.That(isLanguage(d.Language), "language", "error.choice")
	c.That(!containsOther(d.Reads), "reads", "error.choice")
	c.That(isZone(d.Zone), "zone", "error.choice")
	return c.Err()
}

// ChangeProfile writes the actor's own profile. Where it was changed elsewhere since the form was shown, nothing is
// written and the problem is a Conflict.
func (s *Store) ChangeProfile(ctx context.Context, a access.Actor, d ProfileDraft) error {
	if err := access.Check(a, access.EditProfile, access.EditProfile, access.Case{Person: a.PersonID}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *database.Tx) error {
		old, err := profile(ctx, tx, a)
		if err != nil {
			return err
		}
		if err := d.check(old.Name); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, `update people set language = $1, reads = $2, zone = $3, version = version + 1
			where id = $4 and version = $5`, string(d.Language), locale.JoinList(d.Reads), d.Zone, a.PersonID, d.Version)
		if err != nil {
			return err
		}
		if n == 0 {
			return problem.Moved()
		}
		if err := rename(ctx, tx, old.Name, d.Names, a.PersonID); err != nil {
			return err
		}
		return audit.Record(ctx, tx, a.PersonID, "change profile", "person:"+a.PersonID, nil)
	})
}

// Speak remembers the language that a person wants Tandem to speak. It is theirs to choose at any time, so there is no
// version to collide with.
func (s *Store) Speak(ctx context.Context, a access.Actor, l locale.Language) error {
	return s.remember(ctx, a, "language", l)
}

// RememberWriting keeps the language that a person last wrote in: it presets that of their next text.
func (s *Store) RememberWriting(ctx context.Context, a access.Actor, l locale.Language) error {
	if a.Writes == l {
		return nil
	}
	return s.remember(ctx, a, "writes", l)
}

// remember is no change that an audit would ask for: it gives no right and tells nothing of anybody.
func (s *Store) remember(ctx context.Context, a access.Actor, column string, l locale.Language) error {
	if err := access.Check(a, access.EditProfile, access.EditProfile, access.Case{Person: a.PersonID}); err != nil {
		return err
	}
	if !isLanguage(l) {
		return problem.Refuse("error.choice")
	}
	return s.db.Write(ctx, func(tx *database.Tx) error {
		_, err := tx.Exec(ctx, `update people set `+column+` = $1 where id = $2`, string(l), a.PersonID)
		return err
	})
}
