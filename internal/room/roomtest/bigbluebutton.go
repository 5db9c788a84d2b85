// Package roomtest is a BigBlueButton server for tests: it speaks the part of the API that Tandem uses, checks every checksum
// the way the real one does, and can fail in the ways that real ones fail.
package roomtest

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
)

// Secret is what the server shares with those who may call it.
const Secret = "639259d4-9dd8-4b25-bf01-95f9567eaf4b"

// Server is the running server.
type Server struct {
	URL string // as bbb-conf --secret would print it

	mutex      sync.Mutex
	calls      []Call
	meetings   map[string]bool
	recordings string
	failure    http.HandlerFunc
}

// Call is one that had a right checksum.
type Call struct {
	Name   string
	Values url.Values
}

// Start starts it; it ends with the test.
func Start(t testing.TB) *Server {
	t.Helper()
	s := &Server{meetings: map[string]bool{}}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.URL = server.URL + "/bigbluebutton/"
	return s
}

// Fail answers everything in another way from now on; nil: as it should again.
func (s *Server) Fail(how http.HandlerFunc) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.failure = how
}

// Record makes recordings of a meeting, each an address where it can be watched.
func (s *Server) Record(addresses ...string) {
	var list strings.Builder
	for i, address := range addresses {
		start := 1598515200000 + int64(len(addresses)-i)*60_000
		fmt.Fprintf(&list, "<recording><recordID>r%d</recordID><published>true</published><startTime>%d</startTime><endTime>%d</endTime><playback><format><type>presentation</type><url>",
			i, start, start+1_800_000)
		xml.EscapeText(&list, []byte(address))
		list.WriteString("</url><length>30</length></format><format><type>podcast</type><url>https://bbb.example/podcast</url></format></playback></recording>")
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.recordings = list.String()
}

// Calls are those that had a right checksum, and forgets them.
func (s *Server) Calls() []Call {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	calls := s.calls
	s.calls = nil
	return calls
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mutex.Lock()
	failure := s.failure
	s.mutex.Unlock()
	if failure != nil {
		failure(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/xml;charset=utf-8")
	name, is := strings.CutPrefix(r.URL.Path, "/bigbluebutton/api")
	switch {
	case !is:
		http.NotFound(w, r)
	case name == "":
		fmt.Fprint(w, "<response><returncode>SUCCESS</returncode><version>2.0</version></response>")
	case !s.signed(name[1:], r.URL.RawQuery):
		fmt.Fprint(w, "<response><returncode>FAILED</returncode><messageKey>checksumError</messageKey></response>")
	default:
		s.mutex.Lock()
		defer s.mutex.Unlock()
		s.calls = append(s.calls, Call{name[1:], r.URL.Query()})
		fmt.Fprintf(w, "<response>%s</response>", s.answer(name[1:], r.URL.Query().Get("meetingID")))
	}
}

// signed checks a checksum over the query as it came, without the checksum itself, which stands last.
func (s *Server) signed(name, query string) bool {
	before, sum, _ := strings.Cut("&"+query, "&checksum=")
	want := sha256.Sum256([]byte(name + strings.TrimPrefix(before, "&") + Secret))
	return sum == hex.EncodeToString(want[:])
}

func (s *Server) answer(name, id string) string {
	const success, failed = "<returncode>SUCCESS</returncode>", "<returncode>FAILED</returncode><messageKey>%s</messageKey>"
	switch name {
	case "create":
		s.meetings[id] = true
		return success + "<meetingID>" + id + "</meetingID>"
	case "join":
		if !s.meetings[id] {
			return fmt.Sprintf(failed, "invalidMeetingIdentifier")
		}
		return success
	case "isMeetingRunning":
		return fmt.Sprintf(success+"<running>%v</running>", s.meetings[id])
	case "end":
		if !s.meetings[id] {
			return fmt.Sprintf(failed, "notFound")
		}
		delete(s.meetings, id)
		return success
	case "getRecordings":
		if s.recordings == "" {
			return success + "<recordings/><messageKey>noRecordings</messageKey>"
		}
		return success + "<recordings>" + s.recordings + "</recordings>"
	}
	return fmt.Sprintf(failed, "unsupportedRequest")
}
