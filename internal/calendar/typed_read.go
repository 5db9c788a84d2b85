package calendar

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// longest is how many characters a typed day and hour may have.
const longest = 80

// token is a number, a word or one sign.
type token struct {
	text   string
	number int  // of digits; otherwise -1
	glued  bool // no space before it
}

func tokens(typed string) (list []token) {
	glued := false
	var open rune // the kind of the token that may go on
	for _, c := range strings.ToLower(norm.NFC.String(typed)) {
		kind := '.'
		switch {
		case unicode.IsSpace(c):
			glued, open = false, 0
			continue
		case c >= '0' && c <= '9':
			kind = '0'
		case unicode.IsLetter(c):
			kind = 'a'
		}
		if kind == open && kind != '.' {
			list[len(list)-1].text += string(c)
		} else {
			list = append(list, token{text: string(c), number: -1, glued: glued})
		}
		glued, open = true, kind
	}
	for i, t := range list {
		if n, err := strconv.Atoi(t.text); err == nil && len(t.text) <= 4 {
			list[i].number = n
		}
	}
	return list
}

// scan goes through the tokens; what it does not know it refuses.
type scan struct {
	reading
	left []token
}

func read(typed string) (*reading, bool) {
	if len(typed) > 4*longest || len([]rune(typed)) > longest {
		return nil, false
	}
	s := &scan{left: tokens(typed)}
	for len(s.left) > 0 {
		if !s.step() {
			return nil, false
		}
	}
	return &s.reading, true
}

func (s *scan) step() bool {
	t := s.left[0]
	if t.number >= 0 {
		return s.digits()
	}
	switch {
	case clockMarks[t.text] && (s.danish() || s.at(1).number >= 0):
		return s.marked()
	case t.text == "i" && s.inDanish():
		return true
	case before[t.text] || after[t.text]:
		return s.part(t.text)
	case weekWords[t.text] && s.at(1).number >= 0:
		week := s.at(1)
		return s.take(2) && s.weekOf(week)
	}
	return s.word(t.text)
}

// word takes the name of a day or a month, or what says nothing.
func (s *scan) word(text string) bool {
	month, isMonth := monthWords[text]
	weekday, isWeekday := weekdayWords[text]
	days, isAhead := ahead[text]
	switch {
	case isMonth && s.month == 0: // July 2, 2020
		s.take(1)
		s.dot(".")
		if s.at(0).number < 1 || s.at(0).number > 31 || s.at(1).text == ":" {
			return false
		}
		s.day, s.month = s.at(0).number, month
		s.take(1)
		s.ending()
		s.dot(",")
		s.yearAfter()
		return true
	case isWeekday && !s.named:
		s.weekday, s.named = weekday, true
	case isAhead && !s.relative:
		s.in, s.relative = days, true
	case !fillers[text] && text != "." && text != ",":
		return false
	}
	return s.take(1)
}

// digits takes what begins with a number.
func (s *scan) digits() bool {
	a, sign, b := s.at(0), s.at(1).text, s.at(2)
	switch {
	case len(a.text) == 4 && sign == "-" && b.number > 0 && s.at(3).text == "-" && s.at(4).number > 0: // 2020-07-02T14:00
		ok := s.date(s.at(4).number, b.number, a.number)
		s.take(5)
		if s.at(0).text == "t" {
			s.take(1)
		}
		return ok
	case len(a.text) > 2:
		return false
	case sign == ":" && b.number >= 0:
		return s.take(3) && s.clock(a, &b) && s.seconds()
	case (sign == "." || sign == "/" || sign == "-") && b.number >= 0 && b.glued && len(b.text) <= 2:
		return s.numbers2(a, sign, b)
	}
	return s.number(a)
}

// numbers2 takes 2.7.2020, 2/7-2020, 2-7-2020, 2.7. or 14.00.
func (s *scan) numbers2(a token, sign string, b token) bool {
	last, year := s.at(3).text, s.at(4)
	s.take(3)
	full := (last == sign || sign == "/" && last == "-") && year.glued && (len(year.text) == 4 || len(year.text) == 2) && year.number >= 0
	switch {
	case full:
		s.take(2)
		return year.number > 0 && s.date(a.number, b.number, year.number)
	case sign == "." && last == "." && !s.dated():
		s.take(1)
		return s.date(a.number, b.number, 0) && s.yearAfter()
	case sign == "/":
		return s.date(a.number, b.number, 0) && s.yearAfter()
	case sign == "-":
		return false // 10-11 may be from ten to eleven
	}
	s.pairs = append(s.pairs, [2]token{a, b})
	return len(s.pairs) <= 2
}

// number takes a number that stands alone: 2 July, 27. uge, 2pm, 14 часов 30 минут, 14.
func (s *scan) number(a token) bool {
	s.take(1)
	dotted := s.dot(".")
	ending := s.ending()
	next := s.at(0).text
	if next == "of" {
		next = s.at(1).text
	}
	month, isMonth := monthWords[next]
	switch {
	case isMonth:
		s.dot("of")
		s.take(1)
		s.dot(".")
		s.dot(",")
		return s.date(a.number, month, 0) && s.yearAfter()
	case weekWords[next] && (dotted || ending):
		return s.take(1) && s.weekOf(a)
	case hourWords[next]:
		return s.take(1) && s.hours(a)
	case before[next] || after[next]:
		return s.clock(a, nil)
	}
	s.reading.numbers = append(s.reading.numbers, a)
	return !dotted && !ending && len(s.reading.numbers) == 1
}

// hours takes what may follow "14 часов".
func (s *scan) hours(a token) bool {
	s.dot(".")
	if minute := s.at(0); minute.number >= 0 && minuteWords[s.at(1).text] {
		s.take(2)
		s.dot(".")
		return s.clock(a, &minute)
	}
	return s.clock(a, nil)
}

// marked takes an hour behind the word that announces one: kl. 14, kl. 1430, в 10, а 10-й.
func (s *scan) marked() bool {
	danish, n := s.danish(), 1
	if danish && s.at(1).text == "." {
		n = 2
	}
	hour := s.at(n)
	if hour.number < 0 {
		return s.take(n)
	}
	if danish && len(hour.text) == 4 {
		s.take(n + 1)
		return s.clock(token{text: hour.text[:2], number: hour.number / 100}, &token{text: hour.text[2:], number: hour.number % 100})
	}
	if sign := s.at(n + 1).text; (sign == "." || sign == ":") && s.at(n+2).number >= 0 && s.at(n+2).glued && s.at(n+3).text != "." {
		minute := s.at(n + 2)
		s.take(n + 3)
		return s.clock(hour, &minute) && s.seconds()
	}
	if s.dayBehind(n + 1) {
		return s.take(n)
	}
	s.take(n + 1)
	s.ending()
	if hourWords[s.at(0).text] {
		return s.take(1) && s.hours(hour)
	}
	return s.clock(hour, nil)
}

func (s *scan) danish() bool { return s.at(0).text == "kl" || s.at(0).text == "klokken" }

// dayBehind tells that the number before is a day after all: "on" and "at" are one word in Russian and Belarusian.
func (s *scan) dayBehind(n int) bool {
	for _, t := range []token{s.at(n), s.at(n + 1)} {
		if _, month := monthWords[t.text]; month {
			return true
		}
		if t.text == "/" || t.text == "." && s.at(n+1).number >= 0 {
			return true
		}
	}
	return false
}

// inDanish takes "i dag", "i morgen", "i overmorgen".
func (s *scan) inDanish() bool {
	days, is := map[string]int{"dag": 0, "morgen": 1, "overmorgen": 2}[s.at(1).text]
	if !is || s.relative {
		return false
	}
	s.in, s.relative = days, true
	return s.take(2)
}

func (s *scan) part(text string) bool {
	if s.half > 0 {
		return false
	}
	s.half = 1
	if after[text] {
		s.half = 2
	}
	return s.take(1)
}

func (s *scan) weekOf(t token) bool {
	if s.week > 0 || t.number < 1 || t.number > 53 {
		return false
	}
	s.week = t.number
	s.dot(",")
	return s.yearAfter()
}

// date takes a day once. A year of two digits is completed later, when today is known.
func (s *scan) date(day, month, year int) bool {
	if s.month > 0 || day < 1 || day > 31 || month < 1 || month > 12 || year > 99 && (year < 2000 || year > 2099) {
		return false
	}
	s.day, s.month, s.year = day, month, year
	return true
}

// yearAfter takes a year if there is one.
func (s *scan) yearAfter() bool {
	if y := s.at(0); len(y.text) == 4 && y.number >= 2000 && y.number <= 2099 && s.year == 0 {
		s.year = y.number
		s.take(1)
	}
	return true
}

// seconds takes :00, which some programmes add.
func (s *scan) seconds() bool {
	if s.at(0).text == ":" && s.at(1).text == "00" {
		s.take(2)
	}
	return true
}

func (s *scan) ending() bool {
	n := 0
	if s.at(0).text == "-" && s.at(0).glued {
		n = 1
	}
	if t := s.at(n); !t.glued || !endings[t.text] {
		return false
	}
	return s.take(n + 1)
}

func (s *scan) dot(sign string) bool { return s.at(0).text == sign && s.take(1) }

func (s *scan) at(n int) token {
	if n < len(s.left) {
		return s.left[n]
	}
	return token{number: -1}
}

func (s *scan) take(n int) bool {
	s.left = s.left[min(n, len(s.left)):]
	return true
}
