package web_test

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/demo/demotest"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
)

func TestAnOrganisationsOwnPage(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		at := "/organisations/" + demo.ID("drc-koge")
		staff, above := s.As("p-koge-vol-2"), s.As("p-drc-country")
		page := staff.Get(at)
		if page.Status != http.StatusOK || !page.Has(".marks") || !page.Has(`a[href="/people?unit=`+demo.ID("drc-koge")+`"]`) || !page.Has(`a[href^="/partnerships/"]`) {
			t.Errorf("%d %s", page.Status, page.Text("main"))
		}
		if page.Has("main form") || page.Has(`a[href$="/edit"]`) || page.Has(`a[href$="/new"]`) {
			t.Errorf("staff are offered %q", page.Text("main"))
		}
		for _, path := range []string{at + "/edit", at + "/new"} {
			if got := staff.Get(path).Status; got != http.StatusForbidden {
				t.Errorf("%s for staff: %d", path, got)
			}
			if got := staff.Post(path, nil).Status; got != http.StatusForbidden {
				t.Errorf("sent to %s by staff: %d", path, got)
			}
		}
		if got := staff.Get("/organisations/nothing").Status; got != http.StatusNotFound {
			t.Errorf("one that is not there: %d", got)
		}
		page = above.Get(at)
		if !page.Has(`form[action$="/move"]`) || page.Has(`form[action$="/archive"]`) || len(each(page, "#administration ~ * li")) != 3 {
			t.Errorf("who is above is offered %q", page.Text("main"))
		}
		if hangs := above.Get("/organisations/" + demo.ID("drc-hq")).Text("#administration ~ *"); !strings.Contains(hangs, "1 предстоящая конференция") {
			t.Errorf("a host of a conference that is still to come: %q", hangs)
		}
		list := above.Get("/partnerships").Document.Find(".card h2 a").AttrOr("href", "")
		if page := above.Post(list+"/units", map[string][]string{"unit": {demo.ID("drc-hq")}, "deed": {"remove"}}); page.Status != http.StatusUnprocessableEntity {
			t.Errorf("taken out of a partnership in which it has work: %d", page.Status)
		}
		refusedHere(t, above, at)
		renamed(t, s, above, at)
		below(t, above, at)
	})
}

// refusedHere: what cannot be is said on the page, and nothing happens.
func refusedHere(t *testing.T, b *demotest.Browser, at string) {
	t.Helper()
	if page := b.Post(at+"/archive", nil); page.Status != http.StatusUnprocessableEntity || !page.Has(".summary") {
		t.Errorf("archived with its people: %d", page.Status)
	}
	if page := b.Post(at+"/move", map[string][]string{"parent": {demo.ID("drc-koge")}}); page.Status != http.StatusUnprocessableEntity || !page.Has("#field-parent-error") {
		t.Errorf("moved below itself: %d", page.Status)
	}
	if page := b.Post(at+"/move", map[string][]string{"parent": {demo.ID("brc-sec")}}); page.Status != http.StatusForbidden {
		t.Errorf("moved to the other society: %d", page.Status)
	}
	if page := b.Post("/organisations/"+demo.ID("brc-sec")+"/move", map[string][]string{"parent": {demo.ID("drc-hq")}}); page.Status != http.StatusForbidden {
		t.Errorf("another society's unit moved: %d", page.Status)
	}
}

// renamed: two people change one organisation; who comes second sees both, and their next save counts.
func renamed(t *testing.T, s *demotest.Site, b *demotest.Browser, at string) {
	t.Helper()
	first := b.Get(at + "/edit").Form("#organisation")
	second := b.Get(at + "/edit").Form("#organisation")
	first.Set("name-en", "Red Cross Køge")
	first.Set("email", "koge@tandem.example")
	if page := b.Post(at+"/edit", first); page.Status != http.StatusSeeOther {
		t.Fatalf("%d %s", page.Status, page.Text(".summary"))
	}
	second.Set("name-en", "Køge")
	page := b.Post(at+"/edit", second)
	if page.Status != http.StatusConflict || !strings.Contains(page.Text(".group"), "Red Cross Køge") || page.Form("#organisation").Get("name-en") != "Køge" {
		t.Errorf("two at once: %d %s", page.Status, page.Text(".group"))
	}
	if again := b.Post(at+"/edit", page.Form("#organisation")); again.Status != http.StatusSeeOther {
		t.Errorf("saved once more: %d", again.Status)
	}
	if shown := s.As("p-koge-vol-2").Get(at); shown.Text("h1") != "Køge" {
		t.Errorf("an English reader sees %q", shown.Text("h1"))
	}
}

// below: a new one needs a name, keeps what was typed over a switch of language, and can be archived and brought back.
func below(t *testing.T, b *demotest.Browser, at string) {
	t.Helper()
	form := b.Get(at + "/new").Form("#organisation")
	form.Set("phone", "+45 00 00 00 00")
	page := b.Post(at+"/new", form)
	if page.Status != http.StatusUnprocessableEntity || !page.Has("#field-name-ru-error") || page.Form("#organisation").Get("phone") != "+45 00 00 00 00" {
		t.Errorf("without a name: %d %s", page.Status, page.Text(".summary"))
	}
	for _, name := range []string{"name-da", "short-name-da", "place-da"} {
		form.Set(name, "Herfølge")
	}
	form.Set("switch-language", "da")
	if page = b.Post(at+"/new", form); page.Status != http.StatusOK || page.Form("#organisation").Get("place-da") != "Herfølge" || page.Text("h1") != "Ny organisation" {
		t.Errorf("in Danish: %d %q", page.Status, page.Text("h1"))
	}
	form.Del("switch-language")
	page = b.Post(at+"/new", form)
	if page.Status != http.StatusSeeOther {
		t.Fatalf("%d %s", page.Status, page.Text(".summary"))
	}
	fresh := page.Location
	if page = b.Get(fresh); page.Text("h1") != "Herfølge" || !page.Has(`form[action$="/archive"]`) {
		t.Fatalf("%s: %s", fresh, page.Text("main"))
	}
	for _, step := range []struct{ deed, has string }{{"/archive", `form[action$="/bring-back"]`}, {"/bring-back", `form[action$="/archive"]`}} {
		if page := b.Post(fresh+step.deed, nil); page.Status != http.StatusSeeOther || !b.Get(fresh).Has(step.has) {
			t.Errorf("%s: %d", step.deed, page.Status)
		}
	}
}

func TestAPartnershipIsProposedAndAgreedTo(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		minsk, country, staff := s.As("p-brc-vol"), s.As("p-drc-country"), s.As("p-koge-vol-2")
		koge, secretariat := demo.ID("drc-koge"), demo.ID("brc-sec")
		if got := staff.Get("/partnerships/new").Status; got != http.StatusForbidden {
			t.Errorf("staff propose: %d", got)
		}
		offered := minsk.Get("/partnerships/new?unit=" + secretariat)
		if offered.Has(`input[value="`+demo.ID("brc-brest")+`"]`) || !offered.Has(`input[value="`+koge+`"]`) || !offered.Has(`input[value="`+secretariat+`"][checked]`) {
			t.Errorf("offered are %q", each(offered, ".tree label"))
		}
		form := offered.Form("#proposal")
		form.Set("name", "Телефонная линия")
		form.Set("purpose", "Обмен опытом.")
		form["focus"] = []string{"helpline"}
		wrong := minsk.Post("/partnerships/new", form)
		if kept := wrong.Form("#proposal"); wrong.Status != http.StatusUnprocessableEntity || !wrong.Has("#units-error") || kept.Get("purpose") != "Обмен опытом." || !slices.Equal(kept["units"], []string{secretariat}) {
			t.Errorf("one society alone: %d, kept %v", wrong.Status, kept)
		}
		form["units"] = []string{secretariat, koge}
		sent := minsk.Post("/partnerships/new", form)
		if sent.Status != http.StatusSeeOther {
			t.Fatalf("%d %s", sent.Status, sent.Text(".summary"))
		}
		at := sent.Location
		s.DoJobs()
		if n := count(t, s, `select count(*) from demo_mails where subject like '%Телефонная линия%'`); n != 1 {
			t.Errorf("%d mails ask for an answer", n)
		}
		for name, b := range map[string]*demotest.Browser{"staff of Køge": staff, "a site administrator": s.As("p-admin"), "a coordinator": s.As("p-koge-chair")} {
			if got := b.Get(at).Status; got != http.StatusNotFound {
				t.Errorf("%s: %d", name, got)
			}
			if got := b.Post(at+"/accept", nil).Status; got != http.StatusNotFound {
				t.Errorf("%s accepts: %d", name, got)
			}
		}
		if page := minsk.Get(at); page.Has(`form[action$="/accept"]`) || !page.Has(`form[action$="/withdraw"]`) {
			t.Errorf("who proposes sees %q", page.Text("main"))
		}
		if got := minsk.Post(at+"/accept", nil).Status; got != http.StatusForbidden {
			t.Errorf("who proposes accepts: %d", got)
		}
		if list := country.Get("/partnerships"); !list.Has(`a[href="` + at + `"]`) {
			t.Errorf("not listed: %s", list.Text("main"))
		}
		name := country.Get(at).Document.Find(`a.to-translate`).AttrOr("href", "/texts/"+textOf(t, s, at)+"/translate/da")
		if page := country.Get(name); page.Status != http.StatusOK {
			t.Errorf("its name cannot be translated at %s: %d", name, page.Status)
		}
		if got := staff.Get(name).Status; got != http.StatusNotFound {
			t.Errorf("staff read the name of a proposal: %d", got)
		}
		accepted := country.Post(at+"/accept", nil)
		if accepted.Status != http.StatusSeeOther || !strings.HasPrefix(accepted.Location, "/partnerships/") {
			t.Fatalf("%d %s", accepted.Status, accepted.Text("main"))
		}
		page := staff.Get(accepted.Location)
		if page.Status != http.StatusOK || !strings.Contains(page.Text(".item-about"), "Telephone helpline") {
			t.Errorf("what has begun: %d %s", page.Status, page.Text(".item-about"))
		}
		s.DoJobs()
		if n := count(t, s, `select count(*) from demo_mails where subject like '%Телефонная линия%'`); n != 2 {
			t.Errorf("%d mails, want one more for who proposed", n)
		}
		terms(t, minsk, staff, accepted.Location)
	})
}

func textOf(t *testing.T, s *demotest.Site, at string) (id string) {
	t.Helper()
	if err := s.DB.Glance(t.Context(), func(tx *database.Tx) error {
		return tx.Row(t.Context(), `select name_id from proposals where id = $1`, strings.TrimPrefix(at, "/partnerships/proposals/")).Scan(&id)
	}); err != nil {
		t.Fatal(err)
	}
	return id
}

// terms: administrators change them; who comes second sees both; staff do not.
func terms(t *testing.T, b, staff *demotest.Browser, at string) {
	t.Helper()
	if got := staff.Get(at + "/edit").Status; got != http.StatusForbidden {
		t.Errorf("staff change the terms: %d", got)
	}
	first, second := b.Get(at+"/edit").Form("#terms"), b.Get(at+"/edit").Form("#terms")
	first.Set("ends-on", "2021-12-31")
	if page := b.Post(at+"/edit", first); page.Status != http.StatusSeeOther {
		t.Fatalf("%d %s", page.Status, page.Text(".summary"))
	}
	second.Set("purpose", "Другая цель.")
	page := b.Post(at+"/edit", second)
	if page.Status != http.StatusConflict || !strings.Contains(page.Text("#field-ends-on-hint"), "2021") || page.Form("#terms").Get("purpose") != "Другая цель." {
		t.Errorf("two at once: %d %q", page.Status, page.Text("#field-ends-on-hint"))
	}
	if page := b.Post(at+"/units", map[string][]string{"unit": {demo.ID("brc-sec")}, "deed": {"remove"}}); page.Status != http.StatusUnprocessableEntity {
		t.Errorf("the last of its society taken out: %d", page.Status)
	}
	if page := b.Post(at+"/units", map[string][]string{"unit": {demo.ID("drc-hq")}, "deed": {"add"}}); page.Status != http.StatusForbidden {
		t.Errorf("another society's unit brought in: %d", page.Status)
	}
}

// A unit's page and the list with proposals need as many statements for 200 rows as for a few.
func TestStatementsOfUnitsAndProposals(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As("p-drc-voldev")
		at := "/organisations/" + demo.ID("drc-hq")
		proposeAll(t, s, 1)
		paths := []string{at, at + "/edit", at + "/new", "/partnerships", "/partnerships/new"}
		before := statements(s, b, paths)
		many(t, s)
		proposeAll(t, s, 40)
		after := statements(s, b, paths)
		for i, path := range paths {
			if before[i] != after[i] || after[i] > 9 || path == "/partnerships" && after[i] > 7 {
				t.Errorf("%s: %d statements, with 200 rows more %d", path, before[i], after[i])
			}
		}
	})
}

func proposeAll(t *testing.T, s *demotest.Site, n int) {
	t.Helper()
	hq, society := demo.ID("drc-hq"), demo.ID("drc")
	a := access.Actor{PersonID: demo.ID("p-drc-voldev"), Memberships: []access.Membership{{UnitID: hq, SocietyID: society, Role: access.Administrator}}}
	for i := range n {
		_, err := org.New(s.DB).Propose(t.Context(), a, org.PartnershipDraft{Kind: org.Joint, Name: org.Name{{Language: locale.Danish, Body: "Nr. " + strconv.Itoa(i)}},
			StartsOn: "2020-08-01", UnitIDs: []string{hq, demo.ID("brc-sec")}})
		if err != nil {
			t.Fatal(err)
		}
	}
}
