package web

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/room"
	pages "example.org/tandem/templates/conferences"
)

// presetPlan is what a new form begins with: everybody of the partnership, the first unit of each society as host,
// and the languages that the societies work in first.
func presetPlan(a access.Actor, p org.Partnership, members []org.Member, spoken []locale.Language) url.Values {
	zone := a.Zone
	if !slices.Contains(conference.Zones, zone) {
		zone = conference.Zones[0]
	}
	v := url.Values{"partnership": {p.ID}, "language": {string(a.Writes)}, "zone": {zone}, "minutes": {strconv.Itoa(usualMinutes)},
		"rows": {strconv.Itoa(firstRows)}, "room": {string(room.KindNone)}}
	for _, l := range spoken {
		v.Add("languages", string(l))
	}
	for i, society := range p.Societies() {
		units := p.Of(society.ID)
		own := slices.IndexFunc(units, func(u org.Unit) bool {
			return slices.ContainsFunc(a.Memberships, func(m access.Membership) bool { return m.UnitID == u.ID })
		})
		v.Set(fmt.Sprintf("host-%d", i+1), units[max(own, 0)].ID)
	}
	for _, m := range members {
		v.Add("participants", m.PersonID)
	}
	return v
}

// planValues is what the form of a conference that is there begins with.
func planValues(r locale.Reader, c conference.Conference) url.Values {
	fixed := fixedLanguages(r, c)
	v := url.Values{"partnership": {c.PartnershipID}, "version": {strconv.Itoa(c.Version)},
		"title": {c.Title.In(fixed["title"])}, "title-base": {strconv.Itoa(c.Title.Version)},
		"purpose": {c.Purpose.In(fixed["purpose"])}, "purpose-base": {strconv.Itoa(c.Purpose.Version)},
		"zone": {c.Zone}, "minutes": {strconv.Itoa(int(c.Length.Minutes()))}, "moderator": {c.ModeratorID}, "minute-taker": {c.MinuteTakerID},
		"room": {string(c.Room.Kind)}, "rows": {strconv.Itoa(max(firstRows, len(c.Slots)))}}
	if c.Room.Kind == room.KindLink {
		v.Set("room-url", c.Room.URL)
	}
	v.Set("dial-number", c.Room.Phone.Number)
	v.Set("dial-pin", c.Room.Phone.PIN)
	if !c.Deadline.IsZero() {
		v.Set("deadline", c.Deadline.In(locale.Zone(c.Zone)).Format(time.DateOnly))
	}
	for _, pair := range c.Interpretation {
		v.Add("interpretation", pages.Interpreter(pair.From, pair.To))
	}
	if c.Private {
		v.Set("private", "yes")
	}
	setHosts(v, c)
	for _, p := range c.Participants {
		v.Add("participants", p.PersonID)
	}
	for _, l := range c.Languages {
		v.Add("languages", string(l))
	}
	setTimes(v, timesOf(c))
	return v
}

// setHosts gives each host to the field of its side; the sides are in the order of the partnership.
func setHosts(v url.Values, c conference.Conference) {
	var societies []string
	for _, u := range c.Units {
		if !slices.Contains(societies, u.SocietyID) {
			societies = append(societies, u.SocietyID)
		}
	}
	for i, host := range c.Hosts {
		if n := slices.Index(societies, c.Sides[i]); n >= 0 {
			v.Set(fmt.Sprintf("host-%d", n+1), host)
		}
	}
}

// timesOf are the wall times of a conference: the one that is set, or those that are proposed.
func timesOf(c conference.Conference) []string {
	if c.HasTime() {
		return []string{c.StartsLocal}
	}
	if c.Is(conference.Postponed) {
		return nil // what was proposed before did not come to anything
	}
	var times []string
	for _, slot := range c.Slots {
		times = append(times, slot.StartsLocal)
	}
	return times
}

func setTimes(v url.Values, times []string) {
	for i, local := range times {
		on, at, _ := strings.Cut(local, "T")
		v.Set(fmt.Sprintf("slot-%d", i+1), on)
		v.Set(fmt.Sprintf("slot-%d-time", i+1), at)
	}
}
