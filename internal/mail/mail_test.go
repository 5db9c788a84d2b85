package mail

import (
	"bytes"
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"example.org/tandem/internal/locale"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

const sender = "Tandem <tandem@tandem.example>"

// sample is an invitation in Russian.
func sample() Message {
	return Message{
		ID:      "0197c0de-0000-7000-8000-000000000001",
		Date:    time.Date(2020, 7, 27, 9, 0, 0, 0, time.UTC),
		To:      "brest@tandem.example",
		ToName:  "Координатор, Брест",
		ReplyTo: "Frivillig i Køge <koge@tandem.example>",
		Subject: "Приглашение: готовность волонтёров",
		Text:    "Здравствуйте!\n\nВас приглашают на онлайн-конференцию.\n.\nПервая строка выше — одна точка.\n",
		HTML:    "<p>Здравствуйте!</p>\n<p>Вас приглашают на онлайн-конференцию.</p>\n",
		Calendar: []byte("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Tandem//Tandem//EN\r\nMETHOD:REQUEST\r\n" +
			"BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Готовность волонтёров ко втор\r\n ой волне\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"),
		CalendarMethod:  "REQUEST",
		ListUnsubscribe: "https://tandem.example/unsubscribe/0197c0de",
		Language:        locale.Russian,
	}
}

func danish() Message {
	m := sample()
	m.To, m.ToName, m.ReplyTo, m.Language = "koge@tandem.example", "Frivillig, Køge", "", locale.Danish
	m.Subject = "Konferencen er aflyst"
	m.Text, m.HTML = "Hej\n\nKonferencen den 27. august 2020 kl. 12.00 er aflyst. Du skal ikke gøre noget.\n", ""
	m.Calendar, m.CalendarMethod, m.ListUnsubscribe = nil, "", "http://localhost:8080/unsubscribe/0197c0de"
	return m
}

func TestAMessageComesBackAsItWent(t *testing.T) {
	for name, m := range map[string]Message{"invitation.ru": sample(), "plain.da": danish()} {
		t.Run(name, func(t *testing.T) {
			wire, err := Compose(m, sender)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name+".eml", wire)
			checkWire(t, wire)
			got, err := Parse(wire)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(m, got); diff != "" {
				t.Errorf("(- went, + came)\n%s", diff)
			}
		})
	}
}

var boundary = regexp.MustCompile(`[0-9a-f]{60}`)

// golden compares all but the boundaries, which are drawn by lot so that no text can hold one.
func golden(t *testing.T, name string, wire []byte) {
	t.Helper()
	wire = boundary.ReplaceAll(wire, []byte("BOUNDARY"))
	if *update {
		if err := os.WriteFile("testdata/"+name, wire, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(wire)); diff != "" {
		t.Error(diff)
	}
}

// checkWire holds the message to what the oldest mail server takes: ASCII, lines of at most 78 octets, ended by CRLF
// (RFC 5322 §2.1.1).
func checkWire(t *testing.T, wire []byte) {
	t.Helper()
	for i, line := range strings.Split(string(wire), "\r\n") {
		if len(line) > 78 && !strings.Contains(line, "boundary=") || strings.ContainsAny(line, "\r\n") {
			t.Errorf("line %d: %q", i+1, line)
		}
	}
	if i := bytes.IndexFunc(wire, func(r rune) bool { return r >= 0x80 || r < ' ' && r != '\r' && r != '\n' && r != '\t' }); i >= 0 {
		t.Errorf("octet %x", wire[i])
	}
}

func TestUnsubscribingTakesOneClickByHTTPSOnly(t *testing.T) {
	for page, oneClick := range map[string]bool{"https://tandem.example/u/1": true, "http://localhost:8080/u/1": false} {
		m := sample()
		m.ListUnsubscribe = page
		wire, err := Compose(m, sender)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(wire, []byte("<"+page+">")) || bytes.Contains(wire, []byte("List-Unsubscribe-Post")) != oneClick {
			t.Errorf("%s:\n%s", page, wire)
		}
	}
}

func TestNothingTypedBecomesAHeader(t *testing.T) {
	m := sample()
	m.Subject = "Привет\r\nBcc: all@example.org"
	m.ToName = "Name\r\nBcc: all@example.org"
	m.ListUnsubscribe = ""
	wire, err := Compose(m, sender)
	if err != nil {
		t.Fatal(err)
	}
	if regexp.MustCompile(`(?mi)^bcc`).Match(wire) {
		t.Errorf("%s", wire)
	}
}

func TestMessagesThatAreRefused(t *testing.T) {
	for name, spoil := range map[string]func(*Message){
		"no receiver":                      func(m *Message) { m.To = "" },
		"two receivers":                    func(m *Message) { m.To = "a@example.org>, <b@example.org" },
		"a receiver with a line of theirs": func(m *Message) { m.To = "a@example.org\r\nBcc: b@example.org" },
		"no ID":                            func(m *Message) { m.ID = "" },
		"an ID with a line of its own":     func(m *Message) { m.ID = "1>\r\nBcc: b@example.org" },
		"a reply to nowhere":               func(m *Message) { m.ReplyTo = "Køge" },
	} {
		t.Run(name, func(t *testing.T) {
			m := sample()
			spoil(&m)
			wire, err := Compose(m, sender)
			if p, ok := err.(interface{ Permanent() bool }); !ok || !p.Permanent() {
				t.Fatalf("%v\n%s", err, wire)
			}
		})
	}
}

func TestSubjects(t *testing.T) {
	for _, c := range []struct{ typed, want string }{
		{"Invitation: volunteers under COVID-19", "Invitation: volunteers under COVID-19"},
		{"  two\r\nlines\tand   blanks ", "two lines and blanks"},
		{strings.Repeat("ў", 60), strings.Repeat("ў", 60)},
		{strings.Repeat("ў", 61), strings.Repeat("ў", 59) + "…"},
		{
			"Приглашение: Работа с волонтёрами в условиях COVID-19: обмен опытом",
			"Приглашение: Работа с волонтёрами в условиях COVID-19…",
		},
		{
			"Invitation: Working with volunteers under COVID-19: exchange of experience",
			"Invitation: Working with volunteers under COVID-19…",
		},
		{
			"Запрашэнне: Гатоўнасць да другой хвалі (валанцёры, псіхасацыяльная падтрымка)",
			"Запрашэнне: Гатоўнасць да другой хвалі (валанцёры…",
		},
		{"", ""},
	} {
		got := Subject(c.typed)
		if got != c.want || utf8.RuneCountInString(got) > 60 {
			t.Errorf("%q: got %q, want %q", c.typed, got, c.want)
		}
	}
}

func FuzzSubject(f *testing.F) {
	f.Add("Приглашение: Работа с волонтёрами в условиях COVID-19: обмен опытом")
	f.Add(strings.Repeat(",", 80))
	f.Add("\xff\x00" + strings.Repeat("å ", 60))
	f.Fuzz(func(t *testing.T, typed string) {
		got := Subject(typed)
		if utf8.RuneCountInString(got) > 60 || strings.ContainsAny(got, "\r\n\x00") {
			t.Errorf("%q", got)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, m := range []Message{sample(), danish()} {
		wire, err := Compose(m, sender)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(wire)
	}
	f.Add([]byte("Date: x\r\n\r\n"))
	f.Add([]byte("To: a@b\r\nDate: Mon, 27 Jul 2020 09:00:00 +0000\r\nContent-Type: multipart/mixed\r\n\r\n--"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if m, err := Parse(raw); err == nil && m.To == "" {
			t.Error("a mail to nobody")
		}
	})
}
