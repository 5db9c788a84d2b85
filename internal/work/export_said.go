package work

import (
	"context"

	"example.org/tandem/internal/action"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/text"
)

func (d *Desk) known(ctx context.Context, personID string, reads []locale.Language) (k org.Known, err error) {
	err = d.db.Read(ctx, func(tx *database.Tx) error {
		k, err = d.Org.KnownIn(ctx, tx, personID, reads)
		return err
	})
	return k, err
}

// Title is a thing by its ID and what it is called.
type Title struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	textID string
}

// Key says where the next page begins.
func (t Title) Key() string { return t.ID }

// titled is a list of things that somebody made, by their titles.
func titled(d *Desk, name, personID string, next pages[text.Named], reads []locale.Language) Listing {
	return paged(d, name, personID, func(ctx context.Context, tx *database.Tx, personID, after string, limit int) ([]Title, error) {
		list, err := next(ctx, tx, personID, after, limit)
		titles := make([]Title, len(list))
		for i, n := range list {
			titles[i] = Title{ID: n.ID, textID: n.TextID}
		}
		return titles, err
	}, said(reads, func(t *Title) (string, *string) { return t.textID, &t.Title }))
}

func answersSaid(reads []locale.Language) saying[conference.OwnAnswer] {
	return said(reads, func(o *conference.OwnAnswer) (string, *string) { return o.TitleID, &o.Title })
}

func uninvitedSaid(reads []locale.Language) saying[conference.OwnUninvited] {
	return said(reads, func(o *conference.OwnUninvited) (string, *string) { return o.TitleID, &o.Title })
}

func countersSaid(reads []locale.Language) saying[conference.OwnCounter] {
	return said(reads, func(o *conference.OwnCounter) (string, *string) { return o.TitleID, &o.Title })
}

func partsSaid(reads []locale.Language) saying[action.OwnPart] {
	return said(reads, func(o *action.OwnPart) (string, *string) { return o.TitleID, &o.Title })
}

// said puts the titles into a page, in one statement.
func said[T any](reads []locale.Language, of func(*T) (textID string, title *string)) saying[T] {
	return func(ctx context.Context, tx *database.Tx, rows []T) error {
		ids := make([]string, len(rows))
		for i := range rows {
			ids[i], _ = of(&rows[i])
		}
		texts, err := text.Load(ctx, tx, ids...)
		for i := range rows {
			_, title := of(&rows[i])
			*title = texts[ids[i]].Line(reads).Body
		}
		return err
	}
}
