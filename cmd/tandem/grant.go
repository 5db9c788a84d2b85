package main

import (
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"time"

	"example.org/tandem/internal/config"
	"example.org/tandem/internal/org"
)

type grant struct {
	Issuer string `required:"" placeholder:"URL" help:"Issuer of the sign-in provider, exactly as in the settings."`
	Email  string `required:"" placeholder:"X" help:"Their e-mail address, which the provider has to have verified."`
}

// Run leaves a grant for whoever signs in next with that address.
func (g grant) Run(p *program) error {
	settings, err := config.Load(p.environ)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(settings.Providers, func(known config.Provider) bool { return known.Issuer == g.Issuer }) {
		return config.Complaints{"--issuer: " + g.Issuer + " is none of the providers in the settings"}
	}
	email := strings.TrimSpace(g.Email)
	if a, err := mail.ParseAddress(email); err != nil || a.Address != email {
		return config.Complaints{"--email: " + g.Email + " is no e-mail address"}
	}
	db, err := openDatabase(p.ctx, settings.Database.Reveal())
	if err != nil {
		return err
	}
	defer db.Close()
	ends, err := org.New(db).Grant(p.ctx, g.Issuer, email)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "Whoever signs in at %s with the verified address %s until %s becomes a site administrator, once: %s/sign-in\n",
		g.Issuer, email, ends.Format(time.RFC3339), settings.URL)
	return nil
}
