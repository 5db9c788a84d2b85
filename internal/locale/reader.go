package locale

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// Reader is one person to speak to: a language, a time zone, and what time it is. Pages, mails and calendar entries are
// all said through one.
type Reader struct {
	Language Language
	Zone     *time.Location
	Now      time.Time
	// Reads are the languages of texts that this person reads, best first; their own is always the first.
	Reads []Language

	catalog *Catalog
}

// Reader makes one. The zone may be nil: then it is the one that the language's readers mostly live in.
func (c *Catalog) Reader(l Language, zone *time.Location, now time.Time, reads ...Language) Reader {
	if zone == nil {
		zone = Minsk
		if l == Danish || l == English {
			zone = Copenhagen
		}
	}
	if len(reads) == 0 {
		reads = l.Fallbacks()
	}
	own := []Language{l}
	for _, other := range reads {
		if other != l {
			own = append(own, other)
		}
	}
	return Reader{Language: l, Zone: zone, Now: now, Reads: own, catalog: c}
}

// In is the same person, spoken to in another language.
func (r Reader) In(l Language) Reader {
	return r.catalog.Reader(l, r.Zone, r.Now, r.Reads...)
}

// T says a message: r.T("conferences.new.title"), or with values r.T("mail.subject", locale.V{"Title": title}).
func (r Reader) T(key string, values ...V) string {
	return r.catalog.say(r.Language, key, nil, merge(values))
}

// N says a message that counts: {{.N}} is the number as the language writes it.
func (r Reader) N(key string, n int, values ...V) string {
	small := len(values) == 0 && n >= 0 && n < mostCounted
	said := counted{r.Language, key, n}
	if small {
		if sentence, there := r.catalog.counted.Load(said); there {
			return sentence.(string)
		}
	}
	all := V{}
	maps.Copy(all, merge(values))
	all["N"] = r.Number(n)
	sentence := r.catalog.say(r.Language, key, n, all)
	if small {
		r.catalog.counted.Store(said, sentence)
	}
	return sentence
}

// Has tells whether there is such a message.
func (r Reader) Has(key string) bool { return r.catalog.Has(r.Language, key) }

func merge(values []V) V {
	switch len(values) {
	case 0:
		return nil
	case 1:
		return values[0]
	}
	all := V{}
	for _, v := range values {
		maps.Copy(all, v)
	}
	return all
}

// LanguageName is the name of a language in the reader's: "Danish", "датский".
//
// words: language.be language.ru language.da language.en
func (r Reader) LanguageName(l Language) string { return r.T("language." + string(l)) }

// Number writes a whole number: 1,234,567 · 1 234 567 · 1.234.567. Russian and Belarusian group from five digits on.
func (r Reader) Number(n int) string {
	f := formats[r.Language]
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "−", digits[1:]
	}
	least := 4
	if r.Language == Russian || r.Language == Belarusian {
		least = 5
	}
	if len(digits) < least {
		return sign + digits
	}
	var groups []string
	for len(digits) > 3 {
		groups = append(groups, digits[len(digits)-3:])
		digits = digits[:len(digits)-3]
	}
	groups = append(groups, digits)
	slices.Reverse(groups)
	return sign + strings.Join(groups, f.Group)
}

// List joins names: "A, B and C", «A, B и C».
func (r Reader) List(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return r.T("list.and", V{"First": strings.Join(names[:last], ", "), "Last": names[last]})
}

// Quote puts the language's quotation marks around a text.
func (r Reader) Quote(s string) string {
	q := formats[r.Language].Quotes
	return q[0] + s + q[1]
}

// Sort puts things in the order of the reader's alphabet.
func Sort[T any](r Reader, list []T, name func(T) string) {
	collator := collate.New(language.Make(string(r.Language)), collate.IgnoreCase)
	slices.SortStableFunc(list, func(a, b T) int { return collator.CompareString(name(a), name(b)) })
}
