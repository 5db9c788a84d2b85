package signin

import (
	"net/url"
	"strings"
)

// OwnPath gives a path of ours to go on to after signing in, or "/". What begins like another host's address, in any of
// the ways that browsers read one (`//host`, `/\host`, a tab or newline in between), is not a path of ours, and neither
// is signing in itself, which would go round in circles.
func OwnPath(next string) string {
	if len(next) > 2000 || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") ||
		strings.ContainsFunc(next, func(r rune) bool { return r == '\\' || r < ' ' || r == 0x7f }) {
		return "/"
	}
	u, err := url.Parse(next)
	if err != nil || u.Scheme != "" || u.Host != "" {
		return "/"
	}
	for _, own := range []string{"/sign-in", "/sign-out", "/oidc"} {
		if u.Path == own || strings.HasPrefix(u.Path, own+"/") {
			return "/"
		}
	}
	return next
}
