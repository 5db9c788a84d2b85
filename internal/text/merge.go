package text

import "slices"

// Chunk is a run of paragraphs in a merge of two edits. Where both sides changed the same paragraphs, and not alike, it is
// a clash: a person must choose.
type Chunk struct {
	Mine, Theirs []Block
	Clash        bool
}

// Merge puts two edits of the same text together, paragraph by paragraph (three-way, as diff3 does). Changes in different
// paragraphs both hold.
func Merge(base, mine, theirs []Block) []Chunk {
	inMine, inTheirs := common(base, mine), common(base, theirs)
	var chunks []Chunk
	b, m, t := 0, 0, 0
	for {
		next := b // the next paragraph of the base that both have kept
		for next < len(base) && (inMine[next] < 0 || inTheirs[next] < 0) {
			next++
		}
		endMine, endTheirs := len(mine), len(theirs)
		if next < len(base) {
			endMine, endTheirs = inMine[next], inTheirs[next]
		}
		chunks = append(chunks, run(base[b:next], mine[m:endMine], theirs[t:endTheirs])...)
		if next == len(base) {
			return chunks
		}
		chunks = append(chunks, Chunk{Mine: base[next : next+1], Theirs: base[next : next+1]})
		b, m, t = next+1, endMine+1, endTheirs+1
	}
}

// run decides what lies between two paragraphs that both have kept. Where nobody brought or took away any, neighbours are
// decided one by one: two people who changed one each do not quarrel.
func run(base, mine, theirs []Block) []Chunk {
	if len(mine) == len(base) && len(theirs) == len(base) {
		chunks := make([]Chunk, len(base))
		for i := range base {
			chunks[i], _ = settle(base[i:i+1], mine[i:i+1], theirs[i:i+1])
		}
		return chunks
	}
	c, any := settle(base, mine, theirs)
	switch {
	case c.Clash:
		return quarrel(base, mine, theirs)
	case any:
		return []Chunk{c}
	}
	return nil
}

// quarrel narrows a clash down to what differs: paragraphs that both wrote alike are settled, and so is what only one of
// them wrote where there was nothing before.
func quarrel(base, mine, theirs []Block) (chunks []Chunk) {
	m, t := 0, 0
	for i, place := range append(common(mine, theirs), len(theirs)) {
		if place < 0 {
			continue
		}
		chunks = append(chunks, apart(len(base) == 0, mine[m:i], theirs[t:place])...)
		if i < len(mine) {
			chunks = append(chunks, Chunk{Mine: mine[i : i+1], Theirs: mine[i : i+1]})
		}
		m, t = i+1, place+1
	}
	return chunks
}

// apart is what lies between two paragraphs that are alike: as many against as many are asked about one by one.
func apart(fresh bool, mine, theirs []Block) (chunks []Chunk) {
	switch {
	case len(mine)+len(theirs) == 0:
	case fresh && len(theirs) == 0:
		chunks = append(chunks, Chunk{Mine: mine, Theirs: mine})
	case fresh && len(mine) == 0:
		chunks = append(chunks, Chunk{Mine: theirs, Theirs: theirs})
	case len(mine) == len(theirs):
		for i := range mine {
			chunks = append(chunks, Chunk{Mine: mine[i : i+1], Theirs: theirs[i : i+1], Clash: true})
		}
	default:
		chunks = append(chunks, Chunk{Mine: mine, Theirs: theirs, Clash: true})
	}
	return chunks
}

// settle decides one run: whoever left it alone gives way to the other.
func settle(base, mine, theirs []Block) (c Chunk, any bool) {
	switch {
	case slices.Equal(mine, theirs), slices.Equal(base, theirs):
		return Chunk{Mine: mine, Theirs: mine}, len(mine) > 0
	case slices.Equal(base, mine):
		return Chunk{Mine: theirs, Theirs: theirs}, len(theirs) > 0
	}
	return Chunk{Mine: mine, Theirs: theirs, Clash: true}, true
}

// common finds a longest common subsequence: for every block of a, its place in b, or -1.
func common(a, b []Block) []int {
	length := make([][]int, len(a)+1)
	for i := range length {
		length[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	place := make([]int, len(a))
	for i := range place {
		place[i] = -1
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			place[i] = j
			i, j = i+1, j+1
		case length[i+1][j] >= length[i][j+1]:
			i++
		default:
			j++
		}
	}
	return place
}
