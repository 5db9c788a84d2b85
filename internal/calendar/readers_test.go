package calendar

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// readBack is an entry as another programme understands it. Local times are by the zones that the entry brings along.
type readBack struct {
	Method, UID, Status, Start, End, Recurrence string
	Sequence                                    int
	Starts, Ends                                map[string]string
	Attendees                                   [][3]string // address, name, answer
	Organiser, Title, Description               string
}

// What the entries of each kind mean, written down apart from the code: the instants, and what the clocks of both sides show.
// Between invitation and change Denmark's clocks are put back: Minsk's eleven stays, Køge's ten becomes nine.
var meant = map[string]struct {
	method                               string
	start, end, minsk, copenhagen, until string
	sequence                             int
	recurrence                           string // which time of a series it is about
}{
	"calendar/request.ru": {"REQUEST", "2020-08-27T10:00:00Z", "2020-08-27T11:30:00Z", "2020-08-27T13:00", "2020-08-27T12:00", "2020-08-27T13:30", 0, ""},
	"calendar/request.da": {"REQUEST", "2020-12-10T09:00:00Z", "2020-12-10T10:30:00Z", "2020-12-10T12:00", "2020-12-10T10:00", "2020-12-10T11:30", 2, ""},
	"calendar/cancel.be":  {"CANCEL", "2020-08-27T10:00:00Z", "2020-08-27T11:30:00Z", "2020-08-27T13:00", "2020-08-27T12:00", "2020-08-27T13:30", 3, ""},
	"calendar/publish.en": {"PUBLISH", "2020-08-27T10:00:00Z", "2020-08-27T11:30:00Z", "2020-08-27T13:00", "2020-08-27T12:00", "2020-08-27T13:30", 0, ""},
	"notify/invitation":   {"REQUEST", "2020-10-22T08:00:00Z", "2020-10-22T09:30:00Z", "2020-10-22T11:00", "2020-10-22T10:00", "2020-10-22T11:30", 0, ""},
	"notify/update":       {"REQUEST", "2020-08-27T12:00:00Z", "2020-08-27T13:30:00Z", "2020-08-27T15:00", "2020-08-27T14:00", "2020-08-27T15:30", 1, ""},
	"notify/change":       {"REQUEST", "2020-10-29T08:00:00Z", "2020-10-29T09:30:00Z", "2020-10-29T11:00", "2020-10-29T09:00", "2020-10-29T10:30", 1, ""},
	"notify/cancellation": {"CANCEL", "2020-10-29T08:00:00Z", "2020-10-29T09:30:00Z", "2020-10-29T11:00", "2020-10-29T09:00", "2020-10-29T10:30", 2, ""},
	"notify/postponed":    {"CANCEL", "2020-08-27T08:00:00Z", "2020-08-27T09:30:00Z", "2020-08-27T11:00", "2020-08-27T10:00", "2020-08-27T11:30", 1, ""},
	"notify/reopened":     {"CANCEL", "2020-10-29T08:00:00Z", "2020-10-29T09:30:00Z", "2020-10-29T11:00", "2020-10-29T09:00", "2020-10-29T10:30", 3, ""},
	"notify/removed":      {"CANCEL", "2020-08-27T12:00:00Z", "2020-08-27T13:30:00Z", "2020-08-27T15:00", "2020-08-27T14:00", "2020-08-27T15:30", 2, ""},
	// Køge's ten stays: on 5 November that is Minsk's twelve, from which it is moved to eleven.
	"notify/series":           {"REQUEST", "2020-10-15T08:00:00Z", "2020-10-15T09:30:00Z", "2020-10-15T11:00", "2020-10-15T10:00", "2020-10-15T11:30", 1, ""},
	"notify/series-moved":     {"REQUEST", "2020-11-05T08:00:00Z", "2020-11-05T09:30:00Z", "2020-11-05T11:00", "2020-11-05T09:00", "2020-11-05T10:30", 2, "2020-11-05T09:00:00Z"},
	"notify/series-cancelled": {"CANCEL", "2020-10-29T09:00:00Z", "2020-10-29T10:30:00Z", "2020-10-29T12:00", "2020-10-29T10:00", "2020-10-29T11:30", 2, "2020-10-29T09:00:00Z"},
}

// Two programmes by others, in two other languages, read every entry that is kept: those of this package, and those of the
// mails in four languages.
func TestTwoOtherProgrammesReadTheSame(t *testing.T) {
	var files []string
	for _, folder := range []string{"testdata", "../notify/testdata"} {
		found, err := filepath.Glob(filepath.Join(folder, "*.ics"))
		if err != nil || len(found) < 4 {
			t.Fatalf("%s: %d entries, %v", folder, len(found), err)
		}
		files = append(files, found...)
	}
	js := otherProgramme(t, "node", "testdata/readers/ical.mjs", files)
	python := otherProgramme(t, "/usr/bin/python3", "testdata/readers/icalendar.py", files)
	if diff := cmp.Diff(js, python); diff != "" {
		t.Errorf("ical.js (-) and python3-icalendar (+) read different things:\n%s", diff)
	}
	seen := map[string]bool{}
	for _, file := range files {
		seen[checkMeant(t, file, js[file])] = true
	}
	for kind := range meant {
		if !seen[kind] {
			t.Errorf("there is no entry of the kind %s", kind)
		}
	}
}

func checkMeant(t *testing.T, file string, events []readBack) (kind string) {
	t.Helper()
	kind = filepath.Base(filepath.Dir(filepath.Dir(file))) + "/" + strings.TrimSuffix(filepath.Base(file), ".ics")
	if strings.HasPrefix(file, "testdata") {
		kind = "calendar/" + filepath.Base(strings.TrimSuffix(file, ".ics"))
	} else {
		kind = kind[:strings.LastIndex(kind, ".")] // without its language
	}
	want, known := meant[kind]
	if !known || len(events) != 1 {
		t.Errorf("%s: nobody has written down what it means (%s), or it is %d entries", file, kind, len(events))
		return kind
	}
	e := events[0]
	got := []string{e.Method, e.Start, e.End, e.Starts["Europe/Minsk"], e.Starts["Europe/Copenhagen"], e.Ends["Europe/Copenhagen"]}
	if diff := cmp.Diff([]string{want.method, want.start, want.end, want.minsk, want.copenhagen, want.until}, got); diff != "" {
		t.Errorf("%s (-meant +read):\n%s", file, diff)
	}
	people := map[string]int{"PUBLISH": 0, "REQUEST": 1, "CANCEL": 1}[want.method]
	if e.Sequence != want.sequence || e.Recurrence != want.recurrence || len(e.Attendees) != people || e.UID == "" || e.Title == "" || e.Organiser == "" {
		t.Errorf("%s: %+v", file, e)
	}
	if (e.Status == "CANCELLED") != (e.Method == "CANCEL") {
		t.Errorf("%s: %s with %s", file, e.Method, e.Status)
	}
	return kind
}

func otherProgramme(t *testing.T, program, script string, files []string) (all map[string][]readBack) {
	t.Helper()
	if program == "node" {
		if _, err := os.Stat("../../node_modules/ical.js"); err != nil {
			t.Skip("npm's ical.js is not there: npm ci")
		}
	} else if err := exec.Command(program, "-c", "import icalendar").Run(); err != nil {
		t.Skip("python3-icalendar is not there")
	}
	command := exec.Command(program, append([]string{script}, files...)...)
	command.Stderr = os.Stderr
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%s: %v", script, err)
	}
	if err := json.Unmarshal(out, &all); err != nil || len(all) != len(files) {
		t.Fatalf("%s read %d of %d entries: %v", script, len(all), len(files), err)
	}
	for _, events := range all {
		for _, e := range events {
			slices.SortFunc(e.Attendees, func(a, b [3]string) int { return strings.Compare(a[0], b[0]) })
		}
	}
	return all
}
