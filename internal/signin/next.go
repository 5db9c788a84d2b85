package signin

import (
	"net/url"
	"strings"
	"unicode/utf8"
)

// OwnPath gives a path of ours to go to, or "/". What begins like another host's address, in any of the ways that browsers
// read one (`//host`, `/\host`, a tab or newline in between), is not a path of ours.
func OwnPath(next string) string {
	if len(next) > 2000 || !utf8.ValidString(next) || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") ||
		strings.ContainsFunc(next, func(r rune) bool { return r == '\\' || r < ' ' || r == 0x7f }) {
		return "/"
	}
	if u, err := url.Parse(next); err != nil || u.Scheme != "" || u.Host != "" {
		return "/"
	}
	return next
}

// Onward is an own path to go to after signing in; signing in itself would go round in circles.
func Onward(next string) string {
	next = OwnPath(next)
	path, _, _ := strings.Cut(next, "?")
	for _, own := range []string{"/sign-in", "/sign-out", "/oidc"} {
		if path == own || strings.HasPrefix(path, own+"/") {
			return "/"
		}
	}
	return next
}
