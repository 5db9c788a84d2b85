package glossary

import "strings"

// endings of Belarusian nouns, adjectives and participles as fold writes them, the longest first (not ога, which ends дапамога). Snowball knows no Belarusian;
// a glossary needs the forms of names and little of verbs.
var endings = strings.Fields(`
	аваннямі еваннямі іямі ямі амі емі ымі імі ыямі
	аннях еннях іях ыях ях ах ых іх
	ага яга ега аму яму ому ему
	іяй іяю ыяй ыяю яй яю ай аю ой ою ей ею
	іям ыям ям ам ом ем ым ім
	ія ыя ая яя ую юю ае яе ое ее ый ій ыі іі ію ыю ау яу еу оу
	а я о е э ы і у ю й ь`)

// ends are consonants that stand for each other at the end of a stem (дапамога, дапамозе; падтрымка, падтрымцы; адзінота, адзіноце).
var ends = map[rune]rune{'ц': 'к', 'т': 'к', 'з': 'г', 'д': 'г', 'с': 'х'}

// least is how many letters of a word are its own in any case.
const least = 3

// belarusian takes the ending off a folded word and evens what declension does to the last consonant.
func belarusian(w string) string {
	r := []rune(w)
	for _, e := range endings {
		if n := len([]rune(e)); len(r)-n >= least && strings.HasSuffix(w, e) {
			r = r[:len(r)-n]
			break
		}
	}
	for len(r) > least && (r[len(r)-1] == 'ь' || r[len(r)-1] == r[len(r)-2]) {
		r = r[:len(r)-1]
	}
	if n := len(r); n > least && r[n-1] == 'з' && r[n-2] == 'д' {
		r = r[:n-1]
	}
	last := len(r) - 1
	if other, is := ends[r[last]]; is && last >= least-1 {
		r[last] = other
	}
	return closed(string(r))
}
