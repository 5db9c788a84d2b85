package conference

import (
	"context"
	"fmt"
	"strings"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/jobs"
)

// Mails that follow from what happens to a conference: kinds of jobs, one job for each receiver.
const (
	AskMail          = "poll"     // which of these times suit you?
	InvitationMail   = "invite"   // iTIP REQUEST
	ChangeMail       = "change"   // iTIP REQUEST with a higher SEQUENCE
	PostponementMail = "postpone" // iTIP CANCEL to all: the time is given up, another will come
	ReopeningMail    = "reopen"   // iTIP CANCEL to all who were invited: which of these times suit you after all?
	RemovalMail      = "remove"   // iTIP CANCEL to one who is no longer asked to take part
	CancellationMail = "cancel"   // iTIP CANCEL to all
	MinutesMail      = "minutes"  // both societies have agreed to them
	ReminderMail     = "reminder"
	SeriesMail       = "series" // iTIP REQUEST of a whole series, or CANCEL where nothing is left of it; about its first conference
	AheadMail        = "ahead"  // to the coordinators: an occurrence in two weeks at which an hour moves or a holiday falls
)

// Mails are those of them that follow from a deed at once.
var Mails = []string{AskMail, InvitationMail, ChangeMail, PostponementMail, ReopeningMail, RemovalMail, CancellationMail, MinutesMail, SeriesMail, AheadMail, CounterMail, CounterDeclineMail}

// settling is how long a change waits before it is mailed: changes within a minute are one mail.
const settling = time.Minute

// Letter is the subject of such a job: which conference, to whom, and as of which of its changes.
type Letter struct {
	ConferenceID, PersonID string
	Sequence               int    // of the calendar entry; for a poll, the version
	About                  string // what else it is about, such as an agreement; "" for nothing
}

func (l Letter) String() string {
	return strings.TrimSpace(fmt.Sprintf("%s %s %d %s", l.ConferenceID, l.PersonID, l.Sequence, l.About))
}

// ParseLetter reads a job's subject.
func ParseLetter(subject string) (l Letter, err error) {
	n, err := fmt.Sscan(subject, &l.ConferenceID, &l.PersonID, &l.Sequence, &l.About)
	if n == 3 {
		err = nil // it is about nothing else
	}
	return l, err
}

// key is what keeps a letter of a kind from being written twice.
func (l Letter) key(kind string) string {
	return kind + ":" + strings.ReplaceAll(l.String(), " ", ":")
}

// FollowedIn tells whether a later letter of that kind goes to the same person: it will say all that this one would. That
// the conference has moved on since is not enough: what moved on may be told to others only.
func (l Letter) FollowedIn(ctx context.Context, tx *database.Tx, kind string, latest int) (bool, error) {
	var keys []string
	for n := l.Sequence + 1; n <= latest; n++ {
		keys = append(keys, Letter{l.ConferenceID, l.PersonID, n, ""}.key(kind))
	}
	var args database.Args
	var n int
	err := tx.Row(ctx, `select count(*) from jobs where unique_key in `+args.In(keys), args...).Scan(&n)
	return n > 0, err
}

// tell has people written to, and notes that they were. The same letter is never written twice.
func tell(ctx context.Context, tx *database.Tx, kind, id string, sequence int, people []string, at time.Time) error {
	return write(ctx, tx, kind, Letter{ConferenceID: id, Sequence: sequence}, people, at)
}

// write is tell with the letter as it is to be but for whom it goes to.
func write(ctx context.Context, tx *database.Tx, kind string, letter Letter, people []string, at time.Time) error {
	list := make([]jobs.Job, len(people))
	for i, person := range people {
		letter.PersonID = person
		list[i] = jobs.Job{Kind: kind, Subject: letter.String(), UniqueKey: letter.key(kind), RunAt: at}
	}
	if err := jobs.Enqueue(ctx, tx, list...); err != nil || len(people) == 0 {
		return err
	}
	args := database.Args{tx.Now, letter.ConferenceID}
	_, err := tx.Exec(ctx, `update participants set invited_at = $1 where conference_id = $2 and person_id in `+args.In(people), args...)
	return err
}
