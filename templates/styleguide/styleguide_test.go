package styleguide

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// shownElsewhere are components that the guide's own page has anyway, or that would bring it a second first heading.
var shownElsewhere = []string{"Mark", "Line", "Words", "Welcome"}

func TestEveryComponentIsInTheGuide(t *testing.T) {
	guide, err := os.ReadFile("styleguide.templ")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("../parts/*.templ")
	if err != nil || len(files) == 0 {
		t.Fatalf("no components found: %v", err)
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range regexp.MustCompile(`(?m)^templ ([A-Z]\w*)\(`).FindAllSubmatch(source, -1) {
			name := string(found[1])
			if !strings.Contains(string(guide), "parts."+name+"(") && !strings.Contains(strings.Join(shownElsewhere, " "), name) {
				t.Errorf("parts.%s (%s) is not in the style guide", name, filepath.Base(file))
			}
		}
	}
}

func TestEveryColourHasASwatch(t *testing.T) {
	tokens, err := os.ReadFile("../../static/css/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	sheet, err := os.ReadFile("../../static/css/styleguide.css")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`--([a-z-]+): #`).FindAllSubmatch(tokens, -1)
	if len(found) != len(colours) {
		t.Errorf("%d colours are tokens, %d are shown", len(found), len(colours))
	}
	for _, f := range found {
		if !strings.Contains(string(sheet), ".swatch-"+string(f[1])+" {") {
			t.Errorf("--%s has no swatch", f[1])
		}
	}
}

func TestTheDarkHasEveryColour(t *testing.T) {
	dark, err := os.ReadFile("../../static/css/dark.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range colours {
		if !strings.Contains(string(dark), "\t--"+c+": #") {
			t.Errorf("--%s keeps its light colour in the dark", c)
		}
	}
}
