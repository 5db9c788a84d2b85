package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// visit is one request, sent again and again on connections that stay open. It is written by hand and read as little as can be:
// what the client uses of the processor is not there for the server.
type visit struct {
	request string
	status  int // any other answer is a failure
}

func get(path string) visit {
	return visit{"GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: identity\r\nCookie: tandem=" + token + "\r\n\r\n", http.StatusOK}
}

func post(path, form string) visit {
	return visit{fmt.Sprintf("POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: identity\r\nCookie: tandem=%s\r\n"+
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", path, token, len(form), form), http.StatusSeeOther}
}

// round is what one server did in one stretch of time.
type round struct {
	took      time.Duration
	waits     []time.Duration // of each request, sorted
	processor time.Duration   // of the server
	database  time.Duration   // of the database's own processes
}

func (r round) perSecond() float64    { return float64(len(r.waits)) / r.took.Seconds() }
func (r round) p99() time.Duration    { return r.waits[len(r.waits)*99/100] }
func (r round) each() time.Duration   { return r.took / time.Duration(len(r.waits)) }
func (r round) cost() time.Duration   { return r.processor / time.Duration(len(r.waits)) }
func (r round) behind() time.Duration { return r.database / time.Duration(len(r.waits)) }

// run sends a visit from some connections at once for some time.
func (s *server) run(v visit, connections int, length time.Duration, database func() time.Duration) (round, error) {
	var lock sync.Mutex
	var group sync.WaitGroup
	var failed error
	r := round{processor: -processor(s.command.Process.Pid), database: -database()}
	began := time.Now()
	for range connections {
		group.Go(func() {
			waits, err := s.visits(v, began.Add(length))
			lock.Lock()
			defer lock.Unlock()
			r.waits = append(r.waits, waits...)
			if err != nil {
				failed = err
			}
		})
	}
	group.Wait()
	r.took = time.Since(began)
	r.processor += processor(s.command.Process.Pid)
	r.database += database()
	slices.Sort(r.waits)
	return r, failed
}

// visits is one connection's share.
func (s *server) visits(v visit, until time.Time) (waits []time.Duration, err error) {
	conn, err := net.Dial("tcp", s.host)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	answers := bufio.NewReaderSize(conn, 64<<10)
	for time.Now().Before(until) {
		began := time.Now()
		if _, err := v.once(conn, answers, io.Discard); err != nil {
			return waits, err
		}
		waits = append(waits, time.Since(began))
	}
	return waits, nil
}

func (v visit) once(conn net.Conn, answers *bufio.Reader, body io.Writer) (http.Header, error) {
	if _, err := io.WriteString(conn, v.request); err != nil {
		return nil, err
	}
	answer, err := http.ReadResponse(answers, nil)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(body, answer.Body); err != nil {
		return nil, err
	}
	if answer.StatusCode != v.status {
		return nil, fmt.Errorf("%.40s… was answered with %s", v.request, answer.Status)
	}
	return answer.Header, nil
}
