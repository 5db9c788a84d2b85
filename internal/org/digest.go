package org

import (
	"context"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/text"
)

// ZonesIn are the time zones that people live by.
func ZonesIn(ctx context.Context, tx *database.Tx) ([]string, error) {
	return database.Strings(ctx, tx, `select distinct zone from people where left_at is null order by zone limit 1000`)
}

// hereByMail are the people of a zone whom mails can reach and who still have something to do with it all.
const hereByMail = `p.zone = $1 and p.left_at is null and p.email <> '' and p.id > $2
	and exists (select 1 from memberships m where m.person_id = p.id and m.ended_at is null)`

// DigestReadersIn are the people of a zone who get the mail of the week, a page at a time: after an ID, at most `limit`.
func DigestReadersIn(ctx context.Context, tx *database.Tx, zone, after string, limit int) ([]string, error) {
	return database.Strings(ctx, tx, `select p.id from people p where `+hereByMail+`
		and not exists (select 1 from mail_choices c where c.person_id = p.id and c.kind = 'digest' and c.how = 'never')
		order by p.id limit $3`, zone, after, limit)
}

// ToBeToldIn are the people of a zone for whom something waits, a page at a time: after an ID, at most `limit`.
func ToBeToldIn(ctx context.Context, tx *database.Tx, zone, after string, limit int) ([]string, error) {
	return database.Strings(ctx, tx, `select p.id from people p where `+hereByMail+`
		and exists (select 1 from mail_waiting w where w.person_id = p.id and w.told_at is null)
		order by p.id limit $3`, zone, after, limit)
}

// ToldIn notes that somebody has been told of these: they do not wait any more.
func ToldIn(ctx context.Context, tx *database.Tx, personID string, list []Waits) error {
	if len(list) == 0 {
		return nil
	}
	var args database.Args
	at, person := args.Add(tx.Now), args.Add(personID)
	events := make([]string, len(list))
	for i, w := range list {
		events[i] = w.Event
	}
	_, err := tx.Exec(ctx, `update mail_waiting set told_at = `+at+` where person_id = `+person+` and event in `+args.In(events), args...)
	return err
}

// ProposalsNamedWith are those of some proposals that the actor made, or may answer and nobody has yet: what they would be called,
// by their IDs. The texts are there after texts.Load.
func ProposalsNamedWith(ctx context.Context, tx *database.Tx, texts *text.Batch, a access.Actor, ids []string) (map[string]*text.Text, error) {
	var args database.Args
	where := `proposed_by_id = ` + args.Add(a.PersonID)
	for _, m := range a.Memberships {
		if m.Role.Reaches(access.Administrator) {
			where = `(` + where + ` or closed_at is null)`
			break
		}
	}
	return texts.Named(ctx, tx, `select id, name_id from proposals where `+where+` and id in `+args.In(ids), args...)
}
