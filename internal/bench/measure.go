package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"example.org/tandem/internal/database"
)

// page is something that is measured.
type page struct {
	name  string
	visit visit
}

// pages are what somebody does every day. The form records an item of two parts.
var pages = []page{
	{"home", get("/")},
	{"conference", get("/conferences/" + conference)},
	{"actions", get("/actions?whose=all")},
	{"ours", get("/actions?whose=ours&show=closed")},
	{"mine", get("/actions?whose=mine&show=closed")},
	{"lesson", get("/lessons/" + lesson)},
	{"grid", get("/conferences/new?partnership=" + ourPlace)},
	{"month", get("/conferences/calendar")},
	{"record", post("/actions/new", form().Encode())},
}

func form() url.Values {
	return url.Values{"partnership": {ourPlace}, "title": {words[0][0]}, "title-language": {"ru"}, "priority": {"normal"},
		"due": {time.Now().AddDate(0, 2, 0).Format(time.DateOnly)}, "units": {ourUnit, theirUnit},
		"person-" + ourUnit: {reader}, "person-" + theirUnit: {"unit"}}
}

func chosen(names string) (list []page) {
	for _, p := range pages {
		if names == "" || slices.Contains(strings.Split(names, ","), p.name) {
			list = append(list, p)
		}
	}
	return list
}

// measure starts the program on a copy of a seeded database and takes its pages one after another.
func (p plan) measure(ctx context.Context, s store, items int, all *results) error {
	fmt.Fprintf(os.Stderr, "%s, %d action items …\n", s.name(), items)
	address, drop, err := s.copied(ctx, items)
	if err != nil {
		return err
	}
	defer drop()
	if err := signIn(ctx, address); err != nil {
		return err
	}
	starts, err := p.starts(address)
	if err != nil {
		return err
	}
	ours, err := tandem(p.binary, address)
	if err != nil {
		return err
	}
	defer ours.close()
	folder, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	for _, page := range p.pages {
		if err := keep(ours, page, folder); err != nil {
			return err
		}
	}
	other, err := bare(folder)
	if err != nil {
		return err
	}
	defer other.close()
	for _, page := range p.pages {
		for _, connections := range p.connections {
			r, err := p.compare(ctx, ours, other, page, connections, s.processor)
			if err != nil {
				return fmt.Errorf("%s: %w", page.name, err)
			}
			r.store, r.items = s.name(), items
			all.lines = append(all.lines, r)
		}
	}
	all.programs = append(all.programs, program{s.name(), items, starts, ours.resident()})
	return nil
}

// starts is how long the program takes to be ready: the median of five.
func (p plan) starts(address string) (time.Duration, error) {
	var took []time.Duration
	for range 5 {
		s, err := tandem(p.binary, address)
		if err != nil {
			return 0, err
		}
		took = append(took, s.start)
		if err := s.close(); err != nil {
			return 0, err
		}
	}
	return median(took), nil
}

// signIn gives the reader a session.
func signIn(ctx context.Context, address string) error {
	db, err := database.Open(ctx, address, database.MachineClock)
	if err != nil {
		return err
	}
	defer db.Close()
	return db.Write(ctx, func(tx *database.Tx) error {
		_, err := tx.Exec(ctx, `insert into sessions (token_hash, person_id, provider, id_token, device, started_at, seen_at, ends_at)
			values ($1, $2, 'bench', '', '', $3, $3, $4)`, tokenHash(), reader, tx.Now, tx.Now.Add(24*time.Hour))
		return err
	})
}

// keep saves what a page says, for the bare handler to say too.
func keep(ours *server, p page, folder string) error {
	conn, err := net.Dial("tcp", ours.host)
	if err != nil {
		return err
	}
	defer conn.Close()
	var body bytes.Buffer
	if _, err := p.visit.once(conn, bufio.NewReader(conn), &body); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, p.name), body.Bytes(), 0o600)
}

// compare lets the two servers take turns. The first round of each is to get warm.
func (p plan) compare(ctx context.Context, ours, other *server, pg page, connections int, database func() time.Duration) (line, error) {
	l := line{page: pg.name, connections: connections, bytes: 0}
	same := pg.visit
	_, rest, _ := strings.Cut(same.request, " HTTP")
	method, _, _ := strings.Cut(same.request, " ")
	same.request = method + " /" + pg.name + " HTTP" + rest
	none := func() time.Duration { return 0 }
	for n := range p.rounds + 1 {
		length := p.length
		if n == 0 {
			length /= 4
		}
		b, err := other.run(same, connections, length, none)
		if err != nil {
			return l, err
		}
		o, err := ours.run(pg.visit, connections, length, database)
		if err != nil {
			return l, err
		}
		if n > 0 {
			l.bare, l.ours = append(l.bare, b), append(l.ours, o)
		}
		if ctx.Err() != nil {
			return l, ctx.Err()
		}
	}
	return l, nil
}
