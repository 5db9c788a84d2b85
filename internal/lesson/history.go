package lesson

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Version is one entry of a lesson's history. Writing makes a new number; sharing and publishing are entries of the number
// that was shared or published.
type Version struct {
	Number   int
	What     string          // begun, edited, restored, shared, published, withdrawn
	State    State           // from then on
	Language locale.Language // that was written in; '' where nothing was
	Topics   []string
	Figures  []Figure // without their words
	PersonID string
	At       time.Time

	texts map[string]int // text ID → version
}

// History is all that happened to a lesson, the latest first. Its own society sees all of it, the others what happened to
// the versions that were shared with them.
func (s *Store) History(ctx context.Context, a access.Actor, id string) (list []Version, err error) {
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		l, err := bare(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := access.Check(a, access.SeeLesson, access.SeeLesson, l.Case()); err != nil {
			return err
		}
		list, err = entries(ctx, tx, id)
		last := map[int]Version{}
		for _, v := range slices.Backward(list) {
			last[v.Number] = v
		}
		list = slices.DeleteFunc(list, func(v Version) bool { return !l.then(last[v.Number]).May(a, access.SeeLesson) })
		return err
	})
	return list, err
}

// At is a lesson as it was at one of its versions, in the state that this version came to, without its attachments.
// Translations are those that were there when the version was made, shared or published.
func (s *Store) At(ctx context.Context, a access.Actor, id string, version int) (l Lesson, err error) {
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		if l, err = bare(ctx, tx, id); err != nil {
			return err
		}
		v, err := versionIn(ctx, tx, id, version)
		if err != nil {
			return err
		}
		l = l.then(v)
		if err := access.Check(a, access.SeeLesson, access.SeeLesson, l.Case()); err != nil {
			return err
		}
		texts, err := text.Then(ctx, tx, v.texts)
		l.say(texts)
		return err
	})
	return l, err
}

// then is the lesson with what its row said at a version.
func (l Lesson) then(v Version) Lesson {
	l.Version, l.State, l.Topics, l.ChangedAt = v.Number, v.State, v.Topics, v.At
	l.Figures = slices.Clone(v.Figures)
	return l
}

// record notes the lesson as it is now. Its row is held: no two entries come at once.
func (l *Lesson) record(ctx context.Context, tx *database.Tx, a access.Actor, c change) (err error) {
	if l.Figures, err = figures(ctx, tx, l.ID); err != nil {
		return err
	}
	now, err := text.Versions(ctx, tx, l.textIDs()...)
	if err != nil {
		return err
	}
	texts, err := json.Marshal(now)
	if err != nil {
		return err
	}
	numbers, err := json.Marshal(kept(l.Figures))
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `insert into lesson_versions (lesson_id, position, version, what, state, language, texts, topics, figures, person_id, at)
		select $1, coalesce(max(position), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9, $10 from lesson_versions where lesson_id = $1`, l.ID, l.Version, c.what, string(l.State), string(c.language), string(texts),
		strings.Join(l.Topics, ","), string(numbers), a.PersonID, tx.Now)
	if err != nil {
		return err
	}
	return l.audited(ctx, tx, a, c)
}

// keptFigure is a figure in the history: what does not change with its texts.
type keptFigure struct{ ID, Value, AsOf, Said, Source string }

func kept(list []Figure) []keptFigure {
	all := []keptFigure{}
	for _, f := range list {
		all = append(all, keptFigure{f.ID, f.Value, f.AsOf, f.Said.ID, f.Source.ID})
	}
	return all
}

func entries(ctx context.Context, tx *database.Tx, lessonID string) ([]Version, error) {
	return database.All(ctx, tx, readVersion, versionColumns+`where lesson_id = $1 order by position desc`, lessonID)
}

// versionIn is the last entry of a version, which knows where that version came to.
func versionIn(ctx context.Context, tx *database.Tx, lessonID string, number int) (Version, error) {
	list, err := database.All(ctx, tx, readVersion, versionColumns+`where lesson_id = $1 and version = $2 order by position desc limit 1`, lessonID, number)
	if err != nil {
		return Version{}, err
	}
	if len(list) == 0 {
		return Version{}, problem.Missing()
	}
	return list[0], nil
}

const versionColumns = `select version, what, state, language, texts, topics, figures, person_id, at from lesson_versions `

func readVersion(row database.Scanner) (v Version, err error) {
	var texts, topics, numbers string
	if err := row.Scan(&v.Number, &v.What, &v.State, &v.Language, &texts, &topics, &numbers, &v.PersonID, &v.At); err != nil {
		return v, err
	}
	v.Topics = split(topics)
	var kept []keptFigure
	if err := json.Unmarshal([]byte(numbers), &kept); err != nil {
		return v, err
	}
	for _, f := range kept {
		v.Figures = append(v.Figures, Figure{f.ID, f.Value, f.AsOf, text.Text{ID: f.Said}, text.Text{ID: f.Source}})
	}
	return v, json.Unmarshal([]byte(texts), &v.texts)
}
