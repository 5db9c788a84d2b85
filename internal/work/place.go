package work

import (
	"context"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Place is what a text belongs to.
type Place struct {
	Kind          string // as in the statement below
	ID            string // of the conference, action item, decision, lesson … whose page has it
	PartnershipID string // '' for people, units and proposals
	Title         text.Text
	Case          access.Case

	titleID, unitID, societyID, personID string
	draft                                bool
}

// PlaceOf finds what a text belongs to, for somebody who may translate it. A text that is nobody's, or that the actor may not
// see, is missing; where they may see it and no more, they are told so.
func (d *Desk) PlaceOf(ctx context.Context, tx *database.Tx, a access.Actor, textID string) (Place, error) {
	places, err := database.All(ctx, tx, readPlace, `select kind, id, partnership_id, title_id, unit_id, society_id, person_id, draft
		from (`+places+`) p order by rank, id`, textID)
	if err != nil {
		return Place{}, err
	}
	err = problem.Missing()
	for _, p := range places { // a carried action item is a topic of an agenda too: whoever sees either may translate it
		if p.Case, err = p.facts(ctx, tx); err != nil {
			return Place{}, err
		}
		see, deed := p.deeds()
		if err = access.Check(a, see, see, p.Case); err == nil {
			p.Case.Draft = p.Case.Draft && p.Kind == "lesson"
			if err = access.Check(a, deed, see, p.Case); err == nil {
				p.Title, err = text.One(ctx, tx, p.titleID)
				return p, err
			}
		}
	}
	return Place{}, err
}

// deeds are what seeing a place is, and translating what is there.
func (p Place) deeds() (see, translate access.Deed) {
	switch p.Kind {
	case "conference", "purpose", "question", "topic", "notes", "reservation":
		return access.SeeConference, access.TranslateText
	case "action", "progress":
		return access.SeeAction, access.TranslateText
	case "lesson":
		return access.SeeLesson, access.TranslateText
	case "unit":
		return access.SeeUnit, access.TranslateText
	case "proposal":
		return access.SeeProposal, access.TranslateText
	case "person":
		return access.SeePerson, access.EditProfile
	}
	return access.SeePartnership, access.TranslateText
}

// MayCheck tells whether somebody may say that a translation there is right. How one is called one knows best oneself.
func (p Place) MayCheck(a access.Actor) bool {
	if p.Kind == "person" {
		return access.Can(a, access.EditProfile, p.Case)
	}
	return access.Can(a, access.CheckTranslation, p.Case)
}

func (p Place) facts(ctx context.Context, tx *database.Tx) (c access.Case, err error) {
	c = access.Case{Person: p.personID, Draft: p.draft}
	if p.societyID != "" {
		c.Owner = &access.Unit{ID: p.unitID, SocietyID: p.societyID}
	}
	switch {
	case p.Kind == "proposal":
		c.Units, err = access.ProposalUnits(ctx, tx, p.ID)
	case p.PartnershipID != "":
		c.Units, err = access.PartnershipUnits(ctx, tx, p.PartnershipID)
	case p.unitID != "":
		c.Units, err = access.UnitsByID(ctx, tx, p.unitID)
	}
	return c, err
}

func readPlace(row database.Scanner) (p Place, err error) {
	var draft int
	err = row.Scan(&p.Kind, &p.ID, &p.PartnershipID, &p.titleID, &p.unitID, &p.societyID, &p.personID, &draft)
	p.draft = draft == 1
	return p, err
}

// places are all columns that hold the ID of a text, in the order in which one is preferred. Frozen minutes hold no texts.
const places = `
	select 1 as rank, 'action' as kind, id, partnership_id, title_id, '' as unit_id, '' as society_id, '' as person_id, 0 as draft
		from actions where title_id = $1
	union all select 2, 'decision', id, partnership_id, text_id, '', '', '', 0 from decisions where text_id = $1
	union all select 3, 'conference', id, partnership_id, title_id, '', '', '', ` + drafted + ` from conferences where title_id = $1
	union all select 4, 'purpose', id, partnership_id, title_id, '', '', '', ` + drafted + ` from conferences where purpose_id = $1
	union all select 5, 'question', id, partnership_id, title_id, '', '', '', ` + drafted + ` from conferences where poll_question_id = $1
	union all select 6, 'topic', c.id, c.partnership_id, c.title_id, '', '', '', ` + drafted + ` from agenda_items i
		join conferences c on c.id = i.conference_id where i.topic_id = $1
	union all select 7, 'notes', c.id, c.partnership_id, i.topic_id, '', '', '', ` + drafted + ` from agenda_items i
		join conferences c on c.id = i.conference_id where i.notes_id = $1
	union all select 8, 'reservation', c.id, c.partnership_id, c.title_id, '', '', '', 0 from minutes_agreements g
		join conferences c on c.id = g.conference_id where g.reservation_id = $1
	union all select 9, 'progress', x.id, x.partnership_id, x.title_id, '', '', '', 0 from action_notes n
		join actions x on x.id = n.action_id where n.text_id = $1
	union all select 10, 'lesson', l.id, l.partnership_id, l.title_id, l.unit_id, l.society_id, '', ` + drafted + ` from lessons l
		where $1 in (l.title_id, l.summary_id, l.context_id, l.went_well_id, l.challenges_id, l.key_lessons_id, l.recommendations_id, l.applicability_id)
	union all select 11, 'lesson', l.id, l.partnership_id, l.title_id, l.unit_id, l.society_id, '', ` + drafted + ` from lesson_figures f
		join lessons l on l.id = f.lesson_id where $1 in (f.said_id, f.source_id)
	union all select 12, 'partnership', id, id, name_id, '', '', '', 0 from partnerships where $1 in (name_id, purpose_id)
	union all select 13, 'unit', id, '', name_id, id, '', '', 0 from units where $1 in (name_id, short_name_id, place_id)
	union all select 14, 'person', id, '', name_id, '', '', id, 0 from people where name_id = $1
	union all select 15, 'proposal', id, '', name_id, '', '', '', 0 from proposals where $1 in (name_id, purpose_id, reason_id)`

const drafted = `case when state = 'draft' then 1 else 0 end`
