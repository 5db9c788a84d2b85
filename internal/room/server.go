package room

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sync"
	"time"

	"example.org/tandem/internal/problem"
)

// A room's server is somebody else's program: it may hang, send without end, or send us elsewhere. Somebody waits for the page.
const (
	patience  = 4 * time.Second
	mostBytes = 1 << 20
	remember  = 15 * time.Second // whether it answers
)

// asker asks one server.
type asker struct{ client *http.Client }

func newAsker() asker {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxResponseHeaderBytes = 64 << 10
	return asker{&http.Client{Transport: transport, Timeout: patience, CheckRedirect: func(next *http.Request, before []*http.Request) error {
		if len(before) > 3 || next.URL.Host != before[0].URL.Host || next.URL.Scheme != before[0].URL.Scheme {
			return errors.New("the server leads elsewhere")
		}
		return nil
	}}}
}

// get gives what an address answers. No error repeats the address: it may be good for whoever reads it.
func (a asker) get(ctx context.Context, address string) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, errors.New("no proper address")
	}
	answer, err := a.client.Do(request)
	if err != nil {
		return nil, bare(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode >= http.StatusInternalServerError {
		return nil, fmt.Errorf("the server answers %d", answer.StatusCode)
	}
	body, err := io.ReadAll(io.LimitReader(answer.Body, mostBytes+1))
	if err != nil {
		return nil, bare(err)
	}
	if len(body) > mostBytes {
		return nil, fmt.Errorf("the server answers more than %d bytes", mostBytes)
	}
	return body, nil
}

// bare takes the address out of an error.
func bare(err error) error {
	var about *url.Error
	if errors.As(err, &about) {
		return about.Err
	}
	return err
}

// down is what people are told when a server does not do as it should.
func down(err error) error {
	return &problem.Problem{Kind: problem.Unavailable, Key: "room.problem.down", Cause: err}
}

// pulse remembers for a moment whether a server answered, so that many who open a page wait for it once.
type pulse struct {
	mutex sync.Mutex
	at    time.Time
	err   error
}

func (p *pulse) feel(ctx context.Context, ask func(context.Context) error) error {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if time.Since(p.at) < remember {
		return p.err
	}
	p.err = ask(context.WithoutCancel(ctx)) // somebody who leaves says nothing about the server
	p.at = time.Now()
	return p.err
}
