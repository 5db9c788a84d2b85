package locale

import (
	"time"
	"unicode"
	"unicode/utf8"
)

// WhenWithin is When inside a sentence, after a colon say: only English writes weekdays with a capital there.
func (r Reader) WhenWithin(at time.Time) string {
	line := r.When(at)
	if r.Language == English {
		return line
	}
	first, size := utf8.DecodeRuneInString(line)
	return string(unicode.ToLower(first)) + line[size:]
}
