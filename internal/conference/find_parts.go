package conference

import (
	"context"
	"database/sql"
	"strings"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
)

func loadParticipants(ctx context.Context, tx *database.Tx, id string) ([]Participant, error) {
	return database.All(ctx, tx, func(s database.Scanner) (p Participant, err error) {
		var answered, invited sql.NullTime
		var attended sql.NullBool
		var reads, interprets string
		err = s.Scan(&p.PersonID, &p.UnitID, &p.SocietyID, &p.RSVP, &answered, &invited, &attended, &reads, &p.Guest, &p.Refused, &p.PollNote.Body, &p.PollNote.Language, &interprets)
		p.Interprets = parsePairs(interprets)
		p.Reads = locale.ParseList(reads)
		p.AnsweredAt, p.InvitedAt = answered.Time, invited.Time
		p.Attended = attended.Bool || !attended.Valid && p.RSVP == Accepted
		return p, err
	}, `select p.person_id, p.unit_id, u.society_id, p.rsvp, p.answered_at, p.invited_at, p.attended, pe.reads, p.guest, pe.mail_refused, p.poll_note, p.poll_note_language, p.interprets
		from participants p join units u on u.id = p.unit_id join people pe on pe.id = p.person_id where p.conference_id = $1 order by p.person_id`, id)
}

func loadHosts(ctx context.Context, tx *database.Tx, id string) (hosts, sides []string, err error) {
	type host struct{ unit, society string }
	list, err := database.All(ctx, tx, func(s database.Scanner) (h host, err error) {
		return h, s.Scan(&h.unit, &h.society)
	}, `select h.unit_id, u.society_id from conference_hosts h join units u on u.id = h.unit_id
		where h.conference_id = $1 order by h.position, h.unit_id`, id)
	for _, h := range list {
		hosts, sides = append(hosts, h.unit), append(sides, h.society)
	}
	return hosts, sides, err
}

func parsePairs(list string) []Pair {
	var pairs []Pair
	for one := range strings.SplitSeq(list, ",") {
		from, to, _ := strings.Cut(one, "-")
		f, known := locale.Parse(from)
		t, too := locale.Parse(to)
		if known && too && f != t {
			pairs = append(pairs, Pair{f, t})
		}
	}
	return pairs
}

func joinPairs(pairs []Pair) string {
	list := make([]string, len(pairs))
	for i, p := range pairs {
		list[i] = string(p.From) + "-" + string(p.To)
	}
	return strings.Join(list, ",")
}
