package web_test

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/demo/demotest"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
)

func TestWelcome(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		page := s.Visitor().Get("/")
		if page.Status != http.StatusOK || page.Text("h1") == "" || !page.Has(`main a[href="/sign-in"]`) || page.Has("nav a") {
			t.Errorf("%d %q", page.Status, page.Text("main"))
		}
	})
}

func TestHomeShowsWhatWaits(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		agree(t, s, false)
		for _, line := range []struct {
			who, selector string
			want          bool
		}{
			{"p-brc-vol-vitebsk", "section:has(#awaiting) .card", true}, // has not answered the invitation
			{"p-brc-vol", "section:has(#awaiting)", false},              // has
			{"p-brc-vol", `a[href$="/minutes"]`, true},
			{"p-koge-chair", `a[href$="/minutes"]`, true},
			{"p-koge-vol-1", `a[href$="/minutes"]`, false}, // staff agree to nothing
			{"p-koge-chair", "section:has(#tasks) .badge-stopped", true},
			{"p-koge-chair", "section:has(#coming) .item", true},
			{"p-koge-chair", `a[href="/conferences/new"]`, true},
			{"p-koge-vol-1", `a[href="/conferences/new"]`, false},
			{"p-admin", ".empty", true},
			{"p-admin", "section", false},
		} {
			if page := s.As(line.who).Get("/"); page.Has("main "+line.selector) != line.want {
				t.Errorf("%s: %s is there: %t; %s", line.who, line.selector, !line.want, page.Text("main"))
			}
		}
		agree(t, s, true)
		if page := s.As("p-brc-vol").Get("/"); page.Has(`a[href$="/minutes"]`) {
			t.Error("minutes that are agreed still wait")
		}
	})
}

func TestHomeShowsTheConferenceThatIsOn(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		s.Clock.Set(time.Date(2020, 8, 27, 8, 30, 0, 0, time.UTC))
		page := s.As("p-koge-vol-2").Get("/")
		if page.Text(".card-next:has(h2) .badge") != "Happening now" {
			t.Errorf("%q", page.Text("main"))
		}
	})
}

func TestAnInvitationIsAnsweredWhereItIsSeen(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(vitebsk)
		form := fill(b.Get("/").Form("section:has(#awaiting) form"), "answer", "ACCEPTED")
		page := b.Post(august()+"/answer", form)
		if page.Location != "/" {
			t.Fatalf("leads to %q: %s", page.Location, page.Text("main"))
		}
		if page = b.Follow(page); page.Has("#awaiting") || !page.Has(".notice-success") || !strings.Contains(page.Text("section:has(#coming)"), "Ваш адказ: Так") {
			t.Errorf("%s", page.Text("main"))
		}
		if page := b.Post(august()+"/answer", fill(form, "answer", "perhaps")); page.Status != http.StatusUnprocessableEntity {
			t.Errorf("an answer that is none: %d", page.Status)
		}
		other := s.As("p-brc-vol-brest")
		form = fill(form, "answer", "DECLINED", "about", "2020-08-26T08:00:00Z")
		if page := other.Post(august()+"/answer", form); page.Status != http.StatusConflict {
			t.Errorf("an answer to another time: %d", page.Status)
		}
	})
}

func TestAnActionIsTickedOffWhereItIsSeen(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(koge)
		page := b.Get("/")
		at := page.Document.Find("section:has(#tasks) form").AttrOr("action", "")
		if page = b.Post(at, page.Form("section:has(#tasks) form")); page.Location != at {
			t.Fatalf("%d, leads to %q: %s", page.Status, page.Location, page.Text("main"))
		}
		if page := b.Follow(page); !strings.Contains(page.Text("main"), "Udført") {
			t.Errorf("%s", page.Text("main"))
		}
		if b.Get("/").Has(`#tasks ~ ul a[href="` + at + `"]`) {
			t.Error("what is done waits still")
		}
	})
}

func TestWhatWaitsIsSaidInShort(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		agree(t, s, false)
		if got := each(s.As(koge).Get("/"), ".glance a"); !slices.Equal(got, []string{"Referater at godkende: 1", "Frist overskredet: 1"}) {
			t.Errorf("%q", got)
		}
	})
}

func TestWhoHasDoneEverythingIsToldSo(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		page := s.As("p-koge-vol-2").Get("/")
		if !page.Has(".calm") || page.Has("#tasks") || page.Has("#awaiting") || !page.Has("#coming") {
			t.Errorf("%s", page.Text("main"))
		}
	})
}

func TestTodaysConferenceComesFirst(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		s.Clock.Set(time.Date(2020, 8, 27, 5, 0, 0, 0, time.UTC))
		page := s.As(minsk).Get("/")
		if page.Text(".card-next .badge") != "Сегодня" || !page.Has(`.card-next a[href="`+august()+`/join"]`) || page.Has(`section:has(#coming) a[href="`+august()+`"]`) {
			t.Errorf("%s", page.Text("main"))
		}
	})
}

// draftOf is a lesson that the Secretariat has begun; the title tells it from the demo's own.
const draftOf = "Черновик Секретариата"

func begin(t *testing.T, s *demotest.Site) (id string) {
	t.Helper()
	a := coordinator(t, s)
	a.Memberships[0].SocietyID = demo.ID("brc")
	id, err := lesson.New(s.DB).Begin(t.Context(), a, lesson.Begun{PartnershipID: demo.ID("partnership"), UnitID: demo.ID("brc-sec"), Language: locale.Russian,
		Sections: map[lesson.Section]string{lesson.Title: draftOf, lesson.Summary: "Кратко о главном."}})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func share(t *testing.T, s *demotest.Site, id string) {
	t.Helper()
	a := coordinator(t, s)
	a.Memberships[0].SocietyID = demo.ID("brc")
	if err := lesson.New(s.DB).Share(t.Context(), a, id, 1); err != nil {
		t.Fatal(err)
	}
}

// A draft is its own society's; what is shared is news for the others, and waits for its translation.
func TestLessonsOnTheFrontPageAndInTheQueue(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		id := begin(t, s)
		news, into := `#lessons ~ ul a[href="/lessons/`+id+`"]`, func(l string) string { return `a[href="/lessons/` + id + `/translate/` + l + `"]` }
		find := func(what string, want map[string]bool) {
			t.Helper()
			for place, there := range want {
				who, path, selector := part(place, 0), part(place, 1), part(place, 2)
				if selector == "news" {
					selector = news
				} else {
					selector = into(selector)
				}
				if page := s.As(who).Get(path); page.Status != http.StatusOK || page.Has("main "+selector) != there {
					t.Errorf("%s: %s is there: %t; %s", what, place, !there, page.Text("main"))
				}
			}
		}
		partnership := "/partnerships/" + demo.ID("partnership")
		find("a draft", map[string]bool{
			"p-drc-voldev /queue?language=da da": false, "p-drc-voldev / news": false, "p-drc-voldev " + partnership + " news": false,
			"p-koge-vol-1 /queue da": false, "p-admin /queue?language=ru ru": false,
			"p-brc-vol-grodno /queue be": true, "p-brc-vol-grodno " + partnership + " news": true, "p-interp /queue?language=da da": true,
		})
		share(t, s, id)
		find("what is shared", map[string]bool{
			"p-drc-voldev /queue?language=da da": true, "p-drc-voldev / news": true, "p-drc-voldev " + partnership + " news": true,
			"p-drc-voldev / da":       false, // there is no language in which this person could read it
			"p-brc-vol-grodno / be":   true,
			"p-brc-vol-grodno / da":   false,
			"p-brc-vol /queue ru":     false,
			"p-brc-vol / news":        false, // one's own is no news
			"p-admin /queue ru":       false,
			"p-brc-vol-grodno / news": true,
		})
	})
}

func part(place string, i int) string { return strings.Fields(place)[i] }

func TestStatementsOfHome(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		agree(t, s, false)
		b := s.As(minsk)
		paths := []string{"/", "/queue", "/partnerships/" + demo.ID("partnership")}
		few := statements(s, b, paths)
		shelf(t, s, 200)
		library(t, s, 200)
		for i, n := range statements(s, b, paths) {
			if n != few[i] || n > []int64{9, 7, 16}[i] { // one of them is the demo's own: where its clock can be moved to
				t.Errorf("%s: %d statements, with 200 rows more %d", paths[i], few[i], n)
			}
		}
		if page := s.Visitor(); statements(s, page, []string{"/"})[0] > 3 {
			t.Error("the page for everybody asks too much")
		}
	})
}

// library adds lessons that everybody may read.
func library(t *testing.T, s *demotest.Site, n int) {
	t.Helper()
	write(t, s, func(ctx context.Context, tx *database.Tx) error {
		for i := range n {
			id, err := text.New(ctx, tx, text.Draft{Language: locale.Danish, Body: "Læring nr. " + strconv.Itoa(i)}, demo.ID(koge))
			if err != nil {
				return err
			}
			_, err = tx.Exec(ctx, `insert into lessons (id, partnership_id, unit_id, society_id, state, title_id, summary_id, context_id, went_well_id,
				challenges_id, key_lessons_id, recommendations_id, applicability_id, topics, shared_at, published_at, created_by_id, created_at, changed_at)
				values ($1, $2, $3, $4, 'published', $5, $5, $5, $5, $5, $5, $5, $5, '', $6, $6, $7, $6, $6)`,
				database.NewID(), demo.ID("partnership"), demo.ID("drc-koge"), demo.ID("drc"), id, tx.Now, demo.ID(koge))
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func TestPublishedLessonsAreOnThePageForEverybody(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		begin(t, s)
		library(t, s, 9)
		page := s.Visitor().Get("/")
		if n := page.Document.Find(`main .tiles a[href^="/lessons/"]`).Length(); n != 6 || strings.Contains(page.Text("main"), draftOf) {
			t.Errorf("%d lessons: %s", n, page.Text("main"))
		}
	})
}

// agree makes the minutes of the conference that is over agreed to by both sides, or by none.
func agree(t *testing.T, s *demotest.Site, agreed bool) {
	t.Helper()
	write(t, s, func(ctx context.Context, tx *database.Tx) error {
		var at *time.Time
		if agreed {
			at = &tx.Now
		} else if _, err := tx.Exec(ctx, `delete from minutes_agreements`); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `update conferences set agreed_at = $1 where over_at < $2`, at, tx.Now)
		return err
	})
}
