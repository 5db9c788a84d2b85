package calendar

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"example.org/tandem/internal/locale"
	"github.com/emersion/go-ical"
)

var update = flag.Bool("update", false, "write the golden files anew")

func at(t *testing.T, wall, zone string) time.Time {
	t.Helper()
	instant, err := Instant(wall, zone)
	if err != nil {
		t.Fatal(err)
	}
	return instant
}

// sample is a valid entry: 27 August 2020, 13:00 in Minsk, 12:00 in Køge, 90 minutes.
func sample(t *testing.T) Entry {
	return Entry{
		UID:       "0197c0de-0000-7000-8000-000000000001@tandem.example",
		Stamp:     time.Date(2020, 7, 27, 9, 0, 0, 0, time.UTC),
		Start:     at(t, "2020-08-27T13:00", "Europe/Minsk"),
		Length:    90 * time.Minute,
		Zone:      "Europe/Minsk",
		Others:    []string{"Europe/Copenhagen"},
		Title:     "Готовность волонтёров ко второй волне",
		Language:  locale.Russian,
		URL:       "https://tandem.example/conferences/0197c0de",
		Location:  "https://meet.tandem.example/readiness",
		Organiser: Contact{Name: "Tandem", Email: "tandem@tandem.example"},
		Attendee:  Contact{Name: "Координатор, Брест", Email: "brest@tandem.example"},
		Description: "Четверг, 27 августа 2020 г. · 13:00–14:30 Минск / 12:00–13:30 Копенгаген\n\n" +
			"Повестка: безопасность волонтёров; удалённая поддержка, обучение.\nОтветить: https://tandem.example/conferences/0197c0de",
	}
}

func TestGoldenEntries(t *testing.T) {
	for _, c := range []struct {
		file   string
		method Method
		change func(*Entry)
	}{
		{"request.ru.ics", Request, func(*Entry) {}},
		{"request.da.ics", Request, func(e *Entry) {
			e.Zone, e.Others, e.Language = "Europe/Copenhagen", []string{"Europe/Minsk"}, locale.Danish
			e.Start, e.Sequence, e.Answer = at(t, "2020-12-10T10:00", "Europe/Copenhagen"), 2, "ACCEPTED"
			e.Title = "Klar til anden bølge: frivillige i Køge og Minsk"
			e.Description = "Torsdag den 10. december 2020 · kl. 10.00–11.30 København / kl. 12.00–13.30 Minsk"
			e.Attendee = Contact{Name: "Frivillig, Køge", Email: "koge@tandem.example"}
		}},
		{"cancel.be.ics", Cancel, func(e *Entry) {
			e.Language, e.Sequence = locale.Belarusian, 3
			e.Title, e.Description = "Гатоўнасць валанцёраў да другой хвалі", "Канферэнцыя скасавана."
		}},
		{"publish.en.ics", Publish, func(e *Entry) {
			e.Language, e.Status = locale.English, Tentative
			e.Title, e.Description = "Volunteers ready for a second wave; remote support, training", ""
		}},
	} {
		t.Run(c.file, func(t *testing.T) {
			e := sample(t)
			c.change(&e)
			got, err := Write(c.method, e)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, c.file, got)
			checkLines(t, got)
			checkReadBack(t, got, c.method, e)
		})
	}
}

func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", file)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("differs from %s:\n%s", path, got)
	}
}

// checkLines holds every line to RFC 5545 §3.1.
func checkLines(t *testing.T, ics []byte) {
	t.Helper()
	text := string(ics)
	if !strings.HasSuffix(text, "\r\n") {
		t.Error("the last line does not end")
	}
	for i, line := range strings.Split(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(line) > 75 || line == "" || strings.ContainsAny(line, "\r\n") || !utf8.ValidString(line) {
			t.Errorf("line %d, %d octets: %q", i+1, len(line), line)
		}
	}
}

// checkReadBack reads the entry as another program does, which takes the zone's rules from the entry itself.
func checkReadBack(t *testing.T, ics []byte, method Method, want Entry) {
	t.Helper()
	cal, err := ical.NewDecoder(bytes.NewReader(ics)).Decode()
	if err != nil {
		t.Fatal(err)
	}
	if got := textOf(t, cal.Props, "METHOD"); got != string(method) {
		t.Errorf("method %s", got)
	}
	events := cal.Events()
	if len(events) != 1 {
		t.Fatalf("%d events", len(events))
	}
	event := events[0]
	for name, value := range map[string]string{"UID": want.UID, "SUMMARY": want.Title, "DESCRIPTION": want.Description, "LOCATION": want.Location} {
		if got := textOf(t, event.Props, name); got != value {
			t.Errorf("%s: %q, want %q", name, got, value)
		}
	}
	for name, instant := range map[string]time.Time{"DTSTART": want.Start, "DTEND": want.Start.Add(want.Length)} {
		if got := instantOf(t, cal, event.Props.Get(name)); !got.Equal(instant) {
			t.Errorf("%s means %v, want %v", name, got, instant)
		}
	}
	if attendees := event.Props["ATTENDEE"]; len(attendees) > 1 || (method == Publish) != (len(attendees) == 0) {
		t.Errorf("attendees %v", attendees)
	}
}

func textOf(t *testing.T, props ical.Props, name string) string {
	t.Helper()
	value, err := props.Text(name)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// instantOf tells an instant by nothing but what the calendar says: the latest change of clocks before the wall time,
// read by the offset that held until then (RFC 5545 §3.6.5).
func instantOf(t *testing.T, cal *ical.Calendar, prop *ical.Prop) time.Time {
	t.Helper()
	if strings.HasSuffix(prop.Value, "Z") {
		return parse(t, localLayout+"Z", prop.Value)
	}
	wall := parse(t, localLayout, prop.Value)
	var offset time.Duration
	var latest time.Time
	for _, zone := range cal.Children {
		if zone.Name != "VTIMEZONE" || textOf(t, zone.Props, "TZID") != prop.Params.Get("TZID") {
			continue
		}
		for _, change := range zone.Children {
			from := parse(t, localLayout, change.Props.Get("DTSTART").Value)
			before, after := shift(t, change.Props.Get("TZOFFSETFROM").Value), shift(t, change.Props.Get("TZOFFSETTO").Value)
			began := from.Add(-before)
			// A wall time that happens twice is the first: it belongs to the offset before the change.
			reached := !wall.Add(-after).Before(began) && !wall.Add(-before).Before(began)
			if reached && !began.Before(latest) {
				latest, offset = began, after
			}
		}
	}
	if latest.IsZero() {
		t.Fatalf("%s lies before everything that its zone says", prop.Value)
	}
	return wall.Add(-offset)
}

func parse(t *testing.T, layout, value string) time.Time {
	t.Helper()
	parsed, err := time.Parse(layout, value)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func shift(t *testing.T, value string) time.Duration {
	t.Helper()
	_, seconds := parse(t, "-0700", value).Zone()
	return time.Duration(seconds) * time.Second
}

// Around every change of clocks from 2019 to 2030, and across it.
func TestZonesMeanTheSameInstants(t *testing.T) {
	changes := []time.Time{time.Date(2020, 1, 15, 12, 0, 0, 0, time.UTC)}
	copenhagen, _ := time.LoadLocation("Europe/Copenhagen")
	for at := time.Date(2019, 1, 1, 0, 0, 0, 0, copenhagen); at.Year() < 2031; {
		_, at = at.ZoneBounds()
		changes = append(changes, at)
	}
	if len(changes) < 24 {
		t.Fatalf("%d changes", len(changes))
	}
	for _, change := range changes {
		for shift := -3 * time.Hour; shift <= 3*time.Hour; shift += 30 * time.Minute {
			for _, zone := range []string{"Europe/Minsk", "Europe/Copenhagen", "UTC"} {
				e := sample(t)
				e.Start, e.Zone = change.Add(shift), zone
				ics, err := Write(Request, e)
				if err != nil {
					t.Fatal(err)
				}
				checkReadBack(t, ics, Request, e)
			}
		}
	}
}

func TestEveryChangeOfClocksBetweenTwoEntriesIsDescribed(t *testing.T) {
	first, last := sample(t), sample(t)
	last.UID, last.Zone, last.Start = "last", "Europe/Copenhagen", at(t, "2022-08-25T10:00", "Europe/Copenhagen")
	ics, err := Write(Publish, first, last)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(ics), "BEGIN:VTIMEZONE"); n != 2 {
		t.Errorf("%d zones, want Minsk and Copenhagen once each", n)
	}
	for _, begin := range []string{"20200329T020000", "20201025T030000", "20210328T020000", "20211031T030000", "20220327T020000", "20221030T030000"} {
		if !strings.Contains(string(ics), "DTSTART:"+begin+"\r\n") {
			t.Errorf("the change at %s is missing", begin)
		}
	}
}

func TestEntriesThatAreRefused(t *testing.T) {
	for name, spoil := range map[string]func(*Entry){
		"no UID":       func(e *Entry) { e.UID = "" },
		"no start":     func(e *Entry) { e.Start = time.Time{} },
		"no length":    func(e *Entry) { e.Length = 0 },
		"no stamp":     func(e *Entry) { e.Stamp = time.Time{} },
		"no attendee":  func(e *Entry) { e.Attendee = Contact{} },
		"no organiser": func(e *Entry) { e.Organiser = Contact{} },
		"no zone":      func(e *Entry) { e.Zone = "" },
		"another zone": func(e *Entry) { e.Others = []string{"Europe/Koege"} },
	} {
		t.Run(name, func(t *testing.T) {
			e := sample(t)
			spoil(&e)
			if ics, err := Write(Request, e); err == nil {
				t.Fatalf("written:\n%s", ics)
			}
		})
	}
}

// Whatever people type, it stays inside its own property and comes back as it went.
func FuzzWrite(f *testing.F) {
	f.Add("Title", "Description", "Name", "https://meet.tandem.example/a")
	f.Add("a;b,c\\n:\"d\"", "one\ntwo\r\nthree\rfour", `"quoted" \ ^n`, "https://a\r\nATTENDEE:mailto:x@y")
	f.Add(strings.Repeat("ў", 100), strings.Repeat("😀 ", 60), "Å;B:C", "")
	f.Add("\xff\xd1", "\x00\x1b[0m", "\u2028", "\u0085")
	f.Fuzz(func(t *testing.T, title, description, name, url string) {
		e := sample(t)
		e.Title, e.Description, e.Attendee.Name, e.URL = title, description, name, url
		ics, err := Write(Request, e)
		if err != nil {
			t.Fatal(err)
		}
		checkLines(t, ics)
		cal, err := ical.NewDecoder(bytes.NewReader(ics)).Decode()
		if err != nil {
			t.Fatalf("%v\n%s", err, ics)
		}
		event := cal.Events()[0]
		if n := len(event.Props["ATTENDEE"]); n != 1 {
			t.Fatalf("%d attendees", n)
		}
		for name, typed := range map[string]string{"SUMMARY": title, "DESCRIPTION": description} {
			if got := textOf(t, event.Props, name); got != kept(typed) {
				t.Errorf("%s: %q, want %q", name, got, kept(typed))
			}
		}
	})
}

// kept is what is left of a text without control characters and broken UTF-8.
func kept(s string) string {
	var b strings.Builder
	for _, r := range strings.ReplaceAll(s, "\r\n", "\n") { // a broken octet is one U+FFFD
		if r == '\n' || r == '\t' || r >= ' ' && r < 0x7f || r > 0x9f {
			b.WriteRune(r)
		}
	}
	return b.String()
}
