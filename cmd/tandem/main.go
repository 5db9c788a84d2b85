// Command tandem is the portal through which two Red Cross societies work as one team: one file with everything in it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/alecthomas/kong"

	"example.org/tandem/internal/config"
)

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(300) // little is kept and much is made for each page: memory of a few megabytes for a tenth of the work
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Environ(), os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// Exit codes.
const (
	good   = 0
	failed = 1
	wrong  = 2 // settings or the command line: nothing was begun
)

// program is what every command has to do with the world.
type program struct {
	ctx            context.Context
	environ        []string
	stdout, stderr io.Writer
}

type commands struct {
	Serve   serve   `cmd:"" help:"Serve Tandem. Settings come from the environment (TANDEM_…) and the file that TANDEM_CONFIG names."`
	Demo    demoRun `cmd:"" help:"Show Tandem with made-up content, on this machine only. Needs no settings."`
	Migrate migrate `cmd:"" help:"Bring the database up to date and end. Serving does so too."`
	Grant   grant   `cmd:"" help:"Make the first site administrator: the next verified sign-in with an e-mail address, once, within 24 hours."`
	Audit   logbook `cmd:"" help:"Look after the audit log."`
	Version version `cmd:"" help:"Say which version this is."`
}

// ended is how the parser of the command line says that it has answered already, with --help.
type ended int

// run is the whole program; it ends when its work does or the context, and gives the exit code.
func run(ctx context.Context, args, environ []string, stdout, stderr io.Writer) (code int) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case ended:
			code = int(r)
		default:
			panic(r)
		}
	}()
	parser, err := kong.New(&commands{}, kong.Name("tandem"), kong.Writers(stdout, stderr),
		kong.Description("Tandem is the portal through which two Red Cross societies work as one team."),
		kong.Exit(func(code int) { panic(ended(code)) }))
	if err != nil {
		panic(err) // the commands above are part of the program
	}
	chosen, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(stderr, "tandem: %v\nTry: tandem --help\n", err)
		return wrong
	}
	return explain(stderr, chosen.Run(&program{ctx, environ, stdout, stderr}))
}

// explain tells the operator what went wrong: each setting on a line of its own.
func explain(stderr io.Writer, err error) int {
	var complaints config.Complaints
	switch {
	case err == nil:
		return good
	case errors.As(err, &complaints):
		for _, line := range complaints {
			fmt.Fprintln(stderr, line)
		}
		return wrong
	default:
		fmt.Fprintln(stderr, "tandem:", err)
		return failed
	}
}
