package signin_test

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/link"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/signin"
)

// newcomer is somebody whom the provider "other" knows and nobody here does.
func (h *house) newcomer(change func(map[string]any)) {
	h.other.claims = func(c map[string]any) { c["sub"] = "newcomer" }
	h.other.info = func(c map[string]any) {
		c["sub"], c["name"], c["email"] = "newcomer", "  Ny\x00\nfrivillig ", "ny@Tandem.Example"
		change(c)
	}
}

func TestWhoIsOfADomainComesInAsStaff(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.newcomer(func(map[string]any) {})
		b := h.browser()
		if p := b.get("/sign-in/other?next=/actions"); p.at != "/privacy?next=%2Factions" {
			t.Fatalf("at %s: %d %s", p.at, p.status, p.body)
		}
		a := b.actor()
		if diff := cmp.Diff([]access.Membership{{UnitID: "koge", SocietyID: "drc", Role: access.Staff}}, a.Memberships); diff != "" || a.Name != "Ny frivillig" || a.SiteAdmin {
			t.Errorf("%+v %s", a, diff)
		}
		again := h.browser()
		if again.get("/sign-in/other"); again.actor().PersonID != a.PersonID {
			t.Error("somebody else the next time")
		}
	})
}

func TestNobodyElseComesInByThemselves(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for name, change := range map[string]func(map[string]any){
			"not verified":       func(c map[string]any) { c["email_verified"] = false },
			"says nothing of it": func(c map[string]any) { delete(c, "email_verified") },
			"no address":         func(c map[string]any) { delete(c, "email") },
			"no proper address":  func(c map[string]any) { c["email"] = "ny@evil.example, x@tandem.example" },
			"another domain":     func(c map[string]any) { c["email"] = "ny@evil.example" },
			"a longer domain":    func(c map[string]any) { c["email"] = "ny@eviltandem.example" },
			"a domain below":     func(c map[string]any) { c["email"] = "ny@evil.tandem.example" },
			"in front of it":     func(c map[string]any) { c["email"] = "ny@tandem.example@evil.example" },
		} {
			h.newcomer(change)
			b := h.browser()
			if p := b.get("/sign-in/other"); p.status != http.StatusUnprocessableEntity || p.body != "sign-in.problem.account" || b.actor().SignedIn() {
				t.Errorf("%s: %d %s", name, p.status, p.body)
			}
		}
	})
}

// TestAnAddressJoinsNobody: the chair has this address here; whoever has it there is somebody else until they say so.
func TestAnAddressJoinsNobody(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.newcomer(func(c map[string]any) { c["email"] = "chair@tandem.example" })
		b := h.browser()
		if b.get("/sign-in/other"); b.actor().PersonID == "p1" {
			t.Error("signed in as the chair")
		}
	})
}

func TestAUnitThatIsNotThereLetsNobodyIn(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.write(func(ctx context.Context, tx *database.Tx) error {
			_, err := tx.Exec(ctx, `update units set archived_at = $1 where id = 'koge'`, tx.Now)
			return err
		})
		h.newcomer(func(map[string]any) {})
		if p := h.browser().get("/sign-in/other"); p.body != "sign-in.problem.account" || len(h.strings(`select id from people`)) != 1 {
			t.Errorf("%d %s", p.status, p.body)
		}
	})
}

// Whoever left, or took an account from their own, does not come in again by its mail domain alone.
func TestADepartedAccountDoesNotComeInByItself(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.newcomer(func(map[string]any) {})
		b := h.browser()
		b.get("/sign-in/other")
		person := b.actor().PersonID
		h.write(func(ctx context.Context, tx *database.Tx) error {
			if err := h.door.DepartIn(ctx, tx, person); err != nil {
				return err
			}
			_, err := tx.Exec(ctx, `delete from identities where person_id = $1`, person)
			return err
		})
		if p := h.browser().get("/sign-in/other"); p.body != "sign-in.problem.left" || b.actor().SignedIn() {
			t.Errorf("%d %s", p.status, p.body)
		}
		for _, kept := range h.strings(`select digest from departed`) {
			if strings.Contains(kept, "newcomer") {
				t.Errorf("it is told who left: %s", kept)
			}
		}
		h.newcomer(func(c map[string]any) { c["sub"] = "somebody else" })
		h.other.claims = func(c map[string]any) { c["sub"] = "somebody else" }
		if p := h.browser().get("/sign-in/other"); p.status != http.StatusOK {
			t.Errorf("a colleague: %d %s", p.status, p.body)
		}
	})
}

func TestOneOfTwoIdentitiesStaysWhenBothAreDroppedAtOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.exec(`insert into identities (issuer, subject, person_id, added_at) values ($1, 'chair', 'p1', $2)`, h.other.URL, h.clock.Now())
		var group sync.WaitGroup
		for _, issuer := range []string{h.liar.URL, h.other.URL} {
			group.Go(func() { h.door.DropIdentity(t.Context(), h.person(), issuer, "chair") })
		}
		group.Wait()
		if n := len(h.strings(`select subject from identities`)); n != 1 {
			t.Errorf("%d are left", n)
		}
	})
}

// Somebody is at the provider already when the link that they came by is called back.
func TestALinkThatIsCalledBackMeanwhileLetsNobodyIn(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.exec(`insert into invitations (id, unit_id, role, name_id, email, language, invited_by_id, invited_at, ends_at)
			select 'i1', 'koge', 'staff', name_id, '', 'da', 'p1', $1, $2 from units where id = 'koge'`, h.clock.Now(), h.clock.Now().Add(org.InvitationLife))
		made := func() (id string) {
			h.write(func(ctx context.Context, tx *database.Tx) error {
				token, err := link.MakeIn(ctx, tx, link.Link{Purpose: link.Invitation, Subject: "i1"})
				if err != nil {
					return err
				}
				l, err := link.FindIn(ctx, tx, link.Invitation, token)
				id = l.ID
				return err
			})
			return id
		}
		followed := made()
		h.rooms.GET("/follow/:link", func(c echo.Context) error {
			return h.door.Begin(c, "koge", signin.Wish{Invitation: "i1", Link: c.Param("link")})
		})
		h.liar.claims = func(c map[string]any) { c["sub"] = "invited" }
		h.liar.info = func(c map[string]any) { c["sub"] = "invited" }
		b := h.browser()
		back := b.standing().get(b.standing().get("/follow/" + followed).location).location
		h.write(func(ctx context.Context, tx *database.Tx) error { return link.RevokeIn(ctx, tx, link.Invitation, "i1") })
		if p := b.get(back); p.body != "sign-in.problem.invitation" || b.actor().SignedIn() {
			t.Errorf("%d %s", p.status, p.body)
		}
		if p := h.browser().get("/follow/" + made()); p.status != http.StatusOK {
			t.Errorf("by the newest link: %d %s", p.status, p.body)
		}
	})
}

func TestOneAccountSignsInSoOften(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for try := range 61 {
			p := h.browser().get("/sign-in/koge") // each time from another browser
			if refused := p.body == "sign-in.problem.often"; refused != (try == 60) {
				t.Fatalf("try %d: %d %s", try+1, p.status, p.body)
			}
		}
	})
}

// grant is what `tandem grant` leaves, for this address at the provider "other".
func (h *house) grant(email string) {
	if _, err := org.New(h.db).Grant(context.Background(), h.other.URL, email); err != nil {
		panic(err)
	}
}

func TestAGrantNamesASiteAdministratorOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.grant(" Ny@Evil.example ")
		h.newcomer(func(c map[string]any) { c["email"] = "ny@evil.example" })
		b := h.browser()
		b.get("/sign-in/other")
		if a := b.actor(); !a.SiteAdmin || len(a.Memberships) != 0 {
			t.Fatalf("%+v", a)
		}
		h.other.claims = func(c map[string]any) { c["sub"] = "another" }
		h.other.info = func(c map[string]any) { c["sub"], c["email"] = "another", "ny@evil.example" }
		if p := h.browser().get("/sign-in/other"); p.body != "sign-in.problem.account" {
			t.Errorf("twice: %d %s", p.status, p.body)
		}
	})
}

func TestAGrantIsForOneAddressAtOneProvider(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.exec(`update people set site_admin = $1`, false)
		h.grant("ny@evil.example")
		for name, change := range map[string]func(map[string]any){
			"not verified":    func(c map[string]any) { c["email"], c["email_verified"] = "ny@evil.example", false },
			"another address": func(c map[string]any) { c["email"] = "x@evil.example" },
		} {
			h.newcomer(change)
			if p := h.browser().get("/sign-in/other"); p.body != "sign-in.problem.account" {
				t.Errorf("%s: %d %s", name, p.status, p.body)
			}
		}
		h.liar.info = func(c map[string]any) { c["email"] = "ny@evil.example" }
		b := h.browser()
		if b.signIn(); b.actor().SiteAdmin {
			t.Error("by another provider")
		}
		h.exec(`update grants set issuer = $1`, h.liar.URL)
		if b.signIn(); !b.actor().SiteAdmin || b.actor().PersonID != "p1" {
			t.Error("somebody who is here already is not named")
		}
	})
}
