package room

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

// Jitsi makes rooms on a Jitsi Meet server. On one that asks for no sign-in the name of a room is all that keeps
// strangers out, so it is derived from a secret and cannot be guessed from the conference. On one that does, each visitor
// gets a token (JWT) when they come in.
type Jitsi struct {
	base   string // "https://meet.example.org", with a path or without
	names  []byte // secret that the names of rooms are made from
	app    string
	secret []byte // that the server shares with us; none: it lets anybody in
	ask    asker
	pulse  pulse
}

// NewJitsi gives rooms on the server at an address. The secret is for nothing but their names.
func NewJitsi(base string, secret []byte) *Jitsi {
	return &Jitsi{base: strings.TrimRight(base, "/"), names: secret, ask: newAsker()}
}

// Signing is for a server that lets in only whom a token of an application names.
func (j *Jitsi) Signing(app string, secret []byte) *Jitsi {
	j.app, j.secret = app, secret
	return j
}

func (j *Jitsi) signs() bool { return len(j.secret) > 0 }

// Link is the room of a conference: the same every time, until the secret is changed. The name is ASCII and lower-case,
// because Jitsi does not tell capitals apart.
func (j *Jitsi) Link(conferenceID string) string {
	mac := hmac.New(sha256.New, j.names)
	mac.Write([]byte("room of conference " + conferenceID))
	name := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(mac.Sum(nil)[:16])
	return j.base + "/tandem-" + strings.ToLower(name)
}

// room is where a conference has its room; one that was made on another server before stays there.
func (j *Jitsi) room(p Place) Room {
	switch {
	case p.URL == "":
		return jitsiRoom{j, j.Link(p.ConferenceID)}
	case strings.HasPrefix(p.URL, j.base+"/"):
		return jitsiRoom{j, p.URL}
	}
	return link(p.URL)
}

type jitsiRoom struct {
	server *Jitsi
	link   string
}

// quiet is how the address of a room asks for sound only (Jitsi Meet, "Configuration options": startAudioOnly).
const quiet = "#config.startAudioOnly=true&config.startWithVideoMuted=true"

func (r jitsiRoom) Enter(_ context.Context, v Visitor) (string, error) {
	address := r.link
	if r.server.signs() {
		token, err := r.server.token(path.Base(r.link), v, time.Now())
		if err != nil {
			return "", err
		}
		address += "?jwt=" + token
	}
	if v.Quiet {
		address += quiet
	}
	return address, nil
}

func (r jitsiRoom) Answers(ctx context.Context) error {
	return r.server.pulse.feel(ctx, func(ctx context.Context) error {
		if _, err := r.server.ask.get(ctx, r.server.base+"/"); err != nil {
			return down(err)
		}
		return nil
	})
}

const (
	tokenLives  = 5 * time.Minute // to load the room; whoever is thrown out by a weak line comes back through Tandem
	clocksDrift = time.Minute     // between their machine and ours
)

// pass is what a token says about a visitor (lib-jitsi-meet, doc/tokens.md). Jitsi reads nothing but texts there.
type pass struct {
	Room    string `json:"room"`
	Context struct {
		User struct {
			Name        string `json:"name"`
			Affiliation string `json:"affiliation"` // owner, member
			Moderator   string `json:"moderator"`   // true, false
		} `json:"user"`
	} `json:"context"`
}

// token lets one visitor into one room, from now and for minutes.
func (j *Jitsi) token(room string, v Visitor, now time.Time) (string, error) {
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.HS256, Key: j.secret}, (&jose.SignerOptions{}).WithType("JWT"))
	if err != nil {
		return "", err
	}
	p := pass{Room: room}
	p.Context.User.Name, p.Context.User.Affiliation, p.Context.User.Moderator = v.Name, "member", "false"
	if v.Host {
		p.Context.User.Affiliation, p.Context.User.Moderator = "owner", "true"
	}
	claims := jwt.Claims{Issuer: j.app, Audience: jwt.Audience{j.app}, Subject: j.tenant(),
		NotBefore: jwt.NewNumericDate(now.Add(-clocksDrift)), Expiry: jwt.NewNumericDate(now.Add(tokenLives))}
	return jwt.Signed(signer).Claims(claims).Claims(p).Serialize()
}

// tenant is whose room it is: the path before its name, or the whole server.
func (j *Jitsi) tenant() string {
	u, err := url.Parse(j.base)
	if err != nil {
		return "*"
	}
	if tenant := strings.Trim(u.Path, "/"); tenant != "" {
		return tenant
	}
	return u.Hostname()
}
