package main

import (
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"

	"golang.org/x/sync/errgroup"

	"example.org/tandem/internal/config"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/demo"
)

type demoRun struct {
	Listen string `default:"localhost:8080" placeholder:"HOST:PORT" help:"Where to listen; only this machine's own names and addresses are taken."`
	Data   string `default:"data/demo" placeholder:"DIR" type:"path" help:"Folder that keeps what is done in the demo. Delete it to begin anew."`
}

// Run shows the demo until the context ends.
func (d demoRun) Run(p *program) error {
	host, err := d.host()
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(p.stderr, nil))
	slog.SetDefault(log)
	if err := os.MkdirAll(d.Data, 0o700); err != nil {
		return err
	}
	clock, err := demo.OpenClock(d.Data, database.MachineClock)
	if err != nil {
		return err
	}
	db, err := database.Open(p.ctx, "sqlite:"+filepath.Join(d.Data, "tandem.db"), clock.Now)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := db.Migrate(p.ctx); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", d.Listen)
	if err != nil {
		return err
	}
	defer listener.Close()
	return show(p, listener, demo.Parts{URL: address(host, listener), Folder: d.Data, DB: db, Clock: clock,
		Machine: database.MachineClock, Log: log}, clock)
}

func show(p *program, listener net.Listener, parts demo.Parts, clock *demo.Clock) error {
	tandem, err := demo.New(p.ctx, parts)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "Tandem’s demo is at %s (end it with Ctrl+C)\n", parts.URL)
	group, ctx := errgroup.WithContext(p.ctx)
	group.Go(func() error { return clock.Keep(ctx) })
	group.Go(func() error { return tandem.Serve(ctx, listener) })
	return group.Wait()
}

// host refuses what other machines could reach: the demo lets anyone be anyone.
func (d demoRun) host() (string, error) {
	host, _, err := net.SplitHostPort(d.Listen)
	if err != nil {
		return "", config.Complaints{"--listen: " + d.Listen + " is no host:port such as localhost:8080"}
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return "", config.Complaints{"--listen: the demo has no passwords and is for this machine only; " + d.Listen + " can be reached from others"}
	}
	return host, nil
}

// address is where the demo is reached: under the name that was asked for, at the port that is really bound.
func address(host string, listener net.Listener) *url.URL {
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	return &url.URL{Scheme: "http", Host: net.JoinHostPort(host, port)}
}
