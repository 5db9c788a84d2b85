package action

import (
	"context"
	"database/sql"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Find gives one item with its progress notes. What the actor may not see is missing.
func (s *Store) Find(ctx context.Context, a access.Actor, id string) (item Action, err error) {
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		item, err = s.FindIn(ctx, tx, a, id)
		return err
	})
	return item, err
}

// FindIn is Find within a transaction.
func (s *Store) FindIn(ctx context.Context, tx *database.Tx, a access.Actor, id string) (Action, error) {
	list, err := load(ctx, tx, `select id from actions where id = $1`, "", id)
	if err != nil {
		return Action{}, err
	}
	if len(list) == 0 {
		return Action{}, problem.Missing()
	}
	item := list[0]
	if item.Units, err = access.PartnershipUnits(ctx, tx, item.PartnershipID); err != nil {
		return Action{}, err
	}
	if err := access.Check(a, access.SeeAction, access.SeeAction, item.Case()); err != nil {
		return Action{}, err
	}
	item.Notes, err = notes(ctx, tx, id)
	return item, err
}

// load reads the items whose IDs a statement gives, with their parts and titles: two statements, however many there are.
func load(ctx context.Context, tx *database.Tx, ids, order string, args ...any) ([]Action, error) {
	var texts text.Batch
	list, err := loadWith(ctx, tx, &texts, ids, order, args...)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list, texts.Load(ctx, tx)
}

// loadWith leaves the titles to a batch. A cross join tells SQLite to begin with the items asked for; it would rather walk all
// that there are in their order.
func loadWith(ctx context.Context, tx *database.Tx, texts *text.Batch, ids, order string, args ...any) ([]Action, error) {
	var list []Action
	var r row
	_, err := database.All(ctx, tx, func(s database.Scanner) (none struct{}, err error) {
		if err = r.scan(s); err != nil {
			return none, err
		}
		if len(list) == 0 || list[len(list)-1].ID != r.action.ID {
			list = append(list, r.read())
		}
		last := &list[len(list)-1]
		last.Parts = append(last.Parts, r.partOf(last.ID))
		return none, nil
	}, `select a.id, a.partnership_id, a.conference_id, a.decision_id, a.agenda_item_id, a.title_id,
		a.due_on, a.priority, a.ball_unit_id, a.closed_at, a.version, p.id, p.unit_id, p.person_id, p.state, p.ended_at, p.version
		from (`+ids+`) i cross join actions a cross join action_parts p
		where a.id = i.id and p.action_id = a.id order by a.due_on`+order+`, a.id`+order+`, p.position, p.id`, args...)
	for i := range list {
		texts.Want(list[i].Title.ID, &list[i].Title)
	}
	return list, err
}

// row is an item with one of its parts. One row is used for all that are read: a page has a hundred and more.
type row struct {
	action                                   Action
	part                                     Part
	conference, decision, item, ball, person sql.NullString
	closed, ended                            sql.NullTime
}

func (r *row) scan(s database.Scanner) error {
	a, p := &r.action, &r.part
	return s.Scan(&a.ID, &a.PartnershipID, &r.conference, &r.decision, &r.item, &a.Title.ID, &a.DueOn, &a.Priority, &r.ball, &r.closed, &a.Version,
		&p.ID, &p.UnitID, &r.person, &p.State, &r.ended, &p.Version)
}

func (r *row) read() Action {
	a := r.action
	a.ConferenceID, a.DecisionID, a.AgendaItemID, a.BallUnitID = r.conference.String, r.decision.String, r.item.String, r.ball.String
	a.ClosedAt = r.closed.Time
	return a
}

func (r *row) partOf(actionID string) Part {
	p := r.part
	p.ActionID, p.PersonID, p.EndedAt = actionID, r.person.String, r.ended.Time
	return p
}
