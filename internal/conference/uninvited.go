package conference

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// MaxUninvited is how many people who were not asked can be added to those who came.
const MaxUninvited = 30

// Uninvited is somebody who came without having been asked. They get no mail, and are on no list but that of those who were there.
type Uninvited struct {
	ID        string
	SocietyID string          // the side that they came with
	PersonID  string          // somebody of the partnership; "": only the line says who it was
	UnitID    string          // of that person
	Line      string          // a role and a place, as typed
	Language  locale.Language // of the line
}

// UninvitedDraft is either a person of the partnership, or a line and the society that its person came with.
type UninvitedDraft struct {
	PersonID  string
	Line      text.Draft
	SocietyID string
}

// UninvitedIn are those who came without having been asked, in the order in which they were added.
func (s *Store) UninvitedIn(ctx context.Context, tx *database.Tx, conferenceID string) ([]Uninvited, error) {
	return database.All(ctx, tx, func(row database.Scanner) (u Uninvited, err error) {
		var person, unit sql.NullString
		err = row.Scan(&u.ID, &u.SocietyID, &person, &unit, &u.Line, &u.Language)
		u.PersonID, u.UnitID = person.String, unit.String
		return u, err
	}, `select id, society_id, person_id, unit_id, line, language from uninvited where conference_id = $1 order by id limit $2`, conferenceID, MaxUninvited)
}

// AddUninvitedIn adds somebody to those who came. Whether the actor may, and whether it is still time, has been asked already.
func (s *Store) AddUninvitedIn(ctx context.Context, tx *database.Tx, a access.Actor, c Conference, d UninvitedDraft) error {
	there, err := s.UninvitedIn(ctx, tx, c.ID)
	if err != nil {
		return err
	}
	if len(there) >= MaxUninvited {
		return problem.Refuse("minutes.problem.uninvited-many", problem.Values{"Most": MaxUninvited})
	}
	u := Uninvited{ID: database.NewID(), SocietyID: d.SocietyID, PersonID: d.PersonID}
	if d.PersonID != "" {
		u, err = s.cameFrom(ctx, tx, c, there, u)
	} else {
		u.Line, u.Language = d.Line.Line().Body, d.Line.Language
		err = d.checkLine(c, there)
	}
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `insert into uninvited (id, conference_id, society_id, person_id, unit_id, line, language, added_by_id, added_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, u.ID, c.ID, u.SocietyID, null(u.PersonID), null(u.UnitID), u.Line, u.Language, a.PersonID, tx.Now)
	if err != nil {
		return err
	}
	return audit.Record(ctx, tx, a.PersonID, "add uninvited", "conference:"+c.ID, u.details())
}

func (u Uninvited) details() audit.Details {
	if u.PersonID != "" {
		return audit.Details{"person": u.PersonID}
	}
	return nil // a line may say who it was, and the log cannot be taken back
}

// cameFrom finds the unit and the society of somebody of the partnership who is not on any list yet.
func (s *Store) cameFrom(ctx context.Context, tx *database.Tx, c Conference, there []Uninvited, u Uninvited) (Uninvited, error) {
	members, err := s.MembersIn(ctx, tx, c.PartnershipID)
	if err != nil {
		return u, err
	}
	var check problem.Check
	i := slices.IndexFunc(members, func(m Member) bool { return m.PersonID == u.PersonID })
	_, asked := c.Participant(u.PersonID)
	added := slices.ContainsFunc(there, func(other Uninvited) bool { return other.PersonID == u.PersonID })
	check.That(!asked && !added, "person", "minutes.problem.uninvited-there")
	if check.That(i >= 0, "person", "error.choice") {
		u.UnitID, u.SocietyID = members[i].UnitID, members[i].SocietyID
	}
	return u, check.Err()
}

func (d UninvitedDraft) checkLine(c Conference, there []Uninvited) error {
	var check problem.Check
	d.Line.CheckLine(&check, "line")
	same := slices.ContainsFunc(there, func(u Uninvited) bool {
		return u.PersonID == "" && u.SocietyID == d.SocietyID && u.Line == d.Line.Line().Body
	})
	check.That(!same, "line", "minutes.problem.uninvited-there")
	check.That(slices.Contains(c.Sides, d.SocietyID), "side", "error.choice")
	return check.Err()
}

// DropUninvitedIn takes somebody off the list of those who came without having been asked.
func (s *Store) DropUninvitedIn(ctx context.Context, tx *database.Tx, a access.Actor, c Conference, id string) error {
	there, err := s.UninvitedIn(ctx, tx, c.ID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(there, func(u Uninvited) bool { return u.ID == id })
	if i < 0 {
		return problem.Missing()
	}
	if _, err := tx.Exec(ctx, `delete from uninvited where id = $1`, id); err != nil {
		return err
	}
	return audit.Record(ctx, tx, a.PersonID, "drop uninvited", "conference:"+c.ID, there[i].details())
}

// OwnUninvited is an entry of the list of those who came without having been asked, as the export of a person's data tells it.
type OwnUninvited struct {
	ID           string    `json:"id"`
	ConferenceID string    `json:"conference"`
	TitleID      string    `json:"-"`
	Title        string    `json:"title"`
	Myself       bool      `json:"myself"`         // they came; else they noted who did
	Line         string    `json:"line,omitempty"` // that they typed
	AddedAt      time.Time `json:"addedAt"`
}

// Key says where the next page begins.
func (o OwnUninvited) Key() string { return o.ID }

// OwnUninvitedIn gives where a person came uninvited, and whom they noted, a page at a time, without titles.
func (s *Store) OwnUninvitedIn(ctx context.Context, tx *database.Tx, personID, after string, limit int) ([]OwnUninvited, error) {
	return database.All(ctx, tx, func(row database.Scanner) (o OwnUninvited, err error) {
		var person, by sql.NullString
		err = row.Scan(&o.ID, &o.ConferenceID, &o.TitleID, &person, &by, &o.Line, &o.AddedAt)
		o.Myself = person.String == personID
		return o, err
	}, `select u.id, u.conference_id, c.title_id, u.person_id, u.added_by_id, u.line, u.added_at
		from uninvited u join conferences c on c.id = u.conference_id
		where (u.person_id = $1 or u.added_by_id = $1) and u.id > $2 order by u.id limit $3`, personID, after, limit)
}
