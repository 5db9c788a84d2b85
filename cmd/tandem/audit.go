package main

import (
	"fmt"

	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/config"
)

// logbook are the commands about the audit log.
type logbook struct {
	Verify verify `cmd:"" help:"Find out whether the log is what was written. It can run while Tandem serves."`
}

type verify struct{}

// Run goes through the whole log. A log that was changed is a failure, with the first place where it is not what was written.
func (verify) Run(p *program) error {
	settings, err := config.Load(p.environ)
	if err != nil {
		return err
	}
	db, err := openDatabase(p.ctx, settings.Database.Reveal())
	if err != nil {
		return err
	}
	defer db.Close()
	keeper, err := audit.NewKeeper(db, []byte(settings.Secret.Reveal()))
	if err != nil {
		return err
	}
	r, err := keeper.Verify(p.ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "The audit log is whole: %d entries, %d older ones replaced by a checkpoint, %d not chained yet. It ends at %d %s\n",
		r.Entries, r.Replaced, r.Loose, r.Position, r.Hash)
	return nil
}
