package jobs

import "sync"

// bell wakes every runner of this program. Who hears it and finds nothing to do has lost one statement.
var bell = &ringer{ears: map[chan struct{}]bool{}}

type ringer struct {
	mu   sync.Mutex
	ears map[chan struct{}]bool
}

// listen gives a channel that hears the bell, and how to stop listening. Rung twice while nobody looked is rung once.
func (r *ringer) listen() (<-chan struct{}, func()) {
	ear := make(chan struct{}, 1)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ears[ear] = true
	return ear, func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		delete(r.ears, ear)
	}
}

func (r *ringer) ring() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for ear := range r.ears {
		select {
		case ear <- struct{}{}:
		default:
		}
	}
}
