package text

import (
	"context"
	"slices"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
)

// New keeps what someone typed as a new text and gives its ID. An empty draft is an empty text, to be written later.
func New(ctx context.Context, tx *database.Tx, d Draft, personID string) (string, error) {
	id, blocks := database.NewID(), Split(d.Body)
	_, err := tx.Exec(ctx, `insert into texts (id, version, created_at, coverage) values ($1, 1, $2, $3)`, id, tx.Now, written(d.Language, len(blocks)))
	if err != nil {
		return "", err
	}
	w := writer{tx, id, 1, personID}
	for i, b := range blocks {
		if err := w.bring(ctx, b, d.Language, i); err != nil {
			return "", err
		}
	}
	return id, nil
}

// Edit is a save in the editor of one language: authoring.
type Edit struct {
	TextID      string
	Base        int // version that the editor started from
	Language    locale.Language
	Body        string
	Line        bool // a title or a name: its one paragraph is also what somebody writes in a language that it lacks
	SameMeaning bool // a slip of the pen was mended; translations stay good
	PersonID    string
}

// Clash is the cause of a Conflict problem: two people changed the same paragraphs. Chunks that do not clash are settled.
type Clash struct {
	Version int // to start from once the choice is made
	Chunks  []Chunk
}

func (c *Clash) Error() string { return "two edits of the same paragraphs" }

// Save writes an edit and gives the text's new version. If others saved in between, changes in different paragraphs are put
// together; changes in the same ones are a Conflict whose cause is a *Clash, and nothing is written.
func Save(ctx context.Context, tx *database.Tx, e Edit) (int, error) {
	t, err := lock(ctx, tx, e.TextID)
	if err != nil {
		return 0, err
	}
	if e.Line {
		e.Body = Draft{Body: e.Body}.Line().Body
	}
	blocks, err := merged(ctx, tx, t, e)
	if err != nil {
		return 0, err
	}
	if slices.Equal(blocks, Split(t.In(e.Language))) {
		return t.Version, nil
	}
	w := writer{tx, t.ID, t.Version + 1, e.PersonID}
	if err := w.rewrite(ctx, t, blocks, e); err != nil {
		return 0, err
	}
	return w.version, w.finish(ctx)
}

// lock reads a text after taking its row, so that no other save comes in between.
func lock(ctx context.Context, tx *database.Tx, id string) (Text, error) {
	n, err := tx.Exec(ctx, `update texts set version = version where id = $1`, id)
	if err != nil {
		return Text{}, err
	}
	if n == 0 {
		return Text{}, problem.Missing()
	}
	return One(ctx, tx, id)
}

// merged is what the text in this language is to become.
func merged(ctx context.Context, tx *database.Tx, t Text, e Edit) ([]Block, error) {
	mine := Split(e.Body)
	if e.Base >= t.Version {
		return mine, nil
	}
	base, err := at(ctx, tx, t.ID, e.Language, e.Base)
	if err != nil {
		return nil, err
	}
	var all []Block
	chunks := Merge(base, mine, Split(t.In(e.Language)))
	for _, c := range chunks {
		if c.Clash {
			return nil, &problem.Problem{Kind: problem.Conflict, Key: "error.conflict", Cause: &Clash{t.Version, chunks}}
		}
		all = append(all, c.Mine...)
	}
	return all, nil
}

// writer adds to one text, under one version.
type writer struct {
	tx       *database.Tx
	textID   string
	version  int
	personID string
}

// rewrite makes the paragraphs of one language those that were typed. A paragraph that is still there keeps its ID, and with
// it its translations; paragraphs that exist in other languages only keep their places.
func (w writer) rewrite(ctx context.Context, t Text, blocks []Block, e Edit) error {
	old := slices.DeleteFunc(slices.Clone(t.Paragraphs), func(p Paragraph) bool { return p.State(e.Language) == Missing })
	if e.Line && len(old) == 0 {
		old = t.Paragraphs[:min(1, len(t.Paragraphs))]
	}
	match := pair(old, blocks, e.Language)
	all, err := everyPlace(ctx, w.tx, t.ID)
	if err != nil {
		return err
	}
	positions := places(all, old, match)
	for i, p := range old {
		if !slices.Contains(match, i) {
			if err := w.remove(ctx, p); err != nil {
				return err
			}
		}
	}
	for j, b := range blocks {
		var err error
		if match[j] < 0 {
			err = w.bring(ctx, b, e.Language, positions.typed[j])
		} else {
			p := old[match[j]]
			positions.kept[p.ID] = positions.typed[j]
			err = w.change(ctx, p, b, e.Language, e.SameMeaning)
		}
		if err != nil {
			return err
		}
	}
	return w.move(ctx, all, positions.kept)
}

// bring adds a paragraph that was not there before.
func (w writer) bring(ctx context.Context, b Block, l locale.Language, position int) error {
	id := database.NewID()
	_, err := w.tx.Exec(ctx, `insert into text_paragraphs (id, text_id, position, kind, meaning, origin, added)
		values ($1, $2, $3, $4, 1, $5, $6)`, id, w.textID, position, string(b.Kind), string(l), w.version)
	if err != nil {
		return err
	}
	return w.append(ctx, id, Revision{Language: l, Number: 1, Meaning: 1, Body: b.Body, How: Written})
}

// change writes over a paragraph in the language of the edit. Its origin is there from now on, unless it only mended a
// version that is behind anyway.
func (w writer) change(ctx context.Context, p Paragraph, b Block, l locale.Language, sameMeaning bool) error {
	before := p.Versions[l]
	if before.Body == b.Body && p.Kind == b.Kind {
		return nil
	}
	meaning, origin := p.Meaning, p.Origin
	if before.Body != b.Body {
		told := before.Meaning
		switch {
		case !sameMeaning:
			meaning++
			told = meaning
		case before.Number == 0: // a line that this language lacked: it says what the others say
			told = meaning
		}
		if told == meaning {
			origin = l
		}
		err := w.append(ctx, p.ID, Revision{Language: l, Number: before.Number + 1, Meaning: told, Body: b.Body, How: Written})
		if err != nil {
			return err
		}
	}
	_, err := w.tx.Exec(ctx, `update text_paragraphs set kind = $1, kinds = kinds || $2, meaning = $3, origin = $4 where id = $5`,
		string(b.Kind), w.before(p.Kind, b.Kind), meaning, string(origin), p.ID)
	return err
}

func (w writer) remove(ctx context.Context, p Paragraph) error {
	_, err := w.tx.Exec(ctx, `update text_paragraphs set removed = $1 where id = $2`, w.version, p.ID)
	return err
}

// move puts paragraphs where they are to stand, as far as they do not stand there already.
func (w writer) move(ctx context.Context, all []place, positions map[string]int) error {
	for _, p := range all {
		to := positions[p.paragraph]
		if to == p.position {
			continue
		}
		if _, err := w.tx.Exec(ctx, `update text_paragraphs set position = $1 where id = $2`, to, p.paragraph); err != nil {
			return err
		}
	}
	return nil
}

// append adds one revision and makes it the current one of its language.
func (w writer) append(ctx context.Context, paragraphID string, r Revision) error {
	_, err := w.tx.Exec(ctx, `update text_revisions set current = false where paragraph_id = $1 and language = $2 and current`,
		paragraphID, string(r.Language))
	if err != nil {
		return err
	}
	_, err = w.tx.Exec(ctx, `insert into text_revisions (paragraph_id, language, revision, meaning, body, version, how,
		from_language, from_revision, person_id, at, current) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, true)`,
		paragraphID, string(r.Language), r.Number, r.Meaning, r.Body, w.version, string(r.How),
		string(r.FromLanguage), r.FromRevision, w.personID, w.tx.Now)
	return err
}

// finish ends every change of a text that is there.
func (w writer) finish(ctx context.Context) error {
	_, err := w.tx.Exec(ctx, `update texts set version = $1, coverage = `+counted+` where id = $2`, w.version, w.textID)
	return err
}
