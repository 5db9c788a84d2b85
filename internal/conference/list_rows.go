package conference

import (
	"cmp"
	"database/sql"
	"slices"
	"strings"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
)

const listColumns = `c.id, c.partnership_id, c.title_id, c.state, c.starts_local, c.zone, c.starts_at, c.over_at, c.minutes,
	c.room_url, c.room_kind, c.languages, c.opened_at, c.closed_at, c.agreed_at, c.poll_deadline_at, p.rsvp,
	(select string_agg(h.unit_id, ',' order by h.position) from conference_hosts h where h.conference_id = c.id) as hosts,
	(select count(*) from slots s where s.conference_id = c.id) as offered,
	(select count(*) from slots s join slot_answers sa on sa.slot_id = s.id
		where s.conference_id = c.id and sa.person_id = p.person_id) as said, ` + seriesColumns

// listRow is a row of one of several lists.
type listRow struct {
	Listed
	list   int
	overAt time.Time // zero: not yet known
}

func (r *listRow) read(s database.Scanner, now time.Time) error {
	var c Conference
	var stored State
	var startsLocal, rsvp, hosts sql.NullString
	var series seriesRow
	var startsAt time.Time
	var over, opened, closed, agreed, deadline sql.NullTime
	var minutes, said int
	var languages string
	err := s.Scan(&r.list, &r.ID, &r.PartnershipID, &r.Title.ID, &stored, &startsLocal, &r.Zone, &startsAt, &over, &minutes,
		&r.Room.URL, &r.Room.Kind, &languages, &opened, &closed, &agreed, &deadline, &rsvp, &hosts, &r.Slots, &said,
		&series.local, &series.id, &series.first, &series.zone, &series.before)
	r.Series, r.Before = series.read()
	r.Length, r.Languages = time.Duration(minutes)*time.Minute, locale.ParseList(languages)
	r.Hosts = strings.FieldsFunc(hosts.String, func(c rune) bool { return c == ',' })
	r.StartsAt, r.HasTime, r.overAt, r.Deadline = startsAt.UTC(), startsLocal.Valid, over.Time, deadline.Time
	if r.HasTime {
		r.StartsAt = instant(startsLocal.String, r.Zone, startsAt)
	}
	c.StartsAt, c.Length, c.OpenedAt, c.ClosedAt, c.AgreedAt = r.StartsAt, r.Length, opened.Time, closed.Time, agreed.Time
	r.State, r.Mine = c.stateAt(stored, now), RSVP(rsvp.String)
	r.Awaits = rsvp.Valid && (r.State == Poll && said == 0 || r.State == Scheduled && r.Mine == NeedsAction)
	return err
}

// inOrder sorts the rows of several lists, each in its own order: a union promises none.
func inOrder(rows []listRow, filters []Filter) {
	slices.SortFunc(rows, func(a, b listRow) int {
		if a.list != b.list || !filters[a.list].Past {
			return cmp.Or(cmp.Compare(a.list, b.list), a.StartsAt.Compare(b.StartsAt), strings.Compare(a.ID, b.ID))
		}
		return cmp.Or(b.overAt.Compare(a.overAt), strings.Compare(b.ID, a.ID))
	})
}
