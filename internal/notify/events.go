package notify

import (
	"context"

	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/jobs"
	letters "example.org/tandem/templates/mail"
)

// ask asks for an answer to the poll, as long as there is one and the receiver is asked.
func ask(_ context.Context, p post) (written, error) {
	if _, invited := p.Conference.Participant(p.to.PersonID); !invited || !p.Conference.Is(conference.Poll) {
		return nothing()
	}
	return written{Letter: letters.Ask(p.Topic)}, nil
}

// invite tells of the conference as it is now, should it have changed since; it is silent where a later invitation will.
func invite(_ context.Context, p post) (written, error) {
	if _, invited := p.Conference.Participant(p.to.PersonID); !invited || !coming(p) || p.followed {
		return nothing()
	}
	return written{letters.Invitation(p.Topic), calendar.Request}, nil
}

// change is silent where a later change will tell of both.
func change(_ context.Context, p post) (written, error) {
	mine, invited := p.Conference.Participant(p.to.PersonID)
	if !invited || !coming(p) || p.followed {
		return nothing()
	}
	return written{letters.Change(p.Topic, mine.RSVP), calendar.Request}, nil
}

// remind says what is near, as long as it still is: the job may have waited for a mail server.
func (d *Desk) remind(ctx context.Context, p post) (written, error) {
	mine, invited := p.Conference.Participant(p.to.PersonID)
	about, holds := p.letter.Occasion(p.Conference)
	switch {
	case !invited || !holds:
		return nothing()
	case about == conference.PollCloses && p.Conference.HasAnswered(p.to.PersonID):
		return nothing()
	case about != conference.PollCloses && (mine.RSVP == conference.Declined || p.now.After(p.Conference.StartsAt)):
		return nothing()
	}
	if wanted, err := d.wantsReminder(ctx, p.to.PersonID, about); err != nil || !wanted {
		return written{}, err
	}
	return written{Letter: letters.Reminder(p.Topic, about, mine.RSVP)}, nil
}

// agenda brings the agenda to those who can translate it, where somebody cannot read it yet.
func agenda(_ context.Context, p post) (written, error) {
	if p.letter.About != p.Conference.StartsLocal || !p.Conference.Is(conference.Scheduled) {
		return nothing()
	}
	l, any := letters.Agenda(p.Topic)
	if !any {
		return nothing()
	}
	return written{Letter: l}, nil
}

func coming(p post) bool { return p.Conference.Is(conference.Scheduled, conference.InProgress) }

// remove is silent where the person has been put back on the list.
func remove(_ context.Context, p post) (written, error) {
	if _, invited := p.Conference.Participant(p.to.PersonID); invited || p.Conference.Is(conference.Draft) {
		return nothing()
	}
	return written{letters.Removal(p.Topic), p.takenOut()}, nil
}

func cancel(_ context.Context, p post) (written, error) {
	if !p.Conference.Is(conference.Cancelled) {
		return nothing()
	}
	return written{letters.Cancellation(p.Topic), p.takenOut()}, nil
}

// postponed is silent where a new time, or the question for one, has been mailed since.
func postponed(_ context.Context, p post) (written, error) {
	if _, invited := p.Conference.Participant(p.to.PersonID); !invited || !p.Conference.Is(conference.Postponed) {
		return nothing()
	}
	return written{letters.Postponement(p.Topic), p.takenOut()}, nil
}

// reopened takes the time that was set out of the calendar and asks about several.
func reopened(_ context.Context, p post) (written, error) {
	if _, invited := p.Conference.Participant(p.to.PersonID); !invited || !p.Conference.Is(conference.Poll) {
		return nothing()
	}
	return written{letters.Reopening(p.Topic), p.takenOut()}, nil
}

// takenOut is the method that takes an entry out of a calendar, if there can be one.
func (p post) takenOut() calendar.Method {
	if p.Conference.HasTime() {
		return calendar.Cancel
	}
	return ""
}

func (d *Desk) minutes(ctx context.Context, p post) (written, error) {
	record, frozen, err := d.Minutes.Frozen(ctx, p.letter.ConferenceID)
	if err != nil || !frozen {
		return written{}, err
	}
	return written{Letter: letters.Minutes(p.Topic, record)}, nil
}

// voided is silent once both societies have agreed all the same.
func voided(_ context.Context, p post) (written, error) {
	if p.Conference.Is(conference.Agreed) {
		return nothing()
	}
	return written{Letter: letters.Voided(p.Topic)}, nil
}

// entry is the conference for the receiver's calendar. Its organiser is the sender of the mail, so that answers that a
// calendar programme sends come to one place; the receiver alone is named as attendee.
func (d *Desk) entry(p post, method calendar.Method) ([]byte, error) {
	if !p.Conference.HasTime() {
		return nil, jobs.Permanent(errNoTime)
	}
	if p.series != nil {
		return d.seriesEntry(p, method)
	}
	e := letters.Entry(p.Topic, p.now)
	if p.letter.Sequence > e.Sequence {
		e.Sequence = p.letter.Sequence
	}
	e.Organiser = calendar.Contact{Name: d.From.Name, Email: d.From.Address}
	e.Attendee = calendar.Contact{Name: name(p, p.to), Email: p.to.Email}
	if mine, invited := p.Conference.Participant(p.to.PersonID); invited && method == calendar.Request {
		e.Answer = string(mine.RSVP)
	}
	return calendar.Write(method, e)
}
