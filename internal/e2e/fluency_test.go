package e2e

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"example.org/tandem/internal/locale"
	"example.org/tandem/locales"
	"github.com/BurntSushi/toml"
)

// spoken is every piece of text of a page with the language that the nearest lang attribute gives it: what stands in the
// page, and what is only heard or shown on pointing (labels, alternative texts, titles, placeholders). What people have
// typed in a form is theirs. Mails, labels and the browser's tab quote what people have written, in the middle of a sentence
// of ours, where no attribute can say its language.
const spoken = `(() => {
	const quoting = 'title, .letter, .letter-text, .letter-subject';
	const out = [], add = (e, text, attribute) => { text = text.replace(/\s+/g, ' ').trim();
		if (text) out.push({Language: (e.closest('[lang]') || {lang: ''}).lang, Text: text, Quoting: attribute || !!e.closest(quoting)}) };
	const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
	while (walker.nextNode()) {
		const e = walker.currentNode.parentElement;
		if (e.closest('script, style, textarea, template, code, [translate=no]')) continue;
		add(e, walker.currentNode.data);
	}
	for (const name of ['aria-label', 'alt', 'title', 'placeholder', 'aria-description', 'data-label'])
		for (const e of document.querySelectorAll('[' + name + ']')) add(e, e.getAttribute(name), true);
	for (const e of document.querySelectorAll('input[type=submit], input[type=button]')) add(e, e.value);
	return out;
})()`

type utterance struct {
	Language, Text string
	Quoting        bool
}

// alien finds what cannot be in a language.
var alien = map[string]*regexp.Regexp{
	"be": regexp.MustCompile(`[иИщЩъЪ]`),
	"ru": regexp.MustCompile(`[іІўЎ]`),
	"da": regexp.MustCompile(`[а-яА-ЯёЁіІўЎ]`),
	"en": regexp.MustCompile(`[а-яА-ЯёЁіІўЎ]`),
}

var keyShown = regexp.MustCompile(`\[[a-z][A-Za-z-]*\.[A-Za-z0-9./_-]+\]|\{\{|<no value>|%!`)

// calendarWords are English ones that no other language of ours writes so. Danish has its April, August and the like too;
// "Sat" and "Mon" are Danish words, so short names count with their number only.
var calendarWords = regexp.MustCompile(`\b(January|February|March|May|June|July|October|` +
	`Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b|\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d|\d (Mar|May|Oct)\b`)

// english are all messages of the catalogue that are English and nothing else.
var english = sync.OnceValue(func() []string {
	all := map[locale.Language]map[string]bool{}
	for _, l := range locale.All {
		all[l] = messages(l)
	}
	var list []string
	for text := range all[locale.English] {
		elsewhere := all[locale.Danish][text] || all[locale.Russian][text] || all[locale.Belarusian][text]
		if !elsewhere && len(words.FindAllString(text, -1)) >= 2 {
			list = append(list, text)
		}
	}
	return list
})

var words = regexp.MustCompile(`\pL{2,}`)

var gap = regexp.MustCompile(`\{\{[^}]*\}\}`)

// messages are the texts of a language, cut at what is filled in.
func messages(l locale.Language) map[string]bool {
	var file map[string]any
	if _, err := toml.DecodeFS(locales.Files, "active."+string(l)+".toml", &file); err != nil {
		panic(err) // TestMain has read it
	}
	texts := map[string]bool{}
	for _, value := range file {
		forms := map[string]any{"other": value}
		if table, ok := value.(map[string]any); ok {
			forms = table
		}
		for _, form := range forms {
			for _, part := range gap.Split(form.(string), -1) {
				texts[even(strings.Trim(part, " .,:;!?–—()“”«»"))] = true
			}
		}
	}
	return texts
}

// Fluent makes sure that a page speaks one language, apart from what says itself to be in another.
func (p *Person) Fluent() {
	p.T.Helper()
	for _, fault := range slices.Sorted(maps.Keys(p.influent())) {
		p.T.Errorf("%s %s: %s", p.Language(), p.Path(), fault)
	}
}

func (p *Person) influent() map[string]bool {
	p.T.Helper()
	faults := map[string]bool{}
	said := eval[[]utterance](p, spoken)
	if page := eval[string](p, pageLanguage); page != string(p.Language()) {
		faults["the page says that it is in "+page] = true
	}
	for _, u := range said {
		if fault := u.fault(); fault != "" {
			faults[fault+" in "+u.Language+": "+u.Text] = true
		}
	}
	return faults
}

func (u utterance) fault() string {
	text := endonyms.Replace(u.Text)
	pattern, known := alien[u.Language]
	switch {
	case !known:
		return "no language"
	case pattern.MatchString(text) && !u.Quoting:
		return "the letter " + pattern.FindString(text)
	case keyShown.MatchString(text):
		return "no message"
	case u.Language == "en":
		return ""
	case calendarWords.MatchString(text):
		return "English"
	}
	for _, message := range english() {
		if text == message || len(message) > 12 && strings.Contains(text, message) {
			return "English"
		}
	}
	return ""
}

// endonyms are the names by which the language switch calls the languages, each in itself.
var endonyms = strings.NewReplacer(locale.Belarusian.Endonym(), "", locale.Russian.Endonym(), "", locale.Danish.Endonym(), "", locale.English.Endonym(), "")
