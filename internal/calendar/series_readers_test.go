package calendar

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// A series whose receiver declined one time is one entry with the rule and one for that time, to other people's programmes too.
func TestTwoOtherProgrammesReadTheAnswerToEachTimeOfASeries(t *testing.T) {
	at := func(wall string) time.Time {
		i, err := Instant(wall, copenhagen)
		if err != nil {
			t.Fatal(err)
		}
		return i
	}
	whole := Entry{UID: "a@b", Sequence: 1, Stamp: at("2026-10-01T08:00"), Start: at("2026-10-15T13:00"), Length: time.Hour, Zone: copenhagen, Others: []string{minsk},
		Title: "T", Rule: "FREQ=WEEKLY;COUNT=4", Until: at("2026-11-05T14:00"), Answer: "ACCEPTED",
		Organiser: Contact{Email: "office@example.org"}, Attendee: Contact{Email: "one@example.org"}}
	one := whole
	one.Rule, one.Start, one.Recurs, one.RecursIn, one.Answer = "", at("2026-10-29T13:00"), at("2026-10-29T13:00"), copenhagen, "DECLINED"
	file, err := Write(Request, whole, one)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "series.ics")
	if err := os.WriteFile(name, file, 0o600); err != nil {
		t.Fatal(err)
	}
	for program, script := range map[string]string{"node": "testdata/readers/ical.mjs", "/usr/bin/python3": "testdata/readers/icalendar.py"} {
		t.Run(filepath.Base(script), func(t *testing.T) {
			got := map[string][2]string{}
			for _, e := range otherProgramme(t, program, script, []string{name})[name] {
				got[e.Recurrence] = [2]string{e.Attendees[0][2], e.Starts[minsk]}
			}
			want := map[string][2]string{"": {"ACCEPTED", "2026-10-15T14:00"}, "2026-10-29T12:00:00Z": {"DECLINED", "2026-10-29T15:00"}}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-meant +read)\n%s", diff)
			}
		})
	}
}
