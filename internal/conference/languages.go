package conference

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/room"
	"example.org/tandem/internal/text"
)

// LanguagePlan is who interprets, and where one listens in which language. The languages themselves are part of the Plan.
type LanguagePlan struct {
	Interprets map[string][]Pair          // by participant
	Listening  map[locale.Language]string // an https link for each language that has a channel of its own
}

// InterpreterField is what those who interpret between two languages, in either direction, are called in what is refused of a plan.
func InterpreterField(p Pair) string {
	if slices.Index(locale.All, p.From) > slices.Index(locale.All, p.To) {
		p.From, p.To = p.To, p.From
	}
	return "interpreter-" + string(p.From) + "-" + string(p.To)
}

// ListeningField is that of the link of a language.
func ListeningField(l locale.Language) string { return "listening-" + string(l) }

// Listens are the languages of a conference that have a channel, in the order of all languages.
func (c Conference) Listens() []locale.Language {
	return slices.DeleteFunc(slices.Clone(locale.All), func(l locale.Language) bool { return c.Listening[l] == "" })
}

// Interpreters are those who interpret between two languages of the conference, in either direction.
func (c Conference) Interpreters(one, other locale.Language) (list []Participant) {
	for _, p := range c.Participants {
		if slices.ContainsFunc(p.Interprets, func(i Pair) bool { return i == Pair{one, other} || i == Pair{other, one} }) {
			list = append(list, p)
		}
	}
	return list
}

// PlanLanguages says who interprets and where one listens. Of a scheduled conference everybody is told a minute later, as of any
// change of its room.
func (s *Store) PlanLanguages(ctx context.Context, a access.Actor, id string, version int, p LanguagePlan) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		c, err := s.findFor(ctx, tx, a, access.PlanConference, id)
		if err != nil {
			return err
		}
		if !c.Is(Draft, Poll, Scheduled, Postponed, InProgress) {
			return problem.Refuse("conference.problem.closed")
		}
		for l, link := range p.Listening {
			p.Listening[l] = room.Complete(strings.TrimSpace(link))
		}
		if err := c.checkLanguages(p); err != nil {
			return err
		}
		if err := move(ctx, tx, id, version); err != nil {
			return err
		}
		changed, err := c.keepLanguages(ctx, tx, p)
		if err != nil {
			return err
		}
		if err := audit.Record(ctx, tx, a.PersonID, "plan languages", "conference:"+id, nil); err != nil || !changed || !c.Is(Scheduled, InProgress) {
			return err
		}
		return c.tellLanguages(ctx, tx)
	})
}

func (c Conference) checkLanguages(p LanguagePlan) error {
	var check problem.Check
	for person, pairs := range p.Interprets {
		_, there := c.Participant(person)
		for _, pair := range pairs {
			check.That(there && slices.Contains(c.Interpretation, pair), InterpreterField(pair), "error.choice")
		}
	}
	heard := Heard(c.Languages, c.Interpretation)
	for l, link := range p.Listening {
		if link == "" {
			continue
		}
		if !check.That(slices.Contains(heard, l), ListeningField(l), "error.choice") {
			continue
		}
		if wrong, is := problem.As(room.Check(link)); is {
			check.Add(ListeningField(l), wrong.Key, wrong.Values)
		}
	}
	return check.Err()
}

// keepLanguages writes the plan and tells whether it is another now.
func (c Conference) keepLanguages(ctx context.Context, tx *database.Tx, p LanguagePlan) (changed bool, err error) {
	for _, who := range c.Participants {
		pairs := p.Interprets[who.PersonID]
		if joinPairs(pairs) == joinPairs(who.Interprets) {
			continue
		}
		changed = true
		_, err := tx.Exec(ctx, `update participants set interprets = $1 where conference_id = $2 and person_id = $3`, joinPairs(pairs), c.ID, who.PersonID)
		if err != nil {
			return false, err
		}
	}
	if joinListening(p.Listening) == joinListening(c.Listening) {
		return changed, nil
	}
	_, err = tx.Exec(ctx, `update conferences set listening = $1 where id = $2`, joinListening(p.Listening), c.ID)
	return true, err
}

// tellLanguages has everybody written to, together with what was kept back before.
func (c Conference) tellLanguages(ctx context.Context, tx *database.Tx) error {
	n, err := heldIn(ctx, tx, c.ID)
	if err != nil {
		return err
	}
	n.add(ChangeMail, c.people())
	if _, err := tx.Exec(ctx, `update conferences set sequence = $1 where id = $2`, c.Sequence+1, c.ID); err != nil {
		return err
	}
	at := tx.Now.Add(settling)
	if c.Is(InProgress) {
		at = tx.Now
	}
	return n.send(ctx, tx, c.ID, c.Sequence+1, at)
}

func joinListening(links map[locale.Language]string) string {
	var lines []string
	for _, l := range slices.Sorted(maps.Keys(links)) {
		if links[l] != "" {
			lines = append(lines, fmt.Sprintf("%s %s", l, links[l]))
		}
	}
	return strings.Join(lines, "\n")
}

func parseListening(lines string) map[locale.Language]string {
	links := map[locale.Language]string{}
	for line := range strings.Lines(lines) {
		name, link, _ := strings.Cut(strings.TrimSpace(line), " ")
		if l, known := locale.Parse(name); known {
			links[l] = link
		}
	}
	return links
}

// Interpreted are each two languages between which somebody interprets, whichever direction is planned.
func (c Conference) Interpreted() (list []Pair) {
	for i, one := range locale.All {
		for _, other := range locale.All[i+1:] {
			if slices.Contains(c.Interpretation, Pair{one, other}) || slices.Contains(c.Interpretation, Pair{other, one}) {
				list = append(list, Pair{one, other})
			}
		}
	}
	return list
}

// Words are what is read of a conference beforehand: its title, its purpose, its agenda.
func (c Conference) Words() []text.Text {
	words := []text.Text{c.Title, c.Purpose}
	for _, item := range c.Agenda {
		words = append(words, item.Topic)
	}
	return words
}
