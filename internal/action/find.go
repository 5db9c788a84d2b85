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
	list, err := load(ctx, tx, `where id = $1`, id)
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

// load reads items with their parts and titles, in three statements however many there are.
func load(ctx context.Context, tx *database.Tx, where string, args ...any) ([]Action, error) {
	var titles []string
	list, err := database.All(ctx, tx, func(row database.Scanner) (a Action, err error) {
		var title string
		var conference, decision, item, ball sql.NullString
		var closed sql.NullTime
		err = row.Scan(&a.ID, &a.PartnershipID, &conference, &decision, &item, &title, &a.DueOn, &a.Priority, &ball, &closed, &a.Version)
		a.ConferenceID, a.DecisionID, a.AgendaItemID, a.BallUnitID = conference.String, decision.String, item.String, ball.String
		a.ClosedAt = closed.Time
		titles = append(titles, title)
		return a, err
	}, `select id, partnership_id, conference_id, decision_id, agenda_item_id, title_id, due_on, priority, ball_unit_id, closed_at, version
		from actions `+where, args...)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	texts, err := text.Load(ctx, tx, titles...)
	if err != nil {
		return nil, err
	}
	place := map[string]int{}
	for i := range list {
		list[i].Title = texts[titles[i]]
		place[list[i].ID] = i
	}
	parts, err := parts(ctx, tx, place)
	for _, p := range parts {
		at := &list[place[p.ActionID]]
		at.Parts = append(at.Parts, p)
	}
	return list, err
}

func parts(ctx context.Context, tx *database.Tx, of map[string]int) ([]Part, error) {
	var args database.Args
	var ids []string
	for id := range of {
		ids = append(ids, id)
	}
	return database.All(ctx, tx, func(row database.Scanner) (p Part, err error) {
		var person sql.NullString
		var ended sql.NullTime
		err = row.Scan(&p.ID, &p.ActionID, &p.UnitID, &person, &p.State, &ended, &p.Version)
		p.PersonID, p.EndedAt = person.String, ended.Time
		return p, err
	}, `select id, action_id, unit_id, person_id, state, ended_at, version from action_parts
		where action_id in `+args.In(ids)+` order by action_id, position, id`, args...)
}

// mostNotes is how many progress notes of an item are shown: the latest.
const mostNotes = 100

func notes(ctx context.Context, tx *database.Tx, actionID string) ([]Note, error) {
	var ids []string
	list, err := database.All(ctx, tx, func(row database.Scanner) (n Note, err error) {
		var id string
		err = row.Scan(&n.ID, &id, &n.PersonID, &n.At)
		ids = append(ids, id)
		return n, err
	}, `select id, text_id, person_id, at from action_notes where action_id = $1 order by at desc, id desc limit $2`, actionID, mostNotes)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	texts, err := text.Load(ctx, tx, ids...)
	for i := range list {
		list[i].Text = texts[ids[i]]
	}
	return list, err
}
