package signin_test

import (
	"context"
	"net/http"
	"net/url"
	"testing"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/signin"
	"github.com/google/go-cmp/cmp"
)

func (h *house) exec(statement string, args ...any) {
	h.t.Helper()
	h.write(func(ctx context.Context, tx *database.Tx) error {
		_, err := tx.Exec(ctx, statement, args...)
		return err
	})
}

// token is the session's, as this browser holds it.
func (b *browser) token() string {
	home, _ := url.Parse(b.home)
	for _, cookie := range b.Jar.Cookies(home) {
		if cookie.Name == "tandem" {
			return cookie.Value
		}
	}
	return ""
}

// with is a browser that holds this token and nothing else.
func (h *house) with(token string) *browser {
	b := h.browser()
	home, _ := url.Parse(h.URL)
	b.Jar.SetCookies(home, []*http.Cookie{{Name: "tandem", Value: token}})
	return b
}

func TestANewRightIsANewToken(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browser()
		b.signIn()
		old := b.token()
		h.exec(`update people set rights = rights + 1 where id = 'p1'`)
		b.do(http.MethodHead, "/", "")
		if b.token() != old {
			t.Error("renewed by what shows no page")
		}
		b.get("/")
		fresh := b.token()
		if fresh == old || fresh == "" {
			t.Fatal("the token is the old one")
		}
		if b.get("/"); b.token() != fresh {
			t.Error("renewed once more for the same right")
		}
		if late := h.with(old); !late.actor().SignedIn() || late.token() != old {
			t.Error("what was on its way with the old token falls out, or renews it again")
		}
		if n := len(h.devices()); n != 1 {
			t.Errorf("%d devices of one browser", n)
		}
		h.clock.Advance(30 * time.Second)
		if h.with(old).actor().SignedIn() {
			t.Error("the old token is good for ever")
		}
		if !b.actor().SignedIn() {
			t.Error("the new one is not")
		}
	})
}

func TestSigningOutEndsTheOldTokenToo(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browser()
		b.signIn()
		old := b.token()
		h.exec(`update people set rights = rights + 1 where id = 'p1'`)
		b.get("/")
		b.post("/sign-out")
		if h.with(old).actor().SignedIn() {
			t.Error("still signed in by it")
		}
	})
}

func TestAFormerParticipantIsNobody(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browser()
		b.signIn()
		h.exec(`update people set left_at = $1 where id = 'p1'`, h.clock.Now())
		if b.actor().SignedIn() {
			t.Error("still signed in")
		}
		if p := h.browser().get("/sign-in/koge"); p.body != "sign-in.problem.left" {
			t.Errorf("comes in again: %d %s", p.status, p.body)
		}
	})
}

func TestAStandInActsForWhoeverIsAway(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.exec(`insert into people (id, name_id, email, language, reads, writes, zone, joined_at)
			select id, name_id, 'x@tandem.example', 'da', 'da', 'da', 'Europe/Copenhagen', joined_at
			from (select 'p2' as id, name_id, joined_at from people union select 'p3', name_id, joined_at from people) as new`)
		day := func(days int) string { return h.db.Now().AddDate(0, 0, days).Format(time.DateOnly) }
		h.exec(`insert into stand_ins (person_id, stand_in_id, from_on, until_on) values ('p2', 'p1', $1, $2), ('p3', 'p1', $3, $1)`, day(0), day(1), day(-1))
		b := h.browser()
		b.signIn()
		got := b.actor().StandsFor
		if diff := cmp.Diff(map[string]bool{"p2": true, "p3": true}, map[string]bool{first(got): true, last(got): true}); diff != "" {
			t.Error(diff)
		}
		h.exec(`update stand_ins set until_on = $1, from_on = $1`, day(-1))
		if got := b.actor().StandsFor; len(got) != 0 {
			t.Errorf("after they are back: %v", got)
		}
	})
}

func first(list []string) string { return append(list, "")[0] }
func last(list []string) string  { return append([]string{""}, list...)[len(list)] }

func (h *house) devices() []signin.Device {
	h.t.Helper()
	list, err := h.door.Devices(h.t.Context(), h.person(), signin.Session{})
	if err != nil {
		h.t.Fatal(err)
	}
	return list
}

func TestEverybodyEndsTheirOwnDevices(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a, b, c := h.browser(), h.browser(), h.browser()
		for _, one := range []*browser{a, b, c} {
			one.signIn()
			h.clock.Advance(5 * time.Minute)
			one.get("/")
		}
		list := h.devices()
		if len(list) != 3 || list[0].Browser != "Go-http-client/1.1" || list[0].Provider != "koge" || !list[0].SeenAt.After(list[1].SeenAt) {
			t.Fatalf("%+v", list)
		}
		stranger := h.person()
		stranger.PersonID = "p9"
		if err := h.door.EndDevice(t.Context(), stranger, list[0].ID); err == nil || !c.actor().SignedIn() {
			t.Error("somebody else ends it:", err)
		}
		if err := h.door.EndDevice(t.Context(), h.person(), list[0].ID); err != nil || c.actor().SignedIn() {
			t.Error("it is still there:", err)
		}
		if err := h.door.EndOthers(t.Context(), h.person(), signin.Session{ID: list[2].ID}); err != nil || b.actor().SignedIn() || !a.actor().SignedIn() {
			t.Error("all others end, and this one does not:", err)
		}
	})
}

func TestAddingAnIdentity(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browser()
		b.signIn()
		h.other.claims = func(c map[string]any) { c["sub"] = "another name" }
		h.other.info = func(c map[string]any) { c["sub"] = "another name" }
		if p := b.post("/add/other"); p.at != "/me/devices" || h.other.asked.Get("prompt") != "select_account" {
			t.Fatalf("%d at %s: %s", p.status, p.at, p.body)
		}
		if diff := cmp.Diff([]string{"another name p1", "chair p1"}, h.strings(`select subject || ' ' || person_id from identities order by subject`)); diff != "" {
			t.Error(diff)
		}
		again := h.browser()
		if p := again.get("/sign-in/other"); again.actor().PersonID != "p1" {
			t.Errorf("it does not let in: %d %s", p.status, p.body)
		}
	})
}

func TestAnIdentityIsNotAdded(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.exec(`insert into people (id, name_id, email, language, reads, writes, zone, joined_at)
			select 'p2', name_id, email, 'da', 'da', 'da', 'Europe/Copenhagen', joined_at from people`) // with the same address
		h.exec(`insert into identities (issuer, subject, person_id, added_at) values ($1, 'chair', 'p2', $2)`, h.other.URL, h.clock.Now())
		b := h.browser()
		b.signIn()
		if p := b.post("/add/other"); p.body != "sign-in.problem.taken" {
			t.Errorf("that is somebody's already: %d %s", p.status, p.body)
		}
		if p := h.browser().standing().post("/add/other"); p.status == http.StatusSeeOther {
			t.Errorf("to nobody: %d %s", p.status, p.location)
		}
		h.exec(`delete from identities where person_id = 'p2'`)
		back := b.standing().get(b.standing().post("/add/other").location).location
		b.post("/sign-out")
		if p := b.standing().get(back); p.body != "sign-in.problem.stale" {
			t.Errorf("to somebody who is not signed in any more: %d %s", p.status, p.body)
		}
		if n := len(h.strings(`select subject from identities`)); n != 1 {
			t.Errorf("%d identities", n)
		}
	})
}

func TestTheLastIdentityStays(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browser()
		b.signIn()
		if err := h.door.DropIdentity(t.Context(), h.person(), h.liar.URL, "chair"); err == nil || len(h.strings(`select subject from identities`)) != 1 {
			t.Errorf("locked out: %v", err)
		}
		h.exec(`insert into identities (issuer, subject, person_id, added_at) values ($1, 'chair', 'p1', $2)`, h.other.URL, h.clock.Now())
		if err := h.door.DropIdentity(t.Context(), h.person(), h.liar.URL, "chair"); err != nil || b.actor().SignedIn() {
			t.Errorf("what was begun with it goes on: %v", err)
		}
	})
}

func TestHealthNamesWhoIsDown(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.other.down = true
		list := h.door.Health(t.Context())
		if len(list) != 2 || list[0].Down != "" || list[1].Down == "" || list[1].Issuer != h.other.URL {
			t.Errorf("%+v", list)
		}
	})
}

func TestAProviderIsNotToldWhatItDoesNotKnow(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browser()
		b.signIn()
		h.other.meta = func(m map[string]any) { m["prompt_values_supported"] = []string{"login"} }
		if b.post("/add/other"); h.other.asked.Has("prompt") {
			t.Errorf("told %v", h.other.asked)
		}
	})
}
