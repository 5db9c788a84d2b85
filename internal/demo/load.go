// Package demo fills a database with the demo's content and keeps the demo's clock, mailbox and sign-in provider. Nothing
// else in the program knows it.
package demo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
)

// Load puts the content into an empty database; into one that has it already, nothing. It runs on the demo's clock, which
// it turns back for what happened before the demo begins.
func Load(ctx context.Context, db *database.DB) error {
	c, err := read()
	if err != nil {
		return err
	}
	return db.Write(ctx, func(tx *database.Tx) error {
		var loaded int
		if err := tx.Row(ctx, `select count(*) from units`).Scan(&loaded); err != nil || loaded > 0 {
			return err
		}
		l := loader{ctx: ctx, db: db, tx: tx, content: c}
		for _, step := range []func() error{l.organisations, l.people, l.partnership, l.conferences, l.polls, l.decisions, l.actions, l.comments,
			l.minutes, l.lessons, l.invitations, l.files} {
			if err := step(); err != nil {
				return fmt.Errorf("demo content: %w", err)
			}
		}
		return nil
	})
}

type loader struct {
	ctx     context.Context
	db      *database.DB
	tx      *database.Tx
	content content
}

// at sets the time of what is loaded next.
func (l *loader) at(t time.Time) { l.tx.Now = t.UTC() }

func (l *loader) exec(query string, args ...any) error {
	_, err := l.tx.Exec(l.ctx, query, args...)
	return err
}

// text writes in one language and translates into the others, each checked by a person.
func (l *loader) text(w words, source locale.Language, author string) (string, error) {
	return l.paragraphs([]words{w}, text.Plain, source, author)
}

func (l *loader) paragraphs(list []words, kind text.Kind, source locale.Language, author string) (string, error) {
	var blocks []text.Block
	for _, w := range list {
		if w[source] != "" {
			blocks = append(blocks, text.Block{Kind: kind, Body: w[source]})
		}
	}
	id, err := text.New(l.ctx, l.tx, text.Draft{Language: source, Body: text.Join(blocks)}, author)
	if err != nil {
		return "", err
	}
	return id, l.translate(id, list, source, author)
}

func (l *loader) translate(id string, list []words, source locale.Language, author string) error {
	t, err := text.One(l.ctx, l.tx, id)
	if err != nil {
		return err
	}
	for i, p := range t.Paragraphs {
		for _, to := range locale.All {
			if to == source || list[i][to] == "" {
				continue
			}
			err := text.Translate(l.ctx, l.tx, text.Translation{TextID: id, Paragraph: p.ID, Language: to, Body: list[i][to],
				FromLanguage: source, FromRevision: 1, By: text.Checked, PersonID: author})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// home is the language in which a unit writes its own texts.
func (l *loader) home(unit string) locale.Language {
	i := slices.IndexFunc(l.content.Organisations, func(o organisation) bool { return o.ID == unit })
	return l.content.Organisations[i].Languages[0]
}

func (l *loader) person(id string) person {
	i := slices.IndexFunc(l.content.People, func(p person) bool { return p.ID == id })
	return l.content.People[i]
}

func null(s string) any {
	if s == "" {
		return nil
	}
	return s
}
