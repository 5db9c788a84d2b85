package text

import (
	"strings"
	"unicode"
)

// Op says where a piece of a comparison stands.
type Op int

const (
	Same Op = iota
	Gone    // in the first text only
	Come    // in the second only
)

// Span is a run of words with one Op. Spaces belong to the word before them.
type Span struct {
	Op   Op
	Text string
}

// mostPairs bounds the work of one comparison; beyond it everything between the common ends counts as changed.
const mostPairs = 4_000_000

// Words compares two texts word by word. Same and Gone spans read as the first text, Same and Come spans as the second.
func Words(a, b string) []Span {
	one, two := words(a), words(b)
	start := 0
	for start < len(one) && start < len(two) && alike(one[start], two[start]) {
		start++
	}
	end := 0
	for end < len(one)-start && end < len(two)-start && alike(one[len(one)-1-end], two[len(two)-1-end]) {
		end++
	}
	var spans spans
	spans.add(Same, two[:start])
	spans.compare(one[start:len(one)-end], two[start:len(two)-end])
	spans.add(Same, two[len(two)-end:])
	return spans
}

type spans []Span

func (s *spans) add(op Op, words []string) {
	for _, w := range words {
		if last := len(*s) - 1; last >= 0 && (*s)[last].Op == op {
			(*s)[last].Text += w
		} else {
			*s = append(*s, Span{op, w})
		}
	}
}

// compare walks along a longest common subsequence; what is gone comes before what has come in its place.
func (s *spans) compare(a, b []string) {
	if len(a)*len(b) > mostPairs {
		s.add(Gone, a)
		s.add(Come, b)
		return
	}
	length := commonLengths(a, b)
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		gone, come := i, j
		for (i < len(a) || j < len(b)) && (i == len(a) || j == len(b) || !alike(a[i], b[j])) {
			if j == len(b) || i < len(a) && length[i+1][j] >= length[i][j+1] {
				i++
			} else {
				j++
			}
		}
		s.add(Gone, a[gone:i])
		s.add(Come, b[come:j])
		if i < len(a) {
			s.add(Same, b[j:j+1])
			i, j = i+1, j+1
		}
	}
}

func commonLengths(a, b []string) [][]int32 {
	length := make([][]int32, len(a)+1)
	for i := range length {
		length[i] = make([]int32, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if alike(a[i], b[j]) {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	return length
}

func alike(a, b string) bool { return strings.TrimSpace(a) == strings.TrimSpace(b) }

// words cuts a text into words and single marks, each with the spaces behind it; nothing is lost.
func words(s string) []string {
	var list []string
	start, inWord, spaced := 0, false, false
	for i, r := range s {
		space, letter := unicode.IsSpace(r), unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
		if !space && i > start && (spaced || !letter || !inWord) {
			list, start = append(list, s[start:i]), i
		}
		if !space {
			inWord = letter
		}
		spaced = space
	}
	if start < len(s) {
		list = append(list, s[start:])
	}
	return list
}
