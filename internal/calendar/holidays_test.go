package calendar

import (
	"encoding/json"
	"os"
	"strconv"
	"testing"
	"time"

	"example.org/tandem/internal/locale"
	"github.com/google/go-cmp/cmp"
)

// The dates were put together apart from the rules; Radunitsa of 2024 and 2026 was confirmed in the Belarusian press.
func TestHolidaysFallOnTheDaysTheyAreKept(t *testing.T) {
	raw, err := os.ReadFile("testdata/holidays.json")
	if err != nil {
		t.Fatal(err)
	}
	var years map[string]map[string]map[string]string // year → country → key → date
	if err := json.Unmarshal(raw, &years); err != nil {
		t.Fatal(err)
	}
	if len(years) != 11 {
		t.Fatalf("%d years", len(years))
	}
	for name, want := range years {
		year, _ := strconv.Atoi(name)
		for _, country := range []string{"BY", "DK"} {
			got := map[string]string{}
			for _, h := range Holidays(country, year) {
				got[h.Key] = h.On
			}
			if diff := cmp.Diff(want[country], got); diff != "" {
				t.Errorf("%s %d (- list, + rules):\n%s", country, year, diff)
			}
		}
		easter := map[string]string{
			"western":  westernEaster(year).Format(time.DateOnly),
			"orthodox": orthodoxEaster(year).Format(time.DateOnly),
		}
		if diff := cmp.Diff(want["easter"], easter); diff != "" {
			t.Errorf("Easter %d:\n%s", year, diff)
		}
	}
}

// Dates from church tables, far from the years of the list.
func TestEastersFarAway(t *testing.T) {
	for year, want := range map[int][2]string{
		1961: {"1961-04-02", "1961-04-09"},
		1982: {"1982-04-11", "1982-04-18"},
		2019: {"2019-04-21", "2019-04-28"},
		2038: {"2038-04-25", "2038-04-25"},
		2049: {"2049-04-18", "2049-04-25"},
	} {
		got := [2]string{westernEaster(year).Format(time.DateOnly), orthodoxEaster(year).Format(time.DateOnly)}
		if got != want {
			t.Errorf("%d: got %v, want %v", year, got, want)
		}
	}
}

func TestHolidaysOn(t *testing.T) {
	for _, c := range []struct {
		on        string
		countries []string
		want      []string
	}{
		{"2020-12-25", []string{"BY", "DK"}, []string{"by-christmas-cath", "dk-christmas"}},
		{"2020-12-25", []string{"DK"}, []string{"dk-christmas"}},
		{"2020-04-28", []string{"BY", "DK"}, []string{"by-radunitsa"}},
		{"2019-01-02", []string{"BY"}, nil}, // a holiday since 2020
		{"2024-04-26", []string{"DK"}, nil}, // Great Prayer Day was abolished
		{"2020-07-03", []string{"SE"}, nil},
		{"Thursday", []string{"BY", "DK"}, nil},
	} {
		var got []string
		for _, h := range HolidaysOn(c.on, c.countries...) {
			got = append(got, h.Key)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s %v: %s", c.on, c.countries, diff)
		}
	}
}

func TestHolidaysHaveNamesInFourLanguages(t *testing.T) {
	for _, country := range []string{"BY", "DK"} {
		for _, h := range Holidays(country, 2020) {
			for _, l := range locale.All {
				if h.Name(l) == "" {
					t.Errorf("%s has no name in %s", h.Key, l)
				}
			}
		}
	}
}

func TestHolidaysComeInOrder(t *testing.T) {
	for _, country := range []string{"BY", "DK"} {
		days := Holidays(country, 2024)
		for i := 1; i < len(days); i++ {
			if days[i].On < days[i-1].On {
				t.Errorf("%s after %s", days[i].On, days[i-1].On)
			}
		}
	}
}
