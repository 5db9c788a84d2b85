// Package app puts Tandem's parts together into one program. What a test or the demo replaces (the clock, who carries mail,
// where people sign in) is handed in; everything else is made here.
package app

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"

	"example.org/tandem/internal/action"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/config"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/decision"
	"example.org/tandem/internal/files"
	"example.org/tandem/internal/inbox"
	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/mail"
	"example.org/tandem/internal/minutes"
	"example.org/tandem/internal/notify"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/ratelimit"
	"example.org/tandem/internal/room"
	"example.org/tandem/internal/signin"
	"example.org/tandem/internal/web"
	"example.org/tandem/internal/work"
)

// Parts are what the program is made from.
type Parts struct {
	Settings  config.Settings
	DB        *database.DB // open, migrated, on the clock that governs content and jobs
	Files     *files.Store // open
	Catalog   *locale.Catalog
	Mail      mail.Sender
	Providers []signin.Provider
	Machine   database.Clock // of sessions and cookies
	Log       *slog.Logger
	Demo      web.Demo // nil in serve
}

// App is the whole program, ready to serve.
type App struct {
	Handler http.Handler
	Jobs    *jobs.Runner
	db      *database.DB
	files   *files.Store
	audit   *audit.Keeper
	post    *notify.Desk
	inbox   *inbox.Box // nil: no mailbox is read
	log     *slog.Logger
	metrics *metrics
	listen  string // of the metrics
}

// New puts it together. It asks nothing of the outside yet.
func New(p Parts) (*App, error) {
	door, err := signin.New(p.DB, p.Providers, signin.Settings{URL: p.Settings.URL, Secret: []byte(p.Settings.Secret.Reveal()), Clock: p.Machine})
	if err != nil {
		return nil, err
	}
	keeper, err := audit.NewKeeper(p.DB, []byte(p.Settings.Secret.Reveal()))
	if err != nil {
		return nil, err
	}
	runner := jobs.New(p.DB, p.Log)
	p.Files.Register(runner)
	org.New(p.DB).Register(runner)
	desk := work.New(p.DB, work.Parts{Conferences: conferences(p), Decisions: decision.New(p.DB), Actions: action.New(p.DB),
		Minutes: minutes.New(p.DB), Org: org.New(p.DB), Lessons: lesson.New(p.DB).WithFiles(p.Files), Files: p.Files})
	back := returning(p)
	post := notify.New(notify.Parts{Back: back, DB: p.DB, Catalog: p.Catalog, URL: p.Settings.URL, From: p.Settings.MailFrom, Mail: p.Mail,
		Conferences: desk.Conferences, Minutes: desk.Minutes, Lessons: desk.Lessons, Org: desk.Org, Work: desk})
	post.Register(runner)
	box, err := mailbox(p, desk, back)
	if err != nil {
		return nil, err
	}
	counted := newMetrics()
	site, err := web.New(web.Parts{
		URL: p.Settings.URL, DB: p.DB, Catalog: p.Catalog, SignIn: door, Limits: ratelimit.New(p.DB, p.Machine), Log: p.Log, Demo: p.Demo, Proxies: p.Settings.TrustedProxies,
		Org: desk.Org, Action: desk.Actions, Conference: desk.Conferences, Decision: desk.Decisions, Minutes: desk.Minutes, Lesson: desk.Lessons, Files: p.Files, Work: desk, Observe: counted.observe, Controller: p.Settings.Controller, Inbox: box, Back: back,
	})
	if err != nil {
		return nil, err
	}
	return &App{Handler: site, Jobs: runner, db: p.DB, files: p.Files, audit: keeper, post: post, inbox: box, log: p.Log, metrics: counted, listen: p.Settings.MetricsListen}, nil
}

// returning is the way by mail into a mailbox that is read, if one is.
func returning(p Parts) mail.Return {
	if p.Settings.IMAP == "" {
		return mail.Return{}
	}
	return mail.NewReturn(p.Settings.MailFrom.Address, []byte(p.Settings.Secret.Reveal()))
}

// mailbox is the one that is read, if one is named.
func mailbox(p Parts, desk *work.Desk, back mail.Return) (*inbox.Box, error) {
	if p.Settings.IMAP == "" {
		return nil, nil
	}
	at, err := mail.ParseMailbox(p.Settings.IMAP.Reveal())
	if err != nil {
		return nil, err
	}
	return inbox.Open(at, &inbox.Desk{DB: p.DB, Work: desk, URL: p.Settings.URL, Back: back}, p.Log), nil
}

// conferences can make rooms on the servers that are named.
func conferences(p Parts) *conference.Store {
	var servers room.Servers
	s := p.Settings
	if s.RoomBase != nil {
		servers.Jitsi = room.NewJitsi(s.RoomBase.String(), []byte(s.Secret.Reveal())).Signing(s.JitsiApp, []byte(s.JitsiSecret.Reveal()))
	}
	if s.BBB != nil {
		servers.BigBlueButton = room.NewBigBlueButton(s.BBB.String(), s.BBBSecret.Reveal())
	}
	return conference.New(p.DB).WithRooms(servers)
}

// Serve answers on a listener and does the jobs until the context ends; then requests under way are finished.
func (a *App) Serve(ctx context.Context, listener net.Listener) error {
	server := &http.Server{
		Handler: a.Handler, ErrorLog: slog.NewLogLogger(a.log.Handler(), slog.LevelWarn),
		ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, WriteTimeout: 2 * time.Minute, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 64 << 10,
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return a.Jobs.Run(ctx) })
	group.Go(func() error { return a.tidy(ctx) })
	group.Go(func() error { return a.audit.Run(ctx, a.log) })
	group.Go(func() error { return a.metrics.serve(ctx, a.listen) })
	group.Go(func() error { return a.inbox.Run(ctx) })
	group.Go(func() error {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	group.Go(func() error {
		<-ctx.Done()
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 15*time.Second)
		defer cancel()
		return server.Shutdown(last)
	})
	return group.Wait()
}

// tidy removes what an earlier end of the program left among the files, and has what is needed no more forgotten every day. That it
// cannot is no reason not to serve.
func (a *App) tidy(ctx context.Context) error {
	if err := a.files.Begin(ctx); err != nil && ctx.Err() == nil {
		a.log.ErrorContext(ctx, "the folder of files could not be swept", "error", err)
	}
	if err := jobs.Daily(ctx, a.db, org.TidyJob, 0); err != nil && ctx.Err() == nil {
		a.log.ErrorContext(ctx, "the daily tidying could not be planned", "error", err)
	}
	if err := a.Begin(ctx); err != nil && ctx.Err() == nil {
		a.log.ErrorContext(ctx, "the mails of the day and of the week could not be planned", "error", err)
	}
	return nil
}

// Begin plans the mails of the day and of the week, as Serve does.
func (a *App) Begin(ctx context.Context) error { return a.post.Begin(ctx) }
