package lesson

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// MaxFigures is how many numbers one lesson holds.
const MaxFigures = 50

// check looks at a first draft. The conference must be one of the partnership's.
func (b Begun) check(ctx context.Context, tx *database.Tx) error {
	var c problem.Check
	for _, s := range Sections {
		checkSection(&c, s, text.Draft{Language: b.Language, Body: b.Sections[s]})
	}
	checkTopics(&c, b.Topics)
	checkFigures(&c, b.Figures, nil, b.Language)
	if err := c.Err(); err != nil || b.ConferenceID == "" {
		return err
	}
	var there int
	err := tx.Row(ctx, `select count(*) from conferences where id = $1 and partnership_id = $2`, b.ConferenceID, b.PartnershipID).Scan(&there)
	if err == nil && there == 0 {
		err = problem.Missing()
	}
	return err
}

// check looks at an edit of a lesson as it is now. Once others read it, it keeps its title.
func (e Edit) check(l Lesson) error {
	var c problem.Check
	for i, s := range e.Sections {
		known := slices.Contains(Sections, s.Section) && !slices.ContainsFunc(e.Sections[:i], func(o SectionEdit) bool { return o.Section == s.Section })
		if !c.That(known, string(s.Section), "error.choice") {
			continue
		}
		draft := text.Draft{Language: e.Language, Body: s.Body}
		checkSection(&c, s.Section, draft)
		emptied := s.Section == Title && len(text.Split(draft.Line().Body)) == 0 && l.Texts[Title].State(e.Language) != text.Missing
		c.That(!emptied || l.State == Draft, "title", "error.required")
	}
	checkTopics(&c, e.Topics)
	checkFigures(&c, e.Figures, l.Figures, e.Language)
	return c.Err()
}

// checkSection: any may be empty. The fields of the form are called as the sections are.
func checkSection(c *problem.Check, s Section, d text.Draft) {
	if s == Title {
		checkLine(c, string(s), d, false)
	} else {
		d.CheckBody(c, string(s))
	}
}

func checkLine(c *problem.Check, name string, d text.Draft, required bool) {
	if required || len(text.Split(d.Line().Body)) > 0 {
		d.CheckLine(c, name)
	}
}

func checkTopics(c *problem.Check, topics []string) {
	for i, t := range topics {
		if !c.That(slices.Contains(Topics, t) && !slices.Contains(topics[:i], t), "topics", "error.choice") {
			return
		}
	}
}

// checkFigures: fields are called figure-0-value, figure-0-as-of, figure-0-said, figure-0-source and so on.
// One that is there already need not be said in every language.
func checkFigures(c *problem.Check, figures []FigureEdit, now []Figure, in locale.Language) {
	if !c.That(len(figures) <= MaxFigures, "figures", "lesson.problem.many-figures", problem.Values{"Limit": MaxFigures}) {
		return
	}
	for i, f := range figures {
		name := "figure-" + strconv.Itoa(i)
		before, there := figureIn(now, f.ID)
		checkLine(c, name+"-said", text.Draft{Language: in, Body: f.Said}, !there || before.Said.State(in) != text.Missing)
		checkLine(c, name+"-source", text.Draft{Language: in, Body: f.Source}, false)
		c.That(f.Value == "" || decimal.MatchString(f.Value), name+"-value", "lesson.problem.number")
		c.That(isDate(f.AsOf), name+"-as-of", "lesson.problem.as-of")
		twice := f.ID != "" && slices.ContainsFunc(figures[:i], func(o FigureEdit) bool { return o.ID == f.ID })
		c.That(!twice, name+"-said", "error.choice")
	}
}

// decimal is a number as it is kept: a sign, up to fifteen digits, a point and up to six more.
var decimal = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?$`)

// isDate: a year, a month or a day, from 1900 on.
func isDate(on string) bool {
	for _, form := range []string{"2006", "2006-01", time.DateOnly} {
		if at, err := time.Parse(form, on); err == nil {
			return at.Year() >= 1900 && at.Year() <= 2200
		}
	}
	return false
}
