package lesson

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Begun is a lesson before it is one: what somebody typed in one language. Nothing in it is required; a title is, once it is
// to be shared.
type Begun struct {
	ID            string // '' for a new one; content that is loaded has one of its own
	PartnershipID string
	ConferenceID  string // whose outcomes it is begun from, '' for none
	UnitID        string // whose experience it is; '' for the first unit of the partnership in which the actor coordinates
	Language      locale.Language
	Sections      map[Section]string
	Topics        []string
	Figures       []FigureEdit
	Said          map[Section][]text.Paragraph // what was said elsewhere, in all its languages; it follows what was typed
}

// Begin keeps a draft and gives its ID. Coordinators of the partnership may, for a unit of their own society.
func (s *Store) Begin(ctx context.Context, a access.Actor, b Begun) (id string, err error) {
	err = s.db.Write(ctx, func(tx *database.Tx) error {
		id, err = s.BeginIn(ctx, tx, a, b)
		return err
	})
	return id, err
}

// BeginIn is Begin within a transaction.
func (s *Store) BeginIn(ctx context.Context, tx *database.Tx, a access.Actor, b Begun) (string, error) {
	l := Lesson{ID: cmp.Or(b.ID, database.NewID()), PartnershipID: b.PartnershipID, ConferenceID: b.ConferenceID, State: Draft, Topics: b.Topics,
		CreatedByID: a.PersonID, Version: 1}
	if err := l.owned(ctx, tx, a, b.UnitID); err != nil {
		return "", err
	}
	if err := b.check(ctx, tx); err != nil {
		return "", err
	}
	if err := l.write(ctx, tx, b); err != nil {
		return "", err
	}
	if err := l.insert(ctx, tx); err != nil {
		return "", err
	}
	for i, f := range b.Figures {
		if err := l.bring(ctx, tx, a, i, f, b.Language); err != nil {
			return "", err
		}
	}
	return l.ID, l.record(ctx, tx, a, change{what: "begun", deed: "begin lesson", language: b.Language})
}

// owned finds the unit whose experience it is, and asks whether the actor may write for it.
func (l *Lesson) owned(ctx context.Context, tx *database.Tx, a access.Actor, unitID string) (err error) {
	if l.units, err = access.PartnershipUnits(ctx, tx, l.PartnershipID); err != nil {
		return err
	}
	for _, u := range l.units {
		own := Lesson{units: l.units, UnitID: u.ID, SocietyID: u.SocietyID, State: Draft}
		if unitID == u.ID || unitID == "" && coordinates(a, u) {
			l.UnitID, l.SocietyID = u.ID, u.SocietyID
			return access.Check(a, access.WriteLesson, access.SeePartnership, own.Case())
		}
	}
	if unitID != "" && access.Can(a, access.SeePartnership, access.Case{Units: l.units}) {
		return &problem.Problem{Kind: problem.Invalid, Key: "error.form", Fields: []problem.Field{{Name: "unit", Key: "error.choice"}}}
	}
	return access.Check(a, access.WriteLesson, access.SeePartnership, access.Case{Units: l.units})
}

// Units are those for which a person may begin a lesson in a partnership, of all its units.
func Units(a access.Actor, partnership []access.Unit) []access.Unit {
	return slices.DeleteFunc(slices.Clone(partnership), func(u access.Unit) bool {
		l := Lesson{units: partnership, UnitID: u.ID, SocietyID: u.SocietyID, State: Draft}
		return !l.May(a, access.WriteLesson)
	})
}

func coordinates(a access.Actor, u access.Unit) bool {
	return access.Can(a, access.WriteLesson, access.Case{Units: []access.Unit{u}, Owner: &u, Draft: true})
}

// write keeps the texts, also those that are empty still.
func (l *Lesson) write(ctx context.Context, tx *database.Tx, b Begun) error {
	l.Texts = map[Section]text.Text{}
	for _, s := range Sections {
		draft := text.Draft{Language: b.Language, Body: b.Sections[s]}
		if s == Title {
			draft = draft.Line()
		}
		id, err := text.New(ctx, tx, draft, l.CreatedByID)
		if err != nil {
			return err
		}
		if said := b.Said[s]; len(said) > 0 {
			if err := text.Take(ctx, tx, id, said, l.CreatedByID); err != nil {
				return err
			}
		}
		l.Texts[s] = text.Text{ID: id}
	}
	return nil
}

func (l *Lesson) insert(ctx context.Context, tx *database.Tx) error {
	args := []any{l.ID, l.PartnershipID, orNull(l.ConferenceID), l.UnitID, l.SocietyID, string(l.State), strings.Join(l.Topics, ","), l.CreatedByID, tx.Now}
	for _, s := range Sections {
		args = append(args, l.Texts[s].ID)
	}
	_, err := tx.Exec(ctx, `insert into lessons (id, partnership_id, conference_id, unit_id, society_id, state, topics, created_by_id, created_at, changed_at,
		`+sectionColumns+`) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10, $11, $12, $13, $14, $15, $16, $17)`, args...)
	return err
}

// change is one entry of a lesson's history.
type change struct {
	what, deed string
	language   locale.Language
}

// audited notes who did it.
func (l *Lesson) audited(ctx context.Context, tx *database.Tx, a access.Actor, c change) error {
	return audit.Record(ctx, tx, a.PersonID, c.deed, "lesson:"+l.ID, audit.Details{"state": string(l.State), "language": string(c.language)})
}

func orNull(id string) any {
	if id == "" {
		return nil
	}
	return id
}
