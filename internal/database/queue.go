package database

import (
	"context"
	"sync"
	"sync/atomic"
)

// queue lets transactions that want to write to SQLite at the same time share one commit. A commit waits for the disk, so
// that it survives a power cut, and this wait is as long for twenty changes as for one. Each transaction is a savepoint of
// the shared one: what fails in it is undone by itself. Whoever finds nobody waiting behind commits for all.
type queue struct {
	turn    sync.Mutex
	waiting atomic.Int32 // for the turn
	shared  *shared      // left open for the next in turn; nil: none
}

// shared is one transaction of SQLite with those of several callers in it.
type shared struct {
	link *link
	size int
	done chan struct{} // closed when it is on disk, or lost
	err  error         // why it is lost
}

// mostShared bounds how long the first one waits for the others.
const mostShared = 64

// write runs one transaction and comes back when it is on disk.
func (f *file) write(ctx context.Context, tx *Tx, do func(*Tx) error) error {
	s, err := f.inTurn(ctx, tx, do)
	if err != nil {
		return err
	}
	<-s.done
	return s.err
}

// inTurn waits for its turn even if nobody wants the result any more: the one before may have left the commit to us.
func (f *file) inTurn(ctx context.Context, tx *Tx, do func(*Tx) error) (*shared, error) {
	q := &f.queue
	q.waiting.Add(1)
	q.turn.Lock()
	q.waiting.Add(-1)
	defer q.turn.Unlock()
	defer f.settle()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := f.begin(ctx); err != nil {
		return nil, err
	}
	tx.on = q.shared.link
	return q.shared, q.shared.add(func() error { return do(tx) })
}

func (f *file) begin(ctx context.Context) error {
	if f.queue.shared != nil {
		return nil
	}
	l, err := f.writers.take(ctx)
	if err != nil {
		return err
	}
	if err := l.say("begin immediate"); err != nil {
		f.writers.give(l)
		return err
	}
	f.queue.shared = &shared{link: l, done: make(chan struct{})}
	return nil
}

// add runs one of the transactions. If it fails or panics, nothing of it stays.
func (s *shared) add(do func() error) error {
	if s.err = s.link.say("savepoint one"); s.err != nil {
		return s.err
	}
	s.size++
	kept := false
	defer func() {
		if !kept {
			s.err = s.link.say("rollback to one")
		}
		if s.err == nil {
			s.err = s.link.say("release one")
		}
	}()
	err := do()
	kept = err == nil
	return err
}

// settle commits unless somebody waits who will do it.
func (f *file) settle() {
	s := f.queue.shared
	if s == nil || s.err == nil && f.queue.waiting.Load() > 0 && s.size < mostShared {
		return
	}
	if s.err == nil {
		s.err = s.link.say("commit")
	}
	f.queue.shared = nil
	f.writers.give(s.link) // thrown away, with what it has not committed, if anything above failed
	close(s.done)
}
