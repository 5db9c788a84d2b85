package locale_test

import (
	"testing"
	"time"

	"example.org/tandem/internal/locale"
	"example.org/tandem/locales"
)

func TestSizesAreSaidAsTheirReadersWriteThem(t *testing.T) {
	catalog, err := locales.Catalog()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		language locale.Language
		bytes    int64
		want     string
	}{
		{locale.English, 1, "1\u00a0KB"}, {locale.English, 1024, "1\u00a0KB"}, {locale.English, 1025, "2\u00a0KB"},
		{locale.Danish, 1000<<10 - 1, "1.000\u00a0kB"}, {locale.Danish, 340 << 10, "340\u00a0kB"}, {locale.Danish, 1<<20 - 1, "1\u00a0MB"}, {locale.Danish, 1 << 20, "1\u00a0MB"},
		{locale.Danish, 1468006, "1,4\u00a0MB"}, {locale.English, 1468006, "1.4\u00a0MB"}, {locale.Russian, 25 << 20, "25\u00a0МБ"},
		{locale.Belarusian, 25480396, "24,3\u00a0МБ"}, {locale.English, 0, "0\u00a0KB"},
	} {
		if got := catalog.Reader(c.language, nil, time.Time{}).Size(c.bytes); got != c.want {
			t.Errorf("%s %d: %q, want %q", c.language, c.bytes, got, c.want)
		}
	}
}
