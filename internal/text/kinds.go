package text

import (
	"strconv"
	"strings"
)

// before is what the history of a paragraph's kinds gets when an edit makes it another: nothing where it stays what it is.
func (w writer) before(was, is Kind) string {
	if was == is {
		return ""
	}
	return string(was) + "<" + strconv.Itoa(w.version) + ","
}

// kindAt is what a paragraph was at a version, by that history.
func kindAt(now Kind, history string, version int) Kind {
	for entry := range strings.SplitSeq(history, ",") {
		kind, until, _ := strings.Cut(entry, "<")
		if n, err := strconv.Atoi(until); err == nil && version < n {
			return Kind(kind)
		}
	}
	return now
}
