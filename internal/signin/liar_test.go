package signin_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"example.org/tandem/internal/database/dbtest"
	"github.com/go-jose/go-jose/v4"
)

// liar is a small provider that tells the truth until a test has it lie.
type liar struct {
	*httptest.Server
	clock *dbtest.Clock
	key   *ecdsa.PrivateKey

	mu     sync.Mutex
	down   bool                       // answers nothing sensible
	gone   string                     // this path is there no more
	meta   func(map[string]any)       // changes what the provider says about itself
	claims func(map[string]any)       // changes what the ID token says
	info   func(map[string]any)       // changes what userinfo says
	answer func(url.Values)           // changes what the browser brings back
	seal   func(claims []byte) string // makes the ID token instead
	kid    string                     // of the key that is published and signs
	forge  *ecdsa.PrivateKey          // signs instead of the key that is published
	bare   int                        // how often the metadata were asked for
	asked  url.Values                 // the last authorization request
	ended  url.Values                 // the last logout request
	codes  map[string]url.Values
}

func newLiar(t *testing.T, clock *dbtest.Clock) *liar {
	l := &liar{clock: clock, key: newKey(t), kid: "1", codes: map[string]url.Values{}}
	mux := http.NewServeMux()
	mux.HandleFunc("/.well-known/openid-configuration", l.discovery)
	mux.HandleFunc("/authorize", l.authorize)
	mux.HandleFunc("/token", l.token)
	mux.HandleFunc("/keys", l.keys)
	mux.HandleFunc("/moved/keys", l.keys)
	mux.HandleFunc("/userinfo", l.userinfo)
	mux.HandleFunc("/end", l.end)
	l.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.down || r.URL.Path == l.gone {
			http.Error(w, "gone fishing", http.StatusBadGateway)
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(l.Close)
	return l
}

func newKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func (l *liar) discovery(w http.ResponseWriter, _ *http.Request) {
	l.bare++
	meta := map[string]any{
		"issuer": l.URL, "authorization_endpoint": l.URL + "/authorize", "token_endpoint": l.URL + "/token", "jwks_uri": l.URL + "/keys",
		"end_session_endpoint": l.URL + "/end", "userinfo_endpoint": l.URL + "/userinfo",
		"id_token_signing_alg_values_supported": []string{"ES256", "HS256", "none"},
	}
	if l.meta != nil {
		l.meta(meta)
	}
	writeJSON(w, meta)
}

// userinfo speaks of whoever the access token is of: of the chair.
func (l *liar) userinfo(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") != "Bearer x" {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	info := map[string]any{"sub": "chair", "name": "Branch chair", "email": "chair@tandem.example", "email_verified": true}
	if l.info != nil {
		l.info(info)
	}
	writeJSON(w, info)
}

// authorize signs everybody in at once and sends them back.
func (l *liar) authorize(w http.ResponseWriter, r *http.Request) {
	l.asked = r.URL.Query()
	code := rand.Text()
	l.codes[code] = l.asked
	back := url.Values{"code": {code}, "state": {l.asked.Get("state")}}
	if l.answer != nil {
		l.answer(back)
	}
	http.Redirect(w, r, l.asked.Get("redirect_uri")+"?"+back.Encode(), http.StatusFound)
}

// token redeems a code once, for the client that knows its secret and the PKCE verifier.
func (l *liar) token(w http.ResponseWriter, r *http.Request) {
	asked, known := l.codes[r.FormValue("code")]
	delete(l.codes, r.FormValue("code"))
	id, secret, _ := r.BasicAuth()
	challenge := sha256.Sum256([]byte(r.FormValue("code_verifier")))
	if !known || id != "tandem" || secret != "hush" || asked.Get("code_challenge_method") != "S256" ||
		asked.Get("code_challenge") != base64.RawURLEncoding.EncodeToString(challenge[:]) {
		w.WriteHeader(http.StatusBadRequest)
		writeJSON(w, map[string]string{"error": "invalid_grant"})
		return
	}
	writeJSON(w, map[string]any{"access_token": "x", "token_type": "Bearer", "id_token": l.idToken(asked.Get("nonce"))})
}

func (l *liar) idToken(nonce string) string {
	now := l.clock.Now()
	claims := map[string]any{"iss": l.URL, "aud": "tandem", "sub": "chair", "sid": "s1", "nonce": nonce,
		"iat": now.Unix(), "exp": now.Add(time.Minute).Unix()}
	if l.claims != nil {
		l.claims(claims)
	}
	payload, _ := json.Marshal(claims)
	if l.seal != nil {
		return l.seal(payload)
	}
	return l.sign(payload)
}

func (l *liar) sign(payload []byte) string {
	key := l.key
	if l.forge != nil {
		key = l.forge
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.ES256, Key: jose.JSONWebKey{Key: key, KeyID: l.kid}}, nil)
	if err != nil {
		panic(err)
	}
	signed, err := signer.Sign(payload)
	if err != nil {
		panic(err)
	}
	token, _ := signed.CompactSerialize()
	return token
}

func (l *liar) keys(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: &l.key.PublicKey, KeyID: l.kid, Algorithm: "ES256", Use: "sig"}}})
}

func (l *liar) end(w http.ResponseWriter, r *http.Request) {
	l.ended = r.URL.Query()
	http.Redirect(w, r, l.ended.Get("post_logout_redirect_uri"), http.StatusFound)
}

func writeJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(v)
}

// bySecret signs with a key that both sides know: here the public key, as it can be read by everybody.
func (l *liar) bySecret(payload []byte) string {
	public, err := x509.MarshalPKIXPublicKey(&l.key.PublicKey)
	if err != nil {
		panic(err)
	}
	return byHand(`{"alg":"HS256","kid":"1"}`, payload, func(text string) []byte {
		mac := hmac.New(sha256.New, pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: public}))
		mac.Write([]byte(text))
		return mac.Sum(nil)
	})
}

// unsigned is a token that nobody vouches for.
func unsigned(payload []byte) string {
	return byHand(`{"alg":"none"}`, payload, func(string) []byte { return nil })
}

func byHand(header string, payload []byte, sign func(string) []byte) string {
	encode := base64.RawURLEncoding.EncodeToString
	text := encode([]byte(header)) + "." + encode(payload)
	return text + "." + encode(sign(text))
}
