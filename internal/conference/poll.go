package conference

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"time"
	"unicode/utf8"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
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
	By          map[string]string // who gave an answer for the person, where it was not they themselves
}

// MaxNote is how many characters somebody can say beside their answers.
const MaxNote = 300

// PollAnswer is what somebody says of the proposed times.
type PollAnswer struct {
	PersonID string            // whose answer it is; "": the actor's own
	Choices  map[string]Choice // by slot; of what is not mentioned nothing changes
	Note     string            // beside them; at most MaxNote characters
	Language locale.Language   // of the note
}

// AnswerPoll keeps what somebody says of some or all proposed times, and their note. Who plans the conference may answer for
// anybody on its list, whom they have asked by telephone, say: the answer then names who gave it. Late answers count until a time
// is chosen: nobody is kept out by a date.
func (s *Store) AnswerPoll(ctx context.Context, a access.Actor, id string, answer PollAnswer) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		deed, by := access.AnswerConference, ""
		if answer.PersonID == "" {
			answer.PersonID = a.PersonID
		}
		if answer.PersonID != a.PersonID {
			deed, by = access.PlanConference, a.PersonID
		}
		c, err := s.findFor(ctx, tx, a, deed, id)
		if err != nil {
			return err
		}
		if err := c.checkAnswer(answer); err != nil {
			return err
		}
		if err := c.keepAnswer(ctx, tx, answer, by); err != nil {
			return err
		}
		return audit.Record(ctx, tx, a.PersonID, "answer poll", "conference:"+id, nil)
	})
}

func (c Conference) keepAnswer(ctx context.Context, tx *database.Tx, answer PollAnswer, by string) error {
	for _, slot := range c.Slots {
		choice, given := answer.Choices[slot.ID]
		if !given {
			continue
		}
		_, err := tx.Exec(ctx, `insert into slot_answers (slot_id, person_id, answer, at, by_id) values ($1, $2, $3, $4, $5)
			on conflict (slot_id, person_id) do update set answer = excluded.answer, at = excluded.at, by_id = excluded.by_id`,
			slot.ID, answer.PersonID, choice, tx.Now, null(by))
		if err != nil {
			return err
		}
	}
	_, err := tx.Exec(ctx, `update participants set poll_note = $1, poll_note_language = $2 where conference_id = $3 and person_id = $4`,
		answer.Note, answer.Language, c.ID, answer.PersonID)
	return err
}

func (c Conference) checkAnswer(answer PollAnswer) error {
	who, asked := c.Participant(answer.PersonID)
	switch {
	case !c.Is(Poll):
		return problem.Refuse("conference.problem.no-poll")
	case !asked:
		return problem.Missing()
	case len(answer.Choices) == 0 && answer.Note == who.PollNote.Body:
		return problem.Refuse("conference.problem.no-answer")
	}
	for slot, choice := range answer.Choices {
		if _, there := c.Slot(slot); !there || !slices.Contains(Choices, choice) {
			return problem.Missing()
		}
	}
	var check problem.Check
	short := utf8.RuneCountInString(answer.Note) <= MaxNote
	check.That(short, "note", "error.too-long", problem.Values{"Limit": MaxNote})
	return check.Err()
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
		person, answer, by sql.NullString
	}
	rows, err := database.All(ctx, tx, func(s database.Scanner) (r row, err error) {
		return r, s.Scan(&r.ID, &r.StartsLocal, &r.Zone, &r.person, &r.answer, &r.by)
	}, `select s.id, s.starts_local, s.zone, a.person_id, a.answer, a.by_id from slots s left join slot_answers a on a.slot_id = s.id
		where s.conference_id = $1 order by s.position, s.id`, id)
	var slots []Slot
	for _, r := range rows {
		if len(slots) == 0 || slots[len(slots)-1].ID != r.ID {
			r.Answers, r.By, r.StartsAt = map[string]Choice{}, map[string]string{}, instant(r.StartsLocal, r.Zone, time.Time{})
			slots = append(slots, r.Slot)
		}
		if r.person.Valid {
			slots[len(slots)-1].Answers[r.person.String] = Choice(r.answer.String)
		}
		if r.by.Valid {
			slots[len(slots)-1].By[r.person.String] = r.by.String
		}
	}
	return slots, err
}
