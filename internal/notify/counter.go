package notify

import (
	"context"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/org"
	letters "example.org/tandem/templates/mail"
)

// counter tells of other times that somebody proposes, as long as they wait to be looked at.
func (d *Desk) counter(ctx context.Context, p post) (w written, err error) {
	err = d.DB.Read(ctx, func(tx *database.Tx) error {
		x, err := d.Conferences.CounterIn(ctx, tx, p.letter.About)
		if err != nil || !x.Waits(p.Conference, tx.Now) {
			return err
		}
		var who org.Receiver
		if who, err = d.Org.Receiver(ctx, tx, x.PersonID); err == nil {
			w.Letter = letters.Counter(p.Topic, x, who.Name, x.Left(p.Conference, tx.Now))
		}
		return err
	})
	return w, err
}

// counterDeclined is silent to whom is not asked any more, and once the conference has another time all the same.
func (d *Desk) counterDeclined(ctx context.Context, p post) (w written, err error) {
	_, asked := p.Conference.Participant(p.to.PersonID)
	if !asked || !p.Conference.Is(conference.Poll, conference.Scheduled) {
		return w, nil
	}
	err = d.DB.Read(ctx, func(tx *database.Tx) error {
		x, err := d.Conferences.CounterIn(ctx, tx, p.letter.About)
		if err == nil && (x.About == "" || x.About == p.Conference.StartsLocal) {
			w.Letter = letters.CounterDeclined(p.Topic, x)
		}
		return err
	})
	return w, err
}
