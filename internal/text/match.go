package text

import (
	"strings"

	"example.org/tandem/internal/locale"
)

// pair finds for every typed block the paragraph that it is a new form of, or -1. What did not change anchors the rest;
// between two anchors paragraphs and blocks belong together in order if they are as many, else by likeness.
func pair(old []Paragraph, blocks []Block, l locale.Language) []int {
	before := make([]Block, len(old))
	for i, p := range old {
		before[i] = Block{p.Kind, p.Versions[l].Body}
	}
	match := make([]int, len(blocks))
	for j := range match {
		match[j] = -1
	}
	i, j := 0, 0
	for anchor, place := range append(common(before, blocks), len(blocks)) {
		if place < 0 {
			continue
		}
		between(before[i:anchor], blocks[j:place], match[j:place], i)
		if anchor < len(old) {
			match[place] = anchor
		}
		i, j = anchor+1, place+1
	}
	return match
}

// between pairs what lies between two anchors.
func between(before, after []Block, match []int, offset int) {
	if len(before) == len(after) {
		for j := range match {
			match[j] = offset + j
		}
		return
	}
	next := 0
	for j, b := range after {
		best, likest := -1, 0.3
		for i := next; i < len(before); i++ {
			if like := likeness(before[i].Body, b.Body); like > likest {
				best, likest = i, like
			}
		}
		if best >= 0 {
			match[j], next = offset+best, best+1
		}
	}
}

// likeness is the share of words that two paragraphs have in common (Sørensen–Dice).
func likeness(a, b string) float64 {
	words := map[string]int{}
	one, two := strings.Fields(a), strings.Fields(b)
	for _, w := range one {
		words[w]++
	}
	both := 0
	for _, w := range two {
		if words[w] > 0 {
			words[w]--
			both++
		}
	}
	return 2 * float64(both) / float64(len(one)+len(two))
}

type order struct {
	typed []int          // position of each typed block
	kept  map[string]int // position of paragraphs that were there before, by ID
}

// places gives every paragraph its position: the typed ones in their order, and each of the others behind the paragraph
// that it stood behind before. Among the others are those that were taken out, for somebody who started from an earlier
// version: what that looked like is read in the same order.
func places(all []place, old []Paragraph, match []int) order {
	placed := map[string]int{} // typed block by the ID of the paragraph it continues
	for j, i := range match {
		if i >= 0 {
			placed[old[i].ID] = j
		}
	}
	behind := map[int][]string{}
	last := -1
	for _, p := range all {
		if j, is := placed[p.paragraph]; is {
			last = max(last, j)
		} else {
			behind[last] = append(behind[last], p.paragraph)
		}
	}
	o := order{typed: make([]int, len(match)), kept: map[string]int{}}
	position := 0
	for j := -1; j < len(match); j++ {
		if j >= 0 {
			o.typed[j] = position
			position++
		}
		for _, id := range behind[j] {
			o.kept[id] = position
			position++
		}
	}
	return o
}
