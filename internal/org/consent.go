package org

import (
	"context"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
)

// PrivacyVersion names the privacy notice as it reads now. Whoever changes what it says in any language moves it on: then
// everybody is shown it again at their next sign-in.
const PrivacyVersion = "2"

// Consent is a person's agreement to one version of the privacy notice, as they read it.
type Consent struct {
	Version  string          `json:"version"`
	Language locale.Language `json:"language"` // in which they read it
	At       time.Time       `json:"at"`
}

// Consented tells whether a person has agreed to a version of the privacy notice.
func Consented(ctx context.Context, tx *database.Tx, personID, version string) (bool, error) {
	return exists(ctx, tx, `select count(*) from consents where person_id = $1 and version = $2`, personID, version)
}

// Consent keeps that the actor agrees to the privacy notice in the version that they were shown, in the language in which it
// stood before them. One that has changed meanwhile is a Conflict: nobody agrees to what they have not read. Agreeing once
// more changes nothing.
func (s *Store) Consent(ctx context.Context, a access.Actor, version string, l locale.Language) error {
	if err := access.Check(a, access.EditProfile, access.EditProfile, access.Case{Person: a.PersonID}); err != nil {
		return err
	}
	switch {
	case version != PrivacyVersion:
		return &problem.Problem{Kind: problem.Conflict, Key: "privacy.problem.changed"}
	case !isLanguage(l):
		return problem.Refuse("error.choice")
	}
	return s.db.Write(ctx, func(tx *database.Tx) error { return s.ConsentIn(ctx, tx, a.PersonID, version, l) })
}

// ConsentIn is Consent within a transaction; nobody asks who is asking.
func (s *Store) ConsentIn(ctx context.Context, tx *database.Tx, personID, version string, l locale.Language) error {
	n, err := tx.Exec(ctx, `insert into consents (person_id, version, language, at) values ($1, $2, $3, $4)
		on conflict (person_id, version) do nothing`, personID, version, string(l), tx.Now)
	if err != nil || n == 0 {
		return err
	}
	return audit.Record(ctx, tx, personID, "consent", "person:"+personID, audit.Details{"version": version, "language": string(l)})
}

// Consents are all that the actor has agreed to, the newest first.
func (s *Store) Consents(ctx context.Context, a access.Actor) (list []Consent, err error) {
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		list, err = s.ConsentsIn(ctx, tx, a.PersonID)
		return err
	})
	return list, err
}

// ConsentsIn is Consents of anybody, within a transaction.
func (s *Store) ConsentsIn(ctx context.Context, tx *database.Tx, personID string) ([]Consent, error) {
	return database.All(ctx, tx, func(row database.Scanner) (c Consent, err error) {
		return c, row.Scan(&c.Version, &c.Language, &c.At)
	}, `select version, language, at from consents where person_id = $1 order by at desc, version desc limit 100`, personID)
}
