package text

import (
	"context"
	"database/sql"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
)

// Load reads texts in one statement, however many they are. IDs that are empty or unknown give empty texts.
func Load(ctx context.Context, tx *database.Tx, ids ...string) (Texts, error) {
	var args database.Args
	rows, err := database.All(ctx, tx, readRow, `
		select t.id, t.version, p.id, p.kind, p.meaning, p.origin,
			r.language, r.revision, r.meaning, r.body, r.how, r.from_language, r.from_revision, r.person_id, r.at
		from texts t
		left join text_paragraphs p on p.text_id = t.id and p.removed is null
		left join text_revisions r on r.paragraph_id = p.id and r.current
		where t.id in `+args.In(distinct(ids))+`
		order by t.id, p.position, p.id`, args...)
	if err != nil {
		return nil, err
	}
	texts := Texts{}
	for _, row := range rows {
		texts.add(row)
	}
	return texts, nil
}

// One reads a single text. One that is not there is a problem: its ID came from a row that promised it.
func One(ctx context.Context, tx *database.Tx, id string) (Text, error) {
	texts, err := Load(ctx, tx, id)
	if err != nil {
		return Text{}, err
	}
	t, there := texts[id]
	if !there {
		return Text{}, problem.Missing()
	}
	return t, nil
}

type row struct {
	text, paragraph  string
	version, meaning int
	kind, origin     string
	revision         Revision
}

func readRow(s database.Scanner) (r row, err error) {
	var paragraph, kind, origin, language, body, how, fromLanguage, person sql.NullString
	var meaning, number, told, fromRevision sql.NullInt64
	var at sql.NullTime
	err = s.Scan(&r.text, &r.version, &paragraph, &kind, &meaning, &origin,
		&language, &number, &told, &body, &how, &fromLanguage, &fromRevision, &person, &at)
	r.paragraph, r.kind, r.origin, r.meaning = paragraph.String, kind.String, origin.String, int(meaning.Int64)
	r.revision = Revision{
		Language: locale.Language(language.String), Number: int(number.Int64), Meaning: int(told.Int64), Body: body.String,
		How: How(how.String), FromLanguage: locale.Language(fromLanguage.String), FromRevision: int(fromRevision.Int64),
		PersonID: person.String, At: at.Time,
	}
	return r, err
}

// add puts one row into its text; rows of a paragraph come one after another.
func (texts Texts) add(r row) {
	t := texts[r.text]
	t.ID, t.Version = r.text, r.version
	if r.paragraph != "" {
		last := len(t.Paragraphs) - 1
		if last < 0 || t.Paragraphs[last].ID != r.paragraph {
			t.Paragraphs = append(t.Paragraphs, Paragraph{ID: r.paragraph, Kind: Kind(r.kind), Meaning: r.meaning,
				Origin: locale.Language(r.origin), Versions: map[locale.Language]Revision{}})
			last++
		}
		t.Paragraphs[last].Versions[r.revision.Language] = r.revision
	}
	texts[r.text] = t
}

// at is the text in one language as it stood at an earlier version: what an editor started from.
func at(ctx context.Context, tx *database.Tx, textID string, l locale.Language, version int) ([]Block, error) {
	return database.All(ctx, tx, func(s database.Scanner) (b Block, err error) {
		return b, s.Scan(&b.Kind, &b.Body)
	}, `select p.kind, r.body from text_paragraphs p
		join text_revisions r on r.paragraph_id = p.id and r.language = $2
		where p.text_id = $1 and p.added <= $3 and (p.removed is null or p.removed > $3)
		and r.revision = (select max(x.revision) from text_revisions x
			where x.paragraph_id = p.id and x.language = $2 and x.version <= $3)
		order by p.position, p.id`, textID, string(l), version)
}

// place is where a paragraph stands in its text.
type place struct {
	paragraph string // ID
	position  int
}

// everyPlace are those of all paragraphs that a text ever had, in its order.
func everyPlace(ctx context.Context, tx *database.Tx, textID string) ([]place, error) {
	return database.All(ctx, tx, func(row database.Scanner) (p place, err error) {
		return p, row.Scan(&p.paragraph, &p.position)
	}, `select id, position from text_paragraphs where text_id = $1 order by position, id`, textID)
}

func distinct(ids []string) []string {
	seen := map[string]bool{"": true}
	var list []string
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			list = append(list, id)
		}
	}
	return list
}
