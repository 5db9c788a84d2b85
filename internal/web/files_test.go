package web_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/demo/demotest"
	"example.org/tandem/internal/files"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/locale"
)

// filesPage is where the files of a draft of the Belarusian society are added and removed.
type filesPage struct {
	*testing.T
	*demotest.Site
	lessons *lesson.Store
	actor   access.Actor
	id      string
}

func eachFiles(t *testing.T, test func(p filesPage)) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		p := filesPage{t, s, lesson.New(s.DB), access.Actor{PersonID: demo.ID("p-brc-vol")}, ""}
		var partnership string
		err := s.DB.Read(t.Context(), func(tx *database.Tx) error {
			m := access.Membership{Role: access.Coordinator}
			if err := tx.Row(t.Context(), `select unit_id, society_id from memberships join units u on u.id = unit_id where person_id = $1`, p.actor.PersonID).
				Scan(&m.UnitID, &m.SocietyID); err != nil {
				return err
			}
			p.actor.Memberships = []access.Membership{m}
			return tx.Row(t.Context(), `select id from partnerships`).Scan(&partnership)
		})
		if err == nil {
			p.id, err = p.lessons.Begin(t.Context(), p.actor, lesson.Begun{PartnershipID: partnership, Language: locale.Russian,
				Sections: map[lesson.Section]string{lesson.Title: "Телефон доверия"}})
		}
		if err != nil {
			t.Fatal(err)
		}
		test(p)
	})
}

func (p filesPage) at() string { return "/lessons/" + p.id + "/files" }

func (p filesPage) version() int {
	p.Helper()
	l, err := p.lessons.Find(p.Context(), p.actor, p.id)
	if err != nil {
		p.Fatal(err)
	}
	return l.Version
}

func (p filesPage) share() {
	p.Helper()
	if err := p.lessons.Share(p.Context(), p.actor, p.id, p.version()); err != nil {
		p.Fatal(err)
	}
}

const guideName = "Памятка для волонтёров.txt"

func TestAFileIsAddedShownDownloadedAndRemoved(t *testing.T) {
	eachFiles(t, func(p filesPage) {
		b := p.As("p-brc-vol")
		sent := b.Upload(p.at(), "file", guideName, strings.Repeat("Говорите спокойно.\n", 100))
		if sent.Status != http.StatusSeeOther || sent.Location != p.at() {
			p.Fatalf("%d %s", sent.Status, sent.Text("main"))
		}
		page := b.Follow(sent)
		if page.Text("main > .notice") != "✓Файл добавлен." || page.Text(".file-name") != guideName || page.Text(".file-about") != "Простой текст · 4 КБ" {
			p.Errorf("shown: %q %q %q", page.Text("main > .notice"), page.Text(".file-name"), page.Text(".file-about"))
		}
		address := page.Document.Find("a.file").AttrOr("href", "")
		got := b.Get(address)
		if got.Status != http.StatusOK || got.Body != strings.Repeat("Говорите спокойно.\n", 100) {
			p.Errorf("downloaded: %d, %d bytes", got.Status, len(got.Body))
		}
		for name, want := range map[string]string{
			"Content-Disposition":     `attachment; filename="file.txt"; filename*=UTF-8''` + url.PathEscape(guideName),
			"Content-Type":            "text/plain; charset=utf-8",
			"X-Content-Type-Options":  "nosniff",
			"Content-Security-Policy": "default-src 'none'; sandbox",
			"Cache-Control":           "private, no-cache",
			"Accept-Ranges":           "bytes",
			"Content-Encoding":        "",
		} {
			if got.Header.Get(name) != want {
				p.Errorf("%s: %q, want %q", name, got.Header.Get(name), want)
			}
		}
		remove := page.Document.Find("form[action$='/remove']").AttrOr("action", "")
		if gone := b.Post(remove, nil); gone.Status != http.StatusSeeOther || b.Follow(gone).Has(".file") {
			p.Errorf("removed: %d", gone.Status)
		}
		p.DoJobs()
		if again := b.Get(address); again.Status != http.StatusNotFound {
			p.Errorf("after that: %d", again.Status)
		}
		if twice := b.Post(remove, nil); twice.Status != http.StatusNotFound {
			p.Errorf("removed twice: %d", twice.Status)
		}
	})
}

func TestPartsOfAFileCanBeAskedForAndAnUnchangedOneIsNotSentAgain(t *testing.T) {
	eachFiles(t, func(p filesPage) {
		b := p.As("p-brc-vol")
		address := b.Follow(b.Upload(p.at(), "file", "a.txt", "0123456789")).Document.Find("a.file").AttrOr("href", "")
		tag := b.Get(address).Header.Get("ETag")
		for header, want := range map[[2]string]string{{"Range", "bytes=3-5"}: "206 345", {"Range", "bytes=20-"}: "416 ", {"If-None-Match", tag}: "304 "} {
			request, _ := http.NewRequest(http.MethodGet, p.URL+address, nil)
			request.Header.Set(header[0], header[1])
			for _, cookie := range b.Cookies() {
				request.AddCookie(cookie)
			}
			response, err := http.DefaultClient.Do(request)
			if err != nil {
				p.Fatal(err)
			}
			body, _ := io.ReadAll(response.Body)
			response.Body.Close()
			if got := fmt.Sprintf("%d %s", response.StatusCode, body); !strings.HasPrefix(got, want) {
				p.Errorf("%v: %s, want %s", header, got, want)
			}
		}
	})
}

func TestAFileOfADraftIsNobodyElses(t *testing.T) {
	eachFiles(t, func(p filesPage) {
		b := p.As("p-brc-vol")
		address := b.Follow(b.Upload(p.at(), "file", "a.txt", "guide")).Document.Find("a.file").AttrOr("href", "")
		danish, staff, admin := p.As("p-koge-chair"), p.As("p-koge-vol-2"), p.As("p-admin")
		expect := func(when string, b *demotest.Browser, want int) {
			p.Helper()
			if got := b.Get(address).Status; got != want {
				p.Errorf("%s: %d, want %d", when, got, want)
			}
		}
		expect("a draft, the other side", danish, http.StatusNotFound)
		expect("a draft, the site's administrator", admin, http.StatusNotFound)
		expect("a draft, signed out", p.Visitor(), http.StatusSeeOther)
		for _, path := range []string{p.at(), p.at() + "/" + strings.TrimPrefix(address, "/files/") + "/remove"} {
			if got := danish.Upload(path, "file", "a.txt", "more").Status; got != http.StatusNotFound {
				p.Errorf("%s of a draft, the other side: %d", path, got)
			}
		}
		p.share()
		expect("shared, the other side", staff, http.StatusOK)
		expect("shared, signed out", p.Visitor(), http.StatusSeeOther)
		if got := danish.Upload(p.at(), "file", "a.txt", "more").Status; got != http.StatusForbidden {
			p.Errorf("the other side attaches: %d", got)
		}
		if got := danish.Get(p.at()).Status; got != http.StatusForbidden {
			p.Errorf("the other side opens the page: %d", got)
		}
		if err := p.lessons.Publish(p.Context(), p.actor, p.id, p.version()); err != nil {
			p.Fatal(err)
		}
		expect("published, signed out", p.Visitor(), http.StatusOK)
		if page := b.Get(p.at()); !strings.Contains(page.Text(".notice-info"), "опубликован") {
			p.Errorf("no word that it is public: %q", page.Text("main"))
		}
	})
}

func bomb(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	w.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, flate.BestSpeed) })
	zeros := make([]byte, 1<<20)
	for name, body := range map[string]string{"[Content_Types].xml": `<Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>`, "word/document.xml": ""} {
		out, err := w.Create(name)
		if err == nil {
			_, err = io.WriteString(out, body)
		}
		for range 260 {
			if body == "" && err == nil {
				_, err = out.Write(zeros)
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWhatIsWrongWithAFileIsSaidBesideItsField(t *testing.T) {
	grows := bomb(t)
	eachFiles(t, func(p filesPage) {
		b := p.As("p-brc-vol")
		b.Upload(p.at(), "file", "a.txt", "guide")
		for name, c := range map[string]struct {
			file, body string
			status     int
			said       string
		}{
			"nothing chosen":      {"", "", http.StatusUnprocessableEntity, "Сначала выберите файл."},
			"empty":               {"a.pdf", "", http.StatusUnprocessableEntity, "Этот файл пуст. Выберите другой."},
			"a lie":               {"a.pdf", "<html><script>alert(1)</script></html>", http.StatusUnprocessableEntity, "Файл такого вида не принимается."},
			"a bomb":              {"a.docx", grows, http.StatusUnprocessableEntity, "При открытии этот файл занял бы слишком много места"},
			"the same":            {"b.txt", "guide", http.StatusUnprocessableEntity, "Точно такой файл уже приложен: a.txt"},
			"too large":           {"a.txt", strings.Repeat("0123456789abcdef", files.MaxSize/16) + "!", http.StatusRequestEntityTooLarge, "Этот файл больше 25 МБ."},
			"far too large":       {"a.txt", strings.Repeat("0123456789abcdef", files.MaxSize/8), http.StatusRequestEntityTooLarge, "Этот файл больше 25 МБ."},
			"with a hostile name": {"../../\u202egpj.exe", "MZ\x90\x00\x03", http.StatusUnprocessableEntity, "Файл такого вида не принимается."},
		} {
			page := b.Upload(p.at(), "file", c.file, c.body)
			if page.Status != c.status || !strings.HasPrefix(page.Text("#field-file-error"), c.said) {
				p.Errorf("%s: %d %q", name, page.Status, page.Text("#field-file-error"))
			}
			if page.Text(".summary h2") != "Файл не добавлен" || !page.Has(`.summary a[href="#field-file"]`) || page.Text(".file-name") != "a.txt" {
				p.Errorf("%s: the page lost something: %q", name, page.Text("main"))
			}
		}
		if page := b.Post(p.at(), url.Values{"file": {"a.txt"}}); page.Status != http.StatusUnprocessableEntity {
			p.Errorf("a form without a file: %d", page.Status)
		}
	})
}

func TestOnlyThisFormMayBeSoLarge(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		if page := s.As("p-brc-vol").Upload("/actions/new", "title", "a.txt", strings.Repeat("a", 2<<20)); page.Status != http.StatusRequestEntityTooLarge {
			t.Errorf("answered %d", page.Status)
		}
	})
}

// slow gives its text in pieces, with pauses between them.
type slow struct {
	pieces []string
	pause  time.Duration
}

func (s *slow) Read(b []byte) (int, error) {
	if len(s.pieces) == 0 {
		return 0, io.EOF
	}
	time.Sleep(s.pause)
	n := copy(b, s.pieces[0])
	s.pieces = s.pieces[1:]
	return n, nil
}

func TestASlowLineMayTakeLongerThanAnyOtherRequest(t *testing.T) {
	eachFiles(t, func(p filesPage) {
		server := httptest.NewUnstartedServer(p.App.Handler)
		server.Config.ReadTimeout, server.Config.WriteTimeout = 400*time.Millisecond, 400*time.Millisecond
		server.Start()
		defer server.Close()
		body := &slow{pause: 200 * time.Millisecond, pieces: []string{
			"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n", "one ", "two ", "three ", "four", "\r\n--x--\r\n"}}
		request, _ := http.NewRequest(http.MethodPost, server.URL+p.at(), body)
		request.Header.Set("Content-Type", "multipart/form-data; boundary=x")
		request.Header.Set("Sec-Fetch-Site", "same-origin")
		for _, cookie := range p.As("p-brc-vol").Cookies() {
			request.AddCookie(cookie)
		}
		response, err := http.DefaultTransport.RoundTrip(request)
		if err != nil {
			p.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != http.StatusSeeOther {
			p.Errorf("answered %d", response.StatusCode)
		}
	})
}

func TestTheDemosCallGuideIsThere(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		page := s.As("p-koge-chair").Get("/files/" + demo.ID("file-call-guide"))
		if page.Status != http.StatusOK || !strings.Contains(page.Body, "SAMTALEGUIDE") || !strings.Contains(page.Header.Get("Content-Disposition"), `"call-guide_be-ru-da-en.txt"`) {
			t.Errorf("%d %s %v", page.Status, page.Body, page.Header)
		}
	})
}
