package web_test

import (
	"context"
	"net/http"
	"net/url"
	"testing"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/demo/demotest"
)

func TestWhatALeavingPersonWasResponsibleForIsHandedOver(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		chair, heir := demo.ID("p-koge-chair"), demo.ID("p-koge-vol-1")
		find := func(query string, into any, args ...any) {
			t.Helper()
			write(t, s, func(ctx context.Context, tx *database.Tx) error { return tx.Row(ctx, query, args...).Scan(into) })
		}
		const open = `select count(*) from action_parts where person_id = $1 and ended_at is null`
		var membership string
		var before, inherited int
		find(`select id from memberships where person_id = $1 and ended_at is null`, &membership, chair)
		find(open, &before, chair)
		find(open, &inherited, heir)
		path := "/people/" + chair + "/memberships/" + membership
		if page := s.As("p-brc-vol").Post(path, url.Values{"successor": {heir}}); page.Status != http.StatusForbidden {
			t.Errorf("an administrator of the other society: %d", page.Status)
		}
		leaver, above := s.As("p-koge-chair"), s.As("p-drc-country")
		if page := above.Get(path); page.Status != http.StatusOK || page.Document.Find(`main a[href^="/actions/"]`).Length() != before || before == 0 {
			t.Errorf("%d: the page lists %d of %d action items", page.Status, page.Document.Find(`main a[href^="/actions/"]`).Length(), before)
		}
		if page := above.Post(path, url.Values{"successor": {demo.ID("p-brc-vol")}}); page.Status != http.StatusUnprocessableEntity {
			t.Errorf("somebody of the other society takes over: %d", page.Status)
		}
		if page := above.Post(path, url.Values{"successor": {heir}}); page.Status != http.StatusSeeOther {
			t.Fatalf("ending it: %d %s", page.Status, page.Text(".error-summary"))
		}
		var left, taken int
		find(open, &left, chair)
		find(open, &taken, heir)
		if left != 0 || taken != inherited+before {
			t.Errorf("%d are left, %d are taken over, of %d and %d", left, taken, before, inherited)
		}
		if page := leaver.Get("/people"); page.Status != http.StatusNotFound {
			t.Errorf("at the next click the person gets %d", page.Status)
		}
	})
}
