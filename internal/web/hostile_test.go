package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/demo/demotest"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
)

// What no form of ours sends is answered all the same: in words, without a fault, and without telling what is not theirs.

func TestWhoMayReadButNotChangeIsToldSoAndLedBack(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(volunteer)
		for path, back := range map[string]string{august() + "/edit": august(), "/actions/new": "/actions", actionAt("a4") + "/edit": actionAt("a4"),
			july() + "/follow-up": july()} {
			if path == "/actions/new" {
				path += "?partnership=" + demo.ID("partnership")
			}
			page := b.Get(path)
			if page.Status != http.StatusForbidden || page.Text("h1") != "Det kan ikke alle gøre" || !page.Has(`main a.button-primary[href="`+back+`"]`) {
				t.Errorf("%s: %d %s", path, page.Status, page.Text("main"))
			}
		}
		page := b.Post(august()+"/agenda", url.Values{})
		if page.Status != http.StatusForbidden || page.Document.Find(`form.languages input[name=next]`).AttrOr("value", "") != august() {
			t.Errorf("switching the language leads to an address that takes no GET: %d", page.Status)
		}
	})
}

func TestAFormTellsNothingOfAnothersConference(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		var other string
		write(t, s, func(ctx context.Context, tx *database.Tx) (err error) {
			name := org.Name{{Language: locale.Danish, Body: "Førstehjælp"}}
			other, err = org.New(s.DB).PlanPartnershipIn(ctx, tx, "", org.PartnershipDraft{Kind: org.Joint, Name: name, StartsOn: "2020-07-01",
				UnitIDs: []string{demo.ID("brc-sec"), demo.ID("drc-hq")}})
			return err
		})
		author := s.As(minsk)
		form := author.Get("/conferences/new?partnership=" + other).Form("main form")
		sent := author.Post("/conferences/new", fill(form, "title", "Не для всех", "language", "ru", "slot-1", "2020-09-08", "slot-1-time", "11:00", "draft", "yes"))
		id := strings.TrimPrefix(sent.Location, "/conferences/")
		if sent.Status != http.StatusSeeOther {
			t.Fatalf("%d %s", sent.Status, sent.Text(".summary"))
		}
		b := s.As(koge)
		for name, button := range map[string]string{"asks": "switch-language", "is refused": "nothing"} {
			page := b.Post("/actions/new", fill(b.Get("/actions/new").Form("#plan"), "conference", id, button, "da"))
			if page.Status != http.StatusNotFound || strings.Contains(page.Body, "Не для всех") {
				t.Errorf("who %s learns of it: %d", name, page.Status)
			}
		}
	})
}

func TestWhatIsNoTextIsNoFault(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(koge)
		for _, path := range []string{"/conferences/%00", "/conferences/%ff", "/actions/%C3%28", "/people?unit=%00", "/actions?partnership=%ff", "/conferences?past=%00"} {
			if page := b.Get(path); page.Status != http.StatusNotFound {
				t.Errorf("%s: %d", path, page.Status)
			}
		}
		form := fill(b.Get("/actions/new").Form("#plan"), "title", "Plakat", "due", "2020-09-01", "person-"+demo.ID("drc-koge"), "\x00\xff")
		if page := b.Post("/actions/new", form); page.Status != http.StatusUnprocessableEntity && page.Status != http.StatusSeeOther {
			t.Errorf("a person of no text: %d", page.Status)
		}
		if page := b.Post("/me", fill(b.Get("/me").Form("#profile"), "version", "99999999999")); page.Status != http.StatusConflict {
			t.Errorf("a number that no column holds: %d", page.Status)
		}
		if page := s.Visitor().Get("/sign-in/demo?next=/%ff"); page.Status == http.StatusInternalServerError {
			t.Errorf("on the way in: %d", page.Status)
		}
	})
}

func TestEveryLanguageOnce(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(minsk)
		form := plan(b)
		form["languages"] = []string{"da", "ru", "ru", "da", "xx"}
		form["interpretation"] = []string{"ru-da", "ru-da", "yes"}
		if page := b.Post("/conferences/new", form); page.Status != http.StatusSeeOther {
			t.Fatalf("%d %s", page.Status, page.Text(".summary"))
		}
		if n := count(t, s, `select count(*) from conferences where languages = 'da,ru' and interpretation = 'ru-da,da-ru'`); n != 1 {
			t.Error("it is kept otherwise")
		}
		me := b.Get("/me").Form("#profile")
		me["reads"] = []string{"ru", "ru", "en", "ru"}
		if page := b.Post("/me", me); page.Status != http.StatusSeeOther {
			t.Fatalf("%d %s", page.Status, page.Text(".summary"))
		}
		if n := count(t, s, `select count(*) from people where reads = 'ru,en'`); n == 0 {
			t.Error("a language is kept several times")
		}
	})
}

// Strangers may begin to sign in, may try links and may come back to what they typed, but they cannot fill the database, nor
// try for ever.
func TestStrangersComeSlowly(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		s.StandStill()
		for _, way := range []struct {
			paths []string // counted together
			post  bool
			tries int
		}{
			{paths: []string{"/sign-in/demo", "/oidc/callback/demo?state=x"}, tries: 120},
			{paths: []string{"/me"}, post: true, tries: 20},
			{paths: []string{"/unsubscribe/x", "/invitations/x"}, tries: 60},
		} {
			visitor := s.Visitor()
			for try := range way.tries + 1 {
				path := way.paths[try%len(way.paths)]
				send := visitor.Get
				if way.post {
					send = func(path string) demotest.Page { return visitor.Post(path, url.Values{"name-da": {strconv.Itoa(try)}}) }
				}
				page := send(path)
				if refused := page.Status == http.StatusTooManyRequests; refused != (try == way.tries) || refused && page.Text("h1") == "" {
					t.Fatalf("%s, try %d: %d", path, try+1, page.Status)
				}
			}
		}
		if page := s.Visitor().Get("/conferences"); page.Status != http.StatusSeeOther {
			t.Errorf("reading is not what is counted: %d", page.Status)
		}
	})
}

// What is refused before anybody counts it is not kept either.
func TestAFormThatIsRefusedIsNotKept(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		for _, address := range []string{"/me?x=%00", "/sign-in/nowhere"} {
			if page := s.Visitor().Post(address, url.Values{"name-da": {"Formand"}}); strings.Contains(page.Location, "kept") {
				t.Errorf("%s leads to %s", address, page.Location)
			}
		}
		if n := count(t, s, `select count(*) from kept_forms`); n > 0 {
			t.Errorf("%d forms are kept", n)
		}
	})
}

// What is typed after a session's end is for its person alone, also when others sign in meanwhile, and wherever it was ended from.
func TestAKeptFormIsForItsPersonAlone(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		for name, end := range map[string]func(chair *demotest.Browser){
			"by time": func(*demotest.Browser) {
				write(t, s, func(ctx context.Context, tx *database.Tx) error {
					_, err := tx.Exec(ctx, `update sessions set ends_at = $1 where person_id = $2`, time.Now().Add(-time.Hour), demo.ID("p-koge-chair"))
					return err
				})
			},
			"from another device": func(*demotest.Browser) { s.As("p-koge-chair").Post("/me/devices", url.Values{"others": {"yes"}}) },
		} {
			shared := s.Visitor()
			shared.SignIn("p-koge-chair")
			end(shared)
			s.As("p-koge-vol-1") // somebody signs in somewhere: what has ended is swept
			if page := shared.Post("/me", url.Values{"name-da": {"Formand"}}); !strings.Contains(page.Location, "kept") {
				t.Fatalf("%s: %s", name, page.Location)
			}
			shared.SignIn("p-koge-vol-2")
			if page := shared.Get("/kept"); page.Status != http.StatusNotFound {
				t.Errorf("%s: another person gets %d", name, page.Status)
			}
			shared.SignIn("p-koge-chair")
			if page := shared.Get("/kept"); page.Status != http.StatusOK {
				t.Errorf("%s: its person gets %d", name, page.Status)
			}
		}
	})
}

func TestAKeptFormGoesBackToUsOnly(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		if sent := s.Visitor().Post("//tandem.example/me", url.Values{"name-da": {"Formand"}}); strings.Contains(sent.Location, "kept") {
			t.Errorf("kept for another host: %q", sent.Location)
		}
	})
}

// A text of very many lines is refused as any that is too long is: before anybody takes it apart.
func TestAVeryLongTextCostsNoTime(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b, long := s.As(minsk), strings.Repeat("а\n", 100_000)
		report := fill(b.Get(actionAt("a2")).Form("#report-form"), "note", long)
		sheet := fill(b.Get(notes()).Form("#notes"), "body-"+item(0), long)
		began := time.Now()
		for path, form := range map[string]url.Values{actionAt("a2"): report, notes(): sheet} {
			page := b.Post(path, form)
			if page.Status != http.StatusUnprocessableEntity || !page.Has("textarea.input[aria-invalid], textarea[aria-invalid]") || len(page.Document.Find("textarea[aria-invalid]").Text()) < len(long) {
				t.Errorf("%s: %d, what was typed is not all there", path, page.Status)
			}
		}
		if a := typed(t, b, 0, "ru", long, 1); a.status != http.StatusUnprocessableEntity {
			t.Errorf("by script: %d", a.status)
		}
		if took := time.Since(began); took > 8*time.Second {
			t.Errorf("it takes %s", took)
		}
	})
}
