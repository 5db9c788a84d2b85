package org

import (
	"context"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/text"
)

// Unit is an organisation inside a society, or the society itself.
type Unit struct {
	ID        string
	ParentID  string // "" for a society
	SocietyID string
	Level     Level
	Name      text.Text
	Short     text.Text
	Society   text.Text // the name of its society
}

// unitColumns, unitTables and unitRow read units, called u, with their societies, called s, wherever they stand in a statement.
const (
	unitColumns = `u.id, u.parent_id, u.society_id, u.level, u.name_id, u.short_name_id, s.name_id`
	unitTables  = `units u join units s on s.id = u.society_id`
)

type unitRow struct {
	u                    Unit
	parent               *string
	name, short, society string // IDs of texts
}

func (r *unitRow) into() []any {
	return []any{&r.u.ID, &r.parent, &r.u.SocietyID, &r.u.Level, &r.name, &r.short, &r.society}
}

func (r *unitRow) texts() []string { return []string{r.name, r.short, r.society} }

func (r *unitRow) unit(texts text.Texts) Unit {
	u := r.u
	if r.parent != nil {
		u.ParentID = *r.parent
	}
	u.Name, u.Short, u.Society = texts[r.name], texts[r.short], texts[r.society]
	return u
}

func readUnit(s database.Scanner) (r unitRow, err error) { return r, s.Scan(r.into()...) }

// UnitLimit is how many units one list shows.
const UnitLimit = 1000

// Units are all units of all societies that the actor may see, those higher up first; more tells that there are others
// behind the limit. Who may see none is answered as if there were no such list.
func (s *Store) Units(ctx context.Context, a access.Actor) (list []Unit, more bool, err error) {
	if err := access.Check(a, access.SeeUnit, access.SeeUnit, access.Case{}); err != nil {
		return nil, false, err
	}
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		rows, err := database.All(ctx, tx, readUnit, `select `+unitColumns+` from `+unitTables+`
			join unit_ancestors ua on ua.unit_id = u.id and ua.ancestor_id = s.id where u.archived_at is null order by ua.depth, u.id limit $1`, UnitLimit+1)
		if err != nil {
			return err
		}
		var ids []string
		for _, r := range rows {
			ids = append(ids, r.texts()...)
		}
		texts, err := text.Load(ctx, tx, ids...)
		for _, r := range rows {
			list = append(list, r.unit(texts))
		}
		return err
	})
	if len(list) > UnitLimit {
		list, more = list[:UnitLimit], true
	}
	return list, more, err
}
