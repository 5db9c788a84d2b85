package main

import (
	"regexp"
	"testing"
)

// bundled builds into memory, from the top folder.
func bundled(t *testing.T) map[string][]byte {
	t.Helper()
	t.Chdir("../..")
	if err := install(); err != nil {
		t.Fatal(err)
	}
	files, err := bundle()
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func size(t *testing.T, name string, content []byte) int {
	t.Helper()
	forms, err := compressed(name, content)
	if err != nil {
		t.Fatal(err)
	}
	return len(forms[name+".gz"])
}

// A first view weighs at most 60 KB over the wire; a page of 100 KB takes some 12 of them.
func TestAFirstViewIsLight(t *testing.T) {
	files := bundled(t)
	if got := len(files["app.css"]); got > 48_000 {
		t.Errorf("app.css has grown to %d bytes", got)
	}
	wire := size(t, "app.css", files["app.css"]) + size(t, "app.js", files["app.js"])
	if wire > 40_000 {
		t.Errorf("style sheet and script weigh %d bytes over the wire", wire)
	}
}

// Pages may load nothing from elsewhere, and their Content-Security-Policy would not let them.
func TestStyleSheetsLoadNothing(t *testing.T) {
	css := bundled(t)["app.css"]
	if found := regexp.MustCompile(`url\([^)]*\)|@import[^;]*|@font-face`).Find(css); found != nil {
		t.Errorf("app.css loads %s", found)
	}
}

func TestANameChangesWithItsContent(t *testing.T) {
	one, other := hashed("app.css", []byte("a")), hashed("app.css", []byte("b"))
	if one == other || !regexp.MustCompile(`^app-[A-Z2-7]{10}\.css$`).MatchString(one) {
		t.Errorf("%s, %s", one, other)
	}
}
