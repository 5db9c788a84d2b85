package signin

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
)

// Form is what somebody sent whose session had ended meanwhile.
type Form struct {
	Path   string // that it was sent to
	Fields url.Values
}

const (
	// KeptPath is the page that gives a kept form back.
	KeptPath   = "/kept"
	keptCookie = "tandem-kept"
	keptLife   = 2 * time.Hour
	// keptMost is how large a form may be, in bytes: a long text in Cyrillic takes its sixfold on the wire.
	keptMost = 256 << 10
)

// keepForm puts by what a signed-out browser sent, and tells whether there was anything.
func (s *SignIn) keepForm(c echo.Context) bool {
	r := c.Request()
	if r.Method != http.MethodPost || !strings.HasPrefix(r.Header.Get("Content-Type"), echo.MIMEApplicationForm) {
		return false
	}
	if r.ParseForm() != nil || len(r.PostForm) == 0 || len(r.PostForm.Encode()) > keptMost {
		return false
	}
	if r.URL.Path != OwnPath(r.URL.Path) { // its page leads back there
		return false
	}
	token := newToken()
	if err := s.writeKept(r.Context(), token, s.cookie(c, sessionCookie), Form{r.URL.Path, r.PostForm}); err != nil {
		slog.ErrorContext(r.Context(), "a form could not be kept", "error", err)
		return false
	}
	s.setCookie(c, keptCookie, token, keptLife)
	return true
}

// writeKept binds the form to the person whose session it was. Where a session came along whose row is gone, nobody gets it; where
// none did, whoever signs in with this browser.
func (s *SignIn) writeKept(ctx context.Context, token, session string, f Form) error {
	now := s.now()
	return s.db.Write(ctx, func(tx *database.Tx) error {
		if _, err := tx.Exec(ctx, `delete from kept_forms where ends_at <= $1`, now); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `insert into kept_forms (token_hash, person_id, path, fields, ends_at)
			values ($1, coalesce((select person_id from sessions where token_hash = $2), $3), $4, $5, $6)`,
			digest(token), digest(session), unknown(session), f.Path, s.sealer.seal(f.Fields.Encode()), now.Add(keptLife))
		return err
	})
}

// unknown is whose form it is where no session says so.
func unknown(session string) string {
	if session == "" {
		return ""
	}
	return "nobody"
}

// Kept gives back what this browser sent while it was signed out. Anybody but the person who was signed in before gets
// NotFound, and so does one who comes too late.
func (s *SignIn) Kept(c echo.Context) (Form, error) {
	ctx := c.Request().Context()
	var f Form
	var sealed string
	err := s.db.Read(ctx, func(tx *database.Tx) error {
		return tx.Row(ctx, `select path, fields from kept_forms where token_hash = $1 and ends_at > $2 and person_id in ('', $3)`,
			digest(s.cookie(c, keptCookie)), s.now(), ActorOf(c).PersonID).Scan(&f.Path, &sealed)
	})
	if database.IsNone(err) {
		return Form{}, problem.Missing()
	}
	if err != nil {
		return Form{}, err
	}
	f.Fields, err = url.ParseQuery(s.sealer.open(sealed))
	return f, err
}

// Forget drops the form that was kept for this browser: it has been sent again.
func (s *SignIn) Forget(c echo.Context) error {
	token := s.cookie(c, keptCookie)
	if token == "" {
		return nil
	}
	s.dropCookie(c, keptCookie)
	ctx := c.Request().Context()
	return s.db.Write(ctx, func(tx *database.Tx) error {
		_, err := tx.Exec(ctx, `delete from kept_forms where token_hash = $1`, digest(token))
		return err
	})
}
