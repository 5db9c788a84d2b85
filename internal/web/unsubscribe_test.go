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
		choices, err := org.MailChoicesIn(t.Context(), tx, person)
		for _, k := range org.Stoppable {
			if choices.Of(k) == org.Never {
				list = append(list, k)
			}
		}
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

func TestPeopleChooseHowTheyAreToldOfWhat(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b, chair := s.As("p-koge-chair"), demo.ID("p-koge-chair")
		form := b.Get("/me/mails").Form("#mails")
		if form.Get("lessons") != "at-once" || form.Get("digest") != "weekly" || len(form["reminders"]) != 4 {
			t.Errorf("somebody who has chosen nothing has %v", form)
		}
		form.Set("lessons", "weekly")
		form.Set("minutes", "daily")
		form["reminders"] = []string{"day", "hour"}
		page := b.Follow(b.Post("/me/mails", form)).Form("#mails")
		if page.Get("lessons") != "weekly" || page.Get("minutes") != "daily" || page.Get("conferences") != "at-once" || len(page["reminders"]) != 2 {
			t.Errorf("now %v", page)
		}
		form.Set("digest", "never")
		if page := b.Post("/me/mails", form); page.Status != http.StatusUnprocessableEntity || page.Form("#mails").Get("digest") != "never" {
			t.Errorf("lessons with a digest that does not come: %d", page.Status)
		}
		for name, value := range map[string]string{"conferences": "weekly", "lessons": "hourly", "reminders": "year", "digest": "daily"} {
			wrong := b.Get("/me/mails").Form("#mails")
			wrong.Set(name, value)
			if page := b.Post("/me/mails", wrong); page.Status != http.StatusUnprocessableEntity {
				t.Errorf("%s %s: %d", name, value, page.Status)
			}
		}
		// Whoever stops a mail that carries others sees that those do not come either.
		v := s.Visitor()
		for _, k := range []org.MailKind{org.DigestMails, org.DailyMails, org.ReminderMails} {
			address := stopLink(t, s, chair, k)
			v.Post(address, v.Get(address).Form("#mails"))
		}
		page = b.Get("/me/mails").Form("#mails")
		if page.Get("lessons") != "never" || page.Get("minutes") != "never" || page.Get("digest") != "never" || len(page["reminders"]) != 0 {
			t.Errorf("after three links %v", page)
		}
		page.Set("minutes", "daily")
		page["reminders"] = []string{"week"}
		page = b.Follow(b.Post("/me/mails", page)).Form("#mails")
		if page.Get("lessons") != "never" || page.Get("minutes") != "daily" || len(page["reminders"]) != 1 {
			t.Errorf("chosen again %v", page)
		}
	})
}
