package signin

import (
	"context"
	"strings"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
)

// found is one row of a session with its person: there is one for each membership in each language of the person's name.
type found struct {
	session Session
	actor   access.Actor
	member  string // ID of the membership
	as      access.Membership
	origin  locale.Language // that the name was first written in
	name    text.Revision
}

// read finds whose a token is: session, person, name, memberships and whom they stand in for, in one statement, so that a
// membership that has ended is out at the next request. An unknown or ended token, and that of a former participant, gives a
// zero Actor. Somebody is away by the content's calendar.
func (s *SignIn) read(ctx context.Context, token string) (access.Actor, Session, error) {
	var rows []found
	now := s.now()
	err := s.db.Glance(ctx, func(tx *database.Tx) (err error) {
		rows, err = database.All(ctx, tx, scanFound, `select s.token_hash, s.id, s.provider, s.issuer, s.subject, s.started_at, s.seen_at, s.ends_at,
				s.rights, p.rights, coalesce((select string_agg(a.person_id, ',') from stand_ins a
					where a.stand_in_id = p.id and a.from_on <= $4 and a.until_on >= $4), ''),
				p.id, p.site_admin, p.language, p.reads, p.writes, p.zone,
				coalesce(m.id, ''), coalesce(m.unit_id, ''), coalesce(u.society_id, ''), coalesce(m.role, ''),
				coalesce(n.origin, ''), coalesce(r.language, ''), coalesce(r.body, '')
			from sessions s
			join people p on p.id = s.person_id and p.left_at is null
			left join memberships m on m.person_id = p.id and m.ended_at is null
			left join units u on u.id = m.unit_id
			left join text_paragraphs n on n.text_id = p.name_id and n.removed is null
			left join text_revisions r on r.paragraph_id = n.id and r.current
			where s.token_hash = $1 and s.ends_at > $2 and s.seen_at > $3
			order by m.id, n.position, r.language`, digest(token), now, now.Add(-idleLife), tx.Now.UTC().Format(time.DateOnly))
		return err
	})
	if err != nil || len(rows) == 0 {
		return access.Actor{}, Session{}, err
	}
	return actorOf(rows), rows[0].session, nil
}

func scanFound(row database.Scanner) (f found, err error) {
	var reads, away string
	err = row.Scan(&f.session.hash, &f.session.ID, &f.session.Provider, &f.session.issuer, &f.session.subject, &f.session.StartedAt, &f.session.SeenAt, &f.session.EndsAt,
		&f.session.rights, &f.session.rightsNow, &away,
		&f.actor.PersonID, &f.actor.SiteAdmin, &f.actor.Language, &reads, &f.actor.Writes, &f.actor.Zone,
		&f.member, &f.as.UnitID, &f.as.SocietyID, &f.as.Role, &f.origin, &f.name.Language, &f.name.Body)
	f.actor.Reads = locale.ParseList(reads)
	if away != "" {
		f.actor.StandsFor = strings.Split(away, ",")
	}
	return f, err
}

// actorOf puts the rows of one session together.
func actorOf(rows []found) access.Actor {
	actor := rows[0].actor
	name := text.Paragraph{Origin: rows[0].origin, Versions: map[locale.Language]text.Revision{}}
	for i, row := range rows {
		if row.member != "" && (i == 0 || row.member != rows[i-1].member) {
			actor.Memberships = append(actor.Memberships, row.as)
		}
		if _, there := name.Versions[row.name.Language]; !there {
			name.Versions[row.name.Language] = row.name
		}
	}
	said := name.For(append([]locale.Language{actor.Language}, actor.Reads...))
	actor.Name, actor.NameLanguage = said.Body, said.Language
	return actor
}
