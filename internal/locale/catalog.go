package locale

import (
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// V fills the placeholders of a message: {{.Name}}.
type V = map[string]any

// Catalog holds every message in every language.
type Catalog struct {
	plain      map[Language]map[string]string // messages without placeholders, resolved once: most are
	filled     map[Language]map[string]filled // messages with placeholders that do not count, taken apart once
	localizers map[Language]*i18n.Localizer
	keys       map[Language]map[string]bool
	counted    sync.Map // counted → string: what was said of small numbers, such as "in 3 days", which stands in every row
}

// counted is a message with a number in it and nothing else.
type counted struct {
	language Language
	key      string
	n        int
}

// mostCounted bounds what is kept.
const mostCounted = 400

// Load reads active.*.toml. A missing or damaged file fails at start.
func Load(files fs.FS) (*Catalog, error) {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	c := &Catalog{
		plain:      map[Language]map[string]string{},
		filled:     map[Language]map[string]filled{},
		localizers: map[Language]*i18n.Localizer{},
		keys:       map[Language]map[string]bool{},
	}
	for _, l := range All {
		content, err := fs.ReadFile(files, "active."+string(l)+".toml")
		if err != nil {
			return nil, err
		}
		file, err := bundle.ParseMessageFileBytes(content, "active."+string(l)+".toml")
		if err != nil {
			return nil, fmt.Errorf("active.%s.toml: %w", l, err)
		}
		c.plain[l], c.filled[l], c.keys[l] = map[string]string{}, map[string]filled{}, map[string]bool{}
		for _, m := range file.Messages {
			c.keys[l][m.ID] = true
			if m.One != "" || m.Few != "" || m.Many != "" {
				continue
			}
			if !strings.Contains(m.Other, "{{") {
				c.plain[l][m.ID] = m.Other
			} else if f, simple := takeApart(m.Other); simple {
				c.filled[l][m.ID] = f
			}
		}
		c.localizers[l] = i18n.NewLocalizer(bundle, string(l))
	}
	return c, nil
}

// Has tells whether there is such a message in the language.
func (c *Catalog) Has(l Language, key string) bool { return c.keys[l][key] }

// say finds and fills a message. A message that is missing shows its key: the words test keeps that from happening.
func (c *Catalog) say(l Language, key string, plural any, values V) string {
	if plural == nil {
		if s, ok := c.plain[l][key]; ok {
			return s
		}
		if s, ok := c.filled[l][key].fill(values); ok {
			return s
		}
	}
	s, err := c.localizers[l].Localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: values, PluralCount: plural})
	if err != nil {
		return "[" + key + "]"
	}
	return s
}
