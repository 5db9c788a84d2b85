package demo

import (
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/action"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/decision"
	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/minutes"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/work"
)

// minutes has both societies agree to the minutes of the July conference, as two people would have, a few days later.
func (l *loader) minutes() error {
	desk := work.New(l.db, work.Parts{Conferences: conference.New(l.db), Decisions: decision.New(l.db), Actions: action.New(l.db),
		Minutes: minutes.New(l.db), Org: org.New(l.db), Lessons: lesson.New(l.db)})
	held := ID("conf-2020-07")
	l.at(time.Date(2020, 7, 6, 9, 0, 0, 0, time.UTC))
	for _, side := range []struct {
		person, society string
		languages       []locale.Language
	}{
		{"p-brc-vol", "brc", []locale.Language{locale.Russian, locale.Belarusian}},
		{"p-drc-country", "drc", []locale.Language{locale.Danish}},
	} {
		actor := l.actor(side.person, side.society)
		read, err := desk.ReadMinutesIn(l.ctx, l.tx, actor, held)
		if err != nil {
			return err
		}
		_, err = desk.AgreeIn(l.ctx, l.tx, actor, minutes.Consent{ConferenceID: held, SocietyID: ID(side.society), Languages: side.languages,
			Fingerprint: read.Record.Fingerprint()})
		if err != nil {
			return err
		}
	}
	// Those mails were read weeks ago.
	return l.exec(`delete from jobs where kind = $1`, conference.MinutesMail)
}

func (l *loader) actor(id, society string) access.Actor {
	p := l.person(id)
	return access.Actor{PersonID: ID(id), Language: p.UILanguage, Reads: p.Speaks, Writes: p.UILanguage, Zone: p.TimeZone,
		Memberships: []access.Membership{{UnitID: ID(p.Org), SocietyID: ID(society), Role: roles[p.Access]}}}
}

// invitations to the August conference wait in everybody's mailbox.
func (l *loader) invitations() error {
	next := l.story("conf-2020-08")
	l.at(l.content.Meta.DemoNow)
	for _, p := range next.Participants {
		letter := conference.Letter{ConferenceID: ID(next.ID), PersonID: ID(p.Person)}
		err := jobs.Enqueue(l.ctx, l.tx, jobs.Job{Kind: conference.InvitationMail, Subject: letter.String(),
			UniqueKey: "demo:" + letter.String(), RunAt: l.tx.Now})
		if err != nil {
			return err
		}
	}
	return nil
}
