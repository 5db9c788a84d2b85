package main

import (
	"bufio"
	"bytes"
	"database/sql"
	"fmt"
	"log/slog"
	"net"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"example.org/tandem/internal/app"
	"example.org/tandem/internal/config"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/locales"
)

// What is measured has to be the pages that people see, full ones; how fast they are no test says.
func TestThePagesThatAreMeasuredAreThere(t *testing.T) {
	for name, address := range map[string]func(*testing.T) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := address(t)
			db, err := database.Open(t.Context(), at, database.MachineClock)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { db.Close() })
			if err := db.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
			plant(t, name, at)
			if err := signIn(t.Context(), at); err != nil {
				t.Fatal(err)
			}
			visitAll(t, site(t, db))
		})
	}
}

// plant seeds a database with its foreign keys watching.
func plant(t *testing.T, name, address string) {
	t.Helper()
	driver := "pgx"
	if path, is := strings.CutPrefix(address, "sqlite:"); is {
		driver, address = "sqlite", "file:"+path+"?_pragma=foreign_keys(1)&_time_format=sqlite&_timezone=UTC"
	}
	pool, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	conn, err := pool.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := seed(t.Context(), conn, 1000, time.Now()); err != nil {
		t.Fatal(name, err)
	}
}

func site(t *testing.T, db *database.DB) string {
	t.Helper()
	catalog, err := locales.Catalog()
	if err != nil {
		t.Fatal(err)
	}
	tandem, err := app.New(app.Parts{Settings: config.Settings{URL: &url.URL{Scheme: "http", Host: "127.0.0.1"}, Blobs: t.TempDir(),
		Secret: config.Secret(strings.Repeat("0", 32))}, DB: db, Catalog: catalog, Machine: database.MachineClock, Log: slog.Default()})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(tandem.Handler)
	t.Cleanup(server.Close)
	return strings.TrimPrefix(server.URL, "http://")
}

func visitAll(t *testing.T, host string) {
	t.Helper()
	for _, p := range pages {
		conn, err := net.Dial("tcp", host)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		var body bytes.Buffer
		if _, err := p.visit.once(conn, bufio.NewReader(conn), &body); err != nil {
			t.Errorf("%s: %v", p.name, err)
			continue
		}
		page, err := goquery.NewDocumentFromReader(&body)
		if err != nil {
			t.Fatal(err)
		}
		if rows := page.Find("tbody tr").Length(); p.name == "actions" && rows != 50 {
			t.Errorf("the list shows %d items", rows)
		}
		if links := page.Find("main a").Length(); p.visit.status == 200 && links == 0 {
			t.Errorf("%s leads nowhere", p.name)
		}
	}
}

func TestAVerdictIsPlain(t *testing.T) {
	for want, l := range map[string]line{
		"1/10: reached":             {store: "sqlite", page: "actions", connections: 16, bare: rounds(1000), ours: rounds(100)},
		"1/10: short of the goal":   {store: "sqlite", page: "actions", connections: 16, bare: rounds(1000), ours: rounds(99)},
		"1/12: short of the goal":   {store: "postgres", page: "actions", connections: 16, bare: rounds(1000), ours: rounds(80)},
		"2200/s: reached":           {store: "sqlite", page: "record", connections: 16, bare: rounds(9000), ours: rounds(2200)},
		"2200/s: short of the goal": {store: "sqlite", page: "record", connections: 16, bare: rounds(9000), ours: rounds(2199)},
		"":                          {store: "sqlite", page: "actions", connections: 1, bare: rounds(1000), ours: rounds(1)},
	} {
		if got := l.goal(); got != want {
			t.Errorf("%s, %s: %q, want %q", l.store, l.page, got, want)
		}
	}
}

func rounds(perSecond int) []round {
	return []round{{took: time.Second, waits: make([]time.Duration, perSecond)}}
}

func TestIdentifiersAreThoseOfTheSeed(t *testing.T) {
	got := reference.ReplaceAllString("@8050[i * 10 + 1]", `('01900000-0000-7000-$1-' || (100000000000 + $2))`)
	if want := fmt.Sprintf("('%s' || (100000000000 + i * 10 + 1))", strings.TrimSuffix(id(8050, 0), "100000000000")); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
