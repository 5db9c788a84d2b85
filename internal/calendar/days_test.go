package calendar

import (
	"testing"

	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
)

// Days like those that Belarus moves every year, and a holiday that is not kept.
func TestWhatWasEnteredForADayWinsOverTheRules(t *testing.T) {
	days := NewDays([]SpecialDay{
		{Country: "BY", On: "2020-04-04", Kind: Working},
		{Country: "BY", On: "2020-01-06", Kind: Off},
		{Country: "BY", On: "2020-05-01", Kind: Working},
	})
	for _, c := range []struct {
		country, on string
		want        Kind
	}{
		{"BY", "2020-04-04", Working}, // a Saturday that was moved
		{"DK", "2020-04-04", Weekend}, // in one country only
		{"BY", "2020-04-05", Weekend},
		{"BY", "2020-01-06", Off}, // a Monday
		{"DK", "2020-01-06", Working},
		{"BY", "2020-05-01", Working}, // a holiday of the rules that was not kept
		{"BY", "2019-05-01", Off},
		{"DK", "2020-06-01", Off},    // Whit Monday
		{"DK", "2020-05-31", Off},    // a holiday on a Sunday is a holiday
		{"DK", "2020-12-24", Closed}, // not by law
		{"SE", "2020-06-20", Weekend},
		{"BY", "Thursday", Working},
	} {
		if got := days.Of(c.country, c.on).Kind; got != c.want {
			t.Errorf("%s %s is %s, not %s", c.country, c.on, got, c.want)
		}
		if got := (Days{}).Of(c.country, "2020-04-04").Kind; got != Weekend {
			t.Errorf("without anything entered a Saturday is %s", got)
		}
	}
}

func TestAYearHasItsHolidaysAndWhatWasEntered(t *testing.T) {
	days := NewDays([]SpecialDay{
		{ID: "moved", Country: "DK", On: "2020-04-04", Kind: Working},
		{ID: "instead", Country: "DK", On: "2020-06-05", Kind: Off},
		{ID: "another year", Country: "DK", On: "2021-02-02", Kind: Off},
		{ID: "another country", Country: "BY", On: "2020-02-02", Kind: Off},
	})
	list := days.Year("DK", 2020)
	if len(list) != len(Holidays("DK", 2020))+1 {
		t.Fatalf("%d days", len(list))
	}
	special := map[string]string{}
	for i, d := range list {
		if i > 0 && d.On <= list[i-1].On {
			t.Errorf("%s after %s", d.On, list[i-1].On)
		}
		if d.Special != nil {
			special[d.On] = d.Special.ID
			if len(d.Holidays) > 0 {
				t.Errorf("on %s the rules hold too", d.On)
			}
		}
	}
	if len(special) != 2 || special["2020-04-04"] != "moved" || special["2020-06-05"] != "instead" {
		t.Errorf("%v", special)
	}
}

func TestADayIsCalledWhatItsReaderReads(t *testing.T) {
	name := text.Text{Paragraphs: []text.Paragraph{{Origin: locale.Russian, Versions: map[locale.Language]text.Revision{locale.Russian: {Body: "Перенос"}}}}}
	days := NewDays([]SpecialDay{{Country: "BY", On: "2020-04-04", Kind: Working, Name: name}})
	if names := days.Of("BY", "2020-04-04").Names([]locale.Language{locale.Danish}); len(names) != 1 || names[0].Body != "Перенос" || names[0].Language != locale.Russian {
		t.Errorf("%v", names)
	}
	names := Days{}.Of("DK", "2020-06-01").Names([]locale.Language{locale.Danish, locale.English})
	if len(names) != 1 || names[0].Body != "2. pinsedag" {
		t.Errorf("%v", names)
	}
}
