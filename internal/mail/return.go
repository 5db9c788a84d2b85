package mail

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"regexp"

	"github.com/google/uuid"
)

// Return is the way on which something is sent in by mail: to the role mailbox, with a mark in the subject that says what it is
// about and that only the person it was made for can have. The zero value is no way: nobody reads a mailbox.
type Return struct {
	address string
	key     []byte
}

// NewReturn is the way to an address whose mailbox is read. The key of the marks comes from the secret of the site: with another
// secret, marks that are about hold no longer.
func NewReturn(address string, secret []byte) Return {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("marks in the subjects of mails that come in"))
	return Return{address, mac.Sum(nil)}
}

// To is a mailto address (RFC 6068) by which a person writes about a thing, named by its ID; "" where there is no way.
func (r Return) To(id, personID string) string {
	thing, err := uuid.Parse(id)
	if r.address == "" || err != nil {
		return ""
	}
	subject := "Tandem [#" + encoded.EncodeToString(append(thing[:], r.proof(id, personID)...)) + "]"
	return "mailto:" + url.PathEscape(r.address) + "?subject=" + url.PathEscape(subject)
}

// Mark is what such a subject says.
type Mark struct {
	ID    string // of the thing
	proof []byte
}

var (
	encoded = base64.RawURLEncoding
	marked  = regexp.MustCompile(`\[#([\w-]{38})\]`)
)

// proofLength is 96 bits in octets: nobody guesses that by mail.
const proofLength = 12

// ReadMark finds a mark in a subject, whatever a mail programme has put around it.
func ReadMark(subject string) (Mark, bool) {
	found := marked.FindStringSubmatch(subject)
	if found == nil {
		return Mark{}, false
	}
	all, err := encoded.DecodeString(found[1])
	if err != nil || len(all) != len(uuid.UUID{})+proofLength {
		return Mark{}, false
	}
	thing, err := uuid.FromBytes(all[:len(uuid.UUID{})])
	return Mark{thing.String(), all[len(thing):]}, err == nil
}

// Made tells whether a mark was made for a person.
func (r Return) Made(m Mark, personID string) bool {
	return r.address != "" && hmac.Equal(m.proof, r.proof(m.ID, personID))
}

func (r Return) proof(id, personID string) []byte {
	mac := hmac.New(sha256.New, r.key)
	mac.Write([]byte(id + " " + personID))
	return mac.Sum(nil)[:proofLength]
}
