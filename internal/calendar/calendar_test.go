package calendar

import (
	"testing"
	"time"

	"example.org/tandem/internal/problem"
)

func TestWallTimesBecomeInstants(t *testing.T) {
	for _, c := range []struct{ wall, zone, utc string }{
		{"2020-07-02T14:00", "Europe/Minsk", "2020-07-02T11:00:00Z"},
		{"2020-07-02T13:00", "Europe/Copenhagen", "2020-07-02T11:00:00Z"},
		{"2020-12-02T13:00", "Europe/Copenhagen", "2020-12-02T12:00:00Z"},
		{"2020-12-02T15:00", "Europe/Minsk", "2020-12-02T12:00:00Z"},
		{"2020-03-29T01:59", "Europe/Copenhagen", "2020-03-29T00:59:00Z"},
		{"2020-03-29T03:00", "Europe/Copenhagen", "2020-03-29T01:00:00Z"},
		{"2020-10-25T02:30", "Europe/Copenhagen", "2020-10-25T00:30:00Z"}, // twice that night: the first
		{"2020-10-25T03:00", "Europe/Copenhagen", "2020-10-25T02:00:00Z"},
		{"2010-03-28T03:30", "Europe/Minsk", "2010-03-28T00:30:00Z"}, // Minsk changed clocks until 2011
	} {
		at, err := Instant(c.wall, c.zone)
		if err != nil || at.Format(time.RFC3339) != c.utc {
			t.Errorf("%s in %s: %v, %v; want %s", c.wall, c.zone, at, err, c.utc)
		}
	}
}

func TestWallTimesThatAreRefused(t *testing.T) {
	for _, c := range []struct{ name, wall, zone, key string }{
		{"an hour that the clocks leap over", "2020-03-29T02:30", "Europe/Copenhagen", "calendar.problem.gap"},
		{"the first minute of it", "2020-03-29T02:00", "Europe/Copenhagen", "calendar.problem.gap"},
		{"a day that does not exist", "2021-02-29T10:00", "Europe/Minsk", "calendar.problem.time"},
		{"nothing", "", "Europe/Minsk", "calendar.problem.time"},
		{"seconds", "2020-07-02T14:00:00", "Europe/Minsk", "calendar.problem.time"},
		{"a zone nobody knows", "2020-07-02T14:00", "Europe/Koege", "calendar.problem.zone"},
		{"no zone", "2020-07-02T14:00", "", "calendar.problem.zone"},
		{"this machine's zone", "2020-07-02T14:00", "Local", "calendar.problem.zone"},
		{"a path", "2020-07-02T14:00", "../../etc/passwd", "calendar.problem.zone"},
	} {
		t.Run(c.name, func(t *testing.T) {
			at, err := Instant(c.wall, c.zone)
			if p, ok := problem.As(err); !ok || p.Key != c.key || p.Kind != problem.Invalid {
				t.Fatalf("got %v, %v; want %s", at, err, c.key)
			}
		})
	}
}

// Every quarter of an hour of eleven years, in both zones: what a clock shows leads back to when it showed it.
func TestInstantsAndWallTimesAgree(t *testing.T) {
	for _, name := range []string{"Europe/Minsk", "Europe/Copenhagen"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		twice := 0
		for at := time.Date(2019, 12, 31, 0, 0, 0, 0, time.UTC); at.Year() < 2031; at = at.Add(15 * time.Minute) {
			back, err := Instant(Wall(at, zone), name)
			switch {
			case err != nil:
				t.Fatalf("%s at %v: %v", name, at, err)
			case back.Equal(at.Add(-time.Hour)):
				twice++
			case !back.Equal(at):
				t.Fatalf("%s at %v came back as %v", name, at, back)
			}
		}
		want := map[string]int{"Europe/Minsk": 0, "Europe/Copenhagen": 11 * 4}[name] // one hour of each autumn
		if twice != want {
			t.Errorf("%s: %d quarters of an hour happened twice, want %d", name, twice, want)
		}
	}
}
