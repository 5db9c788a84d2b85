package web_test

import (
	"archive/zip"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/demo/demotest"
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
		for name, has := range map[string]string{"profile.json": demo.ID("p-brc-vol"), "identities.json": "p-brc-vol", "consents.json": `"version":"1"`,
			"sessions.json": `"provider":"demo"`, "answers.json": "ACCEPTED", "log.json": "export own data", "texts.json": "body", "conferences.json": "title"} {
			if !strings.Contains(files[name], has) {
				t.Errorf("%s lacks %s: %.300s", name, has, files[name])
			}
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
