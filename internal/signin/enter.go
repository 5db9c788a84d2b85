package signin

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/link"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/problem"
)

// enter opens a session for whoever that is: somebody known, or somebody who has a right to become so.
func (s *SignIn) enter(c echo.Context, p *provider, who identity, under attempt) (in admitted, err error) {
	ctx, device, before := c.Request().Context(), c.Request().UserAgent(), s.cookie(c, sessionCookie)
	err = s.db.Write(ctx, func(tx *database.Tx) error {
		person, err := s.personIn(ctx, tx, p, who, under)
		if err != nil {
			return err
		}
		in = admitted{next: under.next}
		agreed, err := org.Consented(ctx, tx, person, org.PrivacyVersion)
		if err != nil {
			return err
		}
		if !agreed {
			in.next = "/privacy?" + toNext(under.next)
		}
		in.token, err = s.openIn(ctx, tx, p, person, who, device, before)
		return err
	})
	return in, err
}

// personIn is whose identity that is. It may become somebody's here, in this order: by a grant of whoever runs the site, by the
// invitation that was followed, by an address at a domain that the provider answers for. An address alone is never enough
// to be taken for somebody who is here already.
func (s *SignIn) personIn(ctx context.Context, tx *database.Tx, p *provider, who identity, under attempt) (string, error) {
	person, err := known(ctx, tx, who)
	if err != nil {
		return "", err
	}
	as := org.Identity{Issuer: who.issuer, Subject: who.subject}
	if who.email != "" {
		named, err := s.org.GrantIn(ctx, tx, as, who.called(), who.email)
		if err == nil {
			person = named
		} else if !problem.Is(err, problem.NotFound) {
			return "", err
		}
	}
	switch {
	case under.invitation != "":
		return s.accept(ctx, tx, under, person, as, who)
	case person != "":
		return person, nil
	case who.email == "":
		return "", refuse("account", "nobody here is known by that subject, and it has no verified address")
	case slices.Contains(p.Domains, domain(who.email)):
		gone, err := s.departed(ctx, tx, who)
		if err != nil {
			return "", err
		}
		if gone {
			return "", refuse("left", "the account was somebody's who has left")
		}
		return s.byDomain(ctx, tx, p, as, who)
	}
	return "", refuse("account", "nobody here is known by that subject")
}

// accept takes the invitation that somebody came by. Whoever is known comes in without it, too: it may have been accepted, or its
// link called back, while they were at the provider.
func (s *SignIn) accept(ctx context.Context, tx *database.Tx, under attempt, person string, as org.Identity, who identity) (string, error) {
	err := link.StillIn(ctx, tx, under.link)
	accepted := ""
	if err == nil {
		accepted, err = s.org.AcceptIn(ctx, tx, under.invitation, person, as, who.email)
	}
	switch {
	case !problem.Is(err, problem.NotFound):
		return accepted, err
	case person != "":
		return person, nil
	}
	return "", refuse("invitation", "it is accepted, called back or over")
}

// byDomain makes somebody staff of the unit that the settings name. That those are wrong is the operator's to read: the person
// is told to ask for an invitation.
func (s *SignIn) byDomain(ctx context.Context, tx *database.Tx, p *provider, as org.Identity, who identity) (string, error) {
	person, err := s.org.EnterIn(ctx, tx, as, who.called(), who.email, p.Unit)
	if _, is := problem.As(err); is {
		return "", &refusal{"account", fmt.Errorf("unit %s of the settings: %w", p.Unit, err)}
	}
	return person, err
}

// known is whose identity it is, or "". A former participant is not let in again by what they were.
func known(ctx context.Context, tx *database.Tx, who identity) (person string, err error) {
	var left bool
	err = tx.Row(ctx, `select p.id, p.left_at is not null from identities i join people p on p.id = i.person_id
		where i.issuer = $1 and i.subject = $2`, who.issuer, who.subject).Scan(&person, &left)
	if database.IsNone(err) {
		return "", nil
	}
	if err == nil && left {
		return "", refuse("left", "the person has left")
	}
	return person, err
}

// called is what somebody is called who comes without an invitation: they can change it themselves.
func (i identity) called() string {
	if i.name != "" {
		return i.name
	}
	name, _, _ := strings.Cut(i.email, "@")
	return name
}

func domain(address string) string {
	return strings.ToLower(address[strings.LastIndexByte(address, '@')+1:])
}

// add gives the person who is signed in one more identity. Whoever is signed in by now, it must be the one who asked for it.
func (s *SignIn) add(ctx context.Context, a access.Actor, asked string, who identity) error {
	if a.PersonID != asked {
		return refuse("state", "whoever wanted another identity is not signed in any more")
	}
	return s.db.Write(ctx, func(tx *database.Tx) error {
		person, err := known(ctx, tx, who)
		switch {
		case err != nil:
			return err
		case person == asked:
			return nil
		case person != "":
			return refuse("taken", "the identity is another person's")
		}
		return s.org.IdentifyIn(ctx, tx, asked, asked, org.Identity{Issuer: who.issuer, Subject: who.subject})
	})
}
