package calendar

import (
	"strings"
	"testing"
	"time"
)

// replyOf is an answer with these lines in its entry.
func replyOf(lines ...string) []byte {
	return []byte("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:a@tandem.example\r\nDTSTAMP:20200801T090000Z\r\n" +
		strings.Join(lines, "\r\n") + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
}

const accepted = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:Brest@Tandem.Example"

func TestZonesOfAnswersByEveryName(t *testing.T) {
	want := time.Date(2020, 8, 27, 8, 0, 0, 0, time.UTC)
	for _, line := range []string{
		"DTSTART:20200827T080000Z", "DTSTART;TZID=Belarus Standard Time:20200827T110000", `DTSTART;TZID="Romance Standard Time":20200827T100000`,
		"DTSTART;TZID=/mozilla.org/20070129_1/Europe/Minsk:20200827T110000", "DTSTART;TZID=Europe/Copenhagen:20200827T100000",
	} {
		got, err := ReadReply(replyOf(accepted, line, "SEQUENCE:3", "RECURRENCE-ID"+strings.TrimPrefix(line, "DTSTART")))
		if err != nil || !got.Start.Equal(want) || !got.Recurs.Equal(want) || got.Sequence != 3 || got.Attendee != "brest@tandem.example" || got.Answer != "ACCEPTED" {
			t.Errorf("%s: %+v, %v", line, got, err)
		}
	}
	if got, err := ReadReply(replyOf(accepted, "DTSTART;TZID=Customized Time Zone:20200827T110000")); err != nil || !got.Start.IsZero() {
		t.Errorf("a zone that nobody knows is guessed: %+v, %v", got, err)
	}
}

func TestAnswersThatAreNone(t *testing.T) {
	for name, ics := range map[string][]byte{
		"a request":               []byte(strings.Replace(string(replyOf(accepted)), "REPLY", "REQUEST", 1)),
		"nobody":                  replyOf("SUMMARY:x"),
		"two people":              replyOf(accepted, "ATTENDEE;PARTSTAT=DECLINED:mailto:b@tandem.example"),
		"no answer":               replyOf("ATTENDEE:mailto:a@tandem.example"),
		"an answer nobody knows":  replyOf("ATTENDEE;PARTSTAT=X-PERHAPS:mailto:a@tandem.example"),
		"not answered yet":        replyOf("ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:a@tandem.example"),
		"no address":              replyOf("ATTENDEE;PARTSTAT=ACCEPTED:urn:uuid:1"),
		"an unknown occurrence":   replyOf(accepted, "RECURRENCE-ID;TZID=Customized Time Zone:20200827T110000"),
		"two entries":             []byte(strings.Replace(string(replyOf(accepted)), "END:VEVENT\r\n", "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:b\r\nEND:VEVENT\r\n", 1)),
		"no calendar":             []byte("yes, I will"),
		"cut off":                 replyOf(accepted)[:120],
		"octets that are no text": replyOf("SUMMARY:\xff"),
	} {
		if got, err := ReadReply(ics); err == nil {
			t.Errorf("%s is read as %+v", name, got)
		}
	}
}

func FuzzReadReply(f *testing.F) {
	f.Add(replyOf(accepted, "DTSTART;TZID=Romance Standard Time:20200827T120000", "SEQUENCE:1", "COMMENT:Oui"))
	f.Add(replyOf(`ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:c@d":mailto:a@b`, "RECURRENCE-ID:20200827T080000Z"))
	f.Add([]byte("BEGIN:VCALENDAR\r\nMETHOD:COUNTER\r\nBEGIN:VEVENT\r\nATTENDEE;X="))
	f.Fuzz(func(t *testing.T, ics []byte) {
		got, err := ReadReply(ics)
		if err != nil {
			return
		}
		if got.UID == "" || !strings.Contains(got.Attendee, "@") || got.Method != Reply && got.Method != Counter || len([]rune(got.Comment)) > longestComment {
			t.Fatalf("%+v", got)
		}
		if got.Answer == "DELEGATED" && !got.PassedOn {
			t.Fatalf("passed on, and taken for the attendee's own: %+v", got)
		}
	})
}
