// Package room is where a conference is held: a link that somebody has made elsewhere, a room on a Jitsi server that is
// there as soon as anybody opens it, or a meeting on a BigBlueButton server, which Tandem begins, ends and asks for its
// recordings.
package room

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/tandem/internal/problem"
)

// Kind says where a conference's room comes from.
type Kind string

const (
	KindNone  Kind = "none" // not decided yet, or people meet in one place
	KindLink  Kind = "link" // any https link
	KindJitsi Kind = "jitsi"

	KindBigBlueButton Kind = "bigbluebutton"
)

// Kinds are all of them, in the order of the form.
var Kinds = []Kind{KindNone, KindLink, KindJitsi, KindBigBlueButton}

// Room is the room of one conference.
type Room interface {
	// Enter gives the address that lets a visitor in. It may hold what only this visitor may use, and only for minutes: it
	// goes to their browser and nowhere else.
	Enter(ctx context.Context, v Visitor) (string, error)
	// Answers tells why the room's server cannot be reached; nil where it can, or where it is nobody's to ask.
	Answers(ctx context.Context) error
}

// Meeting is a room whose server knows more than the way in.
type Meeting interface {
	Room
	// Running tells whether anybody is in it.
	Running(ctx context.Context) (bool, error)
	// End puts everybody out. One that is over already stays so.
	End(ctx context.Context) error
	// Recordings are what can be watched of it, the first made first.
	Recordings(ctx context.Context) ([]Recording, error)
}

// Visitor is who comes in.
type Visitor struct {
	Name  string // as the others see it; no more of a person leaves Tandem
	Host  bool   // leads the meeting there
	Quiet bool   // sound only, for a weak line
}

// Place is what a conference keeps about its room.
type Place struct {
	Kind         Kind
	URL          string // of a link, or a made room that lets anybody in who has it
	ConferenceID string
	Title        string
}

// Servers are those that rooms are made on; nil for what the installation does not have.
type Servers struct {
	Jitsi         *Jitsi
	BigBlueButton *BigBlueButton
}

// Has tells whether a conference can have a room of a kind here.
func (s Servers) Has(k Kind) bool {
	return k == KindNone || k == KindLink || k == KindJitsi && s.Jitsi != nil || k == KindBigBlueButton && s.BigBlueButton != nil
}

// Link is the lasting link to a room that is made: "" where each visitor gets a way in of their own.
func (s Servers) Link(k Kind, conferenceID string) string {
	if k == KindJitsi && s.Jitsi != nil && !s.Jitsi.signs() {
		return s.Jitsi.Link(conferenceID)
	}
	return ""
}

// Room finds the room of a place. There is none where nobody has set one, or where its server is no longer ours.
func (s Servers) Room(p Place) (Room, bool) {
	switch {
	case p.Kind == KindLink && p.URL != "":
		return link(p.URL), true
	case p.Kind == KindJitsi && s.Jitsi != nil:
		return s.Jitsi.room(p), true
	case p.Kind == KindJitsi && p.URL != "":
		return link(p.URL), true
	case p.Kind == KindBigBlueButton && s.BigBlueButton != nil:
		return meeting{s.BigBlueButton, p}, true
	}
	return nil, false
}

// Health is whether a server of rooms answers, for who looks after the installation.
type Health struct {
	Kind    Kind
	Address string
	Down    error // why it does not; nil where it does
}

// Health asks each of the servers.
func (s Servers) Health(ctx context.Context) (list []Health) {
	if s.Jitsi != nil {
		list = append(list, Health{KindJitsi, s.Jitsi.base, jitsiRoom{server: s.Jitsi}.Answers(ctx)})
	}
	if s.BigBlueButton != nil {
		list = append(list, Health{KindBigBlueButton, s.BigBlueButton.api, meeting{server: s.BigBlueButton}.Answers(ctx)})
	}
	return list
}

// link is a room that somebody has made elsewhere. Its server is never asked: whoever typed the link could have any address
// asked from our network.
type link string

func (l link) Enter(context.Context, Visitor) (string, error) { return string(l), nil }
func (l link) Answers(context.Context) error                  { return nil }

// longest is how many characters a link may have: those of the big meeting services stay below half of it.
const longest = 1000

// Check refuses what is no link to a meeting: everything but https, a link that carries a name or a password (it would be
// mailed to everybody), and one that is too long. Trim what was typed before.
func Check(link string) error {
	if n := utf8.RuneCountInString(link); n > longest {
		return problem.Refuse("room.problem.long", problem.Values{"Limit": longest})
	}
	if !strings.HasPrefix(strings.ToLower(link), "https://") {
		return problem.Refuse("room.problem.https")
	}
	address, err := url.Parse(link)
	if err != nil || !isHost(address.Hostname()) || strings.ContainsFunc(link, isForeign) {
		return &problem.Problem{Kind: problem.Invalid, Key: "room.problem.link", Cause: err}
	}
	if address.User != nil {
		return problem.Refuse("room.problem.login")
	}
	return nil
}

// Complete puts https:// before what was typed or pasted without a scheme: "meet.example.org/room". Everything else stays as it
// is, for Check to refuse.
func Complete(typed string) string {
	host, _, _ := strings.Cut(typed, "/")
	name, port, ported := strings.Cut(host, ":")
	_, err := strconv.ParseUint(port, 10, 16)
	if !isHost(name) || ported && err != nil {
		return typed
	}
	return "https://" + typed
}

// isHost wants a name with a dot in it, or an address: "https://meeting" is half a link.
func isHost(name string) bool {
	return strings.ContainsAny(name, ".:") && !strings.HasPrefix(name, ".")
}

// isForeign finds what belongs in no link: blanks, control characters, and the invisible ones that turn the direction of
// writing and so can hide where a link leads.
func isForeign(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError ||
		strings.ContainsRune("\"<>\\^`{|}", r)
}
