package web_test

import (
	"net/http"
	"strings"
	"testing"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/demo/demotest"
	"example.org/tandem/internal/link"
	"example.org/tandem/internal/org"
)

// stopLink is the address that stops a kind of mail, as a mail to that person holds it.
func stopLink(t *testing.T, s *demotest.Site, person string, kind org.MailKind) (address string) {
	t.Helper()
	err := s.DB.Write(t.Context(), func(tx *database.Tx) error {
		token, err := link.MakeIn(t.Context(), tx, link.Link{Purpose: link.Unsubscribe, Subject: org.StopSubject(person, kind), PersonID: person})
		address = "/unsubscribe/" + token
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return address
}

func stops(t *testing.T, s *demotest.Site, person string) (list []org.MailKind) {
	t.Helper()
	err := s.DB.Read(t.Context(), func(tx *database.Tx) (err error) {
		list, err = org.MailStopsIn(t.Context(), tx, person)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestMailsStopByTheirLink(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		chair := demo.ID("p-koge-chair")
		address := stopLink(t, s, chair, org.MinutesMails)
		b := s.Visitor()
		page := b.Get(address)
		if page.Status != http.StatusOK || len(stops(t, s, chair)) > 0 {
			t.Fatalf("opening the link: %d, stopped %v", page.Status, stops(t, s, chair))
		}
		if page.Document.Find("html").AttrOr("lang", "") != "da" {
			t.Error("the page does not speak the language of the mail")
		}
		if page.Header.Get("Referrer-Policy") != "no-referrer" || page.Header.Get("X-Robots-Tag") != "noindex" {
			t.Errorf("the address may leave with the browser: %v", page.Header)
		}
		after := b.Follow(b.Post(address, page.Form("#mails")))
		if got := stops(t, s, chair); len(got) != 1 || got[0] != org.MinutesMails || !strings.Contains(after.Text("main"), "ikke længere mails om referater") {
			t.Errorf("stopped %v: %s", got, after.Text("main"))
		}
		b.Post(address, after.Form("#mails"))
		if got := stops(t, s, chair); len(got) > 0 {
			t.Errorf("taken back, and %v are stopped", got)
		}
		gone := s.Visitor().Get("/unsubscribe/" + strings.Repeat("x", 43))
		if gone.Status != http.StatusNotFound || !gone.Has(`main a[href="/me/mails"]`) {
			t.Errorf("a link that leads nowhere: %d %s", gone.Status, gone.Text("main"))
		}
	})
}

// What a mail programme sends (RFC 8058 §3.2): no cookies, from anywhere, as one form or the other.
func TestMailsStopWithOneClickFromAMailProgramme(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		volunteer := demo.ID("p-koge-vol-2")
		send := func(address, kind, body string) int {
			t.Helper()
			request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+address, strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			request.Header.Set("Content-Type", kind)
			request.Header.Set("Origin", "https://webmail.example")
			request.Header.Set("Sec-Fetch-Site", "cross-site")
			response, err := http.DefaultClient.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			response.Body.Close()
			return response.StatusCode
		}
		const form = "application/x-www-form-urlencoded"
		address := stopLink(t, s, volunteer, org.ConferenceMails)
		if code := send(address, form, "mails=stop"); code != http.StatusForbidden || len(stops(t, s, volunteer)) > 0 {
			t.Errorf("another site's form is answered %d", code)
		}
		if code := send(address, form, "List-Unsubscribe=One-Click"); code != http.StatusOK || len(stops(t, s, volunteer)) != 1 {
			t.Errorf("%d, stopped %v", code, stops(t, s, volunteer))
		}
		parts := "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n"
		if code := send(stopLink(t, s, volunteer, org.LessonMails), "multipart/form-data; boundary=x", parts); code != http.StatusOK || len(stops(t, s, volunteer)) != 2 {
			t.Errorf("in parts: %d, stopped %v", code, stops(t, s, volunteer))
		}
		if code := send("/me/mails", form, "List-Unsubscribe=One-Click"); code != http.StatusForbidden {
			t.Errorf("the same words let another site's form in elsewhere: %d", code)
		}
	})
}

func TestPeopleChooseWhichMailsTheyGet(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As("p-koge-chair")
		form := b.Get("/me/mails").Form("#mails")
		if len(form["wanted"]) != len(org.MailKinds) {
			t.Errorf("somebody who has stopped nothing gets %v", form["wanted"])
		}
		form["wanted"] = []string{"minutes", "lessons"}
		page := b.Follow(b.Post("/me/mails", form))
		if got := page.Form("#mails")["wanted"]; len(got) != 2 || len(stops(t, s, demo.ID("p-koge-chair"))) != len(org.MailKinds)-2 {
			t.Errorf("now %v", got)
		}
		form["wanted"] = []string{"everything"}
		if page := b.Post("/me/mails", form); page.Status != http.StatusUnprocessableEntity {
			t.Errorf("a kind that there is not: %d", page.Status)
		}
	})
}
