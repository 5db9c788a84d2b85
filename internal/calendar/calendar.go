// Package calendar knows days and hours: which days are public holidays in Belarus and Denmark, which instant a wall
// clock's time is, and how a conference is written down so that every calendar programme understands it (iCalendar,
// RFC 5545; invitations and cancellations, RFC 5546).
package calendar

import (
	"sync"
	"time"
	_ "time/tzdata" // the program must know every zone on a machine that does not

	"example.org/tandem/internal/problem"
)

// WallLayout is how a wall time without its zone is kept: "2020-08-27T14:00".
const WallLayout = "2006-01-02T15:04"

// Instant is the moment when the clocks of an IANA zone show a wall time. In spring one hour does not exist where clocks
// are put forward: that is refused. In autumn one hour happens twice: then it is the first of the two, as RFC 5545
// §3.3.5 reads it.
func Instant(wall, zone string) (time.Time, error) {
	place, err := findZone(zone)
	if err != nil {
		return time.Time{}, err
	}
	shown, err := time.Parse(WallLayout, wall)
	if err != nil {
		return time.Time{}, &problem.Problem{Kind: problem.Invalid, Key: "calendar.problem.time", Cause: err}
	}
	// The offsets a day before and after are the only two that can hold at this hour; the larger one comes first.
	_, before := shown.Add(-24 * time.Hour).In(place).Zone()
	_, after := shown.Add(24 * time.Hour).In(place).Zone()
	for _, offset := range []int{max(before, after), min(before, after)} {
		at := shown.Add(-time.Duration(offset) * time.Second)
		if Wall(at, place) == wall {
			return at, nil
		}
	}
	return time.Time{}, problem.Refuse("calendar.problem.gap")
}

// Wall is what the clocks of a zone show at an instant.
func Wall(at time.Time, zone *time.Location) string { return at.In(zone).Format(WallLayout) }

var zones sync.Map // by name: reading one from the zone data takes longer than all the rest

// findZone refuses also "" and "Local", which mean something else on every machine.
func findZone(name string) (*time.Location, error) {
	if known, ok := zones.Load(name); ok {
		return known.(*time.Location), nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" {
		return nil, &problem.Problem{Kind: problem.Invalid, Key: "calendar.problem.zone", Cause: err}
	}
	zones.Store(name, zone)
	return zone, nil
}
