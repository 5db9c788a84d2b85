package conference_test

import (
	"testing"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/locale"
)

func TestWhoCanFollow(t *testing.T) {
	list := locale.ParseList
	for _, line := range []struct {
		why, spoken string
		pairs       []conference.Pair
		reads       string
		can         bool
	}{
		{"speaks it", "ru,en", nil, "ru", true},
		{"speaks the second of them", "ru,en", nil, "da,en", true},
		{"speaks none of them", "ru,en", nil, "da", false},
		{"Belarusian is not Russian", "ru", nil, "be", false},
		{"somebody interprets", "ru", []conference.Pair{{From: "ru", To: "da"}}, "da", true},
		{"somebody interprets the other way only", "ru", []conference.Pair{{From: "da", To: "ru"}}, "da", false},
		{"somebody interprets from what nobody speaks", "ru", []conference.Pair{{From: "en", To: "da"}}, "da", false},
		{"nothing is known of them", "ru", nil, "", true},
		{"no language is chosen", "", nil, "ru", false},
	} {
		if got := conference.Follows(list(line.reads), conference.Heard(list(line.spoken), line.pairs)); got != line.can {
			t.Errorf("%s: %t", line.why, got)
		}
	}
}
