package text

import (
	"context"
	"fmt"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
)

// Own is one paragraph as somebody wrote, translated or checked it.
type Own struct {
	TextID    string          `json:"text"`
	Paragraph string          `json:"paragraph"`
	Language  locale.Language `json:"language"`
	Revision  int             `json:"revision"`
	How       How             `json:"how"`
	At        time.Time       `json:"at"`
	Body      string          `json:"body"`
}

// Key says where the next page of a person's own begins.
func (o Own) Key() string { return fmt.Sprintf("%s %s %d", o.Paragraph, o.Language, o.Revision) }

// OwnIn gives what a person wrote, a page at a time: after a key, at most `limit` of them. It is all that they ever wrote, so it
// goes through the whole table once; nothing but an export asks for it. What they called other people stays out: a name is its owner's.
func OwnIn(ctx context.Context, tx *database.Tx, personID, after string, limit int) ([]Own, error) {
	var paragraph, language string
	var revision int
	fmt.Sscan(after, &paragraph, &language, &revision) // the first page begins with nothing
	return database.All(ctx, tx, func(row database.Scanner) (o Own, err error) {
		return o, row.Scan(&o.TextID, &o.Paragraph, &o.Language, &o.Revision, &o.How, &o.At, &o.Body)
	}, `select p.text_id, r.paragraph_id, r.language, r.revision, r.how, r.at, r.body
		from text_revisions r join text_paragraphs p on p.id = r.paragraph_id
		where r.person_id = $1 and p.text_id not in (select name_id from people where id <> $1)
		and p.text_id not in (select name_id from invitations where name_id is not null)
		and (r.paragraph_id, r.language, r.revision) > ($2, $3, $4)
		order by r.paragraph_id, r.language, r.revision limit $5`, personID, paragraph, language, revision, limit)
}

// Named is a thing and the text that it is called by.
type Named struct{ ID, TextID string }

// Key says where the next page begins.
func (n Named) Key() string { return n.ID }

// NamedIn reads a statement that gives the two.
func NamedIn(ctx context.Context, tx *database.Tx, statement string, args ...any) ([]Named, error) {
	return database.All(ctx, tx, func(row database.Scanner) (n Named, err error) {
		return n, row.Scan(&n.ID, &n.TextID)
	}, statement, args...)
}
