package signin_test

import (
	"net/url"
	"strings"
	"testing"

	"example.org/tandem/internal/signin"
)

// FuzzOwnPath: wherever a path of ours is followed, it stays with us, read as the URL standard has browsers read it: tabs
// and newlines are dropped, a backslash is a slash.
func FuzzOwnPath(f *testing.F) {
	for _, seed := range []string{"/", "//evil.example", "/\\evil.example", "/\t/evil.example", "/.//evil.example", "/%2f/evil.example",
		"/a?b=//c#d", "https://evil.example", "/conferences/1", "/sign-in?next=/sign-in", ""} {
		f.Add(seed)
	}
	home, _ := url.Parse("https://tandem.example/sign-in")
	f.Fuzz(func(t *testing.T, next string) {
		for _, path := range []string{signin.OwnPath(next), signin.Onward(next)} {
			read := strings.NewReplacer("\t", "", "\n", "", "\r", "", "\\", "/").Replace(strings.TrimSpace(path))
			u, err := home.Parse(read)
			if err != nil || u.Host != home.Host || u.Scheme != home.Scheme {
				t.Errorf("%q became %q, which leads to %v %v", next, path, u, err)
			}
		}
		if onward := signin.Onward(next); strings.HasPrefix(onward, "/sign-in?") || onward == "/sign-in" {
			t.Errorf("%q leads round in circles", next)
		}
	})
}
