package calendar

import "strings"

// The words of days and hours as people type them in English, Danish, Russian and Belarusian. A word counts from its
// third letter on: that covers the usual short forms; those that are shorter, or irregular, are written out.
var (
	monthWords = vocabulary(1,
		"january januar январь января студзень студзеня",
		"february februar февраль февраля люты лютага",
		"march marts март марта сакавік сакавіка",
		"april апрель апреля красавік красавіка",
		"may maj май мая травень траўня",
		"june juni июнь июня чэрвень чэрвеня",
		"july juli июль июля ліпень ліпеня",
		"august август августа жнівень жніўня",
		"september сентябрь сентября верасень верасня",
		"october oktober октябрь октября кастрычнік кастрычніка",
		"november ноябрь ноября лістапад лістапада",
		"december декабрь декабря снежань снежня")
	weekdayWords = vocabulary(0,
		"sunday søndag sondag воскресенье воскресенья вс нядзеля нядзелю нядзелі нд",
		"monday mandag понедельник понедельника пн панядзелак панядзелка",
		"tuesday tirsdag вторник вторника вт аўторак аўторка аў",
		"wednesday onsdag среда среду среды ср серада сераду серады",
		"thursday torsdag четверг четверга чт чацвер чацвярга чц",
		"friday fredag пятница пятницу пятницы пт пятніца пятніцу пятніцы",
		"saturday lørdag lordag суббота субботу субботы сб субота суботу суботы")
	ahead = vocabulary(0,
		"today idag сегодня сёння сення",
		"tomorrow imorgen завтра заўтра",
		"overmorgen iovermorgen послезавтра паслязаўтра")
	weekWords   = words("uge ugen week неделя неделе тыдзень тыдні")
	clockMarks  = words("kl klokken at в у ў а @")
	hourWords   = words("ч час часа часов гадзіна гадзіны гадзін гадзіне гадз h oclock")
	minuteWords = words("мин мін min minutter минут хвілін")
	before      = words("am утра ночи раніцы ночы morgen formiddag formiddagen morning")
	after       = words("pm дня вечера вечара eftermiddag eftermiddagen aften aftenen afternoon evening")
	endings     = words("st nd rd th го га е я й ай ой ая")
	fillers     = words("d den the of on in om på i и і г года год во у ў в а at к да на till til")
)

// vocabulary gives every word its number.
func vocabulary(first int, lines ...string) map[string]int {
	all := map[string]int{}
	for i, line := range lines {
		for _, word := range strings.Fields(line) {
			runes := []rune(word)
			for length := min(3, len(runes)); length <= len(runes); length++ {
				all[string(runes[:length])] = first + i
			}
		}
	}
	return all
}

func words(line string) map[string]bool {
	all := map[string]bool{}
	for _, word := range strings.Fields(line) {
		all[word] = true
	}
	return all
}
