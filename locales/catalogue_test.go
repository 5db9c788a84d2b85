package locales

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

var languages = []string{"en", "ru", "be", "da"}

// forms are the CLDR plural forms of whole and broken numbers.
var forms = map[string][]string{
	"en": {"one", "other"},
	"da": {"one", "other"},
	"ru": {"few", "many", "one", "other"},
	"be": {"few", "many", "one", "other"},
}

// message is what stands under one key in one language: its plural forms, or one text under "".
type message map[string]string

func (m message) plural() bool { return m[""] == "" }

var placeholder = regexp.MustCompile(`\{\{\s*\.(\w+)\s*\}\}`)

func placeholders(text string) []string {
	names := map[string]bool{}
	for _, match := range placeholder.FindAllStringSubmatch(text, -1) {
		names[match[1]] = true
	}
	return slices.Sorted(maps.Keys(names))
}

// values are the placeholders that a message may have filled: those of all its forms together.
func (m message) values() []string {
	return placeholders(strings.Join(slices.Collect(maps.Values(m)), " "))
}

type catalogue map[string]map[string]message // language, key

func read(t *testing.T) catalogue {
	t.Helper()
	all := catalogue{}
	for _, l := range languages {
		var file map[string]any
		if _, err := toml.DecodeFS(Files, "active."+l+".toml", &file); err != nil {
			t.Fatalf("active.%s.toml: %v", l, err)
		}
		all[l] = map[string]message{}
		for key, value := range file {
			all[l][key] = parse(t, l, key, value)
		}
	}
	return all
}

func parse(t *testing.T, l, key string, value any) message {
	t.Helper()
	if text, ok := value.(string); ok {
		return message{"": text}
	}
	m := message{}
	table, _ := value.(map[string]any)
	for form, text := range table {
		m[form], _ = text.(string)
	}
	if len(m) == 0 {
		t.Errorf("%s %s: neither a text nor plural forms", l, key)
	}
	return m
}

func TestEveryKeyIsInAllLanguages(t *testing.T) {
	all := read(t)
	for _, l := range languages {
		for key := range all[l] {
			for _, other := range languages {
				if _, ok := all[other][key]; !ok {
					t.Errorf("%s is in active.%s.toml and not in active.%s.toml", key, l, other)
				}
			}
		}
	}
}

func TestPluralFormsAreWhole(t *testing.T) {
	all := read(t)
	for _, l := range languages {
		for key, m := range all[l] {
			if m.plural() != all["en"][key].plural() {
				t.Errorf("%s counts in one of en and %s only", key, l)
			}
			if have := slices.Sorted(maps.Keys(m)); m.plural() && !slices.Equal(have, forms[l]) {
				t.Errorf("%s %s has the plural forms %v, needs %v", l, key, have, forms[l])
			}
		}
	}
}

func TestPlaceholdersAgree(t *testing.T) {
	all := read(t)
	for _, l := range languages {
		for key, m := range all[l] {
			if want := all["en"][key].values(); !slices.Equal(m.values(), want) {
				t.Errorf("%s %s has the placeholders %v, en has %v", l, key, m.values(), want)
			}
			for form, text := range m {
				if err := complete(l, form, text, m); err != nil {
					t.Errorf("%s %s: %v", l, key, err)
				}
			}
		}
	}
}

// complete holds every form to the placeholders of the others: "one" is also said of 21 in Russian and Belarusian, so it
// may leave the number out in English and Danish only.
func complete(l, form, text string, m message) error {
	have := placeholders(text)
	if left := placeholder.ReplaceAllString(text, ""); strings.ContainsAny(left, "{}") {
		return fmt.Errorf("a broken placeholder in %q", text)
	}
	for _, name := range m.values() {
		free := name == "N" && form == "one" && (l == "en" || l == "da")
		if !slices.Contains(have, name) && !free {
			return fmt.Errorf("the form %q lacks {{.%s}}", form, name)
		}
	}
	return nil
}
