package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"example.org/tandem/internal/config"
	"example.org/tandem/internal/demo/demotest"
	"example.org/tandem/internal/room/roomtest"
)

const augustRoom = "https://meet.tandem.example/conf-2020-08"

// augustStarts is when the conference of August begins, 11:00 in Minsk.
var augustStarts = time.Date(2020, 8, 27, 8, 0, 0, 0, time.UTC)

// door is what somebody sees of a room: the link, or how they are kept waiting.
func door(p demotest.Page) string {
	return p.Document.Find(".card-next a.button-primary[rel~='noreferrer']").AttrOr("href", "")
}

func TestTheRoomOpensAQuarterOfAnHourAheadAndToHostsAlways(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		askGuest(t, s, august())
		host, participant, visitor := s.As(koge), s.As(volunteer), s.Visitor()
		path := guestLink(t, s)
		for _, c := range []struct {
			at   time.Duration
			open bool
		}{{-15*time.Minute - time.Second, false}, {-15 * time.Minute, true}, {30 * time.Minute, true}} {
			s.Clock.Set(augustStarts.Add(c.at))
			if page := host.Get(august() + "/join"); door(page) != augustRoom {
				t.Errorf("%v: the host is kept out: %q", c.at, page.Text(".card-next"))
			}
			for name, page := range map[string]demotest.Page{"participant": participant.Get(august() + "/join"), "guest": visitor.Get(path + "/join")} {
				if page.Status != http.StatusOK || (door(page) == augustRoom) != c.open || strings.Contains(page.Body, augustRoom) != c.open {
					t.Errorf("%v: the %s: %d %q", c.at, name, page.Status, page.Text(".card-next"))
				}
				if said := page.Text(".card-next"); strings.Contains(said, "åbner 15 minutter før: torsdag den 27. august 2020 · kl. 09.45 København / kl. 10.45 Minsk") == c.open {
					t.Errorf("%v: the %s is told %q", c.at, name, said)
				}
			}
		}
		if page := visitor.Get(august() + "/join"); page.Status != http.StatusSeeOther || page.Location != "/sign-in?next="+url.QueryEscape(august()+"/join") {
			t.Errorf("nobody: %d %s", page.Status, page.Location)
		}
		s.Clock.Set(augustStarts.Add(5 * time.Hour))
		if page := host.Get(august() + "/join"); door(page) != "" {
			t.Error("the room of what is over is open")
		}
	})
}

// rooms is a BigBlueButton server that Tandem makes meetings on, and what tells Tandem of it.
func rooms(t testing.TB) (*roomtest.Server, func(*config.Settings)) {
	t.Helper()
	server := roomtest.Start(t)
	at, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	return server, func(s *config.Settings) {
		s.BBB, s.BBBSecret = at, roomtest.Secret
	}
}

// moveTo has the Danish coordinator put the conference of August into another room.
func moveTo(t *testing.T, s *demotest.Site, kind string, more ...string) {
	t.Helper()
	b := s.As(koge)
	form := fill(b.Get(august()+"/edit").Form("main form"), append([]string{"room", kind, "send", "yes"}, more...)...)
	if page := b.Post(august()+"/edit", form); page.Status != http.StatusSeeOther {
		t.Fatalf("%d %q", page.Status, page.Text(".summary"))
	}
}

func TestABigBlueButtonMeetingIsBegunEndedAndItsRecordingsShared(t *testing.T) {
	demotest.EachWith(t, rooms, func(t *testing.T, s *demotest.Site, server *roomtest.Server) {
		askGuest(t, s, august())
		moveTo(t, s, "bigbluebutton", "dial-number", "+45 70 12 34 56", "dial-pin", "1234#")
		host, participant, visitor := s.As(koge), s.As(volunteer), s.Visitor()
		path := guestLink(t, s)
		if page := participant.Post(august()+"/join", url.Values{}); page.Status != http.StatusUnprocessableEntity || page.Location != "" {
			t.Errorf("a participant comes in early: %d %s", page.Status, page.Location)
		}
		if page := visitor.Post(path+"/join", url.Values{}); page.Status != http.StatusUnprocessableEntity || page.Location != "" {
			t.Errorf("a guest comes in early: %d %s", page.Status, page.Location)
		}
		page := host.Get(august() + "/join")
		if !strings.Contains(page.Header.Get("Content-Security-Policy"), "form-action https: 'self'") {
			t.Errorf("the browser will not lead out: %s", page.Header.Get("Content-Security-Policy"))
		}
		order := page.Document.Find(".card-next a[href='tel:+4570123456'], .card-next button[name=quiet], .card-next button.button-primary")
		if order.Length() != 3 || !order.Eq(0).Is("a") || !order.Eq(1).Is("button[name=quiet]") || !strings.Contains(order.Eq(0).Text(), "1234#") {
			t.Errorf("the way that asks least of the line is not first: %q", page.Text(".card-next"))
		}
		s.Clock.Set(augustStarts.Add(-10 * time.Minute))
		for _, c := range []struct {
			browser     *demotest.Browser
			path, quiet string
			role        string
		}{{host, august(), "", "MODERATOR"}, {participant, august(), "yes", "VIEWER"}, {visitor, path, "", "VIEWER"}} {
			answer := c.browser.Post(c.path+"/join", url.Values{"quiet": {c.quiet}})
			to, err := url.Parse(answer.Location)
			if err != nil || answer.Status != http.StatusSeeOther || to.Path != "/bigbluebutton/api/join" {
				t.Fatalf("%s: %d %s", c.role, answer.Status, answer.Location)
			}
			q := to.Query()
			if q.Get("role") != c.role || q.Get("fullName") == "" || (q.Get("userdata-bbb_enable_video") == "false") != (c.quiet == "yes") {
				t.Errorf("%s %s comes in with %v", c.path, c.quiet, q)
			}
			if _, err := http.Get(answer.Location); err != nil {
				t.Error(err)
			}
		}
		joined := 0
		for _, call := range server.Calls() {
			if call.Name == "join" {
				joined++
			}
		}
		if joined != 3 {
			t.Errorf("%d came in", joined)
		}
		if participant.Get(august()+"/join").Has("form[action$='/join/end']") || visitor.Get(path+"/join").Has("form[action$='/join/end']") {
			t.Error("who is no host is offered to end the meeting")
		}
		if page := participant.Post(august()+"/join/end", url.Values{}); page.Status != http.StatusForbidden {
			t.Errorf("who is no host ends the meeting: %d", page.Status)
		}
		end := host.Get(august() + "/join")
		if !end.Has("form[action$='/join/end']") {
			t.Error("the host cannot end the meeting")
		}
		host.Follow(host.Post(august()+"/join/end", url.Values{}))
		if n := count(t, s, `select count(*) from audit where deed = 'end room'`); n != 1 {
			t.Errorf("%d entries in the log", n)
		}
		s.Clock.Set(augustStarts.Add(5 * time.Hour))
		server.Record("https://bbb.example/playback/1")
		const recording = "a[href='https://bbb.example/playback/1']"
		if !host.Get(august() + "/join").Has(recording) {
			t.Error("the host does not see the recording")
		}
		seen := func() [2]bool {
			return [2]bool{participant.Get(august() + "/join").Has(recording), visitor.Get(path + "/join").Has(recording)}
		}
		if seen() != [2]bool{} {
			t.Error("a recording that is not shared is seen")
		}
		const way = "a[href$='/join']"
		if !host.Get(august()).Has(way) || participant.Get(august()).Has(way) || visitor.Get(path).Has(way) {
			t.Error("the way to the recordings is shown to others than those who see them")
		}
		if page := participant.Post(august()+"/recordings", url.Values{"share": {"yes"}}); page.Status != http.StatusForbidden {
			t.Errorf("who is no host shares recordings: %d", page.Status)
		}
		host.Post(august()+"/recordings", url.Values{"share": {"yes"}})
		if seen() != [2]bool{true, true} || !participant.Get(august()).Has(way) || !visitor.Get(path).Has(way) {
			t.Error("what was shared is not seen")
		}
		host.Post(august()+"/recordings", url.Values{"share": {"no"}})
		if seen() != [2]bool{} {
			t.Error("what is shared no more is seen")
		}
	})
}

func TestAPageStaysOfUseWhenTheServerOfTheRoomIsDown(t *testing.T) {
	demotest.EachWith(t, rooms, func(t *testing.T, s *demotest.Site, server *roomtest.Server) {
		server.Fail(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
		moveTo(t, s, "bigbluebutton", "dial-number", "+45 70 12 34 56")
		b := s.As(koge)
		page := b.Get(august() + "/join")
		if page.Status != http.StatusOK || !strings.Contains(page.Text(".notice-problem"), "svarer ikke") {
			t.Errorf("%d %q", page.Status, page.Text("main"))
		}
		refused := b.Post(august()+"/join", url.Values{})
		if refused.Status != http.StatusServiceUnavailable || refused.Location != "" {
			t.Errorf("%d %s", refused.Status, refused.Location)
		}
		for _, p := range []demotest.Page{page, refused} {
			if p.Document.Find(".notice-problem").Length() != 1 || !p.Has("a[href='tel:+4570123456']") || !p.Has("a[href^='mailto:']") || !p.Has("button.button-primary") ||
				!strings.Contains(p.Text(".card-next .hint"), s.URL+august()+"/join") {
				t.Errorf("no telephone, nobody to write to, no link, or nothing to try again: %q", p.Text("main"))
			}
		}
		if page := s.As("p-admin").Get("/admin/providers"); !strings.Contains(page.Text("section"), "BigBlueButton") || !strings.Contains(page.Text("section"), "the server answers 502") || strings.Contains(page.Body, roomtest.Secret) {
			t.Errorf("who looks after the installation reads %q", page.Text("main"))
		}
		if page := b.Post(august()+"/join/end", url.Values{}); page.Status != http.StatusServiceUnavailable || !page.Has("h1") {
			t.Errorf("the end: %d", page.Status)
		}
		if n := count(t, s, `select count(*) from audit where deed = 'end room'`); n != 0 {
			t.Error("an end that never came is in the log")
		}
	})
}

func TestAJitsiTokenIsMadeAtTheClickAndIsNowhereElse(t *testing.T) {
	const shared = "0123456789abcdef0123456789abcdef"
	nobody := &url.URL{Scheme: "https", Host: "localhost:1"} // listens there
	signing := func(testing.TB) (*url.URL, func(*config.Settings)) {
		return nobody, func(s *config.Settings) { s.RoomBase, s.JitsiApp, s.JitsiSecret = nobody, "tandem", shared }
	}
	demotest.EachWith(t, signing, func(t *testing.T, s *demotest.Site, _ *url.URL) {
		moveTo(t, s, "jitsi")
		s.Clock.Advance(2 * time.Minute)
		s.DoJobs()
		b := s.As(koge)
		page := b.Get(august() + "/join")
		if strings.Contains(page.Body, "jwt") || strings.Contains(page.Body, "localhost:1") || !strings.Contains(page.Text(".notice-problem"), "svarer ikke") {
			t.Errorf("%q", page.Text("main"))
		}
		answer := b.Post(august()+"/join", url.Values{"quiet": {"yes"}})
		to, err := url.Parse(answer.Location)
		if err != nil || to.Host != "localhost:1" || !strings.HasPrefix(to.Fragment, "config.startAudioOnly=true") {
			t.Fatalf("%d %s", answer.Status, answer.Location)
		}
		token, err := jwt.ParseSigned(to.Query().Get("jwt"), []jose.SignatureAlgorithm{jose.HS256})
		if err != nil {
			t.Fatal(err)
		}
		var said struct {
			Room string `json:"room"`
		}
		if err := token.Claims([]byte(shared), &said); err != nil || "/"+said.Room != to.Path {
			t.Errorf("%v, for %q", err, said.Room)
		}
		if entry := b.Get(august() + "/invite.ics"); !strings.Contains(entry.Body, "LOCATION:"+s.URL+august()+"/join") && !strings.Contains(strings.ReplaceAll(entry.Body, "\r\n ", ""), august()+"/join") {
			t.Errorf("the entry does not lead to Tandem: %s", entry.Body)
		}
		for _, where := range []string{"demo_mails where message", "jobs where subject", "audit where details"} {
			if n := count(t, s, `select count(*) from `+where+` like '%`+to.Query().Get("jwt")[:20]+`%'`); n != 0 {
				t.Errorf("%d tokens in %s", n, where)
			}
		}
	})
}

func TestALinkTellsAStrangersProgrammeNothing(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		askGuest(t, s, august())
		stranger := s.Visitor()
		const title = "anden bølge"
		for _, path := range []string{august(), august() + "/join", august() + "/invite.ics", "/guest/" + strings.Repeat("x", 43), "/guest/" + strings.Repeat("x", 43) + "/join"} {
			page := stranger.Get(path)
			for page.Status == http.StatusSeeOther {
				page = stranger.Follow(page)
			}
			if strings.Contains(page.Body, title) || page.Has("meta[property^='og:'], meta[name='description'], meta[name^='twitter:']") || !page.Has("meta[name=robots][content=noindex]") {
				t.Errorf("%s tells a stranger %q", path, page.Text("title"))
			}
		}
		// Who has the link reads the page; what previews show of it, its head, is the same for every guest.
		path := guestLink(t, s)
		for _, at := range []string{path, path + "/join"} {
			page := stranger.Get(at)
			if strings.Contains(page.Text("head title"), title) || page.Has("meta[property^='og:'], meta[name='description']") || page.Header.Get("X-Robots-Tag") != "noindex" {
				t.Errorf("%s: the head says %q", at, page.Text("head title"))
			}
		}
		if page := stranger.Get(path); !strings.Contains(page.Text("h1"), title) {
			t.Errorf("the guest does not read what it is about: %q", page.Text("h1"))
		}
	})
}
