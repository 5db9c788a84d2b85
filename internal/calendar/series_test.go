package calendar_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/tandem/internal/calendar"
)

func TestWhatARuleGives(t *testing.T) {
	for _, c := range []struct {
		often calendar.Repeat
		first string
		rule  string
		want  []string // days, the beginning of the list
		count int
	}{
		{calendar.Weekly, "2026-10-15T13:00", "FREQ=WEEKLY", []string{"2026-10-15", "2026-10-22", "2026-10-29"}, 60},
		{calendar.Fortnightly, "2026-10-15T13:00", "FREQ=WEEKLY;INTERVAL=2", []string{"2026-10-15", "2026-10-29", "2026-11-12"}, 53},
		{calendar.MonthlyWeekday, "2026-10-01T13:00", "FREQ=MONTHLY;BYDAY=1TH", []string{"2026-10-01", "2026-11-05", "2026-12-03", "2027-01-07"}, 24},
		{calendar.MonthlyWeekday, "2026-10-29T13:00", "FREQ=MONTHLY;BYDAY=-1TH", []string{"2026-10-29", "2026-11-26", "2026-12-31", "2027-01-28"}, 25},
		{calendar.MonthlyDate, "2026-12-31T13:00", "FREQ=MONTHLY;BYMONTHDAY=31", []string{"2026-12-31", "2027-01-31", "2027-03-31"}, 15},
		{calendar.Quarterly, "2026-10-01T13:00", "FREQ=MONTHLY;INTERVAL=3;BYDAY=1TH", []string{"2026-10-01", "2027-01-07", "2027-04-01"}, 8},
		{calendar.Yearly, "2026-10-15T13:00", "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=15", []string{"2026-10-15", "2027-10-15", "2028-10-15"}, 3},
		{calendar.Yearly, "2028-02-29T13:00", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", []string{"2028-02-29"}, 1},
	} {
		rule, err := calendar.Rule(c.often, c.first)
		if err != nil || rule != c.rule {
			t.Errorf("%s from %s: %q, %v", c.often, c.first, rule, err)
			continue
		}
		got, err := calendar.Occurrences(rule, c.first)
		if err != nil || len(got) != c.count {
			t.Errorf("%s from %s: %d occurrences, not %d (%v)", c.often, c.first, len(got), c.count, err)
			continue
		}
		for i, day := range c.want {
			if got[i] != day+"T13:00" {
				t.Errorf("%s from %s: number %d is %s, not %s", c.often, c.first, i, got[i], day)
			}
		}
		if few, err := calendar.Occurrences(calendar.Counted(rule, 2), c.first); err != nil || !slices.Equal(few, got[:min(2, len(got))]) {
			t.Errorf("two of them: %v, %v", few, err)
		}
	}
	if _, err := calendar.Rule("sometimes", "2026-10-01T13:00"); err == nil {
		t.Error("'sometimes' is a rule")
	}
}

// Only Denmark changes its clocks: on 25 October 2026, 28 March and 31 October 2027. Whose clock stays is what the anchor says.
func TestTheOtherSidesHourMoves(t *testing.T) {
	for _, c := range []struct {
		anchor, other, first string
		want                 []string // by the other clock
	}{
		{"Europe/Copenhagen", "Europe/Minsk", "2026-10-22T13:00", []string{"10-22T14:00", "10-29T15:00"}},
		{"Europe/Minsk", "Europe/Copenhagen", "2026-10-22T14:00", []string{"10-22T13:00", "10-29T12:00"}},
		{"Europe/Copenhagen", "Europe/Minsk", "2027-03-25T13:00", []string{"03-25T15:00", "04-01T14:00"}},
		{"Europe/Minsk", "Europe/Copenhagen", "2027-03-25T14:00", []string{"03-25T12:00", "04-01T13:00"}},
		{"Europe/Copenhagen", "Europe/Minsk", "2027-10-28T13:00", []string{"10-28T14:00", "11-04T15:00"}},
	} {
		walls, err := calendar.Occurrences("FREQ=WEEKLY;COUNT=2", c.first)
		if err != nil {
			t.Fatal(err)
		}
		other, _ := time.LoadLocation(c.other)
		for i, wall := range walls {
			at, err := calendar.Instant(wall, c.anchor)
			if got := calendar.Wall(at, other); err != nil || got[5:] != c.want[i] {
				t.Errorf("anchored in %s, %s is %s, not %s (%v)", c.anchor, wall, got, c.want[i], err)
			}
		}
	}
}

func TestASeriesAsAnEntry(t *testing.T) {
	at := func(wall string) time.Time {
		i, err := calendar.Instant(wall, "Europe/Copenhagen")
		if err != nil {
			t.Fatal(err)
		}
		return i
	}
	whole := calendar.Entry{UID: "a@b", Sequence: 1, Stamp: at("2026-10-01T08:00"), Start: at("2026-10-15T13:00"), Length: time.Hour, Zone: "Europe/Copenhagen",
		Others: []string{"Europe/Minsk"}, Rule: "FREQ=WEEKLY;COUNT=4", Without: []time.Time{at("2026-10-29T13:00")}, Until: at("2026-11-05T14:00")}
	moved := calendar.Entry{UID: "a@b", Sequence: 2, Stamp: whole.Stamp, Start: at("2026-10-22T12:00"), Length: time.Hour, Zone: "Europe/Minsk",
		Recurs: at("2026-10-22T13:00"), RecursIn: "Europe/Copenhagen"}
	file, err := calendar.Write(calendar.Publish, whole, moved)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"RRULE:FREQ=WEEKLY;COUNT=4", "DTSTART;TZID=Europe/Copenhagen:20261015T130000", "EXDATE;TZID=Europe/Copenhagen:20261029T130000",
		"RECURRENCE-ID;TZID=Europe/Copenhagen:20261022T130000", "DTSTART;TZID=Europe/Minsk:20261022T130000", "DTSTART:20261025T030000"} {
		if !strings.Contains(string(file), "\r\n"+line+"\r\n") {
			t.Errorf("no %s in\n%s", line, file)
		}
	}
}
