package conference

import (
	"slices"

	"example.org/tandem/internal/locale"
)

// Heard are the languages in which somebody can follow a conference: those that are spoken, and those that somebody interprets
// into from one of them.
func Heard(spoken []locale.Language, pairs []Pair) []locale.Language {
	heard := slices.Clone(spoken)
	for _, p := range pairs {
		if slices.Contains(spoken, p.From) && !slices.Contains(heard, p.To) {
			heard = append(heard, p.To)
		}
	}
	return heard
}

// Follows tells whether who reads these languages can follow in one of those that are heard. Of whom nothing is known, nothing is said
// against it.
func Follows(reads, heard []locale.Language) bool {
	return len(reads) == 0 || slices.ContainsFunc(reads, func(l locale.Language) bool { return slices.Contains(heard, l) })
}
