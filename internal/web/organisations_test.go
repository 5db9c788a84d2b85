package web_test

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/demo/demotest"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/text"
)

func TestOrganisationsStandAsTrees(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		page := s.As("p-koge-chair").Get("/organisations")
		if !slices.Equal(each(page, "main h2"), []string{"Dansk Røde Kors", "Belarusisk Røde Kors"}) {
			t.Errorf("societies are %q, want one's own first", page.Text("main h2"))
		}
		if first := page.Text(".card:first-of-type .tree > li:first-child"); first != "Landskontoret" {
			t.Errorf("the office comes first, not %q", first)
		}
		if own := page.Document.Find("li:has(.badge)"); own.Length() != 1 || !strings.Contains(own.Text(), "Røde Kors Køge") {
			t.Errorf("one's own unit is %q", own.Text())
		}
	})
}

func TestPeopleOfAUnit(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As("p-koge-chair")
		all := b.Get("/people")
		if !slices.Equal(each(all, "main h2"), []string{"Dansk Røde Kors", "Belarusisk Røde Kors"}) || all.Document.Find("tbody tr").Length() < 15 {
			t.Errorf("%d people of %q", all.Document.Find("tbody tr").Length(), all.Text("main h2"))
		}
		koge, there := all.Document.Find(`td a:contains("Køge")`).First().Attr("href")
		if !there {
			t.Fatal("no way to the people of Køge")
		}
		one := b.Get(koge)
		if one.Text("h1") != "Røde Kors Køge" || one.Document.Find("tbody tr").Length() != 3 {
			t.Errorf("%d people of %q", one.Document.Find("tbody tr").Length(), one.Text("h1"))
		}
		if empty := b.Get("/people?unit=nothing"); empty.Status != http.StatusNotFound {
			t.Errorf("a unit that is not there: %d", empty.Status)
		}
	})
}

func TestPeopleStandInTheReadersAlphabet(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		var koge string
		write(t, s, func(ctx context.Context, tx *database.Tx) error {
			err := tx.Row(ctx, `select m.unit_id from memberships m join people p on p.id = m.person_id
				where p.email = 'koge-chair@tandem.example'`).Scan(&koge)
			for _, name := range []string{"Ægir", "Zoe", "Aage", "Ole", "Østen"} {
				if err == nil {
					err = join(ctx, tx, org.New(s.DB), koge, name)
				}
			}
			return err
		})
		names := s.As("p-koge-chair").Get("/people?unit=" + koge).Text("tbody th")
		last := -1
		for _, name := range []string{"Ole", "Zoe", "Ægir", "Østen", "Aage"} { // aa is å (locale facts)
			at := strings.Index(names, name)
			if at <= last {
				t.Errorf("%s is out of order in %q", name, names)
			}
			last = at
		}
	})
}

// A list needs as many statements for 200 rows as for a few.
func TestStatementsOfLists(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As("p-drc-voldev")
		paths := []string{"/people", "/organisations", "/partnerships"}
		before := statements(s, b, paths)
		many(t, s)
		after := statements(s, b, paths)
		for i, path := range paths {
			if before[i] != after[i] || after[i] > 6 {
				t.Errorf("%s: %d statements, with 200 rows more %d; want the same, at most 6", path, before[i], after[i])
			}
		}
	})
}

func statements(s *demotest.Site, b *demotest.Browser, paths []string) (counts []int64) {
	for _, path := range paths {
		s.Statements.Store(0)
		b.Get(path)
		counts = append(counts, s.Statements.Load())
	}
	return counts
}

// many adds 200 units, people and partnerships that the headquarters' administrator sees.
func many(t *testing.T, s *demotest.Site) {
	t.Helper()
	store := org.New(s.DB)
	write(t, s, func(ctx context.Context, tx *database.Tx) error {
		var danish, belarusian string
		err := tx.Row(ctx, `select m.unit_id from memberships m join people p on p.id = m.person_id
			where p.email = 'drc-voldev@tandem.example'`).Scan(&danish)
		if err != nil {
			return err
		}
		if err := tx.Row(ctx, `select id from units where country = 'BY' and parent_id is null`).Scan(&belarusian); err != nil {
			return err
		}
		for i := range 200 {
			name := org.Name{{Language: locale.Danish, Body: "Nr. " + strconv.Itoa(i)}}
			_, err := store.AddUnitIn(ctx, tx, "", org.UnitDraft{ParentID: danish, Level: org.Branch, Name: name, ShortName: name, Place: name})
			if err != nil {
				return err
			}
			if err := join(ctx, tx, store, danish, name[0].Body); err != nil {
				return err
			}
			_, err = store.PlanPartnershipIn(ctx, tx, "", org.PartnershipDraft{Kind: org.Joint, Name: name, StartsOn: "2020-07-01",
				UnitIDs: []string{danish, belarusian}})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func join(ctx context.Context, tx *database.Tx, store *org.Store, unit, name string) error {
	id, err := store.AddPersonIn(ctx, tx, "", org.PersonDraft{Name: org.Name{text.Draft{Language: locale.Danish, Body: name}},
		Email: "somebody@tandem.example", Language: locale.Danish, Zone: "Europe/Copenhagen"})
	if err != nil {
		return err
	}
	_, err = store.JoinIn(ctx, tx, "", id, unit, access.Staff)
	return err
}

func write(t *testing.T, s *demotest.Site, f func(context.Context, *database.Tx) error) {
	t.Helper()
	if err := s.DB.Write(t.Context(), func(tx *database.Tx) error { return f(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

// each is what a reader finds at every place that a selector finds.
func each(page demotest.Page, selector string) []string {
	return page.Document.Find(selector).Map(func(_ int, found *goquery.Selection) string {
		return strings.Join(strings.Fields(found.Text()), " ")
	})
}
