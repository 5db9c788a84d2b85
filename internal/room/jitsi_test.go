package room_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/room"
)

const shared = "0123456789abcdef0123456789abcdef"

// enter is where a visitor of the conference 0197 is sent.
func enter(t *testing.T, j *room.Jitsi, url string, v room.Visitor) string {
	t.Helper()
	there, is := room.Servers{Jitsi: j}.Room(room.Place{Kind: room.KindJitsi, URL: url, ConferenceID: "0197"})
	if !is {
		t.Fatal("no room")
	}
	to, err := there.Enter(t.Context(), v)
	if err != nil {
		t.Fatal(err)
	}
	return to
}

func TestATokenLetsOneVisitorIntoOneRoomForMinutes(t *testing.T) {
	j := room.NewJitsi("https://meet.tandem.example", []byte("names")).Signing("tandem", []byte(shared))
	if link := (room.Servers{Jitsi: j}).Link(room.KindJitsi, "0197"); link != "" {
		t.Errorf("a lasting link to a room that asks for tokens: %s", link)
	}
	for _, c := range []struct {
		visitor                room.Visitor
		affiliation, moderator string
	}{
		{room.Visitor{Name: "Afdelingsformand, Køge", Host: true}, "owner", "true"},
		{room.Visitor{Name: "Фрилансер", Quiet: true}, "member", "false"},
	} {
		to, err := url.Parse(enter(t, j, "", c.visitor))
		if err != nil {
			t.Fatal(err)
		}
		if (to.Fragment == "config.startAudioOnly=true&config.startWithVideoMuted=true") != c.visitor.Quiet {
			t.Errorf("sound only: %q", to.Fragment)
		}
		token, err := jwt.ParseSigned(to.Query().Get("jwt"), []jose.SignatureAlgorithm{jose.HS256})
		if err != nil {
			t.Fatal(err)
		}
		var claims jwt.Claims
		var said struct {
			Room    string `json:"room"`
			Context struct {
				User map[string]any `json:"user"`
			} `json:"context"`
		}
		if err := token.Claims([]byte(shared), &claims, &said); err != nil {
			t.Fatal(err)
		}
		now := time.Now()
		if err := claims.ValidateWithLeeway(jwt.Expected{Issuer: "tandem", AnyAudience: jwt.Audience{"tandem"}, Subject: "meet.tandem.example", Time: now}, 0); err != nil {
			t.Error(err)
		}
		if left := claims.Expiry.Time().Sub(now); left < 4*time.Minute || left > 5*time.Minute {
			t.Errorf("good for %v", left)
		}
		name := strings.TrimPrefix(to.Path, "/")
		if said.Room != name || !strings.HasPrefix(j.Link("0197"), "https://meet.tandem.example/"+name) {
			t.Errorf("for %q, at %q", said.Room, to.Path)
		}
		user := said.Context.User
		if user["name"] != c.visitor.Name || user["affiliation"] != c.affiliation || user["moderator"] != c.moderator || len(user) != 3 {
			t.Errorf("says %v", user)
		}
		if err := token.Claims([]byte(strings.ToUpper(shared)), &claims); err == nil {
			t.Error("another secret would do")
		}
	}
}

func TestARoomStaysOnTheServerItWasMadeOn(t *testing.T) {
	signing := room.NewJitsi("https://meet.tandem.example/tenant/", []byte("names")).Signing("tandem", []byte(shared))
	if to := enter(t, signing, "https://old.example/tandem-abc", room.Visitor{Name: "x"}); to != "https://old.example/tandem-abc" {
		t.Errorf("a token goes to another server: %s", to)
	}
	if to := enter(t, signing, "https://meet.tandem.example/tenant/tandem-abc", room.Visitor{Name: "x"}); !strings.HasPrefix(to, "https://meet.tandem.example/tenant/tandem-abc?jwt=") {
		t.Error(to)
	}
	open := room.NewJitsi("https://meet.tandem.example", []byte("names"))
	if to := enter(t, open, open.Link("0197"), room.Visitor{Name: "x"}); to != open.Link("0197") {
		t.Errorf("a token where nobody asked for one: %s", to)
	}
	if there, is := (room.Servers{}).Room(room.Place{Kind: room.KindJitsi, URL: "https://old.example/tandem-abc"}); !is {
		t.Error("a room whose server is not set up any more has lost its link")
	} else if to, _ := there.Enter(t.Context(), room.Visitor{}); to != "https://old.example/tandem-abc" {
		t.Error(to)
	}
}

func TestAJitsiServerIsAskedWhetherItIsThere(t *testing.T) {
	answer := http.StatusOK
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(answer) }))
	place := room.Place{Kind: room.KindJitsi, ConferenceID: "0197"}
	at := func() error {
		there, _ := room.Servers{Jitsi: room.NewJitsi(server.URL, []byte("names"))}.Room(place)
		return there.Answers(t.Context())
	}
	if err := at(); err != nil {
		t.Error(err)
	}
	answer = http.StatusBadGateway
	if err := at(); !problem.Is(err, problem.Unavailable) {
		t.Errorf("502: %v", err)
	}
	server.Close()
	if err := at(); !problem.Is(err, problem.Unavailable) {
		t.Errorf("nobody listens: %v", err)
	}
}
