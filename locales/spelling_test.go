package locales

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// slip is a way of writing that is wrong in some languages. Each was met in real translations.
type slip struct {
	languages string
	pattern   string
	reason    string
}

var slips = []slip{
	{"be", `[иИщЩъЪ]`, "a Russian letter"},
	{"ru", `[іІўЎ]`, "a Belarusian letter"},
	{"en da", `[а-яА-ЯёЁіІўЎ]`, "a Cyrillic letter"},
	{"ru be", `[а-яА-ЯёЁіІўЎ][a-zA-Z]|[a-zA-Z][а-яА-ЯёЁіІўЎ]`, "two scripts in one word"},

	{"en ru be da", `  `, "two spaces"},
	{"en ru be da", `^[ \x{A0}]|[ \x{A0}]$`, "a space at the end: sentences are not glued together"},
	{"en ru be da", ` [,;:!?]`, "a space before a mark"},
	{"en ru be da", `\.\.\.`, "three dots for …"},
	{"en ru be da", `"`, "a straight quotation mark"},
	{"en ru be da", `'`, "a straight apostrophe"},
	{"en ru be da", ` - `, "a hyphen for a dash"},
	{"ru be", ` – `, "a short dash: — is usual"},
	{"en da", `—`, "a long dash: – is usual"},
	{"ru be", `[“”]\PL*\pL+.*”`, "English quotation marks: «…», inner „…“"},
	{"en da", `[«»]`, "Russian quotation marks"},
	{"en", `”[^”]+”`, "Danish quotation marks: “…”"},
	{"da", `“`, "English quotation marks: ”…”"},

	{"ru be", `№[^\x{A0}]`, "№ without a no-break space"},
	{"ru be", `[0-9}] г\.`, "г. without a no-break space before it"},
	{"en ru be da", `[0-9}] %`, "% without a no-break space before it"},
	{"ru be da", `[0-9}]%`, "% without a space before it"},
	{"da", `\b(kl|nr)\. `, "kl. or nr. without a no-break space"},
	{"da", `\pL['’]s\b`, "a genitive with an apostrophe"},

	{"be", `(^|[«„(—.,;:!?…] ?)[ўЎ]`, "ў after a pause: у"},
	{"be", `[бвгджзйклмнпрстфхцчшьБВГДЖЗЙКЛМНПРСТФХЦЧШЬ’][ \x{A0}]?ў`, "ў after a consonant: у"},
	{"be", `[аеёіоуыэюяАЕЁІОУЫЭЮЯ][ \x{A0}]у`, "у after a vowel: ў"},
	{"be", `[аеёіоыэюя]у[бвгджзйклнпртфхцчш]`, "у after a vowel: ў"},
	{"be", `\}\}[ \x{A0}][уў]`, "у or ў after what is not known: put the value last, or use a colon"},

	{"ru", `(?i)(^|\PL)(волонтер|отчет|расчет|учет|партнер|счет(\PL|$)|еще|ее(\PL|$)|объем|прием(\PL|$)|подъем)`, "е for ё"},
	{"ru", `(?i)(^|\PL)(кеге|серьез|надежн|темн|зелен|желт|черн(ый|ая|ое|ые|ого|ой|ых)|четверт|легк[оиа]|твое|свое(\PL|$)|мое(\PL|$))`, "е for ё"},
	{"ru", `(?i)(^|\PL)(да|ид|жд|бер|вед|нес|нач?н|прид|пойд|найд|войд|пришл|верн|пройд)ет(ся|е)?(\PL|$)`, "е for ё"},
	{"ru", `(?i)(измен|удал|сохран|реш|заверш|включ|отключ|определ|прикрепл|перевед|введ|утвержд|приглаш|подтвержд|перенес|провед|отмен|продл)ен(\PL|$)`, "е for ё"},
	{"ru be", `[\pL,:;»)] (Вы|Вас|Вам|Вами|Ваш[а-яіў]*)(\PL|$)`, "a capital in «вы»"},
}

// right are words that a pattern above takes for a slip.
var right = []string{}

func TestSpelling(t *testing.T) {
	all := read(t)
	for _, s := range slips {
		pattern := regexp.MustCompile(s.pattern)
		for l := range strings.FieldsSeq(s.languages) {
			for key, m := range all[l] {
				for _, text := range m {
					if at := pattern.FindString(without(text)); at != "" {
						t.Errorf("%s %s: %s (%q) in %q", l, key, s.reason, at, text)
					}
				}
			}
		}
	}
}

// without takes out what is no prose of the language: placeholders keep their braces, so that patterns see them.
func without(text string) string {
	text = placeholder.ReplaceAllString(text, "{{}}")
	for _, word := range right {
		text = strings.ReplaceAll(text, word, "")
	}
	return text
}

// same are messages of several words that are written alike in two languages.
var same = []string{"organisations.level.regional", "zone.America/New_York"}

// What reads the same in English and in another language has mostly been forgotten.
func TestNothingIsLeftInEnglish(t *testing.T) {
	all := read(t)
	for _, l := range languages[1:] {
		for key, m := range all[l] {
			text := m[""]
			words := regexp.MustCompile(`\pL{2,}`).FindAllString(placeholder.ReplaceAllString(text, ""), -1)
			if len(words) > 1 && text == all["en"][key][""] && !slices.Contains(same, key) {
				t.Errorf("%s %s is still English: %q", l, key, text)
			}
		}
	}
}
