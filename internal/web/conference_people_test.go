package web_test

import (
	"net/http"
	"strings"
	"testing"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/demo/demotest"
	"example.org/tandem/internal/org"
)

func TestAWholeUnitIsTickedAndWhoCannotFollowIsNamed(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(minsk)
		form := plan(b)
		form.Del("participants")
		form.Del("send")
		form.Set("everybody", "yes")
		form.Set("whole-unit", demo.ID("drc-koge"))
		page := b.Post("/conferences/new", form)
		back := page.Form("#plan")
		if page.Status != http.StatusOK || len(back["participants"]) < 2 || back.Get("title") != "Осенняя встреча" || count(t, s, `select count(*) from jobs where kind = 'poll' and done_at is null`) != 0 {
			t.Fatalf("%d, %d ticked, title %q", page.Status, len(back["participants"]), back.Get("title"))
		}
		n := count(t, s, `select count(*) from memberships where ended_at is null and unit_id = '`+demo.ID("drc-koge")+`'`)
		if len(back["participants"]) != n {
			t.Errorf("%d of %d people are ticked", len(back["participants"]), n)
		}
		form.Del("interpretation")
		form["languages"] = []string{"be"}
		page = b.Post("/conferences/new", form)
		if said := page.Text("#follow"); !strings.Contains(said, "белорусский") || page.Document.Find("#follow li").Length() == 0 {
			t.Errorf("nobody is said to be left: %q", said)
		}
		form["languages"] = []string{"ru", "be", "da", "en"}
		if page := b.Post("/conferences/new", form); page.Has("#follow li") {
			t.Errorf("%q", page.Text("#follow"))
		}
	})
}

func TestAnAddressThatRefusesMailsIsShownToWhoPlansOnly(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		page := "/conferences/" + demo.ID("conf-2020-08")
		if err := org.New(s.DB).Refused(t.Context(), demo.ID("p-koge-vol-1"), "550 5.1.1 No such mailbox"); err != nil {
			t.Fatal(err)
		}
		if said := s.As(minsk).Get(page).Text(".unreached"); !strings.Contains(said, "No such mailbox") {
			t.Errorf("who plans sees %q", said)
		}
		if s.As("p-koge-vol-1").Get(page).Has(".unreached") {
			t.Error("somebody who only takes part sees whose address is refused")
		}
	})
}

func TestAnswersByMailAreShownToWhoPlansUntilSeenTo(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		id, store := demo.ID("conf-2020-08"), conference.New(s.DB)
		err := s.DB.Write(t.Context(), func(tx *database.Tx) error {
			return store.ShowReplyIn(t.Context(), tx, id, conference.MailReply{Address: "stranger@other.example", Why: conference.WhyUnknown,
				Answer: conference.Accepted, Said: "<b>Jeg kommer</b>"})
		})
		if err != nil {
			t.Fatal(err)
		}
		if s.As("p-koge-vol-1").Get("/conferences/" + id).Has(".mail-replies") {
			t.Error("somebody who only takes part sees who wrote")
		}
		b := s.As(minsk)
		page := b.Get("/conferences/" + id)
		if said := page.Text(".mail-replies"); !strings.Contains(said, "stranger@other.example") || !strings.Contains(said, "<b>Jeg kommer</b>") {
			t.Errorf("who plans sees %q", said)
		}
		drop, _ := page.Document.Find(".mail-replies form").Attr("action")
		if sent := b.Post(drop, page.Form(".mail-replies form")); sent.Status != http.StatusSeeOther {
			t.Fatal(sent.Status)
		}
		if b.Get("/conferences/" + id).Has(".mail-replies") {
			t.Error("it is there still")
		}
	})
}
