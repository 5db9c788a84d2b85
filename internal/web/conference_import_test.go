package web_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/demo/demotest"
)

// outlook is an invitation as Outlook writes it, with a coordinator of the partnership and somebody unknown on its list.
func outlook(email string) string {
	return strings.Join([]string{"BEGIN:VCALENDAR", "METHOD:REQUEST", "PRODID:Microsoft Exchange Server 2010", "VERSION:2.0", "BEGIN:VEVENT",
		"UID:040000008200E00074C5B7101A82E008", "DTSTAMP:20200701T080000Z", "DTSTART;TZID=Romance Standard Time:20201105T120000", "DTEND;TZID=Romance Standard Time:20201105T124500",
		"SUMMARY;LANGUAGE=da-DK:Vinterens indsats", `DESCRIPTION;LANGUAGE=da-DK:Hvad vi gør\, når det bliver koldt.`, "LOCATION:https://meet.other.example/vinter",
		"ORGANIZER;CN=Ukendt:mailto:nobody@other.example", "ATTENDEE;ROLE=REQ-PARTICIPANT;CN=x:mailto:" + strings.ToUpper(email), "END:VEVENT", "END:VCALENDAR", ""}, "\r\n")
}

func TestAnInvitationFillsTheFormOfANewConference(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		chair := s.As("p-koge-chair")
		var email string
		var before, after int
		count := func(n *int) {
			write(t, s, func(ctx context.Context, tx *database.Tx) error {
				return tx.Row(ctx, `select count(*) from conferences`).Scan(n)
			})
		}
		write(t, s, func(ctx context.Context, tx *database.Tx) error {
			return tx.Row(ctx, `select email from people where id = $1`, demo.ID("p-brc-vol")).Scan(&email)
		})
		count(&before)
		if page := chair.Get("/conferences"); !page.Has(`a[href="/conferences/import"]`) {
			t.Error("no way from the list")
		}
		asked := chair.Get("/conferences/import")
		address, _ := asked.Document.Find("form#import").Attr("action")
		if asked.Status != http.StatusOK || address == "" {
			t.Fatalf("%d: %s", asked.Status, asked.Text("main"))
		}
		page := chair.Upload(address, "file", "invite.ics", outlook(email))
		form := page.Form("form#plan")
		for field, want := range map[string]string{"title": "Vinterens indsats", "purpose": "Hvad vi gør, når det bliver koldt.", "slot-1": "2020-11-05",
			"slot-1-time": "12:00", "zone": "Europe/Copenhagen", "minutes": "45", "room": "link", "room-url": "https://meet.other.example/vinter"} {
			if got := form.Get(field); got != want {
				t.Errorf("%s: %q, want %q", field, got, want)
			}
		}
		people := strings.Join(form["participants"], " ")
		if page.Status != http.StatusOK || len(form["participants"]) != 2 || !strings.Contains(people, demo.ID("p-brc-vol")) || !strings.Contains(people, demo.ID("p-koge-chair")) {
			t.Errorf("%d: on the list are %s", page.Status, people)
		}
		for name, ics := range map[string]string{"no invitation": "<html>", "a whole day": strings.Replace(outlook(email), "DTSTART;TZID=Romance Standard Time:20201105T120000", "DTSTART;VALUE=DATE:20201105", 1),
			"too large": strings.Repeat("x", 257<<10)} {
			if page := chair.Upload(address, "file", "x.ics", ics); page.Status != http.StatusUnprocessableEntity || !page.Has("form#import") {
				t.Errorf("%s: %d", name, page.Status)
			}
		}
		if count(&after); after != before {
			t.Errorf("%d conferences became %d", before, after)
		}
		form.Set("draft", "yes")
		if saved := chair.Post("/conferences/new", form); saved.Status != http.StatusSeeOther {
			t.Errorf("as a draft: %d %s", saved.Status, saved.Text("main .error-summary"))
		}
	})
}
