package inbox_test

import (
	"fmt"
	"mime"
	"net/url"
	"strings"
	"testing"

	"example.org/tandem/internal/action"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org/orgtest"
	"example.org/tandem/internal/text"
)

// task is an action item of both sides.
func (h house) task() string {
	h.Helper()
	id, err := action.New(h.db).Record(h.Context(), h.MinskCoordinator.Actor, action.Draft{PartnershipID: h.Partnership,
		Title: text.Draft{Language: locale.Russian, Body: "Памятка для волонтёров"}, DueOn: "2020-08-20",
		Parts: []action.PartDraft{{UnitID: h.Secretariat, PersonID: h.MinskCoordinator.ID}, {UnitID: h.Koge, PersonID: h.KogeCoordinator.ID}}})
	h.ok(err)
	return id
}

// subject is what the link on the page puts there for somebody.
func (h house) subject(id string, p orgtest.Person) string {
	h.Helper()
	address, err := url.Parse(h.back.To(id, p.ID))
	h.ok(err)
	return address.Query().Get("subject")
}

// writes puts a mail into the mailbox, as it comes from a telephone.
func (h house) writes(from, subject, body string, headers ...string) {
	h.Helper()
	*h.mails++
	head := append([]string{"From: Somebody <" + from + ">", "To: " + role, fmt.Sprintf("Message-ID: <note-%d@mail.example>", *h.mails),
		"Subject: " + mime.QEncoding.Encode("utf-8", subject), "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8"}, headers...)
	h.comes([]byte(strings.Join(head, "\r\n") + "\r\n\r\n" + body))
}

func (h house) notes(id string) (list []string) {
	h.Helper()
	item, err := action.New(h.db).Find(h.Context(), h.MinskCoordinator.Actor, id)
	h.ok(err)
	for _, n := range item.Notes {
		for _, said := range n.Text.For([]locale.Language{locale.Danish, locale.Russian}) {
			list = append(list, n.PersonID+" "+string(said.Language)+" "+said.Body)
		}
	}
	return list
}

func TestAProgressNoteByMailIsTheSameAsOneOnThePage(t *testing.T) {
	each(t, func(h house) {
		id := h.task()
		koge := h.email(h.KogeCoordinator)
		h.writes(strings.ToUpper(koge[:1])+koge[1:], "Sv: "+h.subject(id, h.KogeCoordinator), "Vi har ringet til tolv frivillige.\r\n\r\nSendt fra min iPhone\r\n")
		h.collect()
		h.collect()
		if got := h.notes(id); len(got) != 1 || got[0] != h.KogeCoordinator.ID+" da Vi har ringet til tolv frivillige." || h.unread() != 0 {
			h.Errorf("%q, %d unread", got, h.unread())
		}
		h.writes(h.email(h.MinskCoordinator), h.subject(id, h.MinskCoordinator), "Памятка готова.")
		h.collect()
		if got := h.notes(id); len(got) != 2 || got[0] != h.MinskCoordinator.ID+" ru Памятка готова." {
			h.Errorf("%q", got)
		}
	})
}

func TestANoteThatIsNotTakenIsLeftForPeople(t *testing.T) {
	each(t, func(h house) {
		id := h.task()
		koge := h.email(h.KogeCoordinator)
		mine := h.subject(id, h.KogeCoordinator)
		h.writes("stranger@mail.example", mine, "Fra en fremmed.")
		h.writes(h.email(h.KogeStaff), mine, "En andens mærke.")
		h.writes(koge, h.subject(h.Partnership, h.KogeCoordinator), "Om ingenting.")
		h.writes(koge, "Status", "Uden mærke.")
		h.writes(koge, mine, "Jeg er på ferie.", "Auto-Submitted: auto-replied")
		h.writes(koge, mine, "Forfalsket.", "Authentication-Results: mx.tandem.example; dmarc=fail")
		h.writes(koge, mine, "> Hvor langt er I?")
		h.writes(koge, mine, strings.Repeat("lang ", action.MaxNote))
		h.writes(h.email(h.Outsider), h.subject(id, h.Outsider), "Fra én udenfor.")
		h.collect()
		if got := h.notes(id); len(got) != 0 || h.unread() != 9 {
			h.Errorf("%q, %d unread", got, h.unread())
		}
	})
}
