package text

import (
	"context"

	"example.org/tandem/internal/database"
)

// Batch reads the texts of several lists in one statement: every list says which it wants and where they go. A page that
// puts many features together needs no statement for the words of each.
type Batch struct {
	ids  []string
	into []*Text
}

// Want asks for a text. Where it goes must stay where it is until Load: not in a slice that still grows.
func (b *Batch) Want(id string, into *Text) {
	b.ids, b.into = append(b.ids, id), append(b.into, into)
}

// Load reads everything that was asked for. IDs that are empty or unknown give empty texts.
func (b *Batch) Load(ctx context.Context, tx *database.Tx) error {
	texts, err := Load(ctx, tx, b.ids...)
	for i, id := range b.ids {
		*b.into[i] = texts[id]
	}
	return err
}

// Named asks for what a statement finds: IDs, each with that of the text which the thing is called by.
func (b *Batch) Named(ctx context.Context, tx *database.Tx, statement string, args ...any) (map[string]*Text, error) {
	list, err := NamedIn(ctx, tx, statement, args...)
	found := make(map[string]*Text, len(list))
	for _, n := range list {
		found[n.ID] = &Text{}
		b.Want(n.TextID, found[n.ID])
	}
	return found, err
}
