package text_test

import (
	"flag"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
)

// TestNothingIsLostAndEveryStateIsThatOfTheModel does anything in any order to a text, and holds it to a model that knows
// no numbered meanings: it walks from each version back to what that was made from.
func TestNothingIsLostAndEveryStateIsThatOfTheModel(t *testing.T) {
	// Every step is a transaction that reaches the disk, so fewer runs than the hundred that are usual; the flag still rules.
	if f := flag.Lookup("rapid.checks"); f.Value.String() == f.DefValue {
		flag.Set("rapid.checks", "15")
	}
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		rapid.Check(t, func(r *rapid.T) {
			d := &driver{r: r, desk: newDesk(t, db, ru, "Один.\n\nДва."), model: model{}}
			d.learn("", nil)
			r.Repeat(map[string]func(*rapid.T){
				"edit":      d.doEdit,
				"stale":     d.doStaleEdit,
				"translate": d.doTranslate,
				"check":     d.doCheck,
				"restore":   d.doRestore,
				"":          d.compare,
			})
		})
	})
}

// mention is one revision in the model: what it says, and what it says it after.
type mention struct {
	body   string
	how    text.How
	after  *mention // made from it, or meaning the same; nil: it began a meaning of its own
	begins int      // which meaning it began, in the order of time
	order  int      // when it was written
}

// meaning walks back to where what is said here was said first.
func (m *mention) meaning() int {
	for m.after != nil {
		m = m.after
	}
	return m.begins
}

// paragraphs of the model, also those that were taken out: all that was ever said of each, by language.
type model map[string]map[locale.Language][]*mention

// state by walking chains: behind whatever began last, or in the language that last wrote what holds now, or as it was made.
func (m model) state(id string, l locale.Language) text.State {
	said := m[id][l]
	if len(said) == 0 {
		return text.Missing
	}
	newest := 0
	for _, list := range m[id] {
		for _, x := range list {
			newest = max(newest, x.meaning())
		}
	}
	now := said[len(said)-1]
	switch {
	case now.meaning() < newest:
		return text.OutOfDate
	case m.origin(id, newest) == l:
		return text.Source
	case now.how == text.ByMachine:
		return text.Machine
	case now.how == text.Translated:
		return text.InWork
	}
	return text.Good
}

func (m model) origin(id string, newest int) (origin locale.Language) {
	last := -1
	for l, list := range m[id] {
		for _, x := range list {
			if x.how == text.Written && x.meaning() == newest && x.order > last {
				origin, last = l, x.order
			}
		}
	}
	return origin
}

// driver does things to the text and tells the model.
type driver struct {
	r     *rapid.T
	desk  *desk
	model model
	order int
	bases []base
}

// base is a text as an editor once opened it.
type base struct {
	version int
	in      map[locale.Language]string
}

var spoken = []locale.Language{ru, da, en}

func (d *driver) language(label string) locale.Language {
	return rapid.SampledFrom(spoken).Draw(d.r, label)
}

// fresh is a paragraph that was never written before, so that it can be told apart.
func (d *driver) fresh() string {
	d.order++
	return fmt.Sprintf("Satz %d: %s.", d.order, rapid.SampledFrom([]string{"alpha beta", "gamma delta epsilon", "zeta"}).Draw(d.r, "words"))
}

// typed changes some text as people do: another word, a paragraph more, one less, two the other way round.
func (d *driver) typed(body string) string {
	blocks := text.Split(body)
	for range rapid.IntRange(1, 3).Draw(d.r, "changes") {
		at := rapid.IntRange(0, len(blocks)).Draw(d.r, "at")
		switch kind := rapid.IntRange(0, 3).Draw(d.r, "kind"); {
		case kind == 0 || len(blocks) == 0:
			blocks = slices.Insert(blocks, at, text.Block{Kind: text.Plain, Body: d.fresh()})
		case at == len(blocks):
		case kind == 1:
			blocks[at].Body = d.fresh()
		case kind == 2 && len(blocks) > 1:
			blocks = slices.Delete(blocks, at, at+1)
		case at+1 < len(blocks):
			blocks[at], blocks[at+1] = blocks[at+1], blocks[at]
		}
	}
	return text.Join(blocks)
}

func (d *driver) doEdit(*rapid.T) {
	l, same := d.language("edit in"), rapid.Bool().Draw(d.r, "same meaning")
	before := d.desk.now()
	typed := d.typed(before.In(l))
	if err := d.desk.save(before.Version, l, typed, same); err != nil {
		d.r.Fatal(err)
	}
	after := d.desk.now()
	if got := after.In(l); got != typed {
		d.r.Fatalf("typed %q, kept %q", typed, got)
	}
	d.unchangedKeepTheirIDs(before, after, l)
	d.othersAreUntouched(before, after, l)
	d.learn(l, &same)
}

// doStaleEdit saves from a version that others have written over since: put together, or refused with nothing written.
func (d *driver) doStaleEdit(*rapid.T) {
	from, l := rapid.SampledFrom(d.bases).Draw(d.r, "base"), d.language("edit in")
	before, same := d.desk.now(), false
	mine := d.typed(from.in[l])
	err := d.desk.save(from.version, l, mine, same)
	after := d.desk.now()
	if err != nil {
		if after.Version != before.Version {
			d.r.Fatalf("refused, and yet written: %v", err)
		}
		return
	}
	for _, b := range text.Split(mine) {
		if !slices.Contains(text.Split(from.in[l]), b) && !slices.Contains(text.Split(after.In(l)), b) {
			d.r.Fatalf("%q was typed and is not there", b.Body)
		}
	}
	d.othersAreUntouched(before, after, l)
	d.learn(l, &same)
}

func (d *driver) doTranslate(*rapid.T) {
	id, there := d.anyParagraph()
	if !there {
		return
	}
	from, to := d.language("from"), d.language("to")
	by := rapid.SampledFrom([]text.How{text.Translated, text.ByMachine, text.Checked}).Draw(d.r, "by")
	said, mine := d.model[id][from], d.model[id][to]
	if len(said) == 0 || from == to {
		return
	}
	source := rapid.IntRange(1, len(said)).Draw(d.r, "revision")
	body := d.fresh()
	err := d.desk.db.Write(d.desk.t.Context(), func(tx *database.Tx) error {
		return text.Translate(d.desk.t.Context(), tx, text.Translation{TextID: d.desk.id, Paragraph: id, Language: to, Base: len(mine), Body: body,
			FromLanguage: from, FromRevision: source, By: by, PersonID: "translator"})
	})
	human := len(mine) > 0 && mine[len(mine)-1].how != text.ByMachine
	refused := d.model.state(id, to) == text.Source || by == text.ByMachine && human || len(mine) > 0 && d.isOrigin(id, to)
	if refused != (err != nil) {
		d.r.Fatalf("translated %s by %s: %v", to, by, err)
	}
	if err == nil {
		d.say(id, to, &mention{body: body, how: by, after: said[source-1]})
	}
}

func (d *driver) doCheck(*rapid.T) {
	id, there := d.anyParagraph()
	if !there {
		return
	}
	l := d.language("check")
	state := d.model.state(id, l)
	err := d.desk.db.Write(d.desk.t.Context(), func(tx *database.Tx) error {
		return text.Check(d.desk.t.Context(), tx, d.desk.id, id, l, "checker")
	})
	if refused := state == text.Missing || state == text.OutOfDate; refused != (err != nil) {
		d.r.Fatalf("checked what is %s: %v", state, err)
	}
	if state == text.InWork || state == text.Machine {
		list := d.model[id][l]
		d.say(id, l, &mention{body: list[len(list)-1].body, how: text.Checked, after: list[len(list)-1]})
	}
}

func (d *driver) doRestore(*rapid.T) {
	id, there := d.anyParagraph()
	if !there {
		return
	}
	l := d.language("restore")
	list := d.model[id][l]
	if len(list) == 0 {
		return
	}
	number := rapid.IntRange(1, len(list)).Draw(d.r, "revision")
	old, now, origin := list[number-1], list[len(list)-1], d.isOrigin(id, l)
	d.desk.must(func(tx *database.Tx) error {
		return text.Restore(d.desk.t.Context(), tx, d.desk.id, id, l, number, "editor")
	})
	switch {
	case old.how != text.Written && !origin:
		d.say(id, l, &mention{body: old.body, how: old.how, after: old})
	case old.body != now.body:
		d.say(id, l, &mention{body: old.body, how: text.Written})
	}
	d.remember()
}

// compare holds every paragraph to the model: its states, and all that was ever said of it.
func (d *driver) compare(*rapid.T) {
	now := d.desk.now()
	for _, p := range now.Paragraphs {
		if p.State(p.Origin) != text.Source {
			d.r.Fatalf("the others follow %s, which is %s", p.Origin, p.State(p.Origin))
		}
		for _, l := range spoken {
			if got, want := p.State(l), d.model.state(p.ID, l); got != want {
				d.r.Fatalf("%s is %s, the model says %s", l, got, want)
			}
		}
	}
	for id, languages := range d.model {
		for l, said := range languages {
			d.allRevisionsAreThere(id, l, said)
		}
	}
	d.coverageIs(now)
	d.followedAgain(now)
}

// followedAgain: read from its history, a text is what its rows say it is now.
func (d *driver) followedAgain(now text.Text) {
	then := d.desk.then(now.Version)
	if len(then.Paragraphs) != len(now.Paragraphs) {
		d.r.Fatalf("%d paragraphs, by the history %d", len(now.Paragraphs), len(then.Paragraphs))
	}
	for i, p := range now.Paragraphs {
		q := then.Paragraphs[i]
		if p.ID != q.ID || p.Meaning != q.Meaning || p.Origin != q.Origin || !maps.Equal(p.Versions, q.Versions) {
			d.r.Fatalf("%+v, by the history %+v", p, q)
		}
	}
}

// coverageIs: marks without words say the same as the text itself.
func (d *driver) coverageIs(now text.Text) {
	var covered map[string]text.Coverage
	d.desk.must(func(tx *database.Tx) (err error) {
		covered, err = text.CoverageOf(d.desk.t.Context(), tx, `select id as thing, id as text_id from texts where id = $1`, now.ID)
		return err
	})
	c := covered[now.ID]
	for _, l := range locale.All {
		if got, want := c.State(l), now.State(l); got != want || c.Empty() != now.Empty() {
			d.r.Fatalf("coverage: %s is %s, want %s", l, got, want)
		}
	}
}

func (d *driver) allRevisionsAreThere(id string, l locale.Language, said []*mention) {
	var kept []text.Revision
	d.desk.must(func(tx *database.Tx) (err error) {
		kept, err = text.Revisions(d.desk.t.Context(), tx, id, l)
		return err
	})
	if len(kept) != len(said) {
		d.r.Fatalf("%d revisions in %s, the model has %d", len(kept), l, len(said))
	}
	for i, r := range kept {
		if r.Body != said[i].body || r.How != said[i].how {
			d.r.Fatalf("revision %d in %s is %q (%s), was %q (%s)", i+1, l, r.Body, r.How, said[i].body, said[i].how)
		}
	}
}

// learn tells the model what an edit has written, paragraph by paragraph.
func (d *driver) learn(l locale.Language, same *bool) {
	for _, p := range d.desk.now().Paragraphs {
		for written, v := range p.Versions {
			list := d.model[p.ID][written]
			if len(list) == v.Number {
				continue
			}
			m := &mention{body: v.Body, how: text.Written}
			if len(list) > 0 && same != nil && *same && written == l {
				m.after = list[len(list)-1]
			}
			d.say(p.ID, written, m)
		}
	}
	d.remember()
}

func (d *driver) say(id string, l locale.Language, m *mention) {
	d.order++
	m.order, m.begins = d.order, d.order
	if d.model[id] == nil {
		d.model[id] = map[locale.Language][]*mention{}
	}
	d.model[id][l] = append(d.model[id][l], m)
}

// remember keeps the text as it is now, for somebody who has it open for a long time.
func (d *driver) remember() {
	now := d.desk.now()
	in := map[locale.Language]string{}
	for _, l := range spoken {
		in[l] = now.In(l)
	}
	d.bases = append(d.bases, base{now.Version, in})
}

func (d *driver) anyParagraph() (string, bool) {
	now := d.desk.now()
	if now.Empty() {
		return "", false
	}
	return rapid.SampledFrom(now.Paragraphs).Draw(d.r, "paragraph").ID, true
}

func (d *driver) isOrigin(id string, l locale.Language) bool {
	now := d.desk.now()
	i := slices.IndexFunc(now.Paragraphs, func(p text.Paragraph) bool { return p.ID == id })
	return now.Paragraphs[i].Origin == l
}

// othersAreUntouched: an edit in one language leaves every version in another as it was, unless it took the paragraph out.
func (d *driver) othersAreUntouched(before, after text.Text, edited locale.Language) {
	for _, p := range before.Paragraphs {
		i := slices.IndexFunc(after.Paragraphs, func(x text.Paragraph) bool { return x.ID == p.ID })
		if i < 0 {
			if p.State(edited) == text.Missing {
				d.r.Fatalf("a paragraph that is not there in %s was taken out by an edit in %s", edited, edited)
			}
			continue
		}
		for _, l := range slices.Collect(maps.Keys(p.Versions)) {
			if l != edited && after.Paragraphs[i].Versions[l] != p.Versions[l] {
				d.r.Fatalf("an edit in %s changed %s", edited, l)
			}
		}
	}
}

// unchangedKeepTheirIDs: where the order is kept, what was not changed is still the same paragraph.
func (d *driver) unchangedKeepTheirIDs(before, after text.Text, l locale.Language) {
	id := map[string]string{}
	var was, is []string
	for _, p := range before.Paragraphs {
		if v, there := p.Versions[l]; there {
			id[v.Body] = p.ID
			was = append(was, v.Body)
		}
	}
	for _, p := range after.Paragraphs {
		if v, there := p.Versions[l]; there && id[v.Body] != "" {
			is = append(is, v.Body)
		}
	}
	if len(id) < len(was) || hasTwins(is) {
		return // the same words twice: either may be the one
	}
	if !slices.Equal(is, slices.DeleteFunc(was, func(b string) bool { return !slices.Contains(is, b) })) {
		return // two have changed places: one of them may count as new
	}
	for _, p := range after.Paragraphs {
		if v, there := p.Versions[l]; there && id[v.Body] != "" && id[v.Body] != p.ID {
			d.r.Fatalf("%q has become another paragraph", v.Body)
		}
	}
}

func hasTwins(list []string) bool {
	sorted := slices.Sorted(slices.Values(list))
	return len(slices.Compact(sorted)) < len(list)
}

func FuzzSplit(f *testing.F) {
	for _, seed := range []string{"", "a\n\nb", "– a\n– b\n\nc\nd", "- \n-", "\r\n*\t\n", "•  x\n\n\n— y", "– – –", "- - a\n* b\nc"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		once := text.Split(typed)
		if again := text.Split(text.Join(once)); !slices.Equal(once, again) {
			t.Fatalf("%q is %q, and then %q", typed, once, again)
		}
		for _, b := range once {
			if alone := text.Split(b.Body); len(alone) != 1 || alone[0].Body != b.Body {
				t.Fatalf("%q has a paragraph %q that is none by itself: %q", typed, b.Body, alone)
			}
		}
	})
}

func FuzzMerge(f *testing.F) {
	f.Add("a\n\nb\n\nc", "a\n\nx\n\nc", "a\n\nb\n\ny")
	f.Add("", "a", "b")
	f.Add("a\n\nb", "", "b")
	f.Fuzz(func(t *testing.T, base, mine, theirs string) {
		b, m, o := text.Split(base), text.Split(mine), text.Split(theirs)
		if len(b)+len(m)+len(o) > 60 {
			return // longer than the fuzzer needs
		}
		chunks := text.Merge(b, m, o)
		var left, right []text.Block
		for _, c := range chunks {
			left, right = append(left, c.Mine...), append(right, c.Theirs...)
		}
		for _, kept := range b {
			if count(m, kept) > 0 && count(o, kept) > 0 && count(left, kept)+count(right, kept) == 0 {
				t.Fatalf("%q was kept by both and is gone", kept.Body)
			}
		}
		for _, block := range m {
			if !slices.Contains(b, block) && !slices.Contains(left, block) {
				t.Fatalf("%q was typed by one and is gone", block.Body)
			}
		}
		for _, block := range o {
			if !slices.Contains(b, block) && !slices.Contains(right, block) {
				t.Fatalf("%q was typed by the other and is gone", block.Body)
			}
		}
	})
}

func count(list []text.Block, b text.Block) (n int) {
	for _, x := range list {
		if x == b {
			n++
		}
	}
	return n
}
