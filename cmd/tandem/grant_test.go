package main

import (
	"strings"
	"testing"
)

func TestAGrantIsForAProviderOfTheSettingsAndAnAddress(t *testing.T) {
	environ := settings(t, "https://idp.example")
	for _, args := range [][]string{
		{"--issuer", "https://evil.example", "--email", "chair@tandem.example"},
		{"--issuer", "https://idp.example/", "--email", "chair@tandem.example"},
		{"--issuer", "https://idp.example", "--email", "nobody"},
		{"--issuer", "https://idp.example", "--email", "Chair <chair@tandem.example>"},
	} {
		o := tandem(t, environ, append([]string{"grant"}, args...)...)
		if o.code != wrong || strings.Count(o.failed, "\n") != 1 || o.out != "" {
			t.Errorf("%v: %d %q %q", args, o.code, o.out, o.failed)
		}
	}
	o := tandem(t, environ, "grant", "--issuer", "https://idp.example", "--email", " Chair@Tandem.example ")
	if o.code != good || o.failed != "" || !strings.Contains(o.out, "Chair@Tandem.example") || !strings.Contains(o.out, "/sign-in") {
		t.Errorf("%d %q %q", o.code, o.out, o.failed)
	}
}
