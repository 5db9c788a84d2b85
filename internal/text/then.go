package text

import (
	"context"
	"strings"

	"example.org/tandem/internal/database"
)

// Then reads texts as they stood at earlier versions of them, in all languages that were there: one statement, however many.
// Paragraphs come in the order in which they stand now.
func Then(ctx context.Context, tx *database.Tx, versions map[string]int) (Texts, error) {
	texts := Texts{}
	if len(versions) == 0 {
		return texts, nil
	}
	var args database.Args
	var wanted []string
	for id, version := range versions {
		texts[id] = Text{ID: id, Version: version}
		wanted = append(wanted, `select cast(`+args.Add(id)+` as text) as text_id, cast(`+args.Add(version)+` as integer) as version`)
	}
	rows, err := database.All(ctx, tx, readRow, `with w as (`+strings.Join(wanted, ` union all `)+`)
		select w.text_id, w.version, p.id, p.kind || '|' || p.kinds, 0, '', r.language, r.revision, r.meaning, r.body, r.how, r.from_language,
			r.from_revision, r.person_id, r.at
		from w join text_paragraphs p on p.text_id = w.text_id and p.added <= w.version and (p.removed is null or p.removed > w.version)
		join text_revisions r on r.paragraph_id = p.id and r.version <= w.version
		order by w.text_id, p.position, p.id, r.version, r.revision`, args...)
	for i := range rows {
		r := &rows[i]
		now, kinds, _ := strings.Cut(r.kind, "|")
		r.kind = string(kindAt(Kind(now), kinds, r.version))
		texts.add(r)
		all := texts[r.text].Paragraphs
		all[len(all)-1].follow(r.revision)
	}
	return texts, err
}

// follow finds the origin again, revision by revision: whoever last wrote what holds.
func (p *Paragraph) follow(r Revision) {
	if r.How == Written && r.Meaning >= p.Meaning {
		p.Meaning, p.Origin = r.Meaning, r.Language
	}
}
