package notify

import (
	"context"
	"slices"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/mail"
	"example.org/tandem/internal/org"
)

// tellStandIn writes a mail about a conference once more, to who stands in for its receiver today: in their own language, and
// without an entry for the calendar, because an answer to it would come from somebody who was not invited.
func (d *Desk) tellStandIn(ctx context.Context, kind string, p post, write writer) error {
	to, err := d.standIn(ctx, p)
	if err != nil || to.PersonID == "" {
		return err
	}
	absent := p.to
	p.Topic.Reader = d.Catalog.Reader(to.Language, to.Zone, p.now, to.Reads...)
	w, err := write(ctx, p)
	if err != nil || w.Subject == "" {
		return err
	}
	w.Why = p.Reader.T("mail.stand-in.why", locale.V{"Name": absent.Name.Line(p.Reader.Reads).Body})
	return d.deliver(ctx, groupOf(kind), to, w.Letter, mail.Message{ID: p.id(kind) + ".stand-in", Date: p.now, ReplyTo: p.replyTo()})
}

// standIn is who gets the mail as well: nobody who gets one of their own, and nobody who may not see the conference.
func (d *Desk) standIn(ctx context.Context, p post) (to org.Receiver, err error) {
	err = d.DB.Read(ctx, func(tx *database.Tx) error {
		id, err := d.Org.StandInIn(ctx, tx, p.to.PersonID)
		if err != nil || id == "" {
			return err
		}
		if _, invited := p.Conference.Participant(id); invited {
			return nil
		}
		members, err := d.Org.Members(ctx, tx, p.Conference.PartnershipID)
		if err != nil || !slices.ContainsFunc(members, func(m org.Member) bool { return m.PersonID == id }) {
			return err
		}
		to, err = d.Org.Receiver(ctx, tx, id)
		return err
	})
	return to, err
}
