package lesson

import (
	"context"
	"database/sql"
	"strings"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Find gives one lesson with everything in it. A published one is anybody's to read, signed in or not; what the actor may not
// see is missing.
func (s *Store) Find(ctx context.Context, a access.Actor, id string) (l Lesson, err error) {
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		l, err = s.FindIn(ctx, tx, a, id)
		return err
	})
	return l, err
}

// FindIn is Find within a transaction.
func (s *Store) FindIn(ctx context.Context, tx *database.Tx, a access.Actor, id string) (Lesson, error) {
	l, err := bare(ctx, tx, id)
	if err != nil {
		return l, err
	}
	if l.State != Published {
		if err := access.Check(a, access.SeeLesson, access.SeeLesson, l.Case()); err != nil {
			return Lesson{}, err
		}
	}
	return l, l.fill(ctx, tx)
}

// bare is a lesson without its words. Nobody asks who is asking.
func bare(ctx context.Context, tx *database.Tx, id string) (Lesson, error) {
	list, err := database.All(ctx, tx, read, `select `+columns+` from lessons l where l.id = $1`, id)
	if err != nil {
		return Lesson{}, err
	}
	if len(list) == 0 {
		return Lesson{}, problem.Missing()
	}
	l := list[0]
	l.units, err = access.PartnershipUnits(ctx, tx, l.PartnershipID)
	return l, err
}

// fill reads attachments, figures and words: three statements.
func (l *Lesson) fill(ctx context.Context, tx *database.Tx) (err error) {
	if l.Attachments, err = attachments(ctx, tx, l.ID); err != nil {
		return err
	}
	if l.Figures, err = figures(ctx, tx, l.ID); err != nil {
		return err
	}
	texts, err := text.Load(ctx, tx, l.textIDs()...)
	l.say(texts)
	return err
}

func (l *Lesson) textIDs() (ids []string) {
	for _, t := range l.All() {
		ids = append(ids, t.ID)
	}
	return ids
}

// say puts the words in. A text that is not among them keeps its ID and is empty.
func (l *Lesson) say(texts text.Texts) {
	put := func(t text.Text) text.Text {
		if found, there := texts[t.ID]; there {
			return found
		}
		return text.Text{ID: t.ID}
	}
	for s, t := range l.Texts {
		l.Texts[s] = put(t)
	}
	for i := range l.Figures {
		l.Figures[i].Said, l.Figures[i].Source = put(l.Figures[i].Said), put(l.Figures[i].Source)
	}
}

func figures(ctx context.Context, tx *database.Tx, lessonID string) ([]Figure, error) {
	return database.All(ctx, tx, func(row database.Scanner) (f Figure, err error) {
		return f, row.Scan(&f.ID, &f.Value, &f.AsOf, &f.Said.ID, &f.Source.ID)
	}, `select id, value, as_of, said_id, source_id from lesson_figures where lesson_id = $1 order by position, id`, lessonID)
}

// sectionColumns are in the order of Sections.
const sectionColumns = `title_id, summary_id, context_id, went_well_id, challenges_id, key_lessons_id, recommendations_id, applicability_id`

const columns = `l.id, l.partnership_id, l.conference_id, l.unit_id, l.society_id, l.state, l.topics, l.shared_at, l.published_at,
	l.created_by_id, l.created_at, l.changed_at, l.version, ` + sectionColumns

func read(row database.Scanner) (Lesson, error) { return readWith(row) }

// readWith reads the columns of a lesson and what stands behind them.
func readWith(row database.Scanner, more ...any) (l Lesson, err error) {
	var conference sql.NullString
	var shared, published sql.NullTime
	var topics string
	into := []any{&l.ID, &l.PartnershipID, &conference, &l.UnitID, &l.SocietyID, &l.State, &topics, &shared, &published,
		&l.CreatedByID, &l.CreatedAt, &l.ChangedAt, &l.Version}
	ids := make([]string, len(Sections))
	for i := range ids {
		into = append(into, &ids[i])
	}
	err = row.Scan(append(into, more...)...)
	l.ConferenceID, l.SharedAt, l.PublishedAt, l.Topics = conference.String, shared.Time, published.Time, split(topics)
	l.Texts = map[Section]text.Text{}
	for i, s := range Sections {
		l.Texts[s] = text.Text{ID: ids[i]}
	}
	return l, err
}

func split(topics string) []string {
	if topics == "" {
		return nil
	}
	return strings.Split(topics, ",")
}
