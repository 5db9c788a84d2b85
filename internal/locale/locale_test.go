package locale_test

import (
	"net/http"
	"testing"
	"time"

	"example.org/tandem/internal/locale"
	"example.org/tandem/locales"
)

func reader(t *testing.T, l locale.Language, zone *time.Location) locale.Reader {
	t.Helper()
	catalog, err := locales.Catalog()
	if err != nil {
		t.Fatal(err)
	}
	return catalog.Reader(l, zone, time.Date(2020, 7, 27, 9, 0, 0, 0, time.UTC))
}

func TestTwoClocksTheReadersOwnFirst(t *testing.T) {
	at := time.Date(2020, 7, 2, 11, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		language locale.Language
		zone     *time.Location
		want     string
	}{
		{locale.English, locale.Minsk, "Thursday 2 July 2020 · 14:00 Minsk / 13:00 Copenhagen"},
		{locale.Danish, locale.Copenhagen, "Torsdag den 2. juli 2020 · kl.\u00a013.00 København / kl.\u00a014.00 Minsk"},
		{locale.Russian, locale.Minsk, "Четверг, 2 июля 2020\u00a0г. · 14:00 Минск / 13:00 Копенгаген"},
		{locale.Belarusian, locale.Minsk, "Чацвер, 2 ліпеня 2020\u00a0г. · 14:00 Мінск / 13:00 Капенгаген"},
	} {
		if got := reader(t, c.language, c.zone).When(at); got != c.want {
			t.Errorf("%s: got %q, want %q", c.language, got, c.want)
		}
	}
}

func TestOnlyDenmarkChangesClocks(t *testing.T) {
	r := reader(t, locale.English, locale.Minsk)
	winter := time.Date(2020, 12, 1, 9, 0, 0, 0, time.UTC)
	if got, want := r.When(winter), "Tuesday 1 December 2020 · 12:00 Minsk / 10:00 Copenhagen"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestADayThatDiffersIsNamed(t *testing.T) {
	r := reader(t, locale.English, locale.Minsk)
	if got, want := r.When(time.Date(2020, 7, 1, 21, 30, 0, 0, time.UTC)), "Thursday 2 July 2020 · 00:30 Minsk / 23:30 Copenhagen, 1 July 2020"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPluralsOfFourLanguages(t *testing.T) {
	for _, c := range []struct {
		language locale.Language
		n        int
		want     string
	}{
		{locale.English, 2, "in 2 days"},
		{locale.Danish, 21, "om 21 dage"},
		{locale.Russian, 21, "через 21 день"}, {locale.Russian, 3, "через 3 дня"}, {locale.Russian, 11, "через 11 дней"},
		{locale.Belarusian, 22, "праз 22 дні"}, {locale.Belarusian, 5, "праз 5 дзён"},
	} {
		if got := reader(t, c.language, nil).N("date.in-days", c.n); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestNumbersAreGroupedAsTheLanguageDoes(t *testing.T) {
	for l, want := range map[locale.Language]string{
		locale.English: "1,234,567", locale.Danish: "1.234.567", locale.Russian: "1\u00a0234\u00a0567", locale.Belarusian: "1\u00a0234\u00a0567",
	} {
		if got := reader(t, l, nil).Number(1234567); got != want {
			t.Errorf("%s: got %q, want %q", l, got, want)
		}
	}
	if got := reader(t, locale.Russian, nil).Number(4000); got != "4000" {
		t.Errorf("got %q", got)
	}
}

func TestTheBrowsersLanguageIsTakenOnlyWhenSure(t *testing.T) {
	for header, want := range map[string]locale.Language{
		"be-BY,ru;q=0.8": locale.Belarusian, "da": locale.Danish, "ru-BY": locale.Russian, "en-GB": locale.English,
		"uk": locale.English, "uk,be;q=0.5": locale.Belarusian, "": locale.English, "*;;;": locale.English,
	} {
		if got := locale.Choose(http.Header{"Accept-Language": {header}}); got != want {
			t.Errorf("%q: got %s, want %s", header, got, want)
		}
	}
}

func TestDaysAreCountedInTheReadersZone(t *testing.T) {
	r := reader(t, locale.English, locale.Minsk)
	for on, want := range map[string]string{
		"2020-07-27": "today", "2020-07-28": "tomorrow", "2020-07-26": "yesterday", "2020-08-03": "in 7 days", "2020-07-20": "7 days ago",
	} {
		if got := r.DaysUntil(on); got != want {
			t.Errorf("%s: got %q, want %q", on, got, want)
		}
	}
}

func TestNamesAreSortedByTheReadersAlphabet(t *testing.T) {
	towns := []string{"Ærø", "Aalborg", "Zealand", "Køge", "Anholt", "Odense"}
	locale.Sort(reader(t, locale.Danish, nil), towns, func(s string) string { return s })
	want := []string{"Anholt", "Køge", "Odense", "Zealand", "Ærø", "Aalborg"}
	for i := range want {
		if towns[i] != want[i] {
			t.Fatalf("got %v, want %v", towns, want)
		}
	}
}
