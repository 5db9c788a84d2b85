package e2e

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"example.org/tandem/internal/locale"
	"example.org/tandem/locales"
)

var (
	entry  = regexp.MustCompile(`(?m)^("[^"]+" = )(.*)$`)
	quoted = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)
	piece  = regexp.MustCompile(`\{\{[^}]*\}\}|\\.|\pL{2,}`)
)

// stretch makes every word of a catalogue twice as long. A language like that does not exist; what holds for it holds for
// the longest words of Danish and Russian.
func stretch(catalogue string) string {
	return entry.ReplaceAllStringFunc(catalogue, func(line string) string {
		m := entry.FindStringSubmatch(line)
		return m[1] + quoted.ReplaceAllStringFunc(m[2], func(text string) string {
			return piece.ReplaceAllStringFunc(text, func(word string) string {
				if word[0] == '{' || word[0] == '\\' {
					return word
				}
				return word + word
			})
		})
	})
}

func TestStretch(t *testing.T) {
	got := stretch(`"a.b" = { one = "{{.N}} open item", other = "say \"no\"" }` + "\n" + `"c.d" = "Save"`)
	if want := `"a.b" = { one = "{{.N}} openopen itemitem", other = "saysay \"nono\"" }` + "\n" + `"c.d" = "SaveSave"`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// A program whose English is twice as long fits into 320 px.
func TestLongWordsDoNotScrollSideways(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	source, err := locales.Files.ReadFile("active.en.toml")
	if err != nil {
		t.Fatal(err)
	}
	long := filepath.Join(folder, "long.toml")
	if err := os.WriteFile(long, []byte(stretch(string(source))), 0o644); err != nil {
		t.Fatal(err)
	}
	ours, err := filepath.Abs(filepath.Join("..", "..", "locales", "active.en.toml"))
	if err != nil {
		t.Fatal(err)
	}
	program, err := build("long", map[string]string{ours: long})
	if err != nil {
		t.Fatal(err)
	}
	p := Open(t, demo(t, program), View{Language: locale.English, Width: 320})
	look := func(string) { p.NoSidewaysScroll(320) }
	p.Crawl(outside, 2, look)
	p.SignIn(coordinator)
	p.Sees(piece.ReplaceAllString(p.Says("layout.about"), "$0$0"))
	p.Crawl(inside, 2, look)
}
