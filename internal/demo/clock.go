package demo

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"example.org/tandem/internal/database"
)

// Clock is demo time: it begins where the story does, runs at normal speed, can be moved on, and never goes back, also not
// over a restart or a crash. It governs content and jobs; sessions and cookies use the machine's clock.
//
// So that a crash cannot turn it back, the file holds a time a little ahead, up to which it may run; Keep moves that on.
// Without Keep the clock stops there.
type Clock struct {
	machine database.Clock
	file    string

	mu      sync.Mutex
	base    time.Time // demo time at…
	started time.Time // …this machine time
	until   time.Time
}

const (
	clockReach = 20 * time.Second
	clockKeep  = 5 * time.Second
)

// OpenClock reads the clock of a data folder, or starts one at the beginning of the story.
func OpenClock(folder string, machine database.Clock) (*Clock, error) {
	c := &Clock{machine: machine, file: filepath.Join(folder, "clock")}
	stored, err := os.ReadFile(c.file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		content, err := read()
		if err != nil {
			return nil, err
		}
		c.base = content.Meta.DemoNow
	case err != nil:
		return nil, err
	default:
		if c.base, err = time.Parse(time.RFC3339Nano, strings.TrimSpace(string(stored))); err != nil {
			return nil, fmt.Errorf("%s: %w", c.file, err)
		}
	}
	c.started = machine()
	return c, c.reach()
}

// Now is demo time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now()
}

func (c *Clock) now() time.Time {
	now := c.base.Add(c.machine().Sub(c.started))
	if now.After(c.until) {
		return c.until
	}
	return now
}

// MoveTo moves the clock on. A time that has been is left alone.
func (c *Clock) MoveTo(to time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !to.After(c.now()) {
		return nil
	}
	c.base, c.started = to.UTC(), c.machine()
	return c.reachLocked()
}

// Keep lets the clock run until ctx ends.
func (c *Clock) Keep(ctx context.Context) error {
	tick := time.NewTicker(clockKeep)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return c.settle()
		case <-tick.C:
			if err := c.reach(); err != nil {
				return err
			}
		}
	}
}

// settle writes the very time, so that an orderly end loses none.
func (c *Clock) settle() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.until = c.now()
	return c.write()
}

func (c *Clock) reach() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.reachLocked()
}

func (c *Clock) reachLocked() error {
	c.until = c.base.Add(c.machine().Sub(c.started)).Add(clockReach)
	return c.write()
}

// write replaces the file as a whole: half a time would be none.
func (c *Clock) write() error {
	next := c.file + ".next"
	if err := os.WriteFile(next, []byte(c.until.Format(time.RFC3339Nano)+"\n"), 0o600); err != nil {
		return err
	}
	return os.Rename(next, c.file)
}
