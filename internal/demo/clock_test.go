package demo_test

import (
	"testing"
	"time"

	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/demo"
)

func openClock(t *testing.T, folder string, machine *dbtest.Clock) *demo.Clock {
	t.Helper()
	c, err := demo.OpenClock(folder, machine.Now)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestDemoTimeBeginsWithTheStoryAndRuns(t *testing.T) {
	machine := dbtest.NewClock()
	c := openClock(t, t.TempDir(), machine)
	if got := c.Now(); !got.Equal(dbtest.Start) {
		t.Fatalf("begins at %v", got)
	}
	machine.Advance(3 * time.Second)
	if got := c.Now().Sub(dbtest.Start); got != 3*time.Second {
		t.Fatalf("ran %v", got)
	}
}

func TestDemoTimeNeverGoesBackOverACrash(t *testing.T) {
	machine, folder := dbtest.NewClock(), t.TempDir()
	c := openClock(t, folder, machine)
	if err := c.MoveTo(dbtest.Start.AddDate(0, 0, 7)); err != nil {
		t.Fatal(err)
	}
	machine.Advance(time.Hour) // nobody kept the clock: it stands where the file lets it
	last := c.Now()
	if again := openClock(t, folder, machine).Now(); again.Before(last) {
		t.Fatalf("was %v, is %v", last, again)
	}
}

func TestDemoTimeIsNotMovedBack(t *testing.T) {
	c := openClock(t, t.TempDir(), dbtest.NewClock())
	if err := c.MoveTo(dbtest.Start.Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	if got := c.Now(); got.Before(dbtest.Start) {
		t.Fatalf("went back to %v", got)
	}
}
