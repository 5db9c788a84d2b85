package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"

	"example.org/tandem/internal/app"
	"example.org/tandem/internal/config"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/files"
	"example.org/tandem/internal/mail"
	"example.org/tandem/internal/signin"
	"example.org/tandem/locales"
)

type serve struct{}

// Run serves until the context ends. It migrates first: several may start at once, and one of them does it.
func (serve) Run(p *program) error {
	settings, err := config.Load(p.environ)
	if err != nil {
		return err
	}
	log := slog.New(slog.NewJSONHandler(p.stderr, nil))
	slog.SetDefault(log)
	db, err := openDatabase(p.ctx, settings.Database.Reveal())
	if err != nil {
		return err
	}
	defer db.Close()
	kept, err := files.Open(db, settings.Blobs, log)
	if err != nil {
		return config.Complaints{"TANDEM_BLOBS: " + err.Error()}
	}
	defer kept.Close()
	tandem, err := assemble(settings, db, kept, log)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", settings.Listen)
	if err != nil {
		return fmt.Errorf("TANDEM_LISTEN: %w", err)
	}
	fmt.Fprintf(p.stdout, "Tandem listens on %s and is reached at %s\n", listener.Addr(), settings.URL)
	return tandem.Serve(p.ctx, listener)
}

func assemble(settings config.Settings, db *database.DB, kept *files.Store, log *slog.Logger) (*app.App, error) {
	catalog, err := locales.Catalog()
	if err != nil {
		return nil, err
	}
	carrier, err := mail.NewSMTP(settings.SMTP.Reveal(), settings.MailFrom.String())
	if err != nil {
		return nil, config.Complaints{"TANDEM_SMTP: " + err.Error()}
	}
	var providers []signin.Provider
	for _, p := range settings.Providers {
		providers = append(providers, signin.Provider{Provider: p})
	}
	return app.New(app.Parts{Settings: settings, DB: db, Files: kept, Catalog: catalog, Mail: carrier, Providers: providers,
		Machine: database.MachineClock, Log: log})
}

func openDatabase(ctx context.Context, address string) (*database.DB, error) {
	db, err := database.Open(ctx, address, database.MachineClock)
	if err != nil {
		return nil, fmt.Errorf("TANDEM_DATABASE: %w", err)
	}
	if err := db.Migrate(ctx); err != nil {
		db.Close()
		return nil, fmt.Errorf("TANDEM_DATABASE: %w", err)
	}
	return db, nil
}

type migrate struct{}

// Run brings the database up to date.
func (migrate) Run(p *program) error {
	settings, err := config.Load(p.environ)
	if err != nil {
		return err
	}
	db, err := openDatabase(p.ctx, settings.Database.Reveal())
	if err != nil {
		return err
	}
	defer db.Close()
	fmt.Fprintln(p.stdout, "The database is up to date.")
	return nil
}
