// Package locales holds every sentence that a person can read in Tandem, in four languages.
// English is only the source; the four are equal.
package locales

import "embed"

// Files are active.en.toml, active.ru.toml, active.be.toml and active.da.toml: flat quoted keys, sorted.
//
//go:embed active.*.toml
var Files embed.FS
