package main

import (
	"fmt"
	"runtime/debug"
)

type version struct{}

// Run says which version this is, as far as the build knows: a release's number, else the revision it was built from.
func (version) Run(p *program) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		_, err := fmt.Fprintln(p.stdout, "tandem, built without information about its version")
		return err
	}
	line := "tandem " + info.Main.Version
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			line += ", revision " + s.Value
		case s.Key == "vcs.time":
			line += " of " + s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			line += ", with changes"
		}
	}
	_, err := fmt.Fprintln(p.stdout, line+", "+info.GoVersion)
	return err
}
