package demo

import (
	"slices"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
)

// decided is the place in the agenda of the July conference where decisions were taken.
const decided = 5

func (l *loader) decisions() error {
	for i, d := range l.content.Decisions {
		c := l.story(d.Conference)
		l.at(c.EndsAt)
		id, err := l.text(d.Text, l.home(c.Host), ID(c.MinuteTaker))
		if err != nil {
			return err
		}
		err = l.exec(`insert into decisions (id, partnership_id, conference_id, agenda_item_id, year, number, text_id, state, decided_on,
			created_by_id, created_at) values ($1, $2, $3, $4, $5, $6, $7, 'in force', $8, $9, $10)`,
			ID(d.ID), ID(partnershipID), ID(d.Conference), itemID(d.Conference, decided), c.StartsAt.Year(), i+1, id,
			c.StartsAt.Format(time.DateOnly), ID(c.MinuteTaker), l.tx.Now)
		if err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) story(conference string) conferenceStory {
	i := slices.IndexFunc(l.content.Conferences, func(c conferenceStory) bool { return c.ID == conference })
	return l.content.Conferences[i]
}

var partStates = map[string]string{"todo": "open", "inProgress": "inProgress", "onHold": "blocked", "done": "done", "cancelled": "dropped"}

func (l *loader) actions() error {
	for _, a := range l.content.ActionItems {
		c := l.story(a.Conference)
		l.at(c.EndsAt)
		title, err := l.text(a.Title, l.home(l.person(a.Owner).Org), ID(a.Owner))
		if err != nil {
			return err
		}
		err = l.exec(`insert into actions (id, partnership_id, conference_id, decision_id, agenda_item_id, title_id, due_on, priority,
			ball_unit_id, closed_at, created_by_id, created_at, changed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)`,
			ID(a.ID), ID(partnershipID), ID(a.Conference), null(ID(a.FromDecision)), itemID(a.Conference, decided), title, a.DueDate, a.Priority,
			l.ball(a), completed(a), ID(c.MinuteTaker), l.tx.Now)
		if err != nil {
			return err
		}
		if err := l.parts(a); err != nil {
			return err
		}
		if err := l.progress(a); err != nil {
			return err
		}
	}
	return nil
}

// ball is with the unit that leads, as long as there is something to do.
func (l *loader) ball(a actionStory) any {
	if a.Status == "done" || a.Status == "cancelled" {
		return nil
	}
	return ID(l.person(a.Owner).Org)
}

// parts: the owner's unit first, then one for each unit that helps. The society's root is not a partner, so its people
// work for the headquarters here.
func (l *loader) parts(a actionStory) error {
	seen := map[string]bool{}
	position := 0
	for _, id := range append([]string{a.Owner}, a.Support...) {
		unit := l.person(id).Org
		if unit == "drc" {
			unit = "drc-hq"
		}
		if seen[unit] {
			continue
		}
		seen[unit] = true
		err := l.exec(`insert into action_parts (id, action_id, unit_id, person_id, state, position, ended_at, due_on, partnership_id)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			ID(a.ID+unit), ID(a.ID), ID(unit), ID(id), partStates[a.Status], position, completed(a), a.DueDate, ID(partnershipID))
		if err != nil {
			return err
		}
		position++
	}
	return nil
}

func completed(a actionStory) any {
	day, err := time.Parse(time.DateOnly, a.CompletedOn)
	if err != nil {
		return nil
	}
	return day.Add(12 * time.Hour)
}

func (l *loader) progress(a actionStory) error {
	if len(a.ProgressNote) == 0 {
		return nil
	}
	at := l.content.Meta.DemoNow.Add(-4 * 24 * time.Hour)
	return l.note(a.ID, a.Owner, l.home(l.person(a.Owner).Org), a.ProgressNote, at)
}

// comments on action items are progress notes; those on lessons are not loaded: there is no place for them yet.
func (l *loader) comments() error {
	for _, c := range l.content.Comments {
		if !slices.ContainsFunc(l.content.ActionItems, func(a actionStory) bool { return a.ID == c.On }) {
			continue
		}
		if err := l.note(c.On, c.Person, c.Language, c.Text, c.At); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) note(action, person string, source locale.Language, w words, at time.Time) error {
	l.at(at)
	id, err := l.text(w, source, ID(person))
	if err != nil {
		return err
	}
	return l.exec(`insert into action_notes (id, action_id, text_id, person_id, at) values ($1, $2, $3, $4, $5)`,
		database.NewID(), ID(action), id, ID(person), l.tx.Now)
}
