// Command bench measures what Tandem's pages cost: `make bench`. For each page it sets the real program beside a bare Echo
// handler that sends the same bytes, in turn and in short rounds, because this machine may be busy with other things: what
// is compared was measured in the same moments, and what is told is the median of the rounds.
//
// How to read the table. `requests/s` is what both reached with that many connections, without compression; `of bare` is
// Tandem's share of the bare handler's, the figure to go by, as it hardly depends on the machine. `p99` is how long the slowest
// hundredth waited. `CPU` is what a request took of the processor in the server alone; behind the plus, what it took in
// PostgreSQL. Lines of `record` are written to disk before they are answered, on both databases; the bare handler keeps nothing.
// Before the table the same figures stand in the format of Go's benchmarks, for benchstat.
//
// What is measured is seeded once (seed.sql) and kept in the user's cache folder; every run works on a copy of it.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// plan is what a run measures.
type plan struct {
	items       []int
	connections []int
	databases   []string
	pages       []page
	rounds      int
	length      time.Duration
	binary      string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	full := flag.Bool("full", os.Getenv("BENCH_FULL") != "", "1,000, 100,000 and 1,000,000 action items instead of 1,000 (also: BENCH_FULL=1)")
	items := flag.String("items", "", "other numbers of action items, with commas")
	databases := flag.String("databases", "sqlite,postgres", "databases, with commas")
	only := flag.String("pages", "", "only these pages, with commas")
	rounds := flag.Int("rounds", 5, "rounds of each server")
	length := flag.Duration("length", 700*time.Millisecond, "length of a round")
	folder := flag.String("bare", "", "serve the files of this folder as the bare handler does")
	flag.Parse()
	if *folder != "" {
		fail(serveBare(ctx, *folder))
		return
	}
	p := plan{items: []int{1000}, connections: []int{1, 16}, databases: strings.Split(*databases, ","), pages: chosen(*only),
		rounds: *rounds, length: *length}
	if *full {
		p.items = []int{1000, 100_000, 1_000_000}
	}
	if *items != "" {
		p.items = nil
		for number := range strings.SplitSeq(*items, ",") {
			n, err := strconv.Atoi(number)
			fail(err)
			p.items = append(p.items, n)
		}
	}
	fail(p.run(ctx))
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// run measures everything and prints it.
func (p plan) run(ctx context.Context) error {
	dir, err := cache()
	if err != nil {
		return err
	}
	p.binary = filepath.Join(dir, "tandem")
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", p.binary, "./cmd/tandem")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("build: %w\n%s", err, out)
	}
	var all results
	for _, name := range p.databases {
		s, err := openStore(name, dir)
		if err != nil {
			return err
		}
		for _, items := range p.items {
			if err = p.measure(ctx, s, items, &all); err != nil {
				break
			}
		}
		s.close()
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	all.print(os.Stdout)
	return nil
}

func openStore(name, dir string) (store, error) {
	edition, err := edition(time.Now())
	if err != nil {
		return nil, err
	}
	switch name {
	case "sqlite":
		return files{dir, edition}, nil
	case "postgres":
		return startCluster(dir, edition)
	}
	return nil, fmt.Errorf("there is no database %q", name)
}
