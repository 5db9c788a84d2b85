package calendar

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

const (
	minsk      = "Europe/Minsk"
	copenhagen = "Europe/Copenhagen"
)

// twoClocks is one day of testdata/two-clocks.csv. The table was put together apart from this package, from the rules as they are
// published: clocks change on the last Sundays of March and October at 1:00 UTC, in Denmark only; both Easters by Meeus; the days
// that Belarus moved as its government announced them, of which none are known after 2026.
type twoClocks struct {
	day, fromMinsk, fromCopenhagen, belarus, denmark, entered, what string
}

func readTwoClocks(t *testing.T) (list []twoClocks) {
	for _, r := range table(t, "testdata/two-clocks.csv") {
		list = append(list, twoClocks{r[0], r[1], r[2], r[3], r[4], r[5], r[6]})
	}
	return list
}

func table(t *testing.T, name string) [][]string {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil || len(rows) < 100 {
		t.Fatalf("%s: %d rows, %v", name, len(rows), err)
	}
	return rows[1:]
}

// Every year from 2019 to 2030 has its two changes with the day before and after, Radunitsa, both Easters and Denmark's holidays.
func TestTheTableOfTwoClocksLeavesOutNoYear(t *testing.T) {
	seen := map[string]int{}
	for _, row := range readTwoClocks(t) {
		for _, what := range []string{"the day before Denmark's clocks", "Denmark's clocks are put forward", "Denmark's clocks are put back",
			"the day after Denmark's clocks", "Radunitsa", "Orthodox Easter", "Easter Sunday", "Great Prayer Day", "Whit Monday"} {
			if strings.HasPrefix(row.what, what) || strings.Contains(row.what, " · "+what) {
				seen[row.day[:4]+what]++
			}
		}
	}
	for year := 2019; year <= 2030; year++ {
		for what, n := range map[string]int{"the day before Denmark's clocks": 2, "Denmark's clocks are put forward": 1, "Denmark's clocks are put back": 1,
			"the day after Denmark's clocks": 2, "Radunitsa": 1, "Orthodox Easter": 1, "Easter Sunday": 1, "Great Prayer Day": 1, "Whit Monday": 1} {
			if got := seen[strconv.Itoa(year)+what]; got != n {
				t.Errorf("%d has %q %d times", year, what, got)
			}
		}
	}
}

func TestTheOtherClockOnEveryDayThatMatters(t *testing.T) {
	for _, row := range readTwoClocks(t) {
		if got := across(t, row.day+"T14:00", minsk, copenhagen); got != row.day+"T"+row.fromMinsk {
			t.Errorf("%s (%s): 14:00 in Minsk is %s in Copenhagen, not %s", row.day, row.what, got, row.fromMinsk)
		}
		if got := across(t, row.day+"T13:00", copenhagen, minsk); got != row.day+"T"+row.fromCopenhagen {
			t.Errorf("%s (%s): 13:00 in Copenhagen is %s in Minsk, not %s", row.day, row.what, got, row.fromCopenhagen)
		}
	}
}

// across is what the other side's clocks show.
func across(t *testing.T, wall, from, to string) string {
	t.Helper()
	at, err := Instant(wall, from)
	if err != nil {
		t.Fatal(wall, err)
	}
	zone, err := findZone(to)
	if err != nil {
		t.Fatal(err)
	}
	return Wall(at, zone)
}

func TestWhatBothCountriesKeepOnEveryDayThatMatters(t *testing.T) {
	rows := readTwoClocks(t)
	var entered []SpecialDay
	for _, row := range rows {
		if row.entered != "" {
			entered = append(entered, SpecialDay{Country: "BY", On: row.day, Kind: Kind(row.entered)})
		}
	}
	days := NewDays(entered)
	for _, row := range rows {
		if got := days.Of("BY", row.day).Kind; got != Kind(row.belarus) {
			t.Errorf("%s (%s) is %s in Belarus, not %s", row.day, row.what, got, row.belarus)
		}
		if got := days.Of("DK", row.day).Kind; got != Kind(row.denmark) {
			t.Errorf("%s (%s) is %s in Denmark, not %s", row.day, row.what, got, row.denmark)
		}
		// What a government moves nobody can compute: by the rules alone the day is as any other.
		if plain := map[string]Kind{"holiday": Working, "working": Weekend}[row.entered]; plain != "" && (Days{}).Of("BY", row.day).Kind != plain {
			t.Errorf("%s: the rules alone know that it was moved", row.day)
		}
	}
}

// The hours around each change itself: one that does not exist in spring, one that there is twice in autumn.
func TestTheHoursInWhichDenmarkChangesItsClocks(t *testing.T) {
	for _, row := range table(t, "testdata/clock-changes.csv") {
		day, from, hour, other, instant := row[0], row[1], row[2], row[3], row[4]
		at, err := Instant(day+"T"+hour, from)
		if other == "-" {
			if err == nil {
				t.Errorf("%s %s in %s does not exist; got %v", day, hour, from, at)
			}
			continue
		}
		to := map[string]string{minsk: copenhagen, copenhagen: minsk}[from]
		if err != nil || at.Format("2006-01-02T15:04Z") != instant {
			t.Errorf("%s %s in %s is %v, not %s (%v)", day, hour, from, at, instant, err)
		} else if got := across(t, day+"T"+hour, from, to); got[11:] != other {
			t.Errorf("%s %s in %s is %s in %s, not %s", day, hour, from, got, to, other)
		}
	}
}

// A series keeps the hour of the side that it is anchored in, over every change, in both directions.
func TestASeriesOverEveryChangeOfClocks(t *testing.T) {
	rows := map[string]twoClocks{}
	for _, row := range readTwoClocks(t) {
		rows[row.day] = row
	}
	series := 0
	for _, first := range rows {
		if !strings.Contains(first.what, "the day before Denmark's clocks") {
			continue
		}
		for _, c := range []struct {
			from, to, hour string
			want           func(twoClocks) string
		}{
			{minsk, copenhagen, "14:00", func(r twoClocks) string { return r.fromMinsk }},
			{copenhagen, minsk, "13:00", func(r twoClocks) string { return r.fromCopenhagen }},
		} {
			walls, err := Occurrences("FREQ=DAILY;COUNT=3", first.day+"T"+c.hour)
			if err != nil || len(walls) != 3 {
				t.Fatal(walls, err)
			}
			series++
			for _, wall := range walls {
				row, known := rows[wall[:10]]
				if got := across(t, wall, c.from, c.to)[11:]; !known || wall[11:] != c.hour || got != c.want(row) {
					t.Errorf("anchored in %s, %s is %s on the other side, not %s", c.from, wall, got, c.want(row))
				}
			}
		}
	}
	if series != 2*2*12 {
		t.Errorf("%d series", series)
	}
}

// Other people's programmes read the same hours from the zones that the entries describe.
func TestTwoOtherProgrammesReadBothClocksOverAllYears(t *testing.T) {
	type want struct{ minsk, copenhagen string }
	var entries []Entry
	meant := map[string]want{}
	for _, row := range readTwoClocks(t) {
		for from, w := range map[string]want{
			minsk:      {row.day + "T14:00", row.day + "T" + row.fromMinsk},
			copenhagen: {row.day + "T" + row.fromCopenhagen, row.day + "T13:00"},
		} {
			wall, other := w.minsk, copenhagen
			if from == copenhagen {
				wall, other = w.copenhagen, minsk
			}
			at, err := Instant(wall, from)
			if err != nil {
				t.Fatal(err)
			}
			uid := row.day + "@" + from
			meant[uid] = w
			entries = append(entries, Entry{UID: uid, Stamp: at, Start: at, Length: time.Hour, Zone: from, Others: []string{other}, Title: row.day,
				Organiser: Contact{Email: "a@example.org"}})
		}
	}
	file, err := Write(Publish, entries...)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "all.ics")
	if err := os.WriteFile(name, file, 0o600); err != nil {
		t.Fatal(err)
	}
	for program, script := range map[string]string{"node": "testdata/readers/ical.mjs", "/usr/bin/python3": "testdata/readers/icalendar.py"} {
		t.Run(filepath.Base(script), func(t *testing.T) {
			events := otherProgramme(t, program, script, []string{name})[name]
			if len(events) != len(meant) {
				t.Fatalf("%d entries, not %d", len(events), len(meant))
			}
			for _, e := range events {
				if got := (want{e.Starts[minsk], e.Starts[copenhagen]}); got != meant[e.UID] {
					t.Errorf("%s: %v, not %v", e.UID, got, meant[e.UID])
				}
			}
		})
	}
}
