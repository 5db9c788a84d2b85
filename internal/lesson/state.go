package lesson

import (
	"context"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Share lets everybody in the partnership read a draft, and tells the coordinators of the other societies by mail. It needs a
// title. The version is the one that the actor has seen:
// nobody shares what somebody else has just changed.
func (s *Store) Share(ctx context.Context, a access.Actor, id string, version int) error {
	return s.move(ctx, a, id, version, sharing)
}

// ShareIn is Share within a transaction.
func (s *Store) ShareIn(ctx context.Context, tx *database.Tx, a access.Actor, id string, version int) error {
	return moveIn(ctx, tx, a, id, version, sharing)
}

// Publish lets anybody read a lesson that is shared, signed in or not.
func (s *Store) Publish(ctx context.Context, a access.Actor, id string, version int) error {
	return s.move(ctx, a, id, version, publishing)
}

// PublishIn is Publish within a transaction.
func (s *Store) PublishIn(ctx context.Context, tx *database.Tx, a access.Actor, id string, version int) error {
	return moveIn(ctx, tx, a, id, version, publishing)
}

// Withdraw takes back a publication: the partnership can still read the lesson, nobody else.
func (s *Store) Withdraw(ctx context.Context, a access.Actor, id string, version int) error {
	return s.move(ctx, a, id, version, withdrawing)
}

// step from one state to the next.
type step struct {
	from, to State
	change
}

var (
	sharing     = step{Draft, Shared, change{what: "shared", deed: "share lesson"}}
	publishing  = step{Shared, Published, change{what: "published", deed: "publish lesson"}}
	withdrawing = step{Published, Shared, change{what: "withdrawn", deed: "withdraw lesson"}}
)

func (s *Store) move(ctx context.Context, a access.Actor, id string, version int, to step) error {
	return s.db.Write(ctx, func(tx *database.Tx) error { return moveIn(ctx, tx, a, id, version, to) })
}

// moveIn does nothing where it has been done already: a button pressed twice is pressed once.
func moveIn(ctx context.Context, tx *database.Tx, a access.Actor, id string, version int, to step) error {
	l, err := hold(ctx, tx, a, id)
	switch {
	case err != nil:
		return err
	case l.State == to.to:
		return nil
	case l.State != to.from:
		return problem.Refuse("lesson.problem.state")
	case l.Version != version:
		return problem.Moved()
	}
	title, err := text.One(ctx, tx, l.Texts[Title].ID)
	if err != nil {
		return err
	}
	var c problem.Check
	if c.That(!title.Empty(), "title", "lesson.problem.no-title"); c.Err() != nil {
		return c.Err()
	}
	return l.moved(ctx, tx, a, to)
}

func (l *Lesson) moved(ctx context.Context, tx *database.Tx, a access.Actor, to step) (err error) {
	l.State = to.to
	switch to.what {
	case "shared":
		_, err = tx.Exec(ctx, `update lessons set state = $1, shared_at = $2, changed_at = $2 where id = $3`, string(to.to), tx.Now, l.ID)
	case "published":
		_, err = tx.Exec(ctx, `update lessons set state = $1, published_at = $2, changed_at = $2 where id = $3`, string(to.to), tx.Now, l.ID)
	case "withdrawn":
		_, err = tx.Exec(ctx, `update lessons set state = $1, published_at = null, changed_at = $2 where id = $3`, string(to.to), tx.Now, l.ID)
	}
	if err != nil {
		return err
	}
	if err := l.record(ctx, tx, a, to.change); err != nil || to.what != "shared" {
		return err
	}
	return l.tell(ctx, tx)
}
