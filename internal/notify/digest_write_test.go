package notify_test

import (
	"strings"
	"testing"

	"example.org/tandem/internal/mail"
)

func TestTheWeekOffersToAnswerByMailWhereAMailboxIsRead(t *testing.T) {
	each(t, func(h house) {
		h.desk.Back = mail.NewReturn("tandem@tandem.example", []byte("secret"))
		h.task("Памятка для волонтёров", "2020-08-06", h.KogeCoordinator.ID)
		h.utc("2020-08-02T12:00:00Z")
		h.ok(h.desk.Begin(h.Context()))
		h.utc("2020-08-03T06:00:00Z")
		mails := h.post()
		for _, m := range mails {
			marks := strings.Count(m.Text, "mailto:tandem@tandem.example?subject=Tandem%20%5B%23")
			if marks != 1 || strings.Count(m.HTML, `href="mailto:tandem@tandem.example?subject=Tandem%20%5B%23`) != 1 {
				t.Errorf("%s: %s", m.To, m.Text)
			}
		}
		if len(mails) != 2 {
			t.Errorf("%d mails", len(mails))
		}
	})
}
