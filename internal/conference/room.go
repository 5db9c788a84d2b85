package conference

import (
	"context"
	"slices"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/room"
)

// Doors is how long before its time a conference's room opens to everybody. To its hosts it always is open.
const Doors = 15 * time.Minute

// Room is where it takes place.
type Room struct {
	Kind  room.Kind
	URL   string     // of a room that is made it is made too; "" where Tandem gives each visitor a way in of their own
	Phone room.Phone // the way in by telephone
}

// There tells whether there is a room to go to.
func (r Room) There() bool {
	switch r.Kind {
	case room.KindLink:
		return r.URL != ""
	case room.KindJitsi, room.KindBigBlueButton:
		return true
	}
	return false
}

func (r Room) check(c *problem.Check, s *Store) {
	switch {
	case !slices.Contains(s.RoomKinds(), r.Kind):
		c.Add("room", "error.choice")
	case r.Kind == room.KindLink:
		if p, wrong := problem.As(room.Check(r.URL)); wrong {
			c.Add("room-url", p.Key, p.Values)
		}
	}
	r.Phone.Check(c)
}

// made is the room with its link.
func (r Room) made(s *Store, conferenceID string) Room {
	switch r.Kind {
	case room.KindJitsi, room.KindBigBlueButton:
		r.URL = s.rooms.Link(r.Kind, conferenceID)
	case room.KindNone:
		r.URL = ""
	}
	return r
}

// RoomKinds are the kinds of rooms that a conference can have here, in the order of the form.
func (s *Store) RoomKinds() []room.Kind {
	return slices.DeleteFunc(slices.Clone(room.Kinds), func(k room.Kind) bool { return !s.rooms.Has(k) })
}

// RoomHealth tells of each server that rooms are made on whether it answers.
func (s *Store) RoomHealth(ctx context.Context) []room.Health { return s.rooms.Health(ctx) }

// Room is the room of a conference under the title that people read there; none where it has none, or its server is no longer ours.
func (s *Store) Room(c Conference, title string) (room.Room, bool) {
	return s.rooms.Room(room.Place{Kind: c.Room.Kind, URL: c.Room.URL, ConferenceID: c.ID, Title: title})
}

// HostedBy tells whether somebody opens and leads the room: who plans the conference, moderates it or takes its minutes.
func (c Conference) HostedBy(a access.Actor) bool {
	return c.May(a, access.PlanConference) || c.May(a, access.RunConference)
}

// Opens is when the room opens to everybody.
func (c Conference) Opens() time.Time { return c.StartsAt.Add(-Doors) }

// OpenTo tells whether somebody who may see the conference may come into its room now.
func (c Conference) OpenTo(a access.Actor, now time.Time) bool {
	switch {
	case !c.Is(Draft, Poll, Scheduled, Postponed, InProgress):
		return false
	case c.HostedBy(a), c.Is(InProgress):
		return true
	}
	return c.Is(Scheduled) && !now.Before(c.Opens())
}

// Enter gives the address that lets a visitor into the room of a conference that they may see. Whether they are a host there is
// found out here.
func (s *Store) Enter(ctx context.Context, a access.Actor, c Conference, title string, v room.Visitor) (string, error) {
	if !c.OpenTo(a, s.db.Now()) {
		return "", problem.Refuse("conferences.join.problem.closed")
	}
	there, known := s.Room(c, title)
	if !known {
		return "", problem.Refuse("conferences.join.problem.none")
	}
	v.Host = c.HostedBy(a)
	return there.Enter(ctx, v)
}

// EndRoom puts everybody out of a room that its server can be told to end. The conference itself goes on.
func (s *Store) EndRoom(ctx context.Context, a access.Actor, id string) error {
	m, err := s.hosted(ctx, a, id)
	if err != nil {
		return err
	}
	if err := m.End(ctx); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *database.Tx) error {
		return audit.Record(ctx, tx, a.PersonID, "end room", "conference:"+id, nil)
	})
}

// hosted is the room of a conference for one of its hosts. No server is asked within a transaction: it may hang.
func (s *Store) hosted(ctx context.Context, a access.Actor, id string) (room.Meeting, error) {
	c, err := s.Find(ctx, a, id)
	if err != nil {
		return nil, err
	}
	if !c.HostedBy(a) {
		return nil, problem.Forbid()
	}
	there, _ := s.Room(c, "")
	m, is := there.(room.Meeting)
	if !is {
		return nil, problem.Missing()
	}
	return m, nil
}

// ShareRecordings lets all who may see a conference watch what was recorded of it, guests too; or its hosts only.
func (s *Store) ShareRecordings(ctx context.Context, a access.Actor, id string, share bool) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		c, err := s.FindIn(ctx, tx, a, id)
		if err != nil {
			return err
		}
		if !c.HostedBy(a) {
			return problem.Forbid()
		}
		if c.RecordingsShared == share {
			return nil
		}
		if _, err := tx.Exec(ctx, `update conferences set recordings_shared = $1 where id = $2`, share, id); err != nil {
			return err
		}
		deed := "share recordings"
		if !share {
			deed = "withdraw recordings"
		}
		return audit.Record(ctx, tx, a.PersonID, deed, "conference:"+id, nil)
	})
}
