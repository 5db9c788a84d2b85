// Package locale speaks to a person in their language: it chooses the language, says messages, and writes dates, times,
// numbers and lists as that language does. Facts come from CLDR, kept in formats.json, because Chromium has no
// Belarusian data and x/text calls Belarus by an outdated Danish name.
package locale

import (
	"net/http"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// Language is one of the four that Tandem speaks (BCP 47).
type Language string

const (
	Belarusian Language = "be"
	Russian    Language = "ru"
	Danish     Language = "da"
	English    Language = "en"
)

// All are the four languages in the order of the language switch.
var All = []Language{Belarusian, Russian, Danish, English}

// Parse recognises one of the four.
func Parse(code string) (Language, bool) {
	l := Language(code)
	return l, slices.Contains(All, l)
}

// ParseList reads "ru,be,en"; what is not one of the four is left out.
func ParseList(codes string) []Language {
	var list []Language
	for code := range strings.SplitSeq(codes, ",") {
		if l, ok := Parse(strings.TrimSpace(code)); ok && !slices.Contains(list, l) {
			list = append(list, l)
		}
	}
	return list
}

// JoinList writes "ru,be,en".
func JoinList(list []Language) string {
	codes := make([]string, len(list))
	for i, l := range list {
		codes[i] = string(l)
	}
	return strings.Join(codes, ",")
}

// Endonym is the language's own name for itself: what the language switch shows, never a flag.
func (l Language) Endonym() string { return formats[l].Endonym }

// Fallbacks are the languages that its readers mostly understand too, best first.
func (l Language) Fallbacks() []Language {
	switch l {
	case Belarusian:
		return []Language{Russian, English}
	case Russian:
		return []Language{Belarusian, English}
	case Danish:
		return []Language{English}
	}
	return nil
}

var matcher = language.NewMatcher([]language.Tag{language.English, language.MustParse("be"), language.Russian, language.Danish})
var matched = []Language{English, Belarusian, Russian, Danish}

// Choose picks the language of a page for someone who has not said: what the browser asks for (RFC 9110 §12.5.4), else
// English. A match the matcher is not sure of counts as none: a Ukrainian reader is not handed Russian.
func Choose(header http.Header) Language {
	tags, _, err := language.ParseAcceptLanguage(header.Get("Accept-Language"))
	if err != nil {
		return English
	}
	for _, tag := range tags {
		if _, i, sure := matcher.Match(tag); sure >= language.High {
			return matched[i]
		}
	}
	return English
}
