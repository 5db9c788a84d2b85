package text_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"example.org/tandem/internal/text"
)

func marked(spans []text.Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(map[text.Op]string{text.Same: "%s", text.Gone: "[-%s]", text.Come: "[+%s]"}[s.Op])
	}
	values := make([]any, len(spans))
	for i, s := range spans {
		values[i] = s.Text
	}
	return fmt.Sprintf(b.String(), values...)
}

func TestWordsMarkOnlyWhatDiffers(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{"", "", ""},
		{"Ring op.", "Ring op.", "Ring op."},
		{"Ring op i Køge.", "Ring op i Minsk.", "Ring op i [-Køge][+Minsk]."},
		{"Связь с людьми", "Связь со всеми людьми", "Связь [-с ][+со всеми ]людьми"},
		{"сям’я", "сям’я расце", "сям’я [+расце]"},
		{"one two", "", "[-one two]"},
		{"a  b", "a b", "a b"},
	} {
		if got := marked(text.Words(c.a, c.b)); got != c.want {
			t.Errorf("%q → %q: got %q, want %q", c.a, c.b, got, c.want)
		}
	}
}

func TestAComparisonLosesNoWordOfEither(t *testing.T) {
	typed := rapid.StringMatching(`([а-яa-zæøå]{1,3}[ .,\n]{0,2}){0,12}`)
	rapid.Check(t, func(t *rapid.T) {
		a, b := typed.Draw(t, "a"), typed.Draw(t, "b")
		var first, second string
		for _, s := range text.Words(a, b) {
			if s.Op != text.Come {
				first += s.Text
			}
			if s.Op != text.Gone {
				second += s.Text
			}
		}
		if bare(first) != bare(a) || bare(second) != bare(b) {
			t.Fatalf("%q and %q came back as %q and %q", a, b, first, second)
		}
	})
}

func TestAVeryLongComparisonStaysAffordable(t *testing.T) {
	a, b := strings.Repeat("og så ", 3000), strings.Repeat("men ikke ", 3000)
	if got := text.Words(a, b); len(got) != 2 {
		t.Fatalf("%d spans", len(got))
	}
}

func bare(s string) string { return strings.Join(strings.Fields(s), "") }
