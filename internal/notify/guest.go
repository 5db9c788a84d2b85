package notify

import (
	"context"
	"strings"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/link"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/work"
)

// guestPage is where a mail leads somebody without an account: their own link, made for this mail to take the place of the one
// before. Who is no longer on the list is led to the start page.
func (d *Desk) guestPage(ctx context.Context, p post) (string, error) {
	site := strings.TrimSuffix(d.URL.String(), "/") + "/"
	if _, asked := p.Conference.Participant(p.to.PersonID); !asked {
		return site, nil
	}
	over := p.Conference.Ends()
	for _, slot := range p.Conference.Slots {
		if at := slot.StartsAt.Add(p.Conference.Length); !p.Conference.HasTime() && at.After(over) {
			over = at
		}
	}
	var token string
	err := d.DB.Write(ctx, func(tx *database.Tx) (err error) {
		l := link.Link{Purpose: link.Guest, Subject: work.GuestSubject(p.Conference.ID, p.to.PersonID), PersonID: p.to.PersonID, EndsAt: over.Add(org.GuestLife)}
		token, err = link.MakeIn(ctx, tx, l)
		return err
	})
	return site + guestPath + token, err
}

const guestPath = "guest/"

// replaceLinks ends a guest's earlier links, after the mail with the newest has gone: as long as it has not, they need the old one.
func (d *Desk) replaceLinks(ctx context.Context, p post) error {
	_, token, is := strings.Cut(p.Guest, "/"+guestPath)
	if !is {
		return nil
	}
	return d.DB.Write(ctx, func(tx *database.Tx) error {
		return link.ReplaceIn(ctx, tx, link.Guest, work.GuestSubject(p.Conference.ID, p.to.PersonID), token)
	})
}
