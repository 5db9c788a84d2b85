package work

import (
	"context"
	"slices"
	"strings"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// BeginLesson begins a lesson from what came of a conference that was held, and gives its ID. What the notes say under a
// heading such as "Problems:" goes to that section, what stands under none is the context, what was decided is recommended;
// all of it in every language that says it today. Without a title of its own it is called as the conference is.
func (d *Desk) BeginLesson(ctx context.Context, a access.Actor, conferenceID string, b lesson.Begun) (id string, err error) {
	err = d.db.Write(ctx, func(tx *database.Tx) error {
		c, err := d.Conferences.FindIn(ctx, tx, a, conferenceID)
		if err != nil {
			return err
		}
		if !c.Is(conference.Held, conference.Agreed) {
			return problem.Refuse("lesson.problem.not-held")
		}
		if b.Said, err = d.outcomes(ctx, tx, c); err != nil {
			return err
		}
		if strings.TrimSpace(b.Sections[lesson.Title]) == "" {
			b.Said[lesson.Title] = c.Title.Paragraphs
		}
		b.PartnershipID, b.ConferenceID = c.PartnershipID, c.ID
		id, err = d.Lessons.BeginIn(ctx, tx, a, b)
		return err
	})
	return id, err
}

// outcomes are what a conference has for the sections of a lesson.
func (d *Desk) outcomes(ctx context.Context, tx *database.Tx, c conference.Conference) (map[lesson.Section][]text.Paragraph, error) {
	notes, err := notesOf(ctx, tx, c)
	if err != nil {
		return nil, err
	}
	said := map[lesson.Section][]text.Paragraph{}
	for _, item := range c.Agenda {
		gather(said, lesson.Context, notes[item.NotesID].Paragraphs)
	}
	decisions, err := d.Decisions.GetOfIn(ctx, tx, c.ID)
	for _, one := range decisions {
		for _, p := range one.Text.Paragraphs {
			p.Kind = text.Item
			said[lesson.Recommendations] = append(said[lesson.Recommendations], p)
		}
	}
	return said, err
}

// gather puts the notes of one agenda item where they belong: every heading says it for what follows.
func gather(said map[lesson.Section][]text.Paragraph, under lesson.Section, notes []text.Paragraph) {
	for _, p := range notes {
		section, is := heading(p)
		switch {
		case is:
			under = section
		default:
			said[under] = append(said[under], p)
		}
	}
}

// maxHeading is how many words a heading has at most: what is longer tells something.
const maxHeading = 5

// heading tells whether a paragraph does nothing but say which section follows, in any language: "Проблемы:".
func heading(p text.Paragraph) (lesson.Section, bool) {
	head, ends := strings.CutSuffix(strings.TrimSpace(p.Versions[p.Origin].Body), ":")
	if p.Kind != text.Plain || !ends || len(strings.Fields(head)) > maxHeading {
		return "", false
	}
	words := strings.Fields(strings.ToLower(head))
	for _, s := range lesson.Sections {
		for _, stem := range stems[s] {
			if slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, stem) }) {
				return s, true
			}
		}
	}
	return "", false
}

// stems are how words begin that people head such notes with. Sections are asked in the order of a lesson.
var stems = map[lesson.Section][]string{
	lesson.WentWell:        {"success", "achievement", "well", "succes", "lykkedes", "godt", "успех", "удач", "достижен", "хорош", "поспех", "дасягнен", "добра"},
	lesson.Challenges:      {"problem", "challenge", "difficult", "udfordring", "vanskelig", "проблем", "трудност", "сложност", "праблем", "цяжкасц", "складанасц"},
	lesson.KeyLessons:      {"conclusion", "lesson", "takeaway", "konklusion", "læring", "læren", "erfaring", "вывод", "урок", "ўрок", "выснов"},
	lesson.Recommendations: {"recommend", "anbefaling", "рекомендац", "рэкамендац"},
}
