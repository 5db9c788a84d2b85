package conference

import (
	"context"
	"fmt"
	"slices"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Limits of a conference.
const (
	MinMinutes, MaxMinutes = 10, 480
	MinSlots, MaxSlots     = 2, 10
	MaxParticipants        = 300
)

// Plan is what somebody decided about a conference. One time is simply set; of several, people say which suit them.
type Plan struct {
	PartnershipID              string
	Title, Purpose             text.Draft
	TitleBase, PurposeBase     int      // versions of the texts that an editor started from; for Change only
	Zone                       string   // IANA name: the clock that Times are meant by
	Times                      []string // wall times, calendar.WallLayout
	Minutes                    int      // planned length
	Deadline                   string   // YYYY-MM-DD, the last day to answer which time suits; may be empty
	Private                    bool     // only who plans it sees what others answer
	Hosts                      []string // units, one of each society
	Participants               []string // people; moderator and minute taker are added if they are missing
	ModeratorID, MinuteTakerID string   // may be empty
	Languages                  []locale.Language
	Interpretation             []Pair
	Room                       Room
	FollowsID                  string // the conference that it follows up; may be empty
	Draft                      bool   // keep it without writing to anybody
	Past                       bool   // it was held elsewhere: its one time is over, Participants are who took part, nobody is written to
	Hold                       bool   // of a change: keep the mails about it back until they are released
}

// decided is a plan that keeps the rules.
type decided struct {
	Plan
	times    []time.Time // of Times, in the same order
	deadline time.Time
	members  map[string]Member
}

// Zones are the clocks that a time can be agreed by.
var Zones = []string{"Europe/Minsk", "Europe/Copenhagen"}

// check holds a plan to the rules, in the order in which the form asks. Times that stand already are not asked to lie ahead.
func (s *Store) check(p Plan, now time.Time, units []access.Unit, members []Member, standing ...string) (decided, error) {
	d := decided{Plan: p, members: map[string]Member{}}
	for _, m := range members {
		d.members[m.PersonID] = m
	}
	var c problem.Check
	p.Title.CheckLine(&c, "title")
	p.Purpose.CheckBody(&c, "purpose")
	c.That(p.Minutes >= MinMinutes && p.Minutes <= MaxMinutes, "minutes", "conference.problem.length",
		problem.Values{"Least": MinMinutes, "Most": MaxMinutes})
	d.checkTimes(&c, now, standing)
	d.checkDeadline(&c, now)
	d.checkHosts(&c, units)
	d.checkPeople(&c, units)
	d.checkLanguages(&c)
	p.Room.check(&c, s)
	return d, c.Err()
}

func (d *decided) checkTimes(c *problem.Check, now time.Time, standing []string) {
	if !c.That(slices.Contains(Zones, d.Zone), "zone", "calendar.problem.zone") {
		return
	}
	c.That(len(d.Times) > 0 || d.Draft && !d.Past, "slot-1", "calendar.problem.time")
	c.That(len(d.Times) <= MaxSlots, fmt.Sprintf("slot-%d", MaxSlots), "conference.problem.slots", problem.Values{"Most": MaxSlots})
	for i, local := range d.Times {
		name := fmt.Sprintf("slot-%d", i+1)
		at, err := calendar.Instant(local, d.Zone)
		if p, wrong := problem.As(err); wrong {
			c.Add(name, p.Key, p.Values)
			continue
		}
		ahead := at.After(now) || slices.Contains(standing, local)
		if d.Past {
			over := !at.Add(time.Duration(d.Minutes) * time.Minute).After(now)
			c.That(over, name, "conference.problem.not-over")
		} else if c.That(ahead, name, "conference.problem.past") {
			c.That(!slices.ContainsFunc(d.times, at.Equal), name, "conference.problem.twice")
		}
		d.times = append(d.times, at)
	}
}

// dayEnds makes of a last day to answer the wall time at which it is over.
const dayEnds = "T23:59"

// checkDeadline: answers are wanted by the end of a day that is not over and not after the first of the proposed times.
func (d *decided) checkDeadline(c *problem.Check, now time.Time) {
	if d.Deadline == "" || len(d.times) < MinSlots {
		return
	}
	at, err := calendar.Instant(d.Deadline+dayEnds, d.Zone)
	if !c.That(err == nil, "deadline", "error.day") {
		return
	}
	first := slices.MinFunc(d.times, time.Time.Compare).In(locale.Zone(d.Zone))
	last := first.Format(time.DateOnly)
	c.That(at.After(now) && d.Deadline <= last, "deadline", "conference.problem.deadline")
	d.deadline = at
}

// checkHosts: one unit of each society that the partnership joins.
func (d *decided) checkHosts(c *problem.Check, units []access.Unit) {
	societies, hosting := map[string]bool{}, map[string]int{}
	for _, u := range units {
		societies[u.SocietyID] = true
		if slices.Contains(d.Hosts, u.ID) {
			hosting[u.SocietyID]++
		}
	}
	ok := len(d.Hosts) == len(societies) && len(hosting) == len(societies)
	c.That(ok, "hosts", "conference.problem.hosts")
}

// checkPeople: all are members of the partnership, and each side that hosts has somebody there. A draft may still lack them.
func (d *decided) checkPeople(c *problem.Check, units []access.Unit) {
	for _, lead := range []string{d.ModeratorID, d.MinuteTakerID} {
		if lead != "" && !slices.Contains(d.Participants, lead) {
			d.Participants = append(d.Participants, lead)
		}
	}
	slices.Sort(d.Participants)
	d.Participants = slices.Compact(d.Participants)
	present := map[string]bool{}
	for _, id := range d.Participants {
		m, known := d.members[id]
		if !c.That(known, "participants", "conference.problem.member") {
			return
		}
		present[m.SocietyID] = true
	}
	c.That(len(d.Participants) <= MaxParticipants, "participants", "conference.problem.participants", problem.Values{"Most": MaxParticipants})
	everySide := !slices.ContainsFunc(units, func(u access.Unit) bool { return !present[u.SocietyID] })
	c.That(d.Draft || everySide, "participants", "conference.problem.sides")
}

func (d *decided) checkLanguages(c *problem.Check) {
	known := func(l locale.Language) bool { return slices.Contains(locale.All, l) }
	c.That(len(d.Languages) > 0 && len(d.Languages) <= len(locale.All) && !slices.ContainsFunc(d.Languages, func(l locale.Language) bool { return !known(l) }),
		"languages", "conference.problem.languages")
	for _, p := range d.Interpretation {
		c.That(known(p.From) && known(p.To) && p.From != p.To, "interpretation", "conference.problem.languages")
	}
}

// Member is a person who can be asked to take part, because they are in the partnership.
type Member struct {
	PersonID  string
	UnitID    string // their own, in the partnership or above it
	SocietyID string
}

// MembersIn are the people of a partnership: members of its units and of the units above them. Who is in several takes part
// for one that belongs to the partnership itself, if there is one.
func (s *Store) MembersIn(ctx context.Context, tx *database.Tx, partnershipID string) ([]Member, error) {
	list, err := database.All(ctx, tx, func(row database.Scanner) (m Member, err error) {
		var depth int
		return m, row.Scan(&m.PersonID, &m.UnitID, &m.SocietyID, &depth)
	}, `select m.person_id, m.unit_id, u.society_id, min(ua.depth) as nearest
		from partnership_units pu join unit_ancestors ua on ua.unit_id = pu.unit_id
		join memberships m on m.unit_id = ua.ancestor_id and m.ended_at is null join units u on u.id = m.unit_id
		where pu.partnership_id = $1
		group by m.person_id, m.unit_id, u.society_id order by m.person_id, nearest, m.unit_id`, partnershipID)
	return slices.CompactFunc(list, func(a, b Member) bool { return a.PersonID == b.PersonID }), err
}
