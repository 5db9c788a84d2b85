package notify_test

import (
	"maps"
	"strings"
	"testing"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/org"
)

// choices are those of somebody who has left everything as it was, but for some kinds.
func choices(but map[org.MailKind]org.How) org.Choices {
	c := org.Choices{}
	for _, k := range org.Chosen {
		c[k] = k.Ways()[0]
	}
	maps.Copy(c, but)
	return c
}

func TestNoMailOfAKindThatWasStopped(t *testing.T) {
	each(t, func(h house) {
		store := org.New(h.db)
		h.ok(store.ChooseMails(h.Context(), h.KogeStaff.Actor, choices(map[org.MailKind]org.How{org.ConferenceMails: org.Never})))
		h.ok(store.ChooseMails(h.Context(), h.KogeCoordinator.Actor, choices(map[org.MailKind]org.How{org.LessonMails: org.Never})))
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
