package demo

import (
	"slices"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
)

// sectionNames are what the content file calls them.
var sectionNames = map[lesson.Section]string{lesson.Context: "context", lesson.WentWell: "wentWell", lesson.Challenges: "challenges",
	lesson.KeyLessons: "keyLessons", lesson.Recommendations: "recommendations", lesson.Applicability: "applicability"}

// lists are the sections of which every paragraph is a point.
var lists = []lesson.Section{lesson.WentWell, lesson.Challenges, lesson.KeyLessons, lesson.Recommendations}

// hows are the content file's words for what was done last to a translation. What is out of date was good once.
var hows = map[string]text.How{"reviewed": text.Checked, "outdated": text.Checked, "draft": text.Translated, "machine": text.ByMachine}

// translators are who puts texts into a language.
var translators = map[locale.Language]string{locale.Russian: "p-interp", locale.Belarusian: "p-brc-vol-grodno",
	locale.Danish: "p-koge-vol-1", locale.English: "p-koge-vol-2"}

func (l *loader) lessons() error {
	for _, s := range l.content.Documents {
		ready, err := time.Parse(time.DateOnly, s.PublishedOn)
		if err != nil {
			ready = inReview
		}
		d := document{l, s, lesson.New(l.db), l.actor(s.Author, l.society(s.Organisation)), ready}
		for _, step := range []func() error{d.begin, d.edit, d.share} {
			if err := step(); err != nil {
				return err
			}
		}
	}
	return l.exec(`delete from jobs where kind = $1`, lesson.SharedMail) // those mails were read days ago
}

// writing is how many days before it is published a lesson is begun; it goes on every other day.
const writing = 10

// inReview are lessons that are shared, and waiting to be published when the demo begins.
var inReview = time.Date(2020, 7, 23, 0, 0, 0, 0, time.UTC)

// document is a lesson being written, translated, shared and published, as people would have, one after another.
type document struct {
	*loader
	story  lessonStory
	store  *lesson.Store
	author access.Actor
	ready  time.Time // the day it is published
}

// on sets the time: so many days before the lesson is published, at an hour (UTC).
func (d document) on(before, hour int) {
	d.at(d.ready.AddDate(0, 0, -before).Add(time.Duration(hour) * time.Hour))
}

// begin ends with the translations that nobody will touch again: what is out of date in the end was good once.
func (d document) begin() error {
	d.on(writing, 8)
	if _, err := d.store.BeginIn(d.ctx, d.tx, d.author, d.story.begun()); err != nil {
		return err
	}
	d.on(writing-1, 12)
	return d.translateWhere(func(status string) bool { return status == "outdated" })
}

// edit brings the other versions, and the translations of the last one.
func (d document) edit() error {
	for v := 2; v <= d.story.Version; v++ {
		d.on(writing-2*(v-1), 9)
		now, err := d.store.FindIn(d.ctx, d.tx, d.author, ID(d.story.ID))
		if err != nil {
			return err
		}
		if err := d.store.EditIn(d.ctx, d.tx, d.author, now.ID, d.story.edit(now, v)); err != nil {
			return err
		}
	}
	d.on(2, 14)
	return d.translateWhere(func(string) bool { return true })
}

func (d document) share() error {
	d.on(1, 7)
	err := d.store.ShareIn(d.ctx, d.tx, d.author, ID(d.story.ID), d.story.Version)
	if err != nil || d.story.Status != "published" {
		return err
	}
	d.on(0, 7)
	return d.store.PublishIn(d.ctx, d.tx, d.author, ID(d.story.ID), d.story.Version)
}

func (l *loader) society(unit string) string {
	i := slices.IndexFunc(l.content.Organisations, func(o organisation) bool { return o.ID == unit })
	if parent := l.content.Organisations[i].Parent; parent != "" {
		return l.society(parent)
	}
	return unit
}

// paragraphs of one section, in all languages.
func (s lessonStory) paragraphs(section lesson.Section) []words {
	switch section {
	case lesson.Title:
		return []words{s.Title}
	case lesson.Summary:
		return []words{s.Summary}
	}
	return s.Sections[sectionNames[section]]
}

// body is what a section says in the source language at one of the versions. The last sections came last.
func (s lessonStory) body(section lesson.Section, version int) string {
	if slices.Index(lesson.Sections, section) >= len(lesson.Sections)-(s.Version-version) {
		return ""
	}
	kind := text.Plain
	if slices.Contains(lists, section) {
		kind = text.Item
	}
	var blocks []text.Block
	for i, p := range s.paragraphs(section) {
		body := p[s.OriginalLanguage]
		for _, e := range s.Earlier {
			if version == 1 && e.Section == sectionNames[section] && e.Paragraph == i {
				body = e.Text[s.OriginalLanguage]
			}
		}
		blocks = append(blocks, text.Block{Kind: kind, Body: body})
	}
	return text.Join(blocks)
}

func (s lessonStory) begun() lesson.Begun {
	b := lesson.Begun{ID: ID(s.ID), PartnershipID: ID(partnershipID), ConferenceID: ID(s.Conference), UnitID: ID(s.Organisation),
		Language: s.OriginalLanguage, Topics: s.Tags, Figures: s.figures(1), Sections: map[lesson.Section]string{}}
	for _, section := range lesson.Sections {
		b.Sections[section] = s.body(section, 1)
	}
	return b
}

func (s lessonStory) edit(now lesson.Lesson, version int) lesson.Edit {
	e := lesson.Edit{Version: now.Version, Language: s.OriginalLanguage, Topics: s.Tags, Figures: s.figures(version)}
	for _, section := range lesson.Sections {
		e.Sections = append(e.Sections, lesson.SectionEdit{Section: section, Base: now.Texts[section].Version, Body: s.body(section, version)})
	}
	return e
}

// figures came with the last version.
func (s lessonStory) figures(version int) (list []lesson.FigureEdit) {
	if version < s.Version {
		return nil
	}
	for _, e := range s.Evidence {
		list = append(list, lesson.FigureEdit{Value: e.Value.String(), AsOf: e.AsOf, Said: e.Text[s.OriginalLanguage], Source: e.Source[s.OriginalLanguage]})
	}
	return list
}
