package text

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
)

// Coverage is where every language of a text stands, without its words: enough for its marks and for telling what is to be
// translated. The coverage of several texts that are read as one, such as the sections of a lesson, is one Coverage.
type Coverage struct {
	paragraphs int
	in         map[locale.Language]tally
}

// tally counts the paragraphs of one language by their state.
type tally struct{ there, outOfDate, origin, machine, inWork int }

// State of one language: the same rule as that of a Text.
func (c Coverage) State(l locale.Language) State {
	t := c.in[l]
	switch {
	case t.there == 0:
		return Missing
	case t.outOfDate > 0, t.there < c.paragraphs:
		return OutOfDate
	case t.machine > 0:
		return Machine
	case t.inWork > 0:
		return InWork
	case t.origin < t.there:
		return Good
	}
	return Source
}

// Empty tells whether nothing has been written in any language.
func (c Coverage) Empty() bool { return c.paragraphs == 0 }

// CoverageOf is that of things which a statement names: its columns `thing` and `text_id` say which texts each is made of.
// Things of which nothing has been written are not there. One statement, however many things.
func CoverageOf(ctx context.Context, tx *database.Tx, things string, args ...any) (map[string]Coverage, error) {
	found := map[string]Coverage{}
	_, err := database.All(ctx, tx, func(s database.Scanner) (none struct{}, err error) {
		var thing, kept string
		if err := s.Scan(&thing, &kept); err != nil {
			return none, err
		}
		c := found[thing]
		err = c.add(kept)
		found[thing] = c
		return none, err
	}, covered(`x.thing`, things), args...)
	return found, err
}

// covered reads the texts that a statement names and of which something has been written. A cross join tells SQLite to begin
// with those texts; it would rather read every text that there is.
func covered(columns, things string) string {
	return `select ` + columns + `, t.coverage from (` + things + `) x cross join texts t where t.id = x.text_id and t.coverage <> ''`
}

// counted is what a text keeps of its own coverage, in the row of the text: a language, and the counts of a tally in their order.
const counted = `coalesce((select string_agg(c.language || ' ' || c.there || ' ' || c.late || ' ' || c.origin || ' ' || c.machine || ' ' || c.work, ',')
	from (select r.language, count(*) as there, sum(case when r.meaning < p.meaning then 1 else 0 end) as late,
		sum(case when p.origin = r.language then 1 else 0 end) as origin,
		sum(case when r.how = 'machine' and p.origin <> r.language then 1 else 0 end) as machine,
		sum(case when r.how = 'translated' and p.origin <> r.language then 1 else 0 end) as work
		from text_paragraphs p join text_revisions r on r.paragraph_id = p.id and r.current
		where p.text_id = texts.id and p.removed is null group by r.language) c), '')`

// written is the coverage of a text of which all paragraphs have just been written, in one language.
func written(l locale.Language, paragraphs int) string {
	if paragraphs == 0 {
		return ""
	}
	return fmt.Sprintf("%s %d 0 %d 0 0", l, paragraphs, paragraphs)
}

// add takes in what a text has kept. Every paragraph has one origin: those together are how many there are.
func (c *Coverage) add(kept string) error {
	if c.in == nil {
		c.in = map[locale.Language]tally{}
	}
	for part := range strings.SplitSeq(kept, ",") {
		words := strings.Fields(part)
		if len(words) != 6 {
			return fmt.Errorf("text: coverage %q", kept)
		}
		var counts [5]int
		for i := range counts {
			n, err := strconv.Atoi(words[i+1])
			if err != nil {
				return fmt.Errorf("text: coverage %q", kept)
			}
			counts[i] = n
		}
		l := locale.Language(words[0])
		c.in[l] = c.in[l].and(tally{counts[0], counts[1], counts[2], counts[3], counts[4]})
		c.paragraphs += counts[2]
	}
	return nil
}

func (t tally) and(more tally) tally {
	return tally{t.there + more.there, t.outOfDate + more.outOfDate, t.origin + more.origin, t.machine + more.machine, t.inWork + more.inWork}
}
