package files

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestNamesAreCleaned(t *testing.T) {
	for before, after := range map[string]string{
		"План дзяжурства.pdf":           "План дзяжурства.pdf",
		"../../etc/passwd":              "passwd.pdf",
		`C:\Users\me\Opkaldsguide.PDF`:  "Opkaldsguide.pdf",
		"invoice\u202efdp.exe":          "invoicefdp.exe.pdf",
		"a\x00b\r\nSet-Cookie: x=1.pdf": "ab Set-Cookie- x=1.pdf",
		"zero\u200bwidth\ufeff.pdf":     "zerowidth.pdf",
		"  .hidden  .pdf":               "hidden.pdf",
		"":                              "file.pdf",
		"....":                          "file.pdf",
		"/":                             "file.pdf",
		"con.pdf":                       "_con.pdf",
		"aux.backup.pdf":                "_aux.backup.pdf",
		`what? "now" <1>|2*.pdf`:        "what- -now- -1--2-.pdf",
		"e\u0301te\u0301.pdf":           "été.pdf",
		"report.docx":                   "report.pdf",
		"v1.2":                          "v1.2.pdf",
		"\xff\xfebad.pdf":               "bad.pdf",
		"one\u2028two\u00a0three.pdf":   "one two three.pdf",
	} {
		if got := CleanName(before, ".pdf"); got != after {
			t.Errorf("%q became %q, want %q", before, got, after)
		}
	}
	long := CleanName(strings.Repeat("ў", 400)+".jpeg", ".jpg", ".jpeg")
	if len(long) > longest || len(long) < longest-2 || !utf8.ValidString(long) || !strings.HasSuffix(long, "ў.jpeg") {
		t.Errorf("%d bytes: %s", len(long), long)
	}
}

func FuzzCleanName(f *testing.F) {
	for _, name := range []string{"a.pdf", "../x", "con", "\u202egpj.exe", strings.Repeat("é", 300), "a.", ".pdf", "x.docx.pdf "} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got := CleanName(name, ".jpg", ".jpeg")
		if len(got) > longest || !utf8.ValidString(got) || !(strings.HasSuffix(got, ".jpg") || strings.HasSuffix(got, ".jpeg")) {
			t.Fatalf("%q", got)
		}
		if strings.ContainsAny(got, forbidden+`/\`) || strings.ContainsFunc(got, func(r rune) bool { return !unicode.IsGraphic(r) }) {
			t.Fatalf("%q", got)
		}
		if got[0] == '.' || got[0] == ' ' || slices.Contains(devices, strings.ToUpper(strings.SplitN(got, ".", 2)[0])) {
			t.Fatalf("%q", got)
		}
		if again := CleanName(got, ".jpg", ".jpeg"); again != got {
			t.Fatalf("%q, a second time %q", got, again)
		}
	})
}
