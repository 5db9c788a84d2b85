package demo

import (
	"slices"
	"strings"
	"time"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
)

// states of the content file in our words; what is in progress, held or agreed follows from times.
var conferenceStates = map[string]string{"held": "scheduled", "planned": "scheduled", "cancelled": "cancelled"}

var rsvps = map[string]string{"yes": "ACCEPTED", "no": "DECLINED", "maybe": "TENTATIVE", "pending": "NEEDS-ACTION"}

func (l *loader) conferences() error {
	for _, c := range l.content.Conferences {
		// Proposed three weeks ahead, but never after the demo begins.
		proposed := c.StartsAt.AddDate(0, 0, -21)
		if latest := l.content.Meta.DemoNow.AddDate(0, 0, -5); proposed.After(latest) {
			proposed = latest
		}
		l.at(proposed)
		if err := l.conference(c); err != nil {
			return err
		}
	}
	return l.links()
}

func (l *loader) conference(c conferenceStory) error {
	source, author := l.home(c.Host), ID("p-brc-vol")
	title, err := l.text(c.Title, source, author)
	if err != nil {
		return err
	}
	purpose, err := l.text(c.Summary, source, author)
	if err != nil {
		return err
	}
	zone := locale.Minsk
	if l.home(c.Host) == locale.Danish {
		zone = locale.Copenhagen
	}
	room := "none"
	if c.JoinURL != "" {
		room = "link"
	}
	err = l.exec(`insert into conferences (id, partnership_id, title_id, purpose_id, state, starts_local, zone, starts_at, over_at, minutes,
		room_url, room_kind, languages, interpretation, moderator_id, minute_taker_id, created_by_id, created_at, changed_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $18)`,
		ID(c.ID), ID(partnershipID), title, purpose, conferenceStates[c.Status], c.StartsAt.In(zone).Format("2006-01-02T15:04"), zone.String(),
		c.StartsAt.UTC(), c.EndsAt.Add(conference.Overtime).UTC(), int(c.EndsAt.Sub(c.StartsAt).Minutes()), c.JoinURL, room, locale.JoinList(c.WorkingLanguages),
		strings.Join(c.Interpretation, ","), null(ID(c.Moderator)), null(ID(c.MinuteTaker)), author, l.tx.Now)
	if err != nil {
		return err
	}
	for i, host := range []string{c.Host, c.CoHost} {
		if err := l.exec(`insert into conference_hosts (conference_id, unit_id, position) values ($1, $2, $3)`, ID(c.ID), ID(host), i); err != nil {
			return err
		}
	}
	if err := l.participants(c); err != nil {
		return err
	}
	return l.agenda(c, source)
}

func (l *loader) participants(c conferenceStory) error {
	for _, p := range c.Participants {
		var answered any
		if p.RSVP != "pending" {
			answered = l.tx.Now.Add(26 * time.Hour)
		}
		err := l.exec(`insert into participants (conference_id, person_id, unit_id, rsvp, answered_at, invited_at) values ($1, $2, $3, $4, $5, $6)`,
			ID(c.ID), ID(p.Person), ID(l.person(p.Person).Org), rsvps[p.RSVP], answered, l.tx.Now)
		if err != nil {
			return err
		}
	}
	return nil
}

// discussed is the place in the agenda of the July conference where problems, successes and conclusions were talked about.
const discussed = 3

func (l *loader) agenda(c conferenceStory, source locale.Language) error {
	for i, item := range c.Agenda {
		topic, err := l.text(item.Title, source, ID(c.MinuteTaker))
		if err != nil {
			return err
		}
		notes, err := l.notes(c, i)
		if err != nil {
			return err
		}
		kind := "information"
		if strings.HasPrefix(item.Title[locale.English], "Discussion") {
			kind = "discussion"
		}
		if strings.HasPrefix(item.Title[locale.English], "Decisions") {
			kind = "decision"
		}
		err = l.exec(`insert into agenda_items (id, conference_id, position, topic_id, notes_id, kind, minutes, presenter_id)
			values ($1, $2, $3, $4, $5, $6, $7, $8)`, itemID(c.ID, i), ID(c.ID), i, topic, notes, kind, item.Minutes, null(ID(item.Presenter)))
		if err != nil {
			return err
		}
	}
	return nil
}

func itemID(conference string, i int) string { return ID(conference + "/" + string(rune('a'+i))) }

// notes of one agenda item: three lists under the discussion of the conference that was held, nothing yet elsewhere.
func (l *loader) notes(c conferenceStory, item int) (string, error) {
	if c.Minutes == nil || item != discussed {
		return text.New(l.ctx, l.tx, text.Draft{Language: locale.Russian}, "")
	}
	before := l.tx.Now
	defer func() { l.tx.Now = before }()
	l.at(c.EndsAt)
	var list []words
	var blocks []text.Block
	add := func(kind text.Kind, w words) {
		list, blocks = append(list, w), append(blocks, text.Block{Kind: kind, Body: w[locale.Russian]})
	}
	for _, part := range []struct {
		head words
		said []struct{ Text words }
	}{
		{words{"ru": "Проблемы:", "be": "Праблемы:", "da": "Problemer:", "en": "Problems:"}, c.Minutes.Problems},
		{words{"ru": "Успехи:", "be": "Поспехі:", "da": "Succeser:", "en": "Successes:"}, c.Minutes.Successes},
		{words{"ru": "Ключевые выводы:", "be": "Ключавыя высновы:", "da": "Vigtigste konklusioner:", "en": "Key conclusions:"}, c.Minutes.Conclusions},
	} {
		add(text.Plain, part.head)
		for _, s := range part.said {
			add(text.Item, s.Text)
		}
	}
	id, err := text.New(l.ctx, l.tx, text.Draft{Language: locale.Russian, Body: text.Join(blocks)}, ID(c.MinuteTaker))
	if err != nil {
		return "", err
	}
	return id, l.translate(id, list, locale.Russian, ID("p-interp"))
}

// links between conferences, once all are there.
func (l *loader) links() error {
	if err := l.exec(`update conferences set follows_id = $1 where id = $2`, ID("conf-2020-07"), ID("conf-2020-08")); err != nil {
		return err
	}
	for _, c := range l.content.Conferences {
		if c.ReplacedBy == "" {
			continue
		}
		if err := l.exec(`update conferences set replaced_by_id = $1, sequence = 1 where id = $2`, ID(c.ReplacedBy), ID(c.ID)); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) polls() error {
	for _, p := range l.content.Polls {
		i := slices.IndexFunc(l.content.Conferences, func(c conferenceStory) bool { return c.ID == p.Conference })
		source := l.home(l.content.Conferences[i].Host)
		question, err := l.text(p.Question, source, ID("p-drc-country"))
		if err != nil {
			return err
		}
		err = l.exec(`update conferences set poll_question_id = $1, poll_deadline_at = $2, chosen_slot_id = $3 where id = $4`,
			question, p.Deadline.UTC(), ID(p.ID+p.Chosen), ID(p.Conference))
		if err != nil {
			return err
		}
		for i, o := range p.Options {
			err := l.exec(`insert into slots (id, conference_id, starts_local, zone, position) values ($1, $2, $3, $4, $5)`,
				ID(p.ID+o.ID), ID(p.Conference), o.StartsAt.In(locale.Minsk).Format("2006-01-02T15:04"), "Europe/Minsk", i)
			if err != nil {
				return err
			}
		}
		if err := l.votes(p); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) votes(p pollStory) error {
	for _, vote := range p.Votes {
		for _, o := range p.Options {
			if vote[o.ID] == "" {
				continue // absent: not answered
			}
			err := l.exec(`insert into slot_answers (slot_id, person_id, answer, at) values ($1, $2, $3, $4)`,
				ID(p.ID+o.ID), ID(vote["person"]), vote[o.ID], p.Deadline.Add(-48*time.Hour).UTC())
			if err != nil {
				return err
			}
		}
	}
	return nil
}
