package signin_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/org"
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
