package notify

import (
	"context"
	"strings"
	"time"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/link"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/work"
)

// guestPage is where a mail leads somebody without an account: their own link, made for this mail to take the place of the one
// before. Who is no longer on the list is led to the start page.
func (d *Desk) guestPage(ctx context.Context, p post) (string, error) {
	site := strings.TrimSuffix(d.URL.String(), "/") + "/"
	over, asked, err := d.asksUntil(ctx, p)
	if err != nil || !asked {
		return site, err
	}
	for _, slot := range p.Conference.Slots {
		if at := slot.StartsAt.Add(p.Conference.Length); !p.Conference.HasTime() && at.After(over) {
			over = at
		}
	}
	var token string
	err = d.DB.Write(ctx, func(tx *database.Tx) (err error) {
		l := link.Link{Purpose: link.Guest, Subject: work.GuestOf(p.Conference, p.to.PersonID), PersonID: p.to.PersonID, EndsAt: over.Add(org.GuestLife)}
		token, err = link.MakeIn(ctx, tx, l)
		return err
	})
	return site + guestPath + token, err
}

// asksUntil tells whether somebody is asked to a conference or to any other time of its series, and when the last of them ends.
func (d *Desk) asksUntil(ctx context.Context, p post) (over time.Time, asked bool, err error) {
	over = p.Conference.Ends()
	if _, asked = p.Conference.Participant(p.to.PersonID); p.Conference.Series.SeriesID == "" {
		return over, asked, nil
	}
	f, err := d.Conferences.SeriesFor(ctx, p.Conference.Series.SeriesID, p.to.PersonID)
	for _, o := range f.Occurrences {
		if o.State != conference.Cancelled && o.Ends().After(over) {
			over = o.Ends()
		}
	}
	return over, len(f.Occurrences) > 0, err
}

const guestPath = "guest/"

// replaceLinks ends a guest's earlier links, after the mail with the newest has gone: as long as it has not, they need the old one.
func (d *Desk) replaceLinks(ctx context.Context, p post) error {
	_, token, is := strings.Cut(p.Guest, "/"+guestPath)
	if !is {
		return nil
	}
	return d.DB.Write(ctx, func(tx *database.Tx) error {
		return link.ReplaceIn(ctx, tx, link.Guest, work.GuestOf(p.Conference, p.to.PersonID), token)
	})
}
