package notify_test

import (
	"strings"
	"testing"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/org"
)

func TestNoMailOfAKindThatWasStopped(t *testing.T) {
	each(t, func(h house) {
		store := org.New(h.db)
		wants := func(a access.Actor, kinds ...org.MailKind) {
			h.Helper()
			h.ok(store.WantMails(h.Context(), a, kinds))
		}
		wants(h.KogeStaff.Actor, org.MinutesMails, org.LessonMails)
		wants(h.KogeCoordinator.Actor, org.ConferenceMails)
		_, err := h.conferences.Propose(h.Context(), h.MinskCoordinator.Actor, h.plan("2020-08-25T14:00", "2020-08-27T14:00"))
		h.ok(err)
		mails := h.post()
		if len(mails) != 3 {
			t.Errorf("%d mails to four participants of whom one wants none", len(mails))
		}
		for to, m := range mails {
			if m.ToName == "Volunteer, Køge" {
				t.Errorf("%s gets %s all the same", to, m.Subject)
			}
			if !strings.HasPrefix(m.ListUnsubscribe, "https://tandem.example/unsubscribe/") {
				t.Errorf("the mail to %s names %q to stop it with", to, m.ListUnsubscribe)
			}
		}
	})
}

func TestNoMailToSomebodyWithoutAnAddress(t *testing.T) {
	each(t, func(h house) {
		h.ok(h.db.Write(h.Context(), func(tx *database.Tx) error {
			_, err := tx.Exec(h.Context(), `update people set email = '' where id in ($1, $2)`, h.KogeStaff.ID, h.MinskCoordinator.ID)
			return err
		}))
		_, err := h.conferences.Propose(h.Context(), h.MinskCoordinator.Actor, h.plan("2020-08-25T14:00", "2020-08-27T14:00"))
		h.ok(err)
		for _, m := range h.post() {
			if m.To == "" || m.ReplyTo != "" {
				t.Errorf("to %q, answers to %q", m.To, m.ReplyTo)
			}
		}
		if n := len(h.out.sent); n != 2 {
			t.Errorf("%d mails to four participants of whom two have no address", n)
		}
	})
}
