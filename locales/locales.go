// Package locales holds every sentence that a person can read in Tandem, in four languages.
// English is only the source; the four are equal.
package locales

import (
	"embed"
	"sync"

	"example.org/tandem/internal/locale"
)

// Files are active.en.toml, active.ru.toml, active.be.toml and active.da.toml: flat quoted keys, sorted.
//
//go:embed active.*.toml
var Files embed.FS

// Catalog reads them all, once: nobody changes it. A damaged file fails at start.
var Catalog = sync.OnceValues(func() (*locale.Catalog, error) { return locale.Load(Files) })
