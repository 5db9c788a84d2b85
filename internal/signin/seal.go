package signin

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
)

// sealer keeps ID tokens unreadable in the database: they hold names and addresses, and a copy of the database must not
// be good for ending people's sessions at their provider.
type sealer struct {
	cipher.AEAD
	marks []byte // the key of what is kept of accounts whose holders have left
}

func newSealer(secret []byte) (sealer, error) {
	key, err := hkdf.Key(sha256.New, secret, nil, "tandem id token", 32)
	if err != nil {
		return sealer{}, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return sealer{}, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return sealer{}, err
	}
	marks, err := hkdf.Key(sha256.New, secret, nil, "tandem departed accounts", 32)
	return sealer{aead, marks}, err
}

func (s sealer) seal(text string) string {
	return base64.RawURLEncoding.EncodeToString(s.Seal(nil, nil, []byte(text), nil))
}

// open gives the text back, or nothing where it was sealed with another secret.
func (s sealer) open(sealed string) string {
	bytes, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil {
		return ""
	}
	text, err := s.Open(nil, nil, bytes, nil)
	if err != nil {
		return ""
	}
	return string(text)
}

// mark is what is kept of an account at a provider when it is nobody's here any more. Without the secret nobody can tell from it
// whose it was, not even by trying all accounts that there are.
func (s sealer) mark(issuer, subject string) string {
	mac := hmac.New(sha256.New, s.marks)
	mac.Write([]byte(issuer + "\x00" + subject))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// newToken makes 256 random bits that nobody can guess.
func newToken() string {
	bytes := make([]byte, 32)
	rand.Read(bytes) // never fails: the program would rather end
	return base64.RawURLEncoding.EncodeToString(bytes)
}

// tokenLength is that of newToken; anything else in a cookie is not ours and not worth a query.
const tokenLength = 43

// digest is what the database keeps of a token: whoever reads a row cannot use it.
func digest(parts ...string) string {
	hash := sha256.New()
	for _, part := range parts {
		hash.Write([]byte(part))
		hash.Write([]byte{0})
	}
	return base64.RawURLEncoding.EncodeToString(hash.Sum(nil))
}
