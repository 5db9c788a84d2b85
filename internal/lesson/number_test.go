package lesson_test

import (
	"testing"

	"example.org/tandem/internal/lesson"
)

func TestANumberIsReadAsItWasMeant(t *testing.T) {
	for typed, want := range map[string]string{
		"": "", "910": "910", "4000": "4000", "4 000": "4000", "4\u00a0000": "4000", "4\u202f000": "4000", "4.000": "4000", "4,000": "4000", "1.234.567": "1234567",
		"12,5": "12.5", "12.5": "12.5", "0,125": "0.125", "0.125": "0.125", "1.234,5": "1234.5", "1,234.5": "1234.5", "1234,5678": "1234.5678",
		"−3,5": "-3.5", "-4.000": "-4000", "12.34,5": "12.34,5", "1,2,3": "1,2,3", "около 900": "около 900", "1.234,567.8": "1.234,567.8",
	} {
		if got := lesson.Number(typed); got != want {
			t.Errorf("%q is %q, want %q", typed, got, want)
		}
		if again := lesson.Number(lesson.Number(typed)); again != lesson.Number(typed) {
			t.Errorf("%q changes when the form comes back: %q", typed, again)
		}
	}
}
