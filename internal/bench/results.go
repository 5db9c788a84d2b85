package main

import (
	"fmt"
	"io"
	"runtime"
	"slices"
	"text/tabwriter"
	"time"
)

// What is aimed at. A figure that falls short is said to; nothing else happens.
const (
	goalRecords = 2200 // a second, durable, by sixteen writers, on SQLite
	goalGrowth  = 1.2  // times the processor at most, from the smallest number of items to the largest
	goalStart   = 300 * time.Millisecond
	goalMemory  = 80 // MB
)

// goalList is the share of the bare handler that the list of action items aims at, with 16 connections.
var goalList = map[string]float64{"sqlite": 1.0 / 10, "postgres": 1.0 / 12}

// line is one page on one database with a number of items and of connections: rounds of the two servers, in turn.
type line struct {
	store, page        string
	items, connections int
	bytes              int
	bare, ours         []round
}

// program is what was seen of the program as a whole.
type program struct {
	store  string
	items  int
	start  time.Duration
	memory float64 // MB, after all pages
}

type results struct {
	lines    []line
	programs []program
}

func median[T int | float64 | time.Duration](list []T) T {
	sorted := slices.Sorted(slices.Values(list))
	return sorted[len(sorted)/2]
}

func of[T int | float64 | time.Duration](rounds []round, what func(round) T) T {
	var list []T
	for _, r := range rounds {
		list = append(list, what(r))
	}
	return median(list)
}

// share is the median of what Tandem reached of what the bare handler did in the moment before.
func (l line) share() float64 {
	var list []float64
	for i := range l.ours {
		list = append(list, l.ours[i].perSecond()/l.bare[i].perSecond())
	}
	return median(list)
}

// cost is what a request took of the processor, the database's own processes included.
func (l line) cost() time.Duration { return of(l.ours, round.cost) + of(l.ours, round.behind) }

func (a results) print(out io.Writer) {
	fmt.Fprintf(out, "goos: %s\ngoarch: %s\npkg: example.org/tandem/internal/bench\n", runtime.GOOS, runtime.GOARCH)
	for _, l := range a.lines {
		l.benchmark(out, "bare", l.bare)
		l.benchmark(out, "tandem", l.ours)
	}
	fmt.Fprintf(out, "\n%s, %d processors, %s\n\n", time.Now().Format("2006-01-02 15:04"), runtime.NumCPU(), runtime.Version())
	a.table(out)
	a.growth(out)
	a.whole(out)
}

// benchmark is a line in the format of Go's benchmarks.
func (l line) benchmark(out io.Writer, server string, rounds []round) {
	for _, r := range rounds {
		fmt.Fprintf(out, "BenchmarkPage/database=%s/items=%d/page=%s/connections=%d/server=%s-%d\t%d\t%d ns/op\t%.0f req/s\t%d p99-ns\t%d cpu-ns/op\t%d db-cpu-ns/op\n",
			l.store, l.items, l.page, l.connections, server, runtime.NumCPU(), len(r.waits), r.each(), r.perSecond(), r.p99(), r.cost(), r.behind())
	}
}

func (a results) table(out io.Writer) {
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "database\titems\tpage\tconnections\trequests/s\tbare\tof bare\tp99\tbare\tCPU\tbare\tgoal\t")
	for _, l := range a.lines {
		cpu := short(of(l.ours, round.cost))
		if behind := of(l.ours, round.behind); behind > 0 {
			cpu += " + " + short(behind)
		}
		fmt.Fprintf(t, "%s\t%d\t%s\t%d\t%.0f\t%.0f\t1/%.1f\t%s\t%s\t%s\t%s\t%s\t\n", l.store, l.items, l.page, l.connections,
			of(l.ours, round.perSecond), of(l.bare, round.perSecond), 1/l.share(), short(of(l.ours, round.p99)), short(of(l.bare, round.p99)),
			cpu, short(of(l.bare, round.cost)), l.goal())
	}
	t.Flush()
}

func short(d time.Duration) string { return fmt.Sprintf("%.3g ms", float64(d.Microseconds())/1000) }

func (l line) goal() string {
	goal, there := goalList[l.store]
	switch {
	case l.connections != 16:
		return ""
	case l.page == "actions" && there:
		return verdict(fmt.Sprintf("1/%.0f", 1/goal), l.share() >= goal)
	case l.page == "record" && l.store == "sqlite":
		return verdict(fmt.Sprintf("%d/s", goalRecords), of(l.ours, round.perSecond) >= goalRecords)
	}
	return ""
}

func verdict(goal string, reached bool) string {
	if reached {
		return goal + ": reached"
	}
	return goal + ": short of the goal"
}

// growth sets each page at the largest number of items beside the smallest.
func (a results) growth(out io.Writer) {
	for _, l := range a.lines {
		first := a.lines[slices.IndexFunc(a.lines, func(o line) bool {
			return o.store == l.store && o.page == l.page && o.connections == l.connections
		})]
		if first.items == l.items {
			continue
		}
		times := float64(l.cost()) / float64(first.cost())
		fmt.Fprintf(out, "%s, %s, %d connections: %d items take %.2f times the CPU of %d (goal %.1f: %s)\n", l.store, l.page, l.connections,
			l.items, times, first.items, goalGrowth, verdict("at most", times <= goalGrowth))
	}
}

func (a results) whole(out io.Writer) {
	for _, p := range a.programs {
		fmt.Fprintf(out, "%s, %d items: ready after %d ms (%s); %.0f MB of memory after all pages (%s)\n", p.store, p.items,
			p.start.Milliseconds(), verdict(fmt.Sprint("goal ", goalStart), p.start <= goalStart),
			p.memory, verdict(fmt.Sprintf("goal %d MB", goalMemory), p.memory <= goalMemory))
	}
}
