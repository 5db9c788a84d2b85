package web_test

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"example.org/tandem/internal/action"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/demo/demotest"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
)

func actionAt(name string) string { return "/actions/" + demo.ID(name) }

func TestListsOfActionItems(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(koge)
		mine := b.Get("/actions")
		if got := each(mine, "tbody th a.item-title"); !slices.Equal(got, []string{"Beskriv, hvordan Køge holdt telefonisk kontakt med ældre"}) {
			t.Errorf("mine: %q", got)
		}
		if got := mine.Text("tbody td:nth-of-type(1)"); got != "24. juli 2020for 3 dage siden Frist overskredet" {
			t.Errorf("due: %q", got)
		}
		if got := mine.Text("tbody td:nth-of-type(2)"); !strings.HasSuffix(got, " Køge") {
			t.Errorf("parts: %q", got)
		}
		all := b.Get("/actions?whose=all")
		days := each(all, "tbody td:nth-of-type(1) time")
		if len(days) != 7 || all.Text(".narrowed .badge") != "2 opgaver har overskredet fristen" {
			t.Errorf("all: %q, %q", days, all.Text(".narrowed"))
		}
		if on := all.Document.Find("tbody time").Map(func(_ int, d *goquery.Selection) string { return d.AttrOr("datetime", "") }); !slices.IsSorted(on) {
			t.Errorf("not the most urgent first: %v", on)
		}
		if closed := each(b.Get("/actions?whose=all&show=closed"), "tbody th a.item-title"); len(closed) != 2 {
			t.Errorf("finished: %q", closed)
		}
		if got := each(b.Get("/actions?partnership="+demo.ID("partnership")), "tbody th"); len(got) != 7 {
			t.Errorf("of the partnership: %q", got)
		}
	})
}

func TestNothingYetIsNotNothingOfThisKind(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		none := s.As("p-koge-vol-2").Get("/actions")
		if !none.Has(".empty") || !none.Has(".tabs") || !none.Has(`.empty a[href="/actions?whose=all"]`) {
			t.Errorf("%q", none.Text("main"))
		}
		for _, who := range []string{"p-admin", koge} {
			write(t, s, func(ctx context.Context, tx *database.Tx) error {
				for _, table := range []string{"action_notes", "action_parts", "agenda_items", "actions"} {
					if _, err := tx.Exec(ctx, `delete from `+table); err != nil {
						return err
					}
				}
				return nil
			})
			never := s.As(who).Get("/actions")
			if !never.Has(".empty") || never.Has(".tabs") || never.Has(`a[href="/actions/new"]`) != (who == koge) {
				t.Errorf("%s: %q", who, never.Text("main"))
			}
		}
	})
}

// shelf records more items than a page holds, with the parts of two units each.
func shelf(t *testing.T, s *demotest.Site, n int) {
	t.Helper()
	a, store := coordinator(t, s), action.New(s.DB)
	write(t, s, func(ctx context.Context, tx *database.Tx) error {
		for i := range n {
			_, err := store.RecordIn(ctx, tx, a, action.Draft{PartnershipID: demo.ID("partnership"), DueOn: "2020-09-01",
				Title: text.Draft{Language: locale.Russian, Body: "Задача № " + strconv.Itoa(i)},
				Parts: []action.PartDraft{{UnitID: demo.ID("brc-sec"), PersonID: demo.ID(minsk)}, {UnitID: demo.ID("drc-koge"), PersonID: demo.ID(koge)}}})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func TestPagesOfActionItems(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(minsk)
		paths := []string{"/actions?whose=mine", "/actions?whose=ours", "/actions?whose=all", "/actions?partnership=" + demo.ID("partnership"), actionAt("a5")}
		few := statements(s, b, paths)
		shelf(t, s, 200)
		many := statements(s, b, paths)
		for i, path := range paths[:4] {
			if few[i] != many[i] || many[i] > 7 { // one of them is the demo's own: where its clock can be moved to
				t.Errorf("%s: %d statements, with 200 items more %d", path, few[i], many[i])
			}
		}
		if few[4] != many[4] {
			t.Errorf("one item: %d statements, later %d", few[4], many[4])
		}
		var titles []string
		for at := "/actions?whose=all"; at != ""; {
			page := b.Get(at)
			titles = append(titles, each(page, "tbody th a.item-title")...)
			at = page.Document.Find(`.pager a[rel="next"]`).AttrOr("href", "")
		}
		if slices.Sort(titles); len(titles) != 207 || len(slices.Compact(titles)) != 207 {
			t.Errorf("%d titles on all pages", len(titles))
		}
	})
}

func TestAnActionItemIsSeenByItsPartnership(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		page := s.As(volunteer).Get(actionAt("a4"))
		if page.Status != http.StatusOK || page.Text("h1") != "Beskriv, hvordan Køge holdt telefonisk kontakt med ældre" {
			t.Errorf("%d %q", page.Status, page.Text("h1"))
		}
		for selector, want := range map[string]bool{`a[href^="/conferences/"]`: true, `a[href^="/decisions/"]`: true, `a[href$="/edit"]`: false,
			".marks": true, "#report-form textarea": true, `[name^="state-"]`: false, `[name="ball"]`: false, ".progress time": true} {
			if page.Has("main "+selector) != want {
				t.Errorf("%s is there: %t", selector, !want)
			}
		}
		other := s.As(minsk).Get(actionAt("a4"))
		if !other.Has(`main a[href$="/edit"]`) || other.Has(`[name^="state-"]`) {
			t.Error("a coordinator of the other side plans the item, but does not work on its part")
		}
		for _, path := range []string{actionAt("a4"), actionAt("a4") + "/edit", "/actions/x", "/actions/new"} {
			if page := s.As("p-admin").Get(path); page.Status != http.StatusNotFound {
				t.Errorf("%s for a site administrator: %d", path, page.Status)
			}
		}
	})
}

func TestAReportFromThePage(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b, part := s.As(koge), partOf(t, s, "a4")
		form := b.Get(actionAt("a4")).Form("#report-form")
		if form.Get("state-"+part) != "inProgress" || form.Get("note-language") != "da" {
			t.Fatalf("not preset: %v", form)
		}
		nothing := b.Post(actionAt("a4"), form)
		if nothing.Status != http.StatusUnprocessableEntity || !nothing.Has("#field-note[aria-invalid][autofocus]") {
			t.Errorf("an empty report: %d", nothing.Status)
		}
		fill(form, "note", "Alle svar er kommet.", "state-"+part, "blocked")
		again := b.Post(actionAt("a4"), fill(form, "switch-language", "be"))
		if again.Status != http.StatusOK || again.Document.Find("html").AttrOr("lang", "") != "be" || again.Form("#report-form").Get("note") != "Alle svar er kommet." ||
			again.Form("#report-form").Get("state-"+part) != "blocked" || again.Has(".error") {
			t.Errorf("the language switch: %d %v", again.Status, again.Form("#report-form"))
		}
		page := b.Follow(b.Post(actionAt("a4"), fill(form, "switch-language", "")))
		if got := page.Text(".progress li:first-child .prose"); !strings.HasSuffix(got, "Alle svar er kommet.") || !page.Has("tbody .badge-stopped") {
			t.Errorf("%q, %q", got, page.Text("tbody"))
		}
		done := b.Follow(b.Post(actionAt("a4"), fill(page.Form("#report-form"), "state-"+part, "done")))
		if told := page.Text(".notice-success"); told == "" || done.Text(".notice-success") == "" || done.Text(".notice-success") == told || done.Has(`[name="ball"]`) {
			t.Errorf("told %q", done.Text(".notice"))
		}
	})
}

func partOf(t *testing.T, s *demotest.Site, name string) (id string) {
	t.Helper()
	err := s.DB.Read(t.Context(), func(tx *database.Tx) error {
		return tx.Row(t.Context(), `select id from action_parts where action_id = $1 and position = 0`, demo.ID(name)).Scan(&id)
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestTwoReportsOnThePartAtOnce(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b, part := s.As(koge), partOf(t, s, "a4")
		before := b.Get(actionAt("a4")).Form("#report-form")
		first := b.Post(actionAt("a4"), fill(b.Get(actionAt("a4")).Form("#report-form"), "state-"+part, "blocked"))
		if first.Status != http.StatusSeeOther {
			t.Fatal(first.Status)
		}
		clash := b.Post(actionAt("a4"), fill(before, "state-"+part, "done", "note", "Så er vi færdige."))
		form := clash.Form("#report-form")
		if clash.Status != http.StatusConflict || form.Get("note") != "Så er vi færdige." || form.Get("state-"+part) != "done" {
			t.Errorf("%d, %v", clash.Status, form)
		}
		if got := clash.Text("#report-form .notice-warning .facts"); !strings.HasPrefix(got, "Køge") || got == "Køge" {
			t.Errorf("what was saved meanwhile: %q", got)
		}
		page := b.Follow(b.Post(actionAt("a4"), form))
		if !page.Has("tbody .badge-good") || !strings.Contains(page.Text(".progress"), "Så er vi færdige.") {
			t.Errorf("the next save counts: %q", page.Text("main"))
		}
	})
}
