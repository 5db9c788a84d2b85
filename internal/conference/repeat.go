package conference

import (
	"context"
	"slices"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// MinOccurrences make a series.
const MinOccurrences = 2

// Repetition is how somebody wants a conference to come round.
type Repetition struct {
	Often   calendar.Repeat
	Zone    string   // whose clock stays
	Until   string   // YYYY-MM-DD, the last day; or empty
	Count   int      // how many occurrences; 0: until that day
	Without []string // wall times in Zone that are left out
}

// Times is what a repetition gives: a rule with its end, and the wall times of all occurrences, the conference's own first.
func (r Repetition) Times(c Conference) (rule, first string, walls []string, err error) {
	var check problem.Check
	check.That(slices.Contains(calendar.Repeats, r.Often), "often", "error.choice")
	check.That(slices.Contains(Zones, r.Zone), "zone", "error.choice")
	check.That(r.Count == 0 || r.Count >= MinOccurrences && r.Count <= calendar.MaxOccurrences, "count", "conferences.repeat.problem.count",
		problem.Values{"Least": MinOccurrences, "Most": calendar.MaxOccurrences})
	check.That(r.Count != 0 || r.Until != "", "until", "conferences.repeat.problem.end")
	if err := check.Err(); err != nil {
		return "", "", nil, err
	}
	first = calendar.Wall(c.Begins(), locale.Zone(r.Zone))
	if rule, err = calendar.Rule(r.Often, first); err != nil {
		return "", "", nil, err
	}
	if walls, err = calendar.Occurrences(rule, first); err != nil {
		return "", "", nil, err
	}
	walls = r.ended(walls)
	check.That(len(walls) >= MinOccurrences, "until", "conferences.repeat.problem.one")
	return calendar.Counted(rule, len(walls)), first, walls, check.Err()
}

// ended leaves of what a rule gives as much as was asked for.
func (r Repetition) ended(walls []string) []string {
	if r.Count > 0 {
		return walls[:min(r.Count, len(walls))]
	}
	return slices.DeleteFunc(walls, func(wall string) bool { return wall[:len(time.DateOnly)] > r.Until })
}

// Repeat makes a series of a scheduled conference: the others are copies of it, scheduled too. Each person gets one mail about
// all of them. Of a draft it makes a series of drafts, about which nobody hears until SendSeries. It gives the series' ID.
func (s *Store) Repeat(ctx context.Context, a access.Actor, id string, version int, r Repetition) (seriesID string, err error) {
	err = s.db.Write(ctx, func(tx *database.Tx) error {
		c, err := s.findFor(ctx, tx, a, access.PlanConference, id)
		if err != nil {
			return err
		}
		if err := c.repeatable(); err != nil {
			return err
		}
		rule, first, walls, err := r.Times(c)
		if err != nil {
			return err
		}
		walls = slices.DeleteFunc(walls, func(wall string) bool { return wall != first && slices.Contains(r.Without, wall) })
		if len(walls) < MinOccurrences {
			return problem.Refuse("conferences.repeat.problem.one")
		}
		if err := move(ctx, tx, id, version); err != nil {
			return err
		}
		seriesID = database.NewID()
		g := repeating{tx, s, a, c, seriesID, r.Zone, c.Sequence + 1}
		if err := g.make(ctx, rule, first, walls); err != nil || c.Is(Draft) {
			return err
		}
		if err := c.dropHeld(ctx, tx); err != nil {
			return err
		}
		return tell(ctx, tx, SeriesMail, c.ID, g.sequence, c.people(), tx.Now)
	})
	return seriesID, err
}

// repeatable: what has a time, or is a draft with one, and is in no series yet.
func (c Conference) repeatable() error {
	switch {
	case c.Is(Draft) && len(c.Slots) != 1:
		return problem.Refuse("conferences.repeat.problem.draft")
	case !c.Is(Scheduled, Draft):
		return problem.Refuse("conferences.repeat.problem.state")
	case c.Series.SeriesID != "":
		return problem.Refuse("conferences.repeat.problem.again")
	}
	return nil
}

// Repeatable tells whether a conference can be made a series.
func (c Conference) Repeatable() bool { return c.repeatable() == nil }

// Begins is when it begins: of a draft with one time, when it would.
func (c Conference) Begins() time.Time {
	if c.Is(Draft) && len(c.Slots) == 1 {
		return c.Slots[0].StartsAt
	}
	return c.StartsAt
}

// repeating is one series being made.
type repeating struct {
	tx       *database.Tx
	store    *Store
	a        access.Actor
	c        Conference
	id, zone string
	sequence int
}

func (g repeating) make(ctx context.Context, rule, first string, walls []string) error {
	_, err := g.tx.Exec(ctx, `insert into series (id, partnership_id, first_id, rule, starts_local, zone, sequence, created_by_id, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, g.id, g.c.PartnershipID, g.c.ID, rule, first, g.zone, g.sequence, g.a.PersonID, g.tx.Now)
	if err != nil {
		return err
	}
	for _, wall := range walls {
		at, err := calendar.Instant(wall, g.zone)
		if err != nil {
			return err
		}
		id := g.c.ID
		if wall != first {
			if id, err = g.copy(ctx); err != nil {
				return err
			}
		}
		_, err = g.tx.Exec(ctx, `update conferences set series_id = $1, recurs_local = $2 where id = $3`, g.id, wall, id)
		if err != nil {
			return err
		}
		place := g.place
		if g.c.Is(Draft) {
			place = g.sketch
		}
		if err := place(ctx, chosen{id: id, local: wall, zone: g.zone, at: at, length: int(g.c.Length.Minutes())}); err != nil {
			return err
		}
	}
	return audit.Record(ctx, g.tx, g.a.PersonID, "repeat conference", "conference:"+g.c.ID, audit.Details{"rule": rule})
}

// sketch gives a draft the one time that is proposed for it.
func (g repeating) sketch(ctx context.Context, c chosen) error {
	_, err := g.tx.Exec(ctx, `update conferences set zone = $1, starts_at = $2 where id = $3`, c.zone, c.at, c.id)
	if err != nil {
		return err
	}
	if _, err := g.tx.Exec(ctx, `delete from slots where conference_id = $1`, c.id); err != nil {
		return err
	}
	_, err = g.tx.Exec(ctx, `insert into slots (id, conference_id, starts_local, zone, position) values ($1, $2, $3, $4, 0)`, database.NewID(), c.id, c.local, c.zone)
	return err
}

// place gives an occurrence its time, and plans what people are reminded of.
func (g repeating) place(ctx context.Context, c chosen) error {
	_, err := g.tx.Exec(ctx, `update conferences set state = $1, starts_local = $2, zone = $3, starts_at = $4, over_at = $5, sequence = $6,
		chosen_slot_id = $7 where id = $8`, Scheduled, c.local, c.zone, c.at, c.over(), g.sequence, null(c.slotID), c.id)
	if err != nil {
		return err
	}
	if err := remind(ctx, g.tx, c); err != nil {
		return err
	}
	return remindAhead(ctx, g.tx, c)
}

// copy makes a conference like the first: its words in all their languages, who hosts and who is asked. Each has an agenda of its
// own, a room of its own where rooms are made, and nobody's answer yet.
func (g repeating) copy(ctx context.Context) (id string, err error) {
	title, err := text.NewTranslated(ctx, g.tx, drafts(g.c.Title), g.a.PersonID)
	if err != nil {
		return "", err
	}
	purpose, err := text.NewTranslated(ctx, g.tx, drafts(g.c.Purpose), g.a.PersonID)
	if err != nil {
		return "", err
	}
	id = database.NewID()
	room := g.c.Room.made(g.store, id)
	_, err = g.tx.Exec(ctx, `insert into conferences (id, partnership_id, title_id, purpose_id, state, zone, starts_at, minutes, room_url, room_kind,
		languages, interpretation, moderator_id, minute_taker_id, created_by_id, created_at, changed_at, dial_number, dial_pin, listening)
		select $1, partnership_id, $2, $3, state, zone, starts_at, minutes, $4, room_kind, languages, interpretation, moderator_id,
		minute_taker_id, $5, $6, $6, dial_number, dial_pin, listening from conferences where id = $7`, id, title, purpose, room.URL, g.a.PersonID, g.tx.Now, g.c.ID)
	if err != nil {
		return "", err
	}
	_, err = g.tx.Exec(ctx, `insert into conference_hosts (conference_id, unit_id, position) select $1, unit_id, position from conference_hosts
		where conference_id = $2`, id, g.c.ID)
	if err != nil {
		return "", err
	}
	_, err = g.tx.Exec(ctx, `insert into participants (conference_id, person_id, unit_id, rsvp, guest, interprets)
		select $1, person_id, unit_id, $2, guest, interprets from participants where conference_id = $3`, id, NeedsAction, g.c.ID)
	if err != nil || g.c.Is(Draft) {
		return id, err
	}
	_, err = g.tx.Exec(ctx, `update participants set invited_at = $1 where conference_id = $2`, g.tx.Now, id)
	return id, err
}

// drafts are a text's languages, the one that it was written in first. A language that lacks a paragraph is left behind: nobody
// could tell which.
func drafts(t text.Text) (list []text.Draft) {
	if t.Empty() {
		return nil
	}
	origin := t.Paragraphs[0].Origin
	for _, p := range t.Paragraphs {
		if p.Origin != origin || t.State(origin) == text.Missing {
			return []text.Draft{{Language: origin, Body: whole(t)}}
		}
	}
	list = append(list, text.Draft{Language: origin, Body: t.In(origin)})
	for _, l := range t.Languages() {
		body := t.In(l)
		if l != origin && len(text.Split(body)) == len(t.Paragraphs) && len(text.Split(list[0].Body)) == len(t.Paragraphs) {
			list = append(list, text.Draft{Language: l, Body: body})
		}
	}
	return list
}

// whole is a text of several authors' languages, each paragraph as it was written.
func whole(t text.Text) string {
	var blocks []text.Block
	for _, p := range t.Paragraphs {
		blocks = append(blocks, text.Block{Kind: p.Kind, Body: p.Versions[p.Origin].Body})
	}
	return text.Join(blocks)
}
