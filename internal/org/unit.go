package org

import (
	"context"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// UnitFile is all that there is to know about one unit.
type UnitFile struct {
	Unit
	Place        text.Text
	Zone         string // IANA name
	Languages    []locale.Language
	Email, Phone string        // where it is reached; "" for none
	ArchivedAt   time.Time     // zero: it is at work
	Version      int           // moves on with the unit, and with every language of what it is called
	Above        []Unit        // its society first
	Below        []Unit        // right below it
	Archived     []Unit        // right below it, and no more at work: for who manages it
	Partnerships []Partnership // that the actor may see
	Parents      []Unit        // that the actor may move it below
	Hangs        Hanging       // what keeps it from being archived: for who may do that
	place        string
	row          int
}

// Case is what the policy needs to know of a unit.
func (u UnitFile) Case() access.Case {
	line := []string{u.ID}
	for _, above := range u.Above {
		line = append(line, above.ID)
	}
	return access.Case{Units: []access.Unit{{ID: u.ID, SocietyID: u.SocietyID, Line: line}}}
}

// May tells whether somebody may do something with a unit that was found for them.
func (u UnitFile) May(a access.Actor, d access.Deed) bool { return access.Can(a, d, u.Case()) }

// FindUnit is one unit for somebody who may see units. One that is archived is only there for who looks after it.
func (s *Store) FindUnit(ctx context.Context, a access.Actor, id string) (u UnitFile, err error) {
	if err := access.Check(a, access.SeeUnit, access.SeeUnit, access.Case{}); err != nil {
		return u, err
	}
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		u, err = unitFile(ctx, tx, a, id)
		return err
	})
	return u, err
}

// unitFile reads a unit, what is around it, its partnerships, and for who may move it where to.
func unitFile(ctx context.Context, tx *database.Tx, a access.Actor, id string) (UnitFile, error) {
	u, row, err := bareUnit(ctx, tx, id)
	if err != nil {
		return u, err
	}
	around, err := relatives(ctx, tx, a, u)
	if err != nil {
		return u, err
	}
	ids := append(row.texts(), u.place)
	for _, r := range around {
		ids = append(ids, r.row.texts()...)
	}
	texts, err := text.Load(ctx, tx, ids...)
	if err != nil {
		return u, err
	}
	u.named(row, texts)
	for _, r := range around {
		u.take(r, texts)
	}
	if !u.ArchivedAt.IsZero() && !u.May(a, access.ManageUnit) {
		return u, problem.Missing()
	}
	u.forget(a)
	var args database.Args
	where := "id in (select partnership_id from partnership_units where unit_id = " + args.Add(id) + ") and " + access.SeesSQL(a, "id", &args)
	if u.Partnerships, err = partnerships(ctx, tx, where, args, PartnershipLimit); err != nil {
		return u, err
	}
	if u.May(a, access.PlaceUnit) {
		u.Hangs, err = hanging(ctx, tx, id)
	}
	return u, err
}

// named gives a unit its names, and the version that they and the unit share: each part of it only ever grows.
func (u *UnitFile) named(row unitRow, texts text.Texts) {
	u.Unit, u.Place = row.unit(texts), texts[u.place]
	u.Version = u.row + u.Name.Version + u.Short.Version + u.Place.Version
}

// forget leaves out what somebody cannot use.
func (u *UnitFile) forget(a access.Actor) {
	if !u.May(a, access.ManageUnit) {
		u.Archived = nil
	}
	if !u.May(a, access.PlaceUnit) || !u.ArchivedAt.IsZero() {
		u.Parents = nil
	}
}

func bareUnit(ctx context.Context, tx *database.Tx, id string) (u UnitFile, row unitRow, err error) {
	var languages string
	var archived *time.Time
	err = tx.Row(ctx, `select u.place_id, u.zone, u.languages, u.email, u.phone, u.archived_at, u.version, `+unitColumns+` from `+unitTables+` where u.id = $1`, id).
		Scan(append([]any{&u.place, &u.Zone, &languages, &u.Email, &u.Phone, &archived, &u.row}, row.into()...)...)
	if database.IsNone(err) {
		return u, row, problem.Missing()
	}
	if archived != nil {
		u.ArchivedAt = *archived
	}
	u.Languages, u.Unit = locale.ParseList(languages), row.unit(nil)
	return u, row, err
}

// relative is a unit near another: above it, right below it, or one that it could be moved below.
type relative struct {
	kin      string
	archived bool
	row      unitRow
}

// relatives are read in one statement: all that is above, what is right below, and where the unit could stand instead.
func relatives(ctx context.Context, tx *database.Tx, a access.Actor, u UnitFile) ([]relative, error) {
	var args database.Args
	id, society := args.Add(u.ID), args.Add(u.SocietyID)
	manages := access.ManagesSQL(a, "p.id", &args)
	return database.All(ctx, tx, func(row database.Scanner) (r relative, err error) {
		return r, row.Scan(append([]any{&r.kin, &r.archived}, r.row.into()...)...)
	}, `select r.kin, case when u.archived_at is null then false else true end, `+unitColumns+` from (`+unitTables+`) join (
			select 'above' as kin, ancestor_id as id, -depth as nr from unit_ancestors where unit_id = `+id+` and depth > 0
			union all select 'below', unit_id, depth from unit_ancestors where ancestor_id = `+id+` and depth = 1
			union all select 'parent', p.id, ua.depth from units p join unit_ancestors ua on ua.unit_id = p.id and ua.ancestor_id = p.society_id
				where p.society_id = `+society+` and p.archived_at is null and `+manages+`
				and p.id not in (select unit_id from unit_ancestors where ancestor_id = `+id+`)
		) r on r.id = u.id order by r.kin, r.nr, u.id limit `+args.Add(3*UnitLimit), args...)
}

func (u *UnitFile) take(r relative, texts text.Texts) {
	unit := r.row.unit(texts)
	switch {
	case r.kin == "above":
		u.Above = append(u.Above, unit)
	case r.kin == "below" && r.archived:
		u.Archived = append(u.Archived, unit)
	case r.kin == "below":
		u.Below = append(u.Below, unit)
	case unit.ID != u.ParentID:
		u.Parents = append(u.Parents, unit)
	}
}
