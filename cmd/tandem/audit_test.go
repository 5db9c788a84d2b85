package main

import (
	"strings"
	"testing"
)

func TestTheAuditLogIsVerifiedFromTheCommandLine(t *testing.T) {
	environ := settings(t, "https://idp.example")
	if o := tandem(t, environ, "grant", "--issuer", "https://idp.example", "--email", "chair@tandem.example"); o.code != good {
		t.Fatalf("%d %q", o.code, o.failed)
	}
	o := tandem(t, environ, "audit", "verify")
	if o.code != good || !strings.Contains(o.out, "is whole: 0 entries") || !strings.Contains(o.out, "1 not chained yet") || o.failed != "" {
		t.Errorf("%d %q %q", o.code, o.out, o.failed)
	}
}
