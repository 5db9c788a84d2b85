package web

import (
	"io"
	"net/http"
	"time"
)

const (
	// stall is how long a line may bring nothing before it counts as broken.
	stall = time.Minute
	// slowest is how long a file may take to be downloaded: the largest one at 30 KB/s.
	slowest = 15 * time.Minute
)

// patient reads what somebody sends for as long as something comes: a large file on a slow line takes longer than any other
// request may.
type patient struct {
	from io.ReadCloser
	line *http.ResponseController
}

func (p *patient) Read(b []byte) (int, error) {
	now := time.Now()
	p.line.SetReadDeadline(now.Add(stall))
	p.line.SetWriteDeadline(now.Add(2 * stall))
	return p.from.Read(b)
}

func (p *patient) Close() error { return p.from.Close() }

// steady writes for as long as somebody takes what is sent, however much it is.
type steady struct {
	to   io.Writer
	line *http.ResponseController
}

func (s steady) Write(b []byte) (int, error) {
	s.line.SetWriteDeadline(time.Now().Add(stall))
	return s.to.Write(b)
}
