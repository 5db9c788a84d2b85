package org

import (
	"context"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/link"
	"example.org/tandem/internal/problem"
)

// FeedSince is when the actor's calendar feed was made; zero: there is none.
func (s *Store) FeedSince(ctx context.Context, a access.Actor) (at time.Time, err error) {
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		at, err = link.SinceIn(ctx, tx, link.Feed, a.PersonID)
		return err
	})
	return at, err
}

// MakeFeed gives the actor a link to subscribe to their calendar by, good until it is revoked. There is one: an older one ends.
func (s *Store) MakeFeed(ctx context.Context, a access.Actor) (token string, err error) {
	err = s.changeFeed(ctx, a, "make feed", func(tx *database.Tx) error {
		token, err = link.MakeIn(ctx, tx, link.Link{Purpose: link.Feed, Subject: a.PersonID, PersonID: a.PersonID})
		return err
	})
	return token, err
}

// RevokeFeed ends the actor's calendar feed: calendars that are subscribed to it get nothing any more.
func (s *Store) RevokeFeed(ctx context.Context, a access.Actor) error {
	return s.changeFeed(ctx, a, "revoke feed", func(*database.Tx) error { return nil })
}

func (s *Store) changeFeed(ctx context.Context, a access.Actor, deed string, change func(*database.Tx) error) error {
	if !a.SignedIn() {
		return problem.Missing()
	}
	return s.db.Write(ctx, func(tx *database.Tx) error {
		if err := link.RevokeIn(ctx, tx, link.Feed, a.PersonID); err != nil {
			return err
		}
		if err := change(tx); err != nil {
			return err
		}
		return audit.Record(ctx, tx, a.PersonID, deed, "person:"+a.PersonID, nil)
	})
}
