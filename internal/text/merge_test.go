package text_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"example.org/tandem/internal/text"
)

// shown writes a merge as one line: settled paragraphs as they are, a clash as mine|theirs.
func shown(chunks []text.Chunk) string {
	var all []string
	for _, c := range chunks {
		one := bodies(c.Mine)
		if c.Clash {
			one += "|" + bodies(c.Theirs)
		}
		all = append(all, one)
	}
	return strings.Join(all, " ")
}

func bodies(blocks []text.Block) string {
	var all []string
	for _, b := range blocks {
		all = append(all, b.Body)
	}
	return strings.Join(all, " ")
}

func blocks(words string) (list []text.Block) {
	for _, w := range strings.Fields(words) {
		list = append(list, text.Block{Kind: text.Plain, Body: w})
	}
	return list
}

func TestMergesAskOnlyAboutWhatTwoPeopleChangedDifferently(t *testing.T) {
	for name, c := range map[string]struct{ base, mine, theirs, want string }{
		"each another":                    {"a b c", "A b c", "a b C", "A b C"},
		"neighbours":                      {"a b", "A b", "a B", "A B"},
		"the same":                        {"a b", "X b", "X b", "X b"},
		"one paragraph":                   {"a b", "X b", "Y b", "X|Y b"},
		"two paragraphs":                  {"a b", "X Z", "Y W", "X|Y Z|W"},
		"both begin":                      {"", "X s", "Y s", "X|Y s"},
		"one writes more at the start":    {"", "s X", "s", "s X"},
		"one adds, one changes":           {"a", "a X", "A", "a X|A"},
		"one takes away what one changed": {"a b", "b", "A b", "|A b"},
		"one adds at each end":            {"a", "X a", "a Y", "X a Y"},
	} {
		if got := shown(text.Merge(blocks(c.base), blocks(c.mine), blocks(c.theirs))); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestAMergeLosesNoParagraphThatSomebodyWrote(t *testing.T) {
	word := rapid.SliceOfN(rapid.SampledFrom(strings.Fields("a b c d e")), 0, 6)
	rapid.Check(t, func(t *rapid.T) {
		base, mine, theirs := word.Draw(t, "base"), word.Draw(t, "mine"), word.Draw(t, "theirs")
		chunks := text.Merge(blocks(strings.Join(base, " ")), blocks(strings.Join(mine, " ")), blocks(strings.Join(theirs, " ")))
		var there []string
		for _, c := range chunks {
			there = append(append(there, strings.Fields(bodies(c.Mine))...), strings.Fields(bodies(c.Theirs))...)
		}
		for _, w := range append(slices.Clone(mine), theirs...) {
			if !slices.Contains(base, w) && !slices.Contains(there, w) {
				t.Fatalf("%v, %v → %v: %q is lost", base, mine, theirs, w)
			}
		}
	})
}
