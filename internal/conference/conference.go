// Package conference finds a time that suits two societies, invites people to it, and keeps what an online conference
// needs: agenda, room, language plan, answers. What came of one (minutes, decisions, actions) is kept elsewhere.
package conference

import (
	"slices"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/room"
	"example.org/tandem/internal/text"
)

// Store knows all conferences.
type Store struct {
	db    *database.DB
	rooms room.Servers
}

// New gives the store on an open database. It can keep links to rooms, but make none.
func New(db *database.DB) *Store { return &Store{db: db} }

// WithRooms is the same store, which makes rooms on some servers too.
func (s *Store) WithRooms(servers room.Servers) *Store { return &Store{s.db, servers} }

// State is where a conference stands.
type State string

const (
	Draft      State = "draft" // nobody has been written to
	Poll       State = "poll"  // people say which of several times suits them
	Scheduled  State = "scheduled"
	Postponed  State = "postponed" // its time was given up, and a new one is to be found
	InProgress State = "inProgress"
	Held       State = "held"
	Agreed     State = "agreed" // both societies have agreed to the minutes
	Cancelled  State = "cancelled"
)

// Overtime is how long after its planned end a conference still counts as going on, unless somebody ends it.
const Overtime = 30 * time.Minute

// Conference is one online meeting of a partnership.
type Conference struct {
	ID, PartnershipID string
	Title, Purpose    text.Text
	State             State
	Zone              string    // IANA name: the clock that the time was agreed by
	StartsLocal       string    // wall time in Zone, calendar.WallLayout; empty until a time is chosen
	StartsAt          time.Time // that instant; zero until a time is chosen
	Length            time.Duration
	Room              Room
	Languages         []locale.Language // spoken
	Interpretation    []Pair
	Listening         map[locale.Language]string // where one listens in a language, by link
	ModeratorID       string
	MinuteTakerID     string
	FollowsID         string // the conference that this one follows up
	FollowsTitle      text.Text
	FollowedByID      string // the latest that follows up this one and is not cancelled
	FollowedByTitle   text.Text
	FollowedByDraft   bool   // it is seen by coordinators only
	ReplacedByID      string // of a cancelled one
	ReplacedByTitle   text.Text
	Hosts             []string // units, one of each society
	Sides             []string // the hosts' societies, in the same order
	Participants      []Participant
	Agenda            []Item
	AgendaDays        int // how many days ahead it goes out to be translated; 0: not at all
	Slots             []Slot
	Question          text.Text // what the poll asks, if it says more than "when"
	Private           bool      // only who plans it sees what others answered to the poll
	Deadline          time.Time // until when answers to the poll are wanted; zero: none was set
	ChosenSlotID      string
	Units             []access.Unit // of the partnership
	Series            Occurrence    // its place in a series, if it is in one
	Held              int           // how many mails about its changes are kept back
	Sequence          int           // of its calendar entry (RFC 5546 §2.1.4)
	Version           int
	OpenedAt          time.Time // 'Start' was pressed
	ClosedAt          time.Time // 'End' was pressed
	AgreedAt          time.Time
	RecordingsShared  bool // of its room, with all who may see it; else with its hosts only
	CreatedByID       string
	CreatedAt         time.Time
}

// Pair is a direction of interpretation.
type Pair struct{ From, To locale.Language }

// Participant is a person who is asked to take part.
type Participant struct {
	PersonID   string
	UnitID     string // whom the person takes part for
	SocietyID  string // of that unit
	RSVP       RSVP
	AnsweredAt time.Time
	Guest      bool              // has no account, and a link in the mail instead
	Refused    string            // what their mail server said when it last refused the address; for who plans the conference
	InvitedAt  time.Time         // last written to; zero: not yet
	Attended   bool              // took part: has been noted, or, until somebody notes who did, had said yes
	Reads      []locale.Language // best first
	Interprets []Pair            // in this conference
	PollNote   text.Said         // what they say beside their answers to the poll, as typed
}

// Ends is when it is planned to end.
func (c Conference) Ends() time.Time { return c.StartsAt.Add(c.Length) }

// HasTime tells whether a time has been chosen.
func (c Conference) HasTime() bool { return !c.StartsAt.IsZero() }

// stateAt derives the state from what is stored and the time. No job moves a conference on: a program that was not running
// at its end must not leave it open.
func (c Conference) stateAt(stored State, now time.Time) State {
	switch {
	case stored != Scheduled:
		return stored
	case !c.AgreedAt.IsZero():
		return Agreed
	case !c.ClosedAt.IsZero(), !now.Before(c.Ends().Add(Overtime)):
		return Held
	case !c.OpenedAt.IsZero(), !now.Before(c.StartsAt):
		return InProgress
	}
	return Scheduled
}

// Is tells whether the conference is in one of some states.
func (c Conference) Is(states ...State) bool { return slices.Contains(states, c.State) }

// Participant finds somebody among those who are asked to take part.
func (c Conference) Participant(personID string) (Participant, bool) {
	i := slices.IndexFunc(c.Participants, func(p Participant) bool { return p.PersonID == personID })
	if i < 0 {
		return Participant{}, false
	}
	return c.Participants[i], true
}

// Slot finds one of the proposed times.
func (c Conference) Slot(id string) (Slot, bool) {
	i := slices.IndexFunc(c.Slots, func(s Slot) bool { return s.ID == id })
	if i < 0 {
		return Slot{}, false
	}
	return c.Slots[i], true
}

// Case is what the policy needs to know of a conference for one person.
func (c Conference) Case(a access.Actor) access.Case {
	who, invited := c.Participant(a.PersonID)
	hosts := slices.DeleteFunc(slices.Clone(c.Units), func(u access.Unit) bool { return !slices.Contains(c.Hosts, u.ID) })
	leads := a.SignedIn() && (a.PersonID == c.ModeratorID || a.PersonID == c.MinuteTakerID)
	return access.Case{Units: c.Units, Hosts: hosts, Person: a.PersonID, Invited: invited, Guest: who.Guest, Interprets: len(who.Interprets) > 0, Leads: leads, Draft: c.State == Draft}
}

// May tells whether a person may do something with this conference; its state may still forbid it.
func (c Conference) May(a access.Actor, d access.Deed) bool { return access.Can(a, d, c.Case(a)) }

// check is access.Check for one conference.
func (c Conference) check(a access.Actor, d access.Deed) error {
	return access.Check(a, d, access.SeeConference, c.Case(a))
}
