package main

import (
	"fmt"
	"slices"
	"strings"

	"example.org/tandem/internal/config"
	"example.org/tandem/internal/database"
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
	if !strings.Contains(g.Email, "@") {
		return config.Complaints{"--email: " + g.Email + " is no e-mail address"}
	}
	db, err := openDatabase(p.ctx, settings.Database.Reveal())
	if err != nil {
		return err
	}
	defer db.Close()
	err = db.Write(p.ctx, func(tx *database.Tx) error { return org.LeaveGrantIn(p.ctx, tx, g.Issuer, g.Email) })
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "Whoever signs in at %s with the verified address %s within 24 hours becomes a site administrator, once: %s/sign-in\n",
		g.Issuer, g.Email, settings.URL)
	return nil
}
