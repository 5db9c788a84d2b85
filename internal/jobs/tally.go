package jobs

import (
	"context"
	"sync"
)

// Tally counts the jobs that are written on behalf of one request, so that whoever caused them can be told how many there are.
type Tally struct {
	lock sync.Mutex
	n    map[string]int
}

type tallyKey struct{}

// Tallied gives a context in which jobs are counted. What is rolled back is not.
func Tallied(ctx context.Context) (context.Context, *Tally) {
	t := &Tally{n: map[string]int{}}
	return context.WithValue(ctx, tallyKey{}, t), t
}

// Of is how many jobs of these kinds were written.
func (t *Tally) Of(kinds ...string) int {
	t.lock.Lock()
	defer t.lock.Unlock()
	n := 0
	for _, kind := range kinds {
		n += t.n[kind]
	}
	return n
}

func (t *Tally) add(kind string) {
	t.lock.Lock()
	defer t.lock.Unlock()
	t.n[kind]++
}
