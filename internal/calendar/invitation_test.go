package calendar

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func invitationOf(lines ...string) []byte {
	all := append([]string{"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Other//Other//EN", "METHOD:REQUEST", "BEGIN:VEVENT", "UID:1@other.example", "DTSTAMP:20200701T080000Z"}, lines...)
	return []byte(strings.Join(append(all, "END:VEVENT", "END:VCALENDAR", ""), "\r\n"))
}

func TestAnInvitationOfAnotherProgrammeIsRead(t *testing.T) {
	got, err := ReadInvitation(invitationOf("DTSTART;TZID=Romance Standard Time:20200827T120000", "DTEND;TZID=Romance Standard Time:20200827T133000",
		`SUMMARY;LANGUAGE=da:Klar til anden bølge\, Køge`, `DESCRIPTION:Første linje\nAnden linje`, "LOCATION:Microsoft Teams-møde",
		"X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.example/l/meetup?x=1", "ORGANIZER;CN=Chair:MAILTO:Chair@Koge.example",
		"ATTENDEE;CN=Brest:mailto:brest@tandem.example"), "Europe/Minsk")
	want := Invitation{Title: "Klar til anden bølge, Køge", Purpose: "Første linje\nAnden linje", Room: "https://teams.example/l/meetup?x=1",
		Start: time.Date(2020, 8, 27, 10, 0, 0, 0, time.UTC), Length: 90 * time.Minute, Addresses: []string{"chair@koge.example", "brest@tandem.example"}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
}

func TestTheHourOfAnInvitation(t *testing.T) {
	for _, c := range []struct{ start, end, utc, key string }{
		{"DTSTART:20200827T100000Z", "DURATION:PT90M", "10:00", ""},
		{"DTSTART:20200827T130000", "DTEND:20200827T143000", "10:00", ""}, // by the reader's clocks
		{"DTSTART;TZID=Europe/Copenhagen:20200827T120000", "DURATION:PT1H30M", "10:00", ""},
		{`DTSTART;TZID="Belarus Standard Time":20200827T130000`, "DURATION:PT90M", "10:00", ""},
		{"DTSTART;TZID=/mozilla.org/20070129_1/Europe/Minsk:20200827T130000", "DURATION:PT90M", "10:00", ""},
		{"DTSTART;VALUE=DATE:20200827", "DTEND;VALUE=DATE:20200828", "", "calendar.problem.all-day"},
		{"DTSTART;TZID=Our own time:20200827T130000", "DURATION:PT90M", "", "calendar.problem.foreign-zone"},
		{"DTSTART;TZID=Europe/Copenhagen:20200329T023000", "DURATION:PT90M", "", "calendar.problem.gap"},
		{"DTSTART:soon", "DURATION:PT90M", "", "calendar.problem.invitation"},
		{"SUMMARY:no time", "LOCATION:somewhere", "", "calendar.problem.invitation"},
		{"DTSTART:20200827T100000Z", "STATUS:CANCELLED", "", "calendar.problem.invitation"},
	} {
		got, err := ReadInvitation(invitationOf(c.start, c.end), "Europe/Minsk")
		if c.key != "" {
			if !isKey(err, c.key) {
				t.Errorf("%s: %v, want %s", c.start, err, c.key)
			}
			continue
		}
		if err != nil || got.Start.UTC().Format("15:04") != c.utc || got.Length != 90*time.Minute {
			t.Errorf("%s: %v for %v, %v", c.start, got.Start, got.Length, err)
		}
	}
}

func TestWhatIsNoInvitation(t *testing.T) {
	for name, ics := range map[string]string{"nothing": "", "a page": "<html>", "half of one": "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "another encoding": "BEGIN:VCALENDAR\r\n\xff\xfe",
		"called off": strings.Replace(string(invitationOf("DTSTART:20200827T100000Z")), "REQUEST", "CANCEL", 1)} {
		if _, err := ReadInvitation([]byte(ics), "Europe/Minsk"); !isKey(err, "calendar.problem.invitation") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := ReadInvitation(make([]byte, InvitationSize+1), "Europe/Minsk"); !isKey(err, "calendar.problem.large") {
		t.Errorf("too large: %v", err)
	}
	for _, zone := range windows {
		if _, err := findZone(zone); err != nil {
			t.Errorf("%s: %v", zone, err)
		}
	}
}

// An entry of our own leads back to itself.
func TestOurOwnInvitationIsRead(t *testing.T) {
	e := sample(t)
	ics, err := Write(Request, e)
	if err != nil {
		t.Fatal(err)
	}
	got, err := ReadInvitation(ics, "Europe/Copenhagen")
	if err != nil || got.Title != e.Title || !got.Start.Equal(e.Start) || got.Length != e.Length || got.Room != e.Location || got.Purpose != e.Description {
		t.Errorf("%+v, %v", got, err)
	}
}

func FuzzReadInvitation(f *testing.F) {
	f.Add(invitationOf("DTSTART;TZID=Romance Standard Time:20200827T120000", "DURATION:PT90M", "SUMMARY:x", "LOCATION:https://meet.example/x"))
	f.Add(invitationOf("DTSTART;VALUE=DATE:20200827", "ATTENDEE:mailto:a@b"))
	f.Fuzz(func(t *testing.T, ics []byte) {
		got, err := ReadInvitation(ics, "Europe/Minsk")
		if err == nil && (got.Start.IsZero() || got.Length < 0 || got.Room != "" && !strings.HasPrefix(strings.ToLower(got.Room), "https:")) {
			t.Fatalf("%+v", got)
		}
	})
}
