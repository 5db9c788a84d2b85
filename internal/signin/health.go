package signin

import (
	"context"
	"time"

	"example.org/tandem/internal/problem"
)

// ProviderHealth is a provider as it is now.
type ProviderHealth struct {
	ID     string
	Name   Names
	Issuer string
	// Down is why nobody can sign in there, in the words of the machine; "" when it answers.
	Down string
	Took time.Duration
}

// Health asks every provider at once whether it is there, and waits for each no longer than people do.
func (s *SignIn) Health(ctx context.Context) []ProviderHealth {
	list := make([]ProviderHealth, len(s.providers))
	done := make(chan struct{})
	for i, p := range s.providers {
		go func() {
			list[i] = p.health(ctx)
			done <- struct{}{}
		}()
	}
	for range s.providers {
		<-done
	}
	return list
}

func (p *provider) health(ctx context.Context) ProviderHealth {
	began := time.Now()
	h := ProviderHealth{ID: p.ID, Name: p.Name, Issuer: p.Issuer}
	if _, err := p.ask(ctx); err != nil {
		h.Down = reason(err)
	}
	h.Took = time.Since(began)
	return h
}

// reason is why a provider counts as down, without what we say to people about it.
func reason(err error) string {
	if p, is := problem.As(err); is && p.Cause != nil {
		err = p.Cause
	}
	return err.Error()
}
