package locale_test

import (
	"regexp"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"example.org/tandem/internal/locale"
	"example.org/tandem/locales"
)

func TestFilledMessagesSayWhatGoI18nWouldSay(t *testing.T) {
	catalog, err := locales.Catalog()
	if err != nil {
		t.Fatal(err)
	}
	name := regexp.MustCompile(`\.(\w+)`)
	for _, l := range locale.All {
		bundle := i18n.NewBundle(language.English)
		bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
		file, err := bundle.LoadMessageFileFS(locales.Files, "active."+string(l)+".toml")
		if err != nil {
			t.Fatal(err)
		}
		reader, other, checked := catalog.Reader(l, nil, time.Time{}), i18n.NewLocalizer(bundle, string(l)), 0
		for _, m := range file.Messages {
			if m.One != "" || !regexp.MustCompile(`{{`).MatchString(m.Other) {
				continue
			}
			values := locale.V{}
			for i, found := range name.FindAllStringSubmatch(m.Other, -1) {
				values[found[1]] = []any{"<«ў»>", 7, time.Monday}[i%3]
			}
			want, err := other.Localize(&i18n.LocalizeConfig{MessageID: m.ID, TemplateData: values})
			if err != nil {
				t.Fatal(err)
			}
			if got := reader.T(m.ID, values); got != want {
				t.Errorf("%s %s: %q, go-i18n says %q", l, m.ID, got, want)
			}
			checked++
		}
		if checked < 50 {
			t.Errorf("%s: %d messages with values only", l, checked)
		}
	}
}
