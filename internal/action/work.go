package action

import (
	"context"
	"slices"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
)

// Work says where a part stands now. The responsible person may, and the coordinators of the part's unit. When the last
// part ends, so does the item; when one is taken up again, so is the item.
func (s *Store) Work(ctx context.Context, a access.Actor, actionID, partID string, state State, version int) error {
	return s.db.Write(ctx, func(tx *database.Tx) error { return s.work(ctx, tx, a, actionID, partID, state, version) })
}

func (s *Store) work(ctx context.Context, tx *database.Tx, a access.Actor, actionID, partID string, state State, version int) error {
	item, err := s.FindIn(ctx, tx, a, actionID)
	if err != nil {
		return err
	}
	p, there := item.Part(partID)
	if !there {
		return problem.Missing()
	}
	if err := access.Check(a, access.WorkOnPart, access.SeeAction, item.PartCase(p)); err != nil {
		return err
	}
	if !slices.Contains(States, state) {
		return problem.Refuse("action.problem.state")
	}
	if state == p.State {
		return nil
	}
	return move(ctx, tx, a, p, state, version)
}

func move(ctx context.Context, tx *database.Tx, a access.Actor, p Part, state State, version int) error {
	var ended any
	if state.Ended() {
		ended = tx.Now
	}
	n, err := tx.Exec(ctx, `update action_parts set state = $1, ended_at = $2, version = version + 1 where id = $3 and version = $4`,
		string(state), ended, p.ID, version)
	if err != nil {
		return err
	}
	if n == 0 {
		return problem.Moved()
	}
	if err := settle(ctx, tx, p.ActionID); err != nil {
		return err
	}
	return audit.Record(ctx, tx, a.PersonID, "work on part", "action:"+p.ActionID, audit.Details{"part": p.ID, "from": string(p.State), "to": string(state)})
}

// Pass gives the ball to a unit whose part is unfinished: now it is their move. Coordinators of the partnership may, and
// whoever may work on the part that has it.
func (s *Store) Pass(ctx context.Context, a access.Actor, actionID, unitID string, version int) error {
	return s.db.Write(ctx, func(tx *database.Tx) error { return s.pass(ctx, tx, a, actionID, unitID, version) })
}

func (s *Store) pass(ctx context.Context, tx *database.Tx, a access.Actor, actionID, unitID string, version int) error {
	item, err := s.FindIn(ctx, tx, a, actionID)
	if err != nil {
		return err
	}
	if !item.MayPass(a) {
		return access.Check(a, access.PlanAction, access.SeeAction, item.Case())
	}
	if p, there := item.partOf(unitID); !there || p.State.Ended() {
		return problem.Refuse("action.problem.ball")
	}
	if unitID == item.BallUnitID {
		return nil
	}
	n, err := tx.Exec(ctx, `update actions set ball_unit_id = $1, changed_at = $2, version = version + 1 where id = $3 and version = $4`,
		unitID, tx.Now, item.ID, version)
	if err != nil {
		return err
	}
	if n == 0 {
		return problem.Moved()
	}
	return audit.Record(ctx, tx, a.PersonID, "pass ball", "action:"+item.ID, audit.Details{"from": item.BallUnitID, "to": unitID})
}

// settle closes an item whose parts have all ended, and opens one that has an unfinished part. The ball of a closed item is
// with nobody; a unit that has ended its part passes it on to the first that has not.
func settle(ctx context.Context, tx *database.Tx, actionID string) error {
	// The item's row is taken first: two people who end the last two parts at once must not both leave it open.
	if _, err := tx.Exec(ctx, `update actions set changed_at = $1 where id = $2`, tx.Now, actionID); err != nil {
		return err
	}
	open, err := database.Strings(ctx, tx, `select unit_id from action_parts where action_id = $1 and state not in ('done', 'dropped')
		order by position`, actionID)
	if err != nil {
		return err
	}
	if len(open) == 0 {
		_, err := tx.Exec(ctx, `update actions set closed_at = coalesce(closed_at, $1), ball_unit_id = null where id = $2`, tx.Now, actionID)
		return err
	}
	args := database.Args{open[0], actionID}
	_, err = tx.Exec(ctx, `update actions set closed_at = null,
		ball_unit_id = case when ball_unit_id in `+args.In(open)+` then ball_unit_id else $1 end where id = $2`, args...)
	return err
}
