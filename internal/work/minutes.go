package work

import (
	"context"
	"slices"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/action"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/decision"
	"example.org/tandem/internal/minutes"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/text"
)

// Minutes are a conference's minutes as somebody reads them: frozen, or put together just now.
type Minutes struct {
	Conference conference.Conference
	Record     minutes.Record
	Frozen     bool
	Agreements []minutes.Agreement    // those that were voided too, the newest first
	Names      org.Names              // of everybody in the record
	Uninvited  []conference.Uninvited // who of them had not been asked, as long as the list can change
}

// ReadMinutes gives the minutes of a conference that the actor may see.
func (d *Desk) ReadMinutes(ctx context.Context, a access.Actor, conferenceID string) (m Minutes, err error) {
	err = d.db.Read(ctx, func(tx *database.Tx) error {
		m, err = d.ReadMinutesIn(ctx, tx, a, conferenceID)
		return err
	})
	return m, err
}

// ReadMinutesIn is ReadMinutes within a transaction.
func (d *Desk) ReadMinutesIn(ctx context.Context, tx *database.Tx, a access.Actor, conferenceID string) (m Minutes, err error) {
	if m.Conference, err = d.Conferences.FindIn(ctx, tx, a, conferenceID); err != nil {
		return m, err
	}
	if m.Record, m.Frozen, err = d.Minutes.FrozenIn(ctx, tx, conferenceID); err != nil {
		return m, err
	}
	if !m.Frozen {
		fresh, err := d.assemble(ctx, tx, m.Conference)
		if err != nil {
			return m, err
		}
		m.Record, m.Uninvited = fresh.Record, fresh.uninvited
	}
	if m.Agreements, err = d.Minutes.AgreementsIn(ctx, tx, conferenceID); err != nil {
		return m, err
	}
	m.Names, err = d.Org.NamesIn(ctx, tx, m.people(), m.Conference.Sides)
	return m, err
}

func (m Minutes) people() []string {
	ids := m.Record.People()
	for _, g := range m.Agreements {
		ids = append(ids, g.PersonID)
	}
	if !m.Frozen { // who of these came can still be noted
		for _, p := range m.Conference.Participants {
			ids = append(ids, p.PersonID)
		}
	}
	return ids
}

// draft is a record just put together, and the texts that it was taken from.
type draft struct {
	minutes.Record
	texts     []string // IDs
	uninvited []conference.Uninvited
}

// assemble puts the minutes together from what there is now: agenda, notes, decisions, actions, participants.
func (d *Desk) assemble(ctx context.Context, tx *database.Tx, c conference.Conference) (draft, error) {
	r := draft{Record: minutes.Record{ConferenceID: c.ID, Title: minutes.Of(c.Title), Purpose: minutes.Of(c.Purpose), StartsAt: c.StartsAt,
		Minutes: int(c.Length.Minutes()), Spoken: c.Languages, ModeratorID: c.ModeratorID, TakerID: c.MinuteTakerID}}
	for _, pair := range c.Interpretation {
		r.Interpreted = append(r.Interpreted, minutes.Direction{From: pair.From, To: pair.To})
	}
	notes, err := notesOf(ctx, tx, c)
	if err != nil {
		return r, err
	}
	decisions, err := d.Decisions.GetOfIn(ctx, tx, c.ID)
	if err != nil {
		return r, err
	}
	actions, err := d.Actions.OfConferenceIn(ctx, tx, c.ID)
	if err != nil {
		return r, err
	}
	if r.uninvited, err = d.Conferences.UninvitedIn(ctx, tx, c.ID); err != nil {
		return r, err
	}
	names, err := d.Org.NamesIn(ctx, tx, nil, unitsOf(c, r.uninvited, actions))
	if err != nil {
		return r, err
	}
	r.Sides = sides(c, r.uninvited, names)
	fill(&r.Record, c, notes, decisions, actions, names)
	r.texts = textsOf(c, decisions, actions)
	return r, nil
}

func textsOf(c conference.Conference, decisions []decision.Decision, actions []action.Action) []string {
	ids := []string{c.Title.ID, c.Purpose.ID}
	for _, item := range c.Agenda {
		ids = append(ids, item.Topic.ID, item.NotesID)
	}
	for _, one := range decisions {
		ids = append(ids, one.Text.ID)
	}
	for _, one := range actions {
		ids = append(ids, one.Title.ID)
	}
	return ids
}

// fill puts everything under the item that it belongs to.
func fill(r *minutes.Record, c conference.Conference, notes text.Texts, decisions []decision.Decision, actions []action.Action, names org.Names) {
	place := map[string]int{}
	for i, item := range c.Agenda {
		place[item.ID] = i
		r.Items = append(r.Items, minutes.Item{ID: item.ID, Kind: string(item.Kind), Topic: minutes.Of(item.Topic), StartsAt: item.StartsAt,
			Minutes: item.Minutes, PresenterID: item.PresenterID, Notes: minutes.Of(notes[item.NotesID])})
	}
	for _, one := range decisions {
		into := &r.Decisions
		if i, there := place[one.AgendaItemID]; there {
			into = &r.Items[i].Decisions
		}
		*into = append(*into, minutes.Decision{ID: one.ID, Label: one.Label(), Text: minutes.Of(one.Text)})
	}
	for _, one := range actions {
		into := &r.Actions
		if i, there := place[one.AgendaItemID]; there {
			into = &r.Items[i].Actions
		}
		*into = append(*into, actionOf(one, names))
	}
}

func actionOf(a action.Action, names org.Names) minutes.Action {
	taken := minutes.Action{ID: a.ID, Title: minutes.Of(a.Title), DueOn: a.DueOn}
	for _, p := range a.Parts {
		taken.Parts = append(taken.Parts, minutes.Part{UnitID: p.UnitID, Unit: minutes.Of(names.Short(p.UnitID)), PersonID: p.PersonID,
			State: string(p.State)})
	}
	return taken
}

// sides are the societies with those who took part. Nobody has to tick a list: until somebody does, it is who had said yes.
func sides(c conference.Conference, uninvited []conference.Uninvited, names org.Names) []minutes.Side {
	var list []minutes.Side
	for _, society := range c.Sides {
		side := minutes.Side{SocietyID: society, Name: minutes.Of(names.Unit(society))}
		for _, p := range c.Participants {
			if p.SocietyID == society && p.Attended {
				side.People = append(side.People, minutes.Attendee{PersonID: p.PersonID, Unit: minutes.Of(names.Short(p.UnitID))})
			}
		}
		for _, u := range uninvited {
			_, asked := c.Participant(u.PersonID)
			switch {
			case u.SocietyID != society || asked:
			case u.PersonID != "":
				side.People = append(side.People, minutes.Attendee{PersonID: u.PersonID, Unit: minutes.Of(names.Short(u.UnitID))})
			default:
				side.Others = append(side.Others, minutes.Other{ID: u.ID, Line: u.Line, Language: u.Language})
			}
		}
		list = append(list, side)
	}
	return list
}

// unitsOf are all units whose names the minutes need.
func unitsOf(c conference.Conference, uninvited []conference.Uninvited, actions []action.Action) []string {
	ids := slices.Clone(c.Sides)
	for _, p := range c.Participants {
		ids = append(ids, p.UnitID)
	}
	for _, u := range uninvited {
		ids = append(ids, u.UnitID)
	}
	for _, a := range actions {
		for _, p := range a.Parts {
			ids = append(ids, p.UnitID)
		}
	}
	return ids
}
