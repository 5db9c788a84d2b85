package signin_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
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
	down   bool                 // answers nothing sensible
	claims func(map[string]any) // changes what the ID token says
	answer func(url.Values)     // changes what the browser brings back
	forge  *ecdsa.PrivateKey    // signs instead of the key that is published
	asked  url.Values           // the last authorization request
	ended  url.Values           // the last logout request
	codes  map[string]url.Values
}

func newLiar(t *testing.T, clock *dbtest.Clock) *liar {
	l := &liar{clock: clock, key: newKey(t), codes: map[string]url.Values{}}
	mux := http.NewServeMux()
	mux.HandleFunc("/.well-known/openid-configuration", l.discovery)
	mux.HandleFunc("/authorize", l.authorize)
	mux.HandleFunc("/token", l.token)
	mux.HandleFunc("/keys", l.keys)
	mux.HandleFunc("/end", l.end)
	l.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.down {
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
	writeJSON(w, map[string]any{
		"issuer": l.URL, "authorization_endpoint": l.URL + "/authorize", "token_endpoint": l.URL + "/token", "jwks_uri": l.URL + "/keys",
		"end_session_endpoint": l.URL + "/end", "id_token_signing_alg_values_supported": []string{"ES256"},
	})
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
	writeJSON(w, map[string]any{"access_token": "x", "token_type": "Bearer", "id_token": l.sign(asked.Get("nonce"))})
}

func (l *liar) sign(nonce string) string {
	now := l.clock.Now()
	claims := map[string]any{"iss": l.URL, "aud": "tandem", "sub": "chair", "nonce": nonce,
		"iat": now.Unix(), "exp": now.Add(time.Minute).Unix()}
	if l.claims != nil {
		l.claims(claims)
	}
	key := l.key
	if l.forge != nil {
		key = l.forge
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.ES256, Key: jose.JSONWebKey{Key: key, KeyID: "1"}}, nil)
	if err != nil {
		panic(err)
	}
	payload, _ := json.Marshal(claims)
	signed, err := signer.Sign(payload)
	if err != nil {
		panic(err)
	}
	token, _ := signed.CompactSerialize()
	return token
}

func (l *liar) keys(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: &l.key.PublicKey, KeyID: "1", Algorithm: "ES256", Use: "sig"}}})
}

func (l *liar) end(w http.ResponseWriter, r *http.Request) {
	l.ended = r.URL.Query()
	http.Redirect(w, r, l.ended.Get("post_logout_redirect_uri"), http.StatusFound)
}

func writeJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(v)
}
