package room_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/room"
	"example.org/tandem/internal/room/roomtest"
)

// bbb is a server, and the room of a conference on it.
func bbb(t *testing.T) (*roomtest.Server, *room.BigBlueButton, room.Meeting) {
	t.Helper()
	server := roomtest.Start(t)
	client := room.NewBigBlueButton(server.URL, roomtest.Secret)
	there, _ := room.Servers{BigBlueButton: client}.Room(room.Place{Kind: room.KindBigBlueButton, ConferenceID: "0197", Title: "Готовы ли мы? & Klar?"})
	return server, client, there.(room.Meeting)
}

func TestABigBlueButtonMeetingBeginsRunsAndEnds(t *testing.T) {
	server, _, m := bbb(t)
	ctx := t.Context()
	if on, err := m.Running(ctx); on || err != nil {
		t.Errorf("before anybody came: %v %v", on, err)
	}
	server.Calls()
	for _, c := range []struct {
		visitor room.Visitor
		role    string
		video   string
	}{
		{room.Visitor{Name: "Каардынатар, Мінск", Host: true}, "MODERATOR", ""},
		{room.Visitor{Name: "Afdelingsformand, Køge", Quiet: true}, "VIEWER", "false"},
	} {
		to, err := m.Enter(ctx, c.visitor)
		if err != nil {
			t.Fatal(err)
		}
		if calls := server.Calls(); len(calls) != 1 || calls[0].Name != "create" || calls[0].Values.Get("name") != "Готовы ли мы? & Klar?" || calls[0].Values.Get("autoStartRecording") != "false" {
			t.Errorf("begun by %v", calls)
		}
		answer, err := http.Get(to) // what the visitor's browser does: the server itself checks the checksum
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		calls := server.Calls()
		if len(calls) != 1 || calls[0].Name != "join" {
			t.Fatalf("the way in is refused: %v", calls)
		}
		got := calls[0].Values
		if got.Get("fullName") != c.visitor.Name || got.Get("role") != c.role || got.Get("userdata-bbb_enable_video") != c.video || strings.Contains(to, roomtest.Secret) {
			t.Errorf("came in with %v", got)
		}
	}
	if on, err := m.Running(ctx); !on || err != nil {
		t.Errorf("while it is on: %v %v", on, err)
	}
	for range 2 { // one that is over stays so
		if err := m.End(ctx); err != nil {
			t.Error(err)
		}
	}
	if on, _ := m.Running(ctx); on {
		t.Error("still on after its end")
	}
}

func TestRecordingsAreThoseThatCanSafelyBeOpened(t *testing.T) {
	server, _, m := bbb(t)
	if list, err := m.Recordings(t.Context()); len(list) != 0 || err != nil {
		t.Errorf("none yet: %v %v", list, err)
	}
	server.Record("https://bbb.example/playback/2", " https://bbb.example/playback/1?a=1&b=2 ", "javascript:alert(1)", "http://bbb.example/x")
	list, err := m.Recordings(t.Context())
	if err != nil || len(list) != 4 {
		t.Fatalf("%v %v", list, err)
	}
	// Of the two that cannot be opened their other format is offered.
	if list[0].URL != "https://bbb.example/podcast" || list[2].URL != "https://bbb.example/playback/1?a=1&b=2" || list[3].URL != "https://bbb.example/playback/2" {
		t.Errorf("%v", list)
	}
	if list[3].Length != 30*time.Minute || !list[0].Started.Before(list[3].Started) {
		t.Errorf("%v", list)
	}
}

func TestAServerThatFailsIsSaidToBeDownAndGivesNothingAway(t *testing.T) {
	elsewhere := roomtest.Start(t)
	for name, fail := range map[string]http.HandlerFunc{
		"hangs": func(_ http.ResponseWriter, r *http.Request) {
			select {
			case <-r.Context().Done():
			case <-time.After(10 * time.Second):
			}
		},
		"trickles": func(w http.ResponseWriter, r *http.Request) {
			for range 100 {
				w.Write([]byte("<"))
				w.(http.Flusher).Flush()
				select {
				case <-r.Context().Done():
					return
				case <-time.After(50 * time.Millisecond):
				}
			}
		},
		"answers 500":     func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) },
		"answers a page":  func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("<html><body>Welcome<br></body></html>")) },
		"answers nothing": func(http.ResponseWriter, *http.Request) {},
		"answers too much": func(w http.ResponseWriter, _ *http.Request) {
			w.Write([]byte("<response>" + strings.Repeat("<x/>", 1<<20)))
		},
		"refuses": func(w http.ResponseWriter, _ *http.Request) {
			w.Write([]byte("<response><returncode>FAILED</returncode></response>"))
		},
		"leads elsewhere": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere.URL+"api", http.StatusFound)
		},
		"leads in a circle": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.String(), http.StatusFound) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server, client, m := bbb(t)
			client.Hurry(300 * time.Millisecond)
			server.Fail(fail)
			_, enter := m.Enter(t.Context(), room.Visitor{Name: "hush"})
			_, running := m.Running(t.Context())
			_, recordings := m.Recordings(t.Context())
			for call, err := range map[string]error{"enter": enter, "running": running, "end": m.End(t.Context()), "recordings": recordings, "answers": m.Answers(t.Context())} {
				if !problem.Is(err, problem.Unavailable) {
					t.Errorf("%s: %v", call, err)
					continue
				}
				for _, secret := range []string{roomtest.Secret, "checksum", "0197", "hush"} {
					if strings.Contains(err.Error(), secret) {
						t.Errorf("%s gives away %s: %v", call, secret, err)
					}
				}
			}
		})
	}
	t.Cleanup(func() {
		if calls := elsewhere.Calls(); len(calls) > 0 {
			t.Errorf("another server was asked: %v", calls)
		}
	})
}

func TestManyWhoWaitAskAServerOnce(t *testing.T) {
	server, _, m := bbb(t)
	asked := 0
	server.Fail(func(w http.ResponseWriter, _ *http.Request) {
		asked++ // no two at once: each waits for the one before
		w.WriteHeader(http.StatusBadGateway)
	})
	for range 5 {
		if m.Answers(t.Context()) == nil {
			t.Error("a server that answers 502 is called well")
		}
	}
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
}

func TestAnotherSecretIsRefusedByTheServer(t *testing.T) {
	server, _, _ := bbb(t)
	there, _ := room.Servers{BigBlueButton: room.NewBigBlueButton(server.URL, "another secret")}.Room(room.Place{Kind: room.KindBigBlueButton, ConferenceID: "1"})
	if _, err := there.Enter(t.Context(), room.Visitor{Name: "x"}); !problem.Is(err, problem.Unavailable) || !strings.Contains(err.Error(), "checksumError") {
		t.Error(err)
	}
}

func TestAddressesOfABigBlueButtonServer(t *testing.T) {
	for _, written := range []string{"https://bbb.example/bigbluebutton", "https://bbb.example/bigbluebutton/", "https://bbb.example/bigbluebutton/api", "https://bbb.example/bigbluebutton/api/"} {
		if got := room.NewBigBlueButton(written, "s").API(); got != "https://bbb.example/bigbluebutton/api" {
			t.Errorf("%s: %s", written, got)
		}
	}
}
