package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/demo/demotest"
	"example.org/tandem/internal/link"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/text"
)

// invite asks somebody into the branch in Køge and gives the path of the page behind the link.
func invite(t *testing.T, s *demotest.Site, role access.Role) (path, id string) {
	t.Helper()
	chair := access.Actor{PersonID: demo.ID("p-koge-chair"), Memberships: []access.Membership{
		{UnitID: demo.ID("drc-koge"), SocietyID: demo.ID("drc"), Role: access.Administrator}}}
	write(t, s, func(ctx context.Context, tx *database.Tx) error {
		var err error
		id, err = org.New(s.DB).InviteIn(ctx, tx, chair, org.InvitationDraft{UnitID: demo.ID("drc-koge"), Role: role,
			Name: text.Draft{Language: locale.Danish, Body: "Ny frivillig"}, Email: "ny@tandem.example", Language: locale.Danish})
		if err != nil {
			return err
		}
		i, err := org.New(s.DB).InvitationIn(ctx, tx, id)
		if err != nil {
			return err
		}
		token, err := org.New(s.DB).LinkIn(ctx, tx, i)
		path = "/invitations/" + token
		return err
	})
	return path, id
}

// follow goes where a page leads, through the provider and back.
func follow(b *demotest.Browser, p demotest.Page) demotest.Page {
	for range 9 {
		if p.Location == "" {
			break
		}
		p = b.Get(p.Location)
	}
	return p
}

// enter accepts with an account at the demo's provider.
func enter(b *demotest.Browser, path, account string) demotest.Page {
	form := b.Get(path).Form("#invitation")
	form.Set("provider", "demo")
	chooser := follow(b, b.Post(path, form))
	choice := chooser.Form("main form")
	choice.Set("account", account)
	return follow(b, b.Post(chooser.Document.Find("main form").AttrOr("action", ""), choice))
}

func TestAnInvitationLetsSomebodyIn(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		path, id := invite(t, s, access.Coordinator)
		before := count(t, s, `select count(*) from people`) + count(t, s, `select count(*) from audit`)
		b := s.Visitor()
		page := b.Get(path)
		if page.Status != http.StatusOK || page.Text("h1") != "Du er inviteret til Tandem" || !strings.Contains(page.Text("main dl"), "Koordinator") {
			t.Fatalf("%d: %s", page.Status, page.Text("main"))
		}
		if page.Header.Get("Referrer-Policy") != "no-referrer" || page.Header.Get("X-Robots-Tag") != "noindex" {
			t.Errorf("%v", page.Header)
		}
		if after := count(t, s, `select count(*) from people`) + count(t, s, `select count(*) from audit`); after != before {
			t.Error("looking at it changes something")
		}
		notice := enter(b, path, "newcomer-2")
		if notice.Status != http.StatusOK || !notice.Has("form#consent") {
			t.Fatalf("no notice of privacy: %d %s", notice.Status, notice.Text("main"))
		}
		if name := b.Get("/me").Form("#profile").Get("name-da"); name != "Ny frivillig" {
			t.Errorf("called %q", name)
		}
		if n := count(t, s, `select count(*) from memberships m join invitations i on i.accepted_by_id = m.person_id and i.unit_id = m.unit_id
			where i.id = '`+id+`' and m.role = 'coordinator'`); n != 1 {
			t.Error("no member of what they were invited to")
		}
		gone := s.Visitor().Get(path)
		if gone.Status != http.StatusNotFound || gone.Text("h1") == "" || !gone.Has(`main a[href="/sign-in"]`) {
			t.Errorf("good twice: %d %s", gone.Status, gone.Text("main"))
		}
	})
}

func TestWhoIsSignedInAcceptsWithOneClick(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		path, _ := invite(t, s, access.Coordinator)
		b := s.As("p-koge-vol-2")
		page := b.Get(path)
		if !page.Has("#invitation button:not([name])") {
			t.Fatalf("%s", page.Text("main"))
		}
		if sent := b.Post(path, page.Form("#invitation")); sent.Status != http.StatusSeeOther || sent.Location != "/" {
			t.Fatalf("%d %s", sent.Status, sent.Text("main"))
		}
		n := count(t, s, `select count(*) from memberships where ended_at is null and role = 'coordinator'
			and unit_id = '`+demo.ID("drc-koge")+`' and person_id = '`+demo.ID("p-koge-vol-2")+`'`)
		if n != 1 {
			t.Errorf("%d memberships as it says", n)
		}
	})
}

// TestAnInvitationIsNoneAnyMore: all that does not work looks alike.
func TestAnInvitationIsNoneAnyMore(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		revoked, id := invite(t, s, access.Staff)
		write(t, s, func(ctx context.Context, tx *database.Tx) error { return link.RevokeIn(ctx, tx, link.Invitation, id) })
		write(t, s, func(ctx context.Context, tx *database.Tx) error {
			_, err := tx.Exec(ctx, `delete from invitations where id = $1`, id)
			return err
		})
		under, _ := invite(t, s, access.Staff)
		b := s.Visitor()
		begun := b.Post(under, url.Values{"provider": {"demo"}})
		over := under
		s.Clock.Advance(org.InvitationLife)
		want := s.Visitor().Get("/invitations/" + strings.Repeat("x", 43)).Text("main")
		for name, path := range map[string]string{"revoked": revoked, "over": over, "too short": "/invitations/x"} {
			for _, page := range []demotest.Page{s.Visitor().Get(path), s.Visitor().Post(path, url.Values{"provider": {"demo"}}), s.As("p-koge-vol-2").Post(path, nil)} {
				if page.Status != http.StatusNotFound || !strings.HasPrefix(page.Text("main"), want[:20]) {
					t.Errorf("%s: %d %s", name, page.Status, page.Text("main"))
				}
			}
		}
		chooser := follow(b, begun)
		choice := chooser.Form("main form")
		choice.Set("account", "newcomer-1")
		end := follow(b, b.Post(chooser.Document.Find("main form").AttrOr("action", ""), choice))
		if end.Status != http.StatusUnprocessableEntity || count(t, s, `select count(*) from identities where subject = 'newcomer-1'`) != 0 {
			t.Errorf("over on the way: %d %s", end.Status, end.Text("main"))
		}
	})
}
