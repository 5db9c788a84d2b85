package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/demo/demotest"
)

// programFile is the real thing, without the race detector: a process that can be killed, at the speed at which it is used.
var programFile = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "tandem-crash")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "tandem")
	if out, err := exec.Command("go", "build", "-buildvcs=false", "-o", path, ".").CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return path, nil
})

const (
	kills   = 20
	writers = 8 // half of them record action items, half plan conferences
)

func TestWhatWasAnsweredWithSuccessOutlivesAKill(t *testing.T) {
	for name, address := range map[string]func(*testing.T) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := &crash{T: t, address: address(t)}
			c.fill()
			for range kills {
				c.round()
			}
			c.judge()
		})
	}
}

// crash is one database on which the program is killed again and again.
type crash struct {
	*testing.T
	address string
	began   time.Time
	cookies []*http.Cookie
	number  sync.Mutex
	made    []string // the addresses that clients were sent on to: /actions/…, /conferences/…
	tried   int
}

// fill loads the demo's content and signs a coordinator in; the session is in the database and so holds for every process.
func (c *crash) fill() {
	db, err := database.Open(c.Context(), c.address, dbtest.NewClock().Now)
	if err != nil {
		c.Fatal(err)
	}
	defer db.Close()
	if err := db.Migrate(c.Context()); err != nil {
		c.Fatal(err)
	}
	site := demotest.Start(c, db, dbtest.NewClock())
	c.cookies = site.As("p-brc-vol").Cookies()
	c.began = time.Now().Add(-time.Second).UTC()
}

// round starts the program, lets everybody write, and kills it at any moment.
func (c *crash) round() {
	c.Helper()
	file, err := programFile()
	if err != nil {
		c.Fatal(err)
	}
	program := exec.Command(file, "serve")
	program.Env = append(settings(c.T, "https://login.example"), "TANDEM_DATABASE="+c.address)
	var log locked
	program.Stderr = &log
	output, err := program.StdoutPipe()
	if err != nil {
		c.Fatal(err)
	}
	if err := program.Start(); err != nil {
		c.Fatal(err)
	}
	defer program.Wait()
	defer program.Process.Kill() // SIGKILL: nothing in the program can answer it
	line, err := bufio.NewReader(output).ReadString('\n')
	if err != nil {
		c.Fatalf("it did not start after a kill: %v\n%s", err, log.String())
	}
	ctx, end := context.WithCancel(c.Context())
	var group sync.WaitGroup
	for i := range writers {
		group.Go(func() { c.write(ctx, "http://"+regexp.MustCompile(`127\.0\.0\.1:\d+`).FindString(line), i) })
	}
	c.untilSome()
	time.Sleep(rand.N(700 * time.Millisecond))
	program.Process.Kill()
	end()
	group.Wait()
}

// untilSome waits for the first successes of a round, so that a kill falls among writes also on a machine that is busy.
func (c *crash) untilSome() {
	c.number.Lock()
	before := len(c.made)
	c.number.Unlock()
	for range 500 {
		c.number.Lock()
		more := len(c.made) - before
		c.number.Unlock()
		if more >= 2 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// write records one thing after another until the program is gone.
func (c *crash) write(ctx context.Context, home string, writer int) {
	path, form := "/actions/new", url.Values(nil)
	if writer%2 == 1 {
		path = "/conferences/new"
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for ctx.Err() == nil {
		if form == nil {
			if form = c.form(ctx, client, home+path); form == nil {
				continue
			}
		}
		c.count(&form)
		response, err := c.send(ctx, client, http.MethodPost, home+path, form)
		if err != nil {
			continue
		}
		body, _ := io.ReadAll(response.Body)
		response.Body.Close()
		if response.StatusCode != http.StatusSeeOther {
			c.Errorf("%s answered %d: %s", path, response.StatusCode, body)
			return
		}
		c.number.Lock()
		c.made = append(c.made, response.Header.Get("Location"))
		c.number.Unlock()
	}
}

// form is the page's own, filled in.
func (c *crash) form(ctx context.Context, client *http.Client, address string) url.Values {
	response, err := c.send(ctx, client, http.MethodGet, address, nil)
	if err != nil {
		return nil
	}
	defer response.Body.Close()
	document, err := goquery.NewDocumentFromReader(response.Body)
	if err != nil {
		return nil
	}
	form := demotest.Page{Document: document}.Form("main form")
	day := time.Now().AddDate(0, 1, 0).Format(time.DateOnly)
	seen := "Europe/Minsk 60 " + day + "T14:00" // a day off is asked about once; this day may be one
	for name, value := range map[string]string{"due": day, "slot-1": day, "slot-1-time": "14:00", "minutes": "60", "send": "yes", "seen": seen,
		"person-" + demo.ID("drc-koge"): "unit", "person-" + demo.ID("brc-sec"): "unit"} {
		form.Set(name, value)
	}
	return form
}

func (c *crash) count(form *url.Values) {
	c.number.Lock()
	defer c.number.Unlock()
	c.tried++
	form.Set("title", fmt.Sprintf("Запись %d", c.tried))
}

func (c *crash) send(ctx context.Context, client *http.Client, method, address string, form url.Values) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	for _, cookie := range c.cookies {
		request.AddCookie(cookie)
	}
	return client.Do(request)
}

// judge looks for what clients were told is there, and for anything that is there by half.
func (c *crash) judge() {
	db, err := database.Open(c.Context(), c.address, database.MachineClock)
	if err != nil {
		c.Fatal(err)
	}
	defer db.Close()
	if len(c.made) < 2*kills {
		c.Errorf("only %d of %d writes came through: too few to say anything", len(c.made), c.tried)
	}
	for _, path := range c.made {
		kind, id, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
		if n := c.rows(db, `select count(*) from `+map[string]string{"actions": "actions", "conferences": "conferences"}[kind]+` where id = $1`, id); n != 1 {
			c.Errorf("%s was answered with success and is gone", path)
		}
	}
	c.nothingHalf(db)
	c.Logf("%d kills, %d writes begun, %d answered with success, %d found", kills, c.tried, len(c.made),
		c.rows(db, `select count(*) from actions where created_at > $1`, c.began)+c.rows(db, `select count(*) from conferences where created_at > $1`, c.began))
}

// nothingHalf counts what a transaction that was cut in two would leave; each must be none.
func (c *crash) nothingHalf(db *database.DB) {
	c.Helper()
	for what, query := range map[string]string{
		"action items without parts": `select count(*) from actions a where created_at > $1
			and (select count(*) from action_parts p where p.action_id = a.id) <> 2`,
		"action items without audit entry": `select count(*) from actions a where created_at > $1
			and (select count(*) from audit u where u.subject = 'action:' || a.id and u.deed = 'record action') <> 1`,
		"action items without title": `select count(*) from actions a where created_at > $1
			and not exists (select 1 from text_paragraphs p join text_revisions r on r.paragraph_id = p.id where p.text_id = a.title_id)`,
		"conferences without hosts, participants or time": `select count(*) from conferences c where created_at > $1
			and ((select count(*) from conference_hosts h where h.conference_id = c.id) <> 2 or c.state <> 'scheduled' or c.starts_local is null
			or not exists (select 1 from participants p where p.conference_id = c.id))`,
		"conferences without audit entry": `select count(*) from conferences c where created_at > $1
			and not exists (select 1 from audit u where u.subject = 'conference:' || c.id and u.deed = 'propose conference')`,
		"participants without a job that invites them": `select count(*) from participants p join conferences c on c.id = p.conference_id
			where c.created_at > $1 and not exists (select 1 from jobs j where j.unique_key = 'invite:' || c.id || ':' || p.person_id || ':' || c.sequence)`,
		"texts of nothing": `select count(*) from texts t where created_at > $1
			and not exists (select 1 from actions a where a.title_id = t.id)
			and not exists (select 1 from conferences c where t.id in (c.title_id, c.purpose_id, c.poll_question_id))
			and not exists (select 1 from agenda_items i where t.id in (i.topic_id, i.notes_id))`,
		"audit entries of nothing": `select count(*) from audit u where at > $1 and subject like 'action:%'
			and not exists (select 1 from actions a where 'action:' || a.id = u.subject)`,
	} {
		if n := c.rows(db, query, c.began); n != 0 {
			c.Errorf("%d %s", n, what)
		}
	}
}

func (c *crash) rows(db *database.DB, query string, args ...any) (n int) {
	c.Helper()
	err := db.Read(c.Context(), func(tx *database.Tx) error { return tx.Row(c.Context(), query, args...).Scan(&n) })
	if err != nil {
		c.Fatal(err)
	}
	return n
}
