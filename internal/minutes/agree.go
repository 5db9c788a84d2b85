package minutes

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Agreement is one society's word on the minutes as they stood when it was given.
type Agreement struct {
	ID          string
	SocietyID   string
	PersonID    string
	Languages   []locale.Language // versions that this side agrees to
	Fingerprint string
	Reservation text.Text // empty where there is none
	At          time.Time
	VoidedAt    time.Time // zero: it holds
}

// Holds tells whether an agreement is to what the minutes mean now.
func (g Agreement) Holds(fingerprint string) bool {
	return g.VoidedAt.IsZero() && g.Fingerprint == fingerprint
}

// Consent is an agreement before it is given.
type Consent struct {
	ConferenceID string
	SocietyID    string
	Languages    []locale.Language // of those that Record.Agreeable names
	Fingerprint  string
	Reservation  text.Draft
}

// VoidedMail tells somebody that what they agreed to has changed: a kind of job.
const VoidedMail = "voided"

// MaxReservation is how long a reservation may be, in characters.
const MaxReservation = 2000

func (c Consent) check(r Record, works []locale.Language) error {
	var check problem.Check
	versions := r.Agreeable(works)
	not := func(list []locale.Language) bool {
		return slices.ContainsFunc(c.Languages, func(l locale.Language) bool { return !slices.Contains(list, l) })
	}
	switch {
	case len(c.Languages) == 0 || twice(c.Languages) || not(slices.Concat(versions, works)):
		check.Add("languages", "minutes.problem.language")
	case not(versions):
		check.Add("languages", "minutes.problem.version")
	}
	check.That(utf8.RuneCountInString(c.Reservation.Body) <= MaxReservation, "reservation", "error.too-long", problem.Values{"Limit": MaxReservation})
	c.Reservation.CheckBody(&check, "reservation")
	return check.Err()
}

func twice(list []locale.Language) bool {
	return len(slices.Compact(slices.Sorted(slices.Values(list)))) < len(list)
}

// AgreeIn keeps one society's agreement to minutes as they are. Whether the actor speaks for it has been asked already.
// Nobody agrees for two societies, none agrees twice, and none to a version that is not there.
func (s *Store) AgreeIn(ctx context.Context, tx *database.Tx, a access.Actor, c Consent, r Record) error {
	works, err := s.WorksIn(ctx, tx, c.SocietyID)
	if err != nil {
		return err
	}
	if err := c.check(r, works); err != nil {
		return err
	}
	given, err := s.AgreementsIn(ctx, tx, c.ConferenceID)
	if err != nil {
		return err
	}
	for _, g := range given {
		switch {
		case !g.VoidedAt.IsZero():
		case g.SocietyID == c.SocietyID:
			return problem.Refuse("minutes.problem.already")
		case g.PersonID == a.PersonID:
			return problem.Refuse("minutes.problem.both")
		}
	}
	return s.agree(ctx, tx, a, c)
}

// WorksIn are the languages that a society works in: of these it picks the versions that it agrees to.
func (s *Store) WorksIn(ctx context.Context, tx *database.Tx, societyID string) ([]locale.Language, error) {
	var languages string
	err := tx.Row(ctx, `select languages from units where id = $1`, societyID).Scan(&languages)
	return locale.ParseList(languages), err
}

func (s *Store) agree(ctx context.Context, tx *database.Tx, a access.Actor, c Consent) error {
	var reservation any
	if strings.TrimSpace(c.Reservation.Body) != "" {
		id, err := text.New(ctx, tx, c.Reservation, a.PersonID)
		if err != nil {
			return err
		}
		reservation = id
	}
	_, err := tx.Exec(ctx, `insert into minutes_agreements (id, conference_id, society_id, person_id, languages, fingerprint, reservation_id, at)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`, database.NewID(), c.ConferenceID, c.SocietyID, a.PersonID,
		locale.JoinList(c.Languages), c.Fingerprint, reservation, tx.Now)
	if err != nil {
		return err
	}
	return audit.Record(ctx, tx, a.PersonID, "agree minutes", "conference:"+c.ConferenceID, audit.Details{"society": c.SocietyID})
}

// AgreementsIn are all agreements to a conference's minutes, those that were voided too, the newest first.
func (s *Store) AgreementsIn(ctx context.Context, tx *database.Tx, conferenceID string) ([]Agreement, error) {
	list, err := database.All(ctx, tx, readAgreement, `select id, society_id, person_id, languages, fingerprint, reservation_id, at, voided_at
		from minutes_agreements where conference_id = $1 order by at desc, id desc`, conferenceID)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, g := range list {
		ids = append(ids, g.Reservation.ID)
	}
	texts, err := text.Load(ctx, tx, ids...)
	for i := range list {
		list[i].Reservation = texts[ids[i]]
	}
	return list, err
}

func readAgreement(row database.Scanner) (g Agreement, err error) {
	var languages string
	var reservation sql.NullString
	var voided sql.NullTime
	err = row.Scan(&g.ID, &g.SocietyID, &g.PersonID, &languages, &g.Fingerprint, &reservation, &g.At, &voided)
	g.Languages, g.Reservation.ID, g.VoidedAt = locale.ParseList(languages), reservation.String, voided.Time
	return g, err
}

// VoidIn ends the agreements to anything but this fingerprint: the minutes no longer mean what was agreed to. It gives
// those that it ended.
func (s *Store) VoidIn(ctx context.Context, tx *database.Tx, conferenceID, fingerprint string) ([]Agreement, error) {
	list, err := s.AgreementsIn(ctx, tx, conferenceID)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(g Agreement) bool { return !g.VoidedAt.IsZero() || g.Fingerprint == fingerprint })
	for _, g := range list {
		if _, err := tx.Exec(ctx, `update minutes_agreements set voided_at = $1 where id = $2`, tx.Now, g.ID); err != nil {
			return nil, err
		}
		err := audit.Record(ctx, tx, "", "void agreement", "conference:"+conferenceID, audit.Details{"society": g.SocietyID})
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}
