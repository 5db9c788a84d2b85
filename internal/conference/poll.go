package conference

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
)

// Choice is what somebody says of one proposed time. Who has said nothing has none.
type Choice string

const (
	Yes      Choice = "yes"
	IfNeedBe Choice = "ifNeedBe"
	No       Choice = "no"
)

// Choices are all three, in the order in which they are offered.
var Choices = []Choice{Yes, IfNeedBe, No}

// Slot is one proposed time.
type Slot struct {
	ID          string
	StartsLocal string // wall time in Zone
	Zone        string
	StartsAt    time.Time
	Answers     map[string]Choice // by person
}

// AnswerPoll says of some or all proposed times whether they suit the actor. What is not mentioned stays as it was. Late
// answers count until a time is chosen: nobody is kept out by a date.
func (s *Store) AnswerPoll(ctx context.Context, a access.Actor, id string, answers map[string]Choice) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		c, err := s.findFor(ctx, tx, a, access.AnswerConference, id)
		if err != nil {
			return err
		}
		if err := c.checkAnswers(answers); err != nil {
			return err
		}
		for _, slot := range c.Slots {
			choice, given := answers[slot.ID]
			if !given {
				continue
			}
			_, err := tx.Exec(ctx, `insert into slot_answers (slot_id, person_id, answer, at) values ($1, $2, $3, $4)
				on conflict (slot_id, person_id) do update set answer = excluded.answer, at = excluded.at`, slot.ID, a.PersonID, choice, tx.Now)
			if err != nil {
				return err
			}
		}
		return audit.Record(ctx, tx, a.PersonID, "answer poll", "conference:"+id, nil)
	})
}

func (c Conference) checkAnswers(answers map[string]Choice) error {
	if !c.Is(Poll) {
		return problem.Refuse("conference.problem.no-poll")
	}
	if len(answers) == 0 {
		return problem.Refuse("conference.problem.no-answer")
	}
	for slot, choice := range answers {
		if _, there := c.Slot(slot); !there || !slices.Contains(Choices, choice) {
			return problem.Missing()
		}
	}
	return nil
}

// HasAnswered tells whether a person has said anything about the proposed times.
func (c Conference) HasAnswered(personID string) bool {
	return slices.ContainsFunc(c.Slots, func(s Slot) bool { return s.Answers[personID] != "" })
}

// Count is how many people of one side said what about a time.
type Count struct{ Yes, IfNeedBe, No, Silent int }

// Ranked is a proposed time with what the answers make of it.
type Ranked struct {
	Slot
	Works bool             // each hosting side has somebody who can
	Sides map[string]Count // by society
}

// Ranking puts the proposed times in order: first those at which every hosting side has at least one person who can, or
// could if need be; among these the one that suits most people of the smaller side. Ties go to more people, then to the
// earlier time.
func (c Conference) Ranking() []Ranked {
	list := make([]Ranked, len(c.Slots))
	for i, slot := range c.Slots {
		list[i] = c.rank(slot)
	}
	slices.SortStableFunc(list, func(a, b Ranked) int {
		return cmp.Or(
			worth(b)-worth(a),
			cmp.Compare(c.smaller(b, yes), c.smaller(a, yes)),
			cmp.Compare(c.smaller(b, can), c.smaller(a, can)),
			cmp.Compare(total(b, yes), total(a, yes)),
			a.StartsAt.Compare(b.StartsAt))
	})
	return list
}

func (c Conference) rank(slot Slot) Ranked {
	r := Ranked{Slot: slot, Sides: map[string]Count{}, Works: len(c.Sides) > 0}
	for _, p := range c.Participants {
		count := r.Sides[p.SocietyID]
		switch slot.Answers[p.PersonID] {
		case Yes:
			count.Yes++
		case IfNeedBe:
			count.IfNeedBe++
		case No:
			count.No++
		default:
			count.Silent++
		}
		r.Sides[p.SocietyID] = count
	}
	for _, side := range c.Sides {
		r.Works = r.Works && can(r.Sides[side]) > 0
	}
	return r
}

func yes(n Count) int { return n.Yes }
func can(n Count) int { return n.Yes + n.IfNeedBe }

// smaller is the least of what the hosting sides reach.
func (c Conference) smaller(r Ranked, of func(Count) int) int {
	least := -1
	for _, side := range c.Sides {
		if n := of(r.Sides[side]); least < 0 || n < least {
			least = n
		}
	}
	return least
}

func total(r Ranked, of func(Count) int) int {
	n := 0
	for _, count := range r.Sides {
		n += of(count)
	}
	return n
}

func worth(r Ranked) int {
	if r.Works {
		return 1
	}
	return 0
}

// loadSlots reads the proposed times with all answers in one statement.
func loadSlots(ctx context.Context, tx *database.Tx, id string) ([]Slot, error) {
	type row struct {
		Slot
		person, answer sql.NullString
	}
	rows, err := database.All(ctx, tx, func(s database.Scanner) (r row, err error) {
		return r, s.Scan(&r.ID, &r.StartsLocal, &r.Zone, &r.person, &r.answer)
	}, `select s.id, s.starts_local, s.zone, a.person_id, a.answer from slots s left join slot_answers a on a.slot_id = s.id
		where s.conference_id = $1 order by s.position, s.id`, id)
	var slots []Slot
	for _, r := range rows {
		if len(slots) == 0 || slots[len(slots)-1].ID != r.ID {
			r.Answers, r.StartsAt = map[string]Choice{}, instant(r.StartsLocal, r.Zone, time.Time{})
			slots = append(slots, r.Slot)
		}
		if r.person.Valid {
			slots[len(slots)-1].Answers[r.person.String] = Choice(r.answer.String)
		}
	}
	return slots, err
}
