package org

import (
	"context"
	"slices"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Countries whose national societies can work here: those whose holidays and names we know. ISO 3166-1 alpha-2.
var Countries = []string{"BY", "DK"}

// AddSociety adds a national society. Only who looks after the installation may; for anybody else there is no such thing to do.
func (s *Store) AddSociety(ctx context.Context, a access.Actor, country string, d UnitChange) (id string, err error) {
	if err := access.Check(a, access.RunSite, access.RunSite, access.Case{}); err != nil {
		return "", err
	}
	d.Level = National
	var c problem.Check
	d.checkWith(&c, nil, National)
	c.That(slices.Contains(Countries, country), "country", "error.choice")
	if err := c.Err(); err != nil {
		return "", err
	}
	err = s.db.Write(ctx, func(tx *database.Tx) error {
		id, err = s.AddSocietyIn(ctx, tx, a.PersonID, UnitDraft{Level: National, Country: country, Zone: d.Zone, Languages: d.Languages,
			Name: d.first(d.Names), ShortName: d.first(d.ShortNames), Place: d.first(d.Places), Email: d.Email, Phone: d.Phone})
		return err
	})
	return id, err
}

// SocietyFile is one national society as who looks after the installation sees it: how far it has come, and nothing of its work.
type SocietyFile struct {
	Unit
	Country        string
	Archived       bool
	Units          int // below it, at work
	People         int // members of it and of those
	Administrators int // of the whole society
	Invited        int // to be one of those, and not yet come
}

// Overview is how far an installation has come.
type Overview struct {
	Societies    []SocietyFile // at most UnitLimit, the oldest first
	Partnerships int
}

// Overview is for who looks after the installation; for anybody else it is NotFound.
func (s *Store) Overview(ctx context.Context, a access.Actor) (o Overview, err error) {
	if err := access.Check(a, access.RunSite, access.RunSite, access.Case{}); err != nil {
		return o, err
	}
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		if err := tx.Row(ctx, `select count(*) from partnerships`).Scan(&o.Partnerships); err != nil {
			return err
		}
		o.Societies, err = societies(ctx, tx)
		return err
	})
	return o, err
}

func societies(ctx context.Context, tx *database.Tx) ([]SocietyFile, error) {
	type line struct {
		file SocietyFile
		unit unitRow
	}
	rows, err := database.All(ctx, tx, func(s database.Scanner) (l line, err error) {
		return l, s.Scan(append([]any{&l.file.Country, &l.file.Archived, &l.file.Units, &l.file.People, &l.file.Administrators, &l.file.Invited},
			l.unit.into()...)...)
	}, `select u.country, u.archived_at is not null,
		(select count(*) from units x where x.society_id = u.id and x.id <> u.id and x.archived_at is null),
		(select count(distinct m.person_id) from memberships m join units x on x.id = m.unit_id where x.society_id = u.id and m.ended_at is null),
		(select count(*) from memberships m where m.unit_id = u.id and m.role = $1 and m.ended_at is null),
		(select count(*) from invitations i where i.unit_id = u.id and i.role = $1 and i.accepted_at is null and i.revoked_at is null and i.ends_at > $2),
		`+unitColumns+` from `+unitTables+` where u.parent_id is null order by u.id limit $3`, string(access.Administrator), tx.Now, UnitLimit)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, l := range rows {
		ids = append(ids, l.unit.texts()...)
	}
	texts, err := text.Load(ctx, tx, ids...)
	list := make([]SocietyFile, len(rows))
	for i, l := range rows {
		list[i] = l.file
		list[i].Unit = l.unit.unit(texts)
	}
	return list, err
}
