// Package room is where a conference is held: a link that somebody has made elsewhere, or a room on a Jitsi server that
// is there as soon as anybody opens it.
package room

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
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
)

// Kinds are all of them, in the order of the form.
var Kinds = []Kind{KindNone, KindLink, KindJitsi}

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

// Jitsi makes rooms on a Jitsi Meet server. On one that asks for no sign-in the name of a room is all that keeps
// strangers out, so it is derived from a secret and cannot be guessed from the conference.
type Jitsi struct {
	Base   string // "https://meet.example.org", with a path or without
	Secret []byte
}

// Link is the room of a conference: the same every time, until the secret is changed. The name is ASCII and lower-case,
// because Jitsi does not tell capitals apart.
func (j Jitsi) Link(conferenceID string) string {
	mac := hmac.New(sha256.New, j.Secret)
	mac.Write([]byte("room of conference " + conferenceID))
	name := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(mac.Sum(nil)[:16])
	return strings.TrimRight(j.Base, "/") + "/tandem-" + strings.ToLower(name)
}
