package glossary

import (
	"strings"
	"unicode"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/russian"
	"golang.org/x/text/unicode/norm"

	"example.org/tandem/internal/locale"
)

// word is a run of letters and digits: the bytes from to to. An apostrophe between letters belongs to it (сям’я, branch’s).
type word struct{ from, to int }

func words(body string) (list []word) {
	inside, apostrophe := false, false
	for i, r := range body {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if !inside {
				list = append(list, word{from: i})
			}
			inside, apostrophe = true, false
			list[len(list)-1].to = i + len(string(r))
		case inside && !apostrophe && strings.ContainsRune(apostrophes, r):
			apostrophe = true
		default:
			inside, apostrophe = false, false
		}
	}
	return list
}

const apostrophes = "'’ʼ"

var even = strings.NewReplacer("ё", "е", "ў", "у", "'", "’", "ʼ", "’")

// fold makes spellings of one word alike: case, ё and е, ў and у, the kinds of apostrophe, letters with loose accents.
func fold(w string) string { return even.Replace(strings.ToLower(norm.NFC.String(w))) }

// stem is what the forms of a word have in common.
func stem(l locale.Language, w string) string {
	w = fold(w)
	if l == locale.Belarusian {
		return belarusian(w)
	}
	w = strings.TrimSuffix(strings.TrimSuffix(w, "’s"), "’")
	env := snowballstem.NewEnv(w)
	switch l {
	case locale.Russian:
		russian.Stem(env)
		return closed(env.Current())
	case locale.Danish:
		danish.Stem(env)
	case locale.English:
		english.Stem(env)
	}
	return env.Current()
}

// closed drops the vowel that comes and goes before к: звонок, звонка; поддержек, поддержка.
func closed(w string) string {
	r := []rune(w)
	if n := len(r); n > 3 && r[n-1] == 'к' && strings.ContainsRune("аоеэ", r[n-2]) {
		return string(r[:n-2]) + "к"
	}
	return w
}
