package web_test

import (
	"context"
	"encoding/csv"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/demo/demotest"
	"example.org/tandem/internal/locale"
	"example.org/tandem/locales"
)

func TestEveryDeedHasItsWords(t *testing.T) {
	catalog, err := locales.Catalog()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.IsSorted(audit.Deeds) {
		t.Error("the deeds are not in order: looking one up finds nothing")
	}
	for _, l := range locale.All {
		for _, deed := range audit.Deeds {
			if key := "admin.audit.deed." + strings.ReplaceAll(deed, " ", "-"); !catalog.Has(l, key) {
				t.Errorf("%s: no %s", l, key)
			}
		}
		for _, kind := range audit.Kinds {
			if !catalog.Has(l, "admin.audit.kind."+kind) {
				t.Errorf("%s: no %s", l, kind)
			}
		}
	}
}

func TestTheAuditLogIsReadPageByPageAndNarrowed(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		site, chair := s.As("p-admin"), demo.ID("p-koge-chair")
		s.As("p-koge-chair")
		var all int
		write(t, s, func(ctx context.Context, tx *database.Tx) error {
			for range 2 * audit.Page { // all at one moment: the order is that of writing
				if err := audit.Record(ctx, tx, "", "retry", "job:1", nil); err != nil {
					return err
				}
			}
			return tx.Row(ctx, `select count(*) from audit`).Scan(&all)
		})
		rows, pages := 0, 0
		for address := "/admin/audit"; address != ""; pages++ {
			page := site.Get(address)
			if page.Status != http.StatusOK || pages > all {
				t.Fatalf("%s: %d", address, page.Status)
			}
			rows += page.Document.Find("main tbody tr").Length()
			address = page.Document.Find(`nav.pager a[rel="next"]`).AttrOr("href", "")
		}
		if rows != all || pages < 2 {
			t.Errorf("%d pages with %d of %d entries", pages, rows, all)
		}
		narrowed := site.Get("/admin/audit?person=" + chair + "&deed=sign+in&kind=person&from=2000-01-01&until=2999-12-31")
		if n := narrowed.Document.Find("main tbody tr").Length(); n != 1 {
			t.Errorf("%d entries of one sign-in", n)
		}
		for _, nothing := range []string{"?until=2000-01-01", "?from=2999-01-01", "?deed=rule+the+world", "?person=nobody&after=nothing"} {
			if page := site.Get("/admin/audit" + nothing); page.Status != http.StatusOK || page.Document.Find("main tbody tr").Length() != 0 {
				t.Errorf("%s: %d, %d entries", nothing, page.Status, page.Document.Find("main tbody tr").Length())
			}
		}
	})
}

func TestTheAuditLogAsATable(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		write(t, s, func(ctx context.Context, tx *database.Tx) error {
			return audit.Record(ctx, tx, "", "refuse sign-in", "provider:=HYPERLINK(1)", audit.Details{"reason": "a \"reason\", with\r\nlines"})
		})
		answer := s.As("p-admin").Post("/admin/audit/export", url.Values{"deed": {"refuse sign-in"}})
		if answer.Status != http.StatusOK || !strings.HasPrefix(answer.Body, "\ufeff") || !strings.HasPrefix(answer.Header.Get("Content-Disposition"), "attachment") {
			t.Fatalf("%d %q", answer.Status, answer.Header)
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(answer.Body, "\ufeff"))).ReadAll()
		if err != nil || len(rows) != 2 || rows[1][5] != "'=HYPERLINK(1)" || rows[1][3] != "refuse sign-in" {
			t.Errorf("%v %q", err, rows)
		}
		var noted int
		write(t, s, func(ctx context.Context, tx *database.Tx) error {
			return tx.Row(ctx, `select count(*) from audit where deed = 'export audit log' and person_id = $1`, demo.ID("p-admin")).Scan(&noted)
		})
		if noted != 1 {
			t.Errorf("the export is noted %d times", noted)
		}
	})
}
