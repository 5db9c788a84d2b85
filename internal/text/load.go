package text

import (
	"context"
	"database/sql"
	"slices"
	"strconv"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
)

// Load reads texts in one statement, however many they are. IDs that are empty or unknown give empty texts. Of a text whose
// version is remembered only the number of the version is read. Nobody may change what comes back: others read it too.
func Load(ctx context.Context, tx *database.Tx, ids ...string) (Texts, error) {
	var args database.Args
	ids = distinct(ids)
	wanted, before := args.In(ids), remembered(tx, ids)
	texts := Texts{}
	var r row
	_, err := database.All(ctx, tx, func(s database.Scanner) (none struct{}, err error) {
		if err = r.scan(s); err == nil {
			texts.add(&r)
		}
		return none, err
	}, `
		select t.id, t.version, p.id, p.kind, p.meaning, p.origin,
			r.language, r.revision, r.meaning, r.body, r.how, r.from_language, r.from_revision, r.person_id, r.at
		from texts t
		left join text_paragraphs p on p.removed is null
			and p.text_id = case when t.id || ' ' || t.version in `+args.In(before.versions(ids))+` then null else t.id end
		left join text_revisions r on r.paragraph_id = p.id and r.current
		where t.id in `+wanted+`
		order by t.id, p.position, p.id`, args...)
	if err != nil {
		return nil, err
	}
	texts.complete(tx, before)
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

// row is a paragraph in one language. One row is used for all that are read: a page has some hundred.
type row struct {
	text, paragraph  string
	version, meaning int
	kind, origin     string
	revision         Revision

	may struct { // be null, where a text is empty or only its version was asked for
		paragraph, kind, origin, language, body, how, fromLanguage, person sql.NullString
		meaning, number, told, fromRevision                                sql.NullInt64
		at                                                                 sql.NullTime
	}
}

func readRow(s database.Scanner) (r row, err error) {
	err = r.scan(s)
	return r, err
}

func (r *row) scan(s database.Scanner) error {
	m := &r.may
	err := s.Scan(&r.text, &r.version, &m.paragraph, &m.kind, &m.meaning, &m.origin,
		&m.language, &m.number, &m.told, &m.body, &m.how, &m.fromLanguage, &m.fromRevision, &m.person, &m.at)
	r.paragraph, r.kind, r.origin, r.meaning = m.paragraph.String, m.kind.String, m.origin.String, int(m.meaning.Int64)
	r.revision = Revision{
		Language: locale.Language(m.language.String), Number: int(m.number.Int64), Meaning: int(m.told.Int64), Body: m.body.String,
		How: How(m.how.String), FromLanguage: locale.Language(m.fromLanguage.String), FromRevision: int(m.fromRevision.Int64),
		PersonID: m.person.String, At: m.at.Time,
	}
	return err
}

// add puts one row into its text; rows of a paragraph come one after another.
func (texts Texts) add(r *row) {
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
		var kinds string
		err = s.Scan(&b.Kind, &kinds, &b.Body)
		b.Kind = kindAt(b.Kind, kinds, version)
		return b, err
	}, `select p.kind, p.kinds, r.body from text_paragraphs p
		join text_revisions r on r.paragraph_id = p.id and r.language = $2
		where p.text_id = $1 and p.added <= $3 and (p.removed is null or p.removed > $3)
		and r.revision = (select max(x.revision) from text_revisions x
			where x.paragraph_id = p.id and x.language = $2 and x.version <= $3)
		order by p.position, p.id`, textID, string(l), version)
}

// remembered are those of some texts that were read before, as they were then.
func remembered(tx *database.Tx, ids []string) Texts {
	texts := Texts{}
	for _, id := range ids {
		if value, there := tx.Memory().Recall(id); there {
			texts[id] = value.(Text)
		}
	}
	return texts
}

// versions are theirs, as Load asks for them; for the others nothing, so that the statement is the same however many there are.
func (texts Texts) versions(ids []string) []string {
	list := make([]string, len(ids))
	for i, id := range ids {
		if t, there := texts[id]; there {
			list[i] = id + " " + strconv.Itoa(t.Version)
		}
	}
	return list
}

// complete fills in the texts of which nothing but the version was read, and remembers the others.
func (texts Texts) complete(tx *database.Tx, before Texts) {
	for id, t := range texts {
		if old, there := before[id]; there && old.Version == t.Version {
			texts[id] = old
			continue
		}
		t.Paragraphs = slices.Clip(t.Paragraphs)
		texts[id] = t
		tx.Memory().Remember(id, t.size(), t)
	}
}

// size is about how many bytes a text takes in memory.
func (t Text) size() int {
	bytes := 200
	for _, p := range t.Paragraphs {
		bytes += 300
		for _, v := range p.Versions {
			bytes += 200 + len(v.Body)
		}
	}
	return bytes
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
