package text

import (
	"context"

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
		var thing string
		var l locale.Language
		var t tally
		err = s.Scan(append([]any{&thing}, t.into(&l)...)...)
		c := found[thing]
		c.add(l, t)
		found[thing] = c
		return none, err
	}, tallied(`x.thing`, `x.thing`, things), args...)
	return found, err
}

// tallied counts, for each key and each language, the paragraphs of the texts that a statement names. A cross
// join tells SQLite to begin with those texts; it would rather read every revision that there is.
func tallied(key, columns, things string) string {
	return `select ` + columns + `, r.language, count(*), sum(case when r.meaning < p.meaning then 1 else 0 end),
		sum(case when p.origin = r.language then 1 else 0 end),
		sum(case when r.how = 'machine' and p.origin <> r.language then 1 else 0 end),
		sum(case when r.how = 'translated' and p.origin <> r.language then 1 else 0 end)
		from (` + things + `) x cross join text_paragraphs p cross join text_revisions r
		where p.text_id = x.text_id and p.removed is null and r.paragraph_id = p.id and r.current group by ` + key + `, r.language`
}

func (t *tally) into(l *locale.Language) []any {
	return []any{l, &t.there, &t.outOfDate, &t.origin, &t.machine, &t.inWork}
}

// add takes in one language. Every paragraph has one origin: those together are how many there are.
func (c *Coverage) add(l locale.Language, t tally) {
	if c.in == nil {
		c.in = map[locale.Language]tally{}
	}
	c.in[l] = t
	c.paragraphs += t.origin
}
