package action

import (
	"context"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Record notes an action item and gives its ID. The ball is with the first unit.
func (s *Store) Record(ctx context.Context, a access.Actor, d Draft) (id string, err error) {
	err = s.db.Write(ctx, func(tx *database.Tx) error {
		id, err = s.RecordIn(ctx, tx, a, d)
		return err
	})
	return id, err
}

// RecordIn is Record within a transaction.
func (s *Store) RecordIn(ctx context.Context, tx *database.Tx, a access.Actor, d Draft) (string, error) {
	units, err := access.PartnershipUnits(ctx, tx, d.PartnershipID)
	if err != nil {
		return "", err
	}
	if err := access.Check(a, access.RecordOutcome, access.SeePartnership, access.Case{Units: units}); err != nil {
		return "", err
	}
	d = d.clean()
	if err := d.check(tx.Now, ""); err != nil {
		return "", err
	}
	if err := checkParts(ctx, tx, units, d.Parts); err != nil {
		return "", err
	}
	if err := checkOrigin(ctx, tx, d); err != nil {
		return "", err
	}
	return insert(ctx, tx, a, d)
}

// checkOrigin keeps an item from pointing at another partnership's conference or decision, or at another conference's agenda.
func checkOrigin(ctx context.Context, tx *database.Tx, d Draft) error {
	for _, origin := range []struct{ id, belongs, to string }{
		{d.ConferenceID, `select count(*) from conferences where id = $1 and partnership_id = $2`, d.PartnershipID},
		{d.DecisionID, `select count(*) from decisions where id = $1 and partnership_id = $2`, d.PartnershipID},
		{d.AgendaItemID, `select count(*) from agenda_items where id = $1 and conference_id = $2`, d.ConferenceID},
	} {
		if origin.id == "" {
			continue
		}
		var there int
		if err := tx.Row(ctx, origin.belongs, origin.id, origin.to).Scan(&there); err != nil {
			return err
		}
		if there == 0 {
			return problem.Missing()
		}
	}
	return nil
}

func insert(ctx context.Context, tx *database.Tx, a access.Actor, d Draft) (string, error) {
	title, err := text.New(ctx, tx, d.Title, a.PersonID)
	if err != nil {
		return "", err
	}
	id := database.NewID()
	_, err = tx.Exec(ctx, `insert into actions (id, partnership_id, conference_id, decision_id, agenda_item_id, title_id, due_on, priority,
		ball_unit_id, created_by_id, created_at, changed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)`,
		id, d.PartnershipID, orNull(d.ConferenceID), orNull(d.DecisionID), orNull(d.AgendaItemID), title, d.DueOn, string(d.Priority),
		d.Parts[0].UnitID, a.PersonID, tx.Now)
	if err != nil {
		return "", err
	}
	for i := range d.Parts {
		if err := insertPart(ctx, tx, id, d, i); err != nil {
			return "", err
		}
	}
	return id, audit.Record(ctx, tx, a.PersonID, "record action", "action:"+id, audit.Details{"conference": d.ConferenceID})
}

// insertPart writes the i-th part of a draft.
func insertPart(ctx context.Context, tx *database.Tx, actionID string, d Draft, i int) error {
	p := d.Parts[i]
	_, err := tx.Exec(ctx, `insert into action_parts (id, action_id, unit_id, person_id, state, position, due_on, partnership_id)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		database.NewID(), actionID, p.UnitID, orNull(p.PersonID), string(Open), i, d.DueOn, d.PartnershipID)
	return err
}

func orNull(id string) any {
	if id == "" {
		return nil
	}
	return id
}
