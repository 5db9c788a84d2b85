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
		d := Draft{PartnershipID: item.PartnershipID, Title: p.Title, DueOn: p.DueOn, Priority: p.Priority, Parts: p.Parts}.clean()
		if err := d.check(tx.Now, item.DueOn); err != nil {
			return err
		}
		if err := checkParts(ctx, tx, item.Units, item.others(d.Parts)); err != nil {
			return err
		}
		return change(ctx, tx, a, item, p, d)
	})
}

// others are the parts that are not there yet in this form. What stands is not looked at again: a person who has left
// since need not be replaced to move the due day.
func (a Action) others(parts []PartDraft) []PartDraft {
	return slices.DeleteFunc(slices.Clone(parts), func(d PartDraft) bool {
		return slices.ContainsFunc(a.Parts, func(p Part) bool { return d == PartDraft{p.UnitID, p.PersonID} })
	})
}

func change(ctx context.Context, tx *database.Tx, a access.Actor, item Action, p Plan, d Draft) error {
	n, err := tx.Exec(ctx, `update actions set due_on = $1, priority = $2, ball_unit_id = $3, changed_at = $4, version = version + 1
		where id = $5 and version = $6`, d.DueOn, string(d.Priority), orNull(p.ball(item)), tx.Now, item.ID, p.Version)
	if err != nil {
		return err
	}
	if n == 0 {
		return problem.Moved()
	}
	_, err = text.Save(ctx, tx, text.Edit{TextID: item.Title.ID, Base: p.TitleVersion, Language: d.Title.Language, Body: d.Title.Body, Line: true, PersonID: a.PersonID})
	if err != nil {
		return err
	}
	if err := changeParts(ctx, tx, item, d); err != nil {
		return err
	}
	if err := settle(ctx, tx, item.ID); err != nil {
		return err
	}
	return audit.Record(ctx, tx, a.PersonID, "plan action", "action:"+item.ID, audit.Details{"due": d.DueOn})
}

// ball stays where it is unless the plan gives it to one of those who take part.
func (p Plan) ball(item Action) string {
	if slices.ContainsFunc(p.Parts, func(d PartDraft) bool { return d.UnitID == p.BallUnitID }) {
		return p.BallUnitID
	}
	return item.BallUnitID
}

func changeParts(ctx context.Context, tx *database.Tx, item Action, d Draft) error {
	for _, old := range item.Parts {
		if slices.ContainsFunc(d.Parts, func(p PartDraft) bool { return p.UnitID == old.UnitID }) {
			continue
		}
		n, err := tx.Exec(ctx, `delete from action_parts where id = $1 and state = $2`, old.ID, string(Open))
		if err != nil {
			return err
		}
		if n == 0 {
			return problem.Refuse("action.problem.begun")
		}
	}
	for i, p := range d.Parts {
		n, err := tx.Exec(ctx, `update action_parts set person_id = $1, position = $2, due_on = $3 where action_id = $4 and unit_id = $5`,
			orNull(p.PersonID), i, d.DueOn, item.ID, p.UnitID)
		if err == nil && n == 0 {
			err = insertPart(ctx, tx, item.ID, d, i)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
