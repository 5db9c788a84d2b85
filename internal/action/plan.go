package action

import (
	"context"
	"slices"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Plan changes what an item is: its title in one language, its due day and priority, whose move it is, and who takes part.
// A unit's part stays with all that was done in it as long as the unit does; taking a unit out needs its part to be unbegun.
type Plan struct {
	Version      int
	Title        text.Draft
	TitleVersion int // that the editor started from
	DueOn        string
	Priority     Priority
	BallUnitID   string
	Parts        []PartDraft
}

// Change replaces an item's plan. Coordinators of the partnership may.
func (s *Store) Change(ctx context.Context, a access.Actor, id string, p Plan) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		item, err := s.FindIn(ctx, tx, a, id)
		if err != nil {
			return err
		}
		if err := access.Check(a, access.PlanAction, access.SeeAction, item.Case()); err != nil {
			return err
		}
		d := Draft{Title: p.Title, DueOn: p.DueOn, Priority: p.Priority, Parts: p.Parts}.clean()
		if err := d.check(tx.Now); err != nil {
			return err
		}
		if err := checkParts(ctx, tx, item.Units, d.Parts); err != nil {
			return err
		}
		return change(ctx, tx, a, item, p, d)
	})
}

func change(ctx context.Context, tx *database.Tx, a access.Actor, item Action, p Plan, d Draft) error {
	ball := p.BallUnitID
	if !slices.ContainsFunc(d.Parts, func(x PartDraft) bool { return x.UnitID == ball }) {
		ball = d.Parts[0].UnitID
	}
	n, err := tx.Exec(ctx, `update actions set due_on = $1, priority = $2, ball_unit_id = $3, changed_at = $4, version = version + 1
		where id = $5 and version = $6`, d.DueOn, string(d.Priority), ball, tx.Now, item.ID, p.Version)
	if err != nil {
		return err
	}
	if n == 0 {
		return problem.Moved()
	}
	_, err = text.Save(ctx, tx, text.Edit{TextID: item.Title.ID, Base: p.TitleVersion, Language: d.Title.Language, Body: d.Title.Body, PersonID: a.PersonID})
	if err != nil {
		return err
	}
	if err := changeParts(ctx, tx, item, d.Parts); err != nil {
		return err
	}
	if err := settle(ctx, tx, item.ID); err != nil {
		return err
	}
	return audit.Record(ctx, tx, a.PersonID, "plan action", "action:"+item.ID, audit.Details{"due": d.DueOn})
}

func changeParts(ctx context.Context, tx *database.Tx, item Action, parts []PartDraft) error {
	for _, old := range item.Parts {
		if slices.ContainsFunc(parts, func(p PartDraft) bool { return p.UnitID == old.UnitID }) {
			continue
		}
		if old.State != Open {
			return problem.Refuse("action.problem.begun")
		}
		if _, err := tx.Exec(ctx, `delete from action_parts where id = $1`, old.ID); err != nil {
			return err
		}
	}
	for position, p := range parts {
		n, err := tx.Exec(ctx, `update action_parts set person_id = $1, position = $2 where action_id = $3 and unit_id = $4`,
			orNull(p.PersonID), position, item.ID, p.UnitID)
		if err == nil && n == 0 {
			err = insertPart(ctx, tx, item.ID, p, position)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
