package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/demo/demotest"
	"example.org/tandem/internal/jobs"
)

func TestWhoLooksAfterTheInstallationBeginsASociety(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		site := s.As("p-admin")
		if page := site.Get("/"); page.Document.Find(`nav a[href="/admin"]`).Length() != 1 {
			t.Error("the menu does not lead to /admin")
		}
		if page := s.As("p-drc-country").Get("/"); page.Document.Find(`a[href="/admin"]`).Length() != 0 {
			t.Error("the menu of somebody else leads to /admin")
		}
		typed := url.Values{"country": {"DK"}, "zone": {"Europe/Copenhagen"}, "languages": {"da"}, "name-da": {"Søsterselskabet"},
			"name-en": {"The sister society"}, "short-name-en": {"Sister"}, "email": {"nobody"}}
		page := site.Post("/admin/societies/new", typed)
		if page.Status != http.StatusUnprocessableEntity || page.Document.Find(`[name="name-da"]`).AttrOr("value", "") != "Søsterselskabet" ||
			page.Document.Find("#field-email-error").Length() != 1 || page.Document.Find(`#field-country option[selected]`).AttrOr("value", "") != "DK" {
			t.Fatalf("%d: what is wrong is not said, or what was typed is lost: %s", page.Status, page.Text("main"))
		}
		typed.Set("email", "post@sister.example")
		typed.Set("place-en", "Aarhus")
		typed.Set("country", "XX")
		if page := site.Post("/admin/societies/new", typed); page.Status != http.StatusUnprocessableEntity || page.Document.Find("#field-country-error").Length() != 1 {
			t.Errorf("%d: a country that there is not", page.Status)
		}
		typed.Set("country", "DK")
		page = site.Post("/admin/societies/new", typed)
		if page.Status != http.StatusSeeOther || !strings.HasPrefix(page.Location, "/people/invite?unit=") {
			t.Fatalf("%d to %s: %s", page.Status, page.Location, page.Text("main"))
		}
		if start := site.Get("/admin"); start.Document.Find(`main a[href="`+page.Location+`"]`).Length() != 1 {
			t.Error("the start page does not say that the society has no administrator")
		}
		form := site.Get(page.Location)
		if roles := form.Document.Find(`input[name="role"]`); form.Status != http.StatusOK || roles.Length() != 1 || roles.AttrOr("value", "") != "administrator" {
			t.Errorf("%d: others than its first administrator can be invited", form.Status)
		}
	})
}

func TestMailsThatWereGivenUpAreTriedAgain(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		site := s.As("p-admin")
		write(t, s, func(ctx context.Context, tx *database.Tx) error {
			if err := jobs.Enqueue(ctx, tx, jobs.Job{Kind: "invited", Subject: "nobody"}); err != nil {
				return err
			}
			_, err := tx.Exec(ctx, `update jobs set failed_at = $1, last_error = $2 where subject = 'nobody'`, tx.Now, "550 <no> such mailbox")
			return err
		})
		page := site.Get("/admin/jobs")
		if page.Status != http.StatusOK || !strings.Contains(page.Text("main"), "550 <no> such mailbox") {
			t.Fatalf("%d %s", page.Status, page.Text("main"))
		}
		if page := site.Post("/admin/jobs/retry", page.Form(`form[action="/admin/jobs/retry"]`)); page.Status != http.StatusSeeOther {
			t.Errorf("%d", page.Status)
		}
		if page := site.Get("/admin/jobs"); page.Document.Find("form[action='/admin/jobs/retry']").Length() != 0 {
			t.Error("it is still listed as given up")
		}
	})
}
