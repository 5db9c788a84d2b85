package room_test

import (
	"regexp"
	"strings"
	"testing"

	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/room"
)

func TestLinksThatAreTaken(t *testing.T) {
	for _, link := range []string{
		"https://meet.tandem.example/conf-2020-07",
		"HTTPS://Meet.Example/Room",
		"https://teams.example/l/meetup-join/19%3ameeting_ZDk%40thread.v2/0?context=%7b%22Tid%22%3a%221%22%7d#frag",
		"https://сустрэча.бел/пакой-1",
		"https://møde.example/rum",
		"https://192.0.2.7:8443/b/abc-def",
		"https://[2001:db8::1]/room",
		"https://zoom.example/j/123?pwd=" + strings.Repeat("a", 800),
	} {
		if err := room.Check(link); err != nil {
			t.Errorf("%s: %v", link, err)
		}
	}
}

func TestALinkWithoutItsBeginningIsCompletedAndNothingElse(t *testing.T) {
	for typed, want := range map[string]string{
		"meet.example/x":         "https://meet.example/x",
		"meet.example:8443/x":    "https://meet.example:8443/x",
		"сустрэча.бел":           "https://сустрэча.бел",
		"https://meet.example/x": "https://meet.example/x",
		"http://meet.example/x":  "http://meet.example/x",
		"javascript:alert(1.0)":  "javascript:alert(1.0)",
		"mailto:a@example.org":   "mailto:a@example.org",
		"tel:1":                  "tel:1",
		"room":                   "room",
		"":                       "",
		"//meet.example/x":       "//meet.example/x",
	} {
		if got := room.Complete(typed); got != want {
			t.Errorf("%q: %q", typed, got)
		}
	}
}

func TestLinksThatAreRefused(t *testing.T) {
	for _, c := range []struct{ name, link, key string }{
		{"nothing", "", "room.problem.https"},
		{"unencrypted", "http://meet.example/a", "room.problem.https"},
		{"a script", "javascript:alert(1)", "room.problem.https"},
		{"a file", "file:///etc/passwd", "room.problem.https"},
		{"no scheme", "meet.example/a", "room.problem.https"},
		{"a blank before it", " https://meet.example/a", "room.problem.https"},
		{"no host", "https://", "room.problem.link"},
		{"half a host", "https://meeting", "room.problem.link"},
		{"only a path", "https:///a", "room.problem.link"},
		{"a blank in it", "https://meet.example/a b", "room.problem.link"},
		{"a second line", "https://meet.example/a\r\nATTENDEE:mailto:x", "room.problem.link"},
		{"a broken escape", "https://meet.example/%zz", "room.problem.link"},
		{"markup", "https://meet.example/<b>", "room.problem.link"},
		{"a turned direction", "https://meet.example/\u202egpj", "room.problem.link"},
		{"broken UTF-8", "https://meet.example/\xff", "room.problem.link"},
		{"a password", "https://anna:secret@meet.example/a", "room.problem.login"},
		{"a name that looks like a host", "https://meet.example@evil.example/a", "room.problem.login"},
		{"too long", "https://meet.example/" + strings.Repeat("ў", 1000), "room.problem.long"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, ok := problem.As(room.Check(c.link))
			if !ok || p.Key != c.key || p.Kind != problem.Invalid {
				t.Fatalf("got %v, want %s", p, c.key)
			}
		})
	}
}

func TestJitsiRooms(t *testing.T) {
	server := room.NewJitsi("https://meet.tandem.example/", []byte("secret"))
	link := server.Link("0197c0de")
	if !regexp.MustCompile(`^https://meet\.tandem\.example/tandem-[a-z2-7]{26}$`).MatchString(link) {
		t.Error(link)
	}
	if err := room.Check(link); err != nil {
		t.Error(err)
	}
	if again := server.Link("0197c0de"); again != link {
		t.Errorf("another room the second time: %s", again)
	}
	for name, other := range map[string]string{
		"another conference": server.Link("0197c0df"),
		"another secret":     room.NewJitsi("https://meet.tandem.example", []byte("Secret")).Link("0197c0de"),
	} {
		if other == link {
			t.Errorf("%s has the same room", name)
		}
	}
	if strings.Contains(link, "0197c0de") {
		t.Error("the room tells the conference's ID")
	}
}
