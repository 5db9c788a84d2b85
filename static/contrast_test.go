package static

import (
	"fmt"
	"math"
	"os"
	"regexp"
	"strings"
	"testing"
)

type colour struct{ r, g, b float64 } // 0 to 1

// tokens reads the colours of the light and of the dark.
func tokens(t *testing.T) (light, dark map[string]colour) {
	t.Helper()
	return coloursOf(read(t, "css/tokens.css")), coloursOf(read(t, "css/dark.css"))
}

func read(t *testing.T, path string) string {
	t.Helper()
	sheet, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(sheet)
}

func coloursOf(sheet string) map[string]colour {
	found := map[string]colour{}
	for _, m := range regexp.MustCompile(`--([a-z-]+): #([0-9a-f]{6});`).FindAllStringSubmatch(sheet, -1) {
		var r, g, b uint8
		fmt.Sscanf(m[2], "%02x%02x%02x", &r, &g, &b)
		found[m[1]] = colour{float64(r) / 255, float64(g) / 255, float64(b) / 255}
	}
	return found
}

// contrast of two colours (WCAG 2.2, "contrast ratio").
func contrast(a, b colour) float64 {
	x, y := a.luminance(), b.luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func (c colour) luminance() float64 {
	linear := func(v float64) float64 {
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.r) + 0.7152*linear(c.g) + 0.0722*linear(c.b)
}

func TestTextCanBeReadOnEveryGround(t *testing.T) {
	light, dark := tokens(t)
	for scheme, colours := range map[string]map[string]colour{"light": light, "dark": dark} {
		for text, grounds := range map[string]string{
			"ink":         "paper surface sunken accent-soft good-soft waiting-soft problem-soft",
			"muted":       "paper surface sunken accent-soft",
			"accent":      "paper surface sunken accent-soft",
			"accent-deep": "paper surface sunken accent-soft",
			"good":        "paper surface good-soft",
			"waiting":     "paper surface waiting-soft",
			"problem":     "paper surface problem-soft",
			"on-accent":   "accent accent-deep",
			"surface":     "good waiting problem accent", // signs
		} {
			holds(t, scheme, colours, text, grounds, 4.5)
		}
		holds(t, scheme, colours, "edge", "paper surface sunken", 3)
	}
}

func holds(t *testing.T, scheme string, colours map[string]colour, text, grounds string, least float64) {
	t.Helper()
	for ground := range strings.FieldsSeq(grounds) {
		a, known := colours[text]
		b, alsoKnown := colours[ground]
		if !known || !alsoKnown {
			t.Errorf("%s: tokens.css lacks %s or %s", scheme, text, ground)
		} else if got := contrast(a, b); got < least {
			t.Errorf("%s: %s on %s has a contrast of %.2f, and needs %.1f", scheme, text, ground, got, least)
		}
	}
}

// The red cross is protected by law: nothing of Tandem's is red (on white), not even an error.
func TestNothingIsRed(t *testing.T) {
	light, dark := tokens(t)
	for scheme, colours := range map[string]map[string]colour{"light": light, "dark": dark} {
		for name, c := range colours {
			if hue, strength := c.hue(); strength > 0.25 && (hue < 15 || hue > 340) {
				t.Errorf("%s: %s is red (hue %.0f°)", scheme, name, hue)
			}
		}
	}
}

// hue in degrees, red being 0, and how strong the colour is, from 0 (grey) to 1.
func (c colour) hue() (degrees, strength float64) {
	most, least := max(c.r, c.g, c.b), min(c.r, c.g, c.b)
	d := most - least
	switch {
	case d == 0:
		return 0, 0
	case most == c.r:
		degrees = math.Mod((c.g-c.b)/d+6, 6)
	case most == c.g:
		degrees = (c.b-c.r)/d + 2
	default:
		degrees = (c.r-c.g)/d + 4
	}
	return degrees * 60, d
}
