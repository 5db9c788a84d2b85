package web_test

import (
	"archive/zip"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/demo/demotest"
	"example.org/tandem/internal/org"
)

// opened is an export by the names of its files.
func opened(t *testing.T, body string) map[string]string {
	t.Helper()
	archive, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(text)
	}
	return files
}

func TestPeopleTakeTheirOwnDataWithThemAndNobodyElses(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As("p-brc-vol")
		page := b.Post("/me/data/export", url.Values{})
		if page.Status != http.StatusOK || page.Header.Get("Content-Type") != "application/zip" {
			t.Fatalf("%d %s", page.Status, page.Text("main"))
		}
		files := opened(t, page.Body)
		for name, text := range files {
			if !strings.HasSuffix(name, ".json") {
				continue
			}
			var rows []map[string]any
			if err := json.Unmarshal([]byte(text), &rows); err != nil {
				t.Errorf("%s: %v in %.200s", name, err, text)
			}
			if !strings.Contains(files["README.txt"], name) {
				t.Errorf("the note says nothing of %s", name)
			}
			if strings.Contains(text, demo.ID("p-koge-chair")) || strings.Contains(text, "p-koge-chair") {
				t.Errorf("%s tells of somebody else", name)
			}
		}
		for name, has := range map[string]string{"profile.json": demo.ID("p-brc-vol"), "identities.json": "p-brc-vol", "consents.json": `"version":"` + org.PrivacyVersion + `"`,
			"sessions.json": `"provider":"demo"`, "answers.json": "ACCEPTED", "log.json": "export own data", "texts.json": "body", "conferences.json": "title"} {
			if !strings.Contains(files[name], has) {
				t.Errorf("%s lacks %s: %.300s", name, has, files[name])
			}
		}
		for range 4 {
			b.Post("/me/data/export", url.Values{})
		}
		if page := b.Post("/me/data/export", url.Values{}); page.Status != http.StatusTooManyRequests {
			t.Errorf("the sixth export in a row: %d", page.Status)
		}
		if strings.Contains(page.Body, "token_hash") {
			t.Error("a token's digest went along")
		}
	})
}

func TestWhoLeavesIsAFormerParticipant(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b, other := s.As("p-koge-vol-2"), s.As("p-koge-vol-2")
		if page := b.Post("/me/leave", url.Values{}); page.Status != http.StatusUnprocessableEntity || page.Text("#field-sure-error") == "" {
			t.Fatalf("without a tick: %d %s", page.Status, page.Text("main"))
		}
		page := b.Get("/me/leave")
		form := page.Form("#leave")
		form.Set("sure", "yes")
		left := b.Post("/me/leave", form)
		if left.Status != http.StatusSeeOther || left.Location != "/" {
			t.Fatalf("%d %s", left.Status, left.Text("main"))
		}
		if home := b.Follow(left); !home.Has(".notice-success") || !home.Has(`a[href="/sign-in"]`) {
			t.Errorf("afterwards: %s", home.Text("main"))
		}
		for _, browser := range []*demotest.Browser{b, other} {
			if page := browser.Get("/me"); page.Status != http.StatusSeeOther {
				t.Errorf("still signed in: %d", page.Status)
			}
		}
	})
}

// Somebody with many sign-ins and consents gets their pages with as many statements as somebody with one.
func TestPagesAboutOneselfNeedAsManyStatementsForManyAsForOne(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b, id := s.As("p-koge-chair"), demo.ID("p-koge-chair")
		paths := []string{"/me", "/me/mails", "/me/devices", "/me/data", "/me/leave", "/privacy"}
		before := statements(s, b, paths)
		write(t, s, func(ctx context.Context, tx *database.Tx) error {
			for i := range 60 {
				n := strconv.Itoa(i)
				_, err := tx.Exec(ctx, `insert into consents (person_id, version, language, at) values ($1, $2, 'da', $3)`, id, "old "+n, tx.Now)
				if err != nil {
					return err
				}
				_, err = tx.Exec(ctx, `insert into identities (issuer, subject, person_id, added_at) values ($1, $2, $3, $4)`, "https://idp.example", n, id, tx.Now)
				if err != nil {
					return err
				}
				now := time.Now().UTC()
				_, err = tx.Exec(ctx, `insert into sessions (token_hash, id, person_id, provider, id_token, device, started_at, seen_at, ends_at)
					values ($1, $1, $2, 'demo', '', 'Firefox/1', $3, $3, $4)`, "s"+n, id, now, now.Add(time.Hour))
				if err != nil {
					return err
				}
			}
			return nil
		})
		for i, after := range statements(s, b, paths) {
			if after != before[i] || after > 6 {
				t.Errorf("%s: %d statements, with more to show %d; want the same, at most 6", paths[i], before[i], after)
			}
		}
	})
}

func TestOnlyOnesOwnSignInsAreEnded(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		here, there, other := s.As("p-koge-chair"), s.As("p-koge-chair"), s.As("p-koge-vol-2")
		foreign, _ := other.Get("/me/devices").Document.Find(`input[name="device"]`).Attr("value")
		if foreign != "" {
			t.Fatal("the sign-in that asks can be ended in the list")
		}
		page := here.Get("/me/devices")
		device := page.Form(`form:has(input[name="device"])`)
		if device.Get("device") == "" || page.Document.Find(".own-line .badge").Length() != 1 {
			t.Fatalf("two sign-ins, and the page shows %s", page.Text("main"))
		}
		if sent := other.Post("/me/devices", device); sent.Status != http.StatusNotFound {
			t.Errorf("somebody else's sign-in is ended: %d", sent.Status)
		}
		if sent := here.Post("/me/devices", device); sent.Status != http.StatusSeeOther {
			t.Errorf("one's own: %d", sent.Status)
		}
		if page := there.Get("/me"); page.Status != http.StatusSeeOther {
			t.Errorf("the browser that was signed out still gets %d", page.Status)
		}
		if page := here.Get("/me"); page.Status != http.StatusOK {
			t.Errorf("the one that asked gets %d", page.Status)
		}
	})
}

func TestTheLastWayToSignInStays(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b, id := s.As("p-koge-chair"), demo.ID("p-koge-chair")
		var issuer string
		write(t, s, func(ctx context.Context, tx *database.Tx) error {
			return tx.Row(ctx, `select issuer from identities where person_id = $1`, id).Scan(&issuer)
		})
		own := url.Values{"issuer": {issuer}, "subject": {"p-koge-chair"}}
		if page := b.Get("/me/devices"); page.Has(`form[action="/me/identities"]`) {
			t.Error("the only way to sign in can be removed")
		}
		if sent := b.Post("/me/identities", own); sent.Status != http.StatusUnprocessableEntity {
			t.Errorf("removing it all the same: %d", sent.Status)
		}
		if sent := b.Post("/me/identities", url.Values{"issuer": {issuer}, "subject": {"p-brc-vol"}}); sent.Status != http.StatusNotFound {
			t.Errorf("removing somebody else's: %d", sent.Status)
		}
		if sent := b.Post("/me/identities/demo", url.Values{}); sent.Status != http.StatusSeeOther || sent.Location == "/me" {
			t.Errorf("adding one: %d %s", sent.Status, sent.Location)
		}
		write(t, s, func(ctx context.Context, tx *database.Tx) error {
			_, err := tx.Exec(ctx, `insert into identities (issuer, subject, person_id, added_at) values ('https://idp.example', 'second', $1, $2)`, id, tx.Now)
			return err
		})
		page := b.Get("/me/devices")
		if page.Document.Find(`form[action="/me/identities"]`).Length() != 2 {
			t.Errorf("two ways to sign in: %s", page.Text("main"))
		}
		if sent := b.Post("/me/identities", url.Values{"issuer": {"https://idp.example"}, "subject": {"second"}}); sent.Status != http.StatusSeeOther {
			t.Errorf("removing one of two: %d", sent.Status)
		}
	})
}
