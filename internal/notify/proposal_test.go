package notify_test

import (
	"strings"
	"testing"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/text"
)

// proposed is a partnership that Denmark wants with Vitebsk, with its name in four languages.
func (h house) proposed() org.Proposal {
	h.Helper()
	s := org.New(h.db)
	id, err := s.Propose(h.Context(), h.DenmarkAdmin.Actor, org.PartnershipDraft{Kind: org.Joint, StartsOn: "2020-08-01", UnitIDs: []string{h.Koge, h.Vitebsk},
		Name: org.Name{{Language: locale.Danish, Body: "Støttetelefon"}}, Purpose: org.Name{{Language: locale.Danish, Body: "Lære af hinanden om støttetelefonen."}}})
	h.ok(err)
	p, err := s.FindProposal(h.Context(), h.DenmarkAdmin.Actor, id)
	h.ok(err)
	h.translate(p.Name, map[locale.Language]string{locale.Russian: "Телефонная линия", locale.Belarusian: "Тэлефонная лінія", locale.English: "Telephone helpline"})
	return p
}

// four are people who read mails in the four languages.
func (h house) four(kind, id string) {
	h.Helper()
	h.ok(h.db.Write(h.Context(), func(tx *database.Tx) error {
		for _, person := range []string{h.MinskCoordinator.ID, h.BrestStaff.ID, h.KogeCoordinator.ID, h.KogeStaff.ID} {
			if err := jobs.Enqueue(h.Context(), tx, jobs.Job{Kind: kind, Subject: org.Letter{ProposalID: id, PersonID: person}.String()}); err != nil {
				return err
			}
		}
		return nil
	}))
}

func TestAProposalInFourLanguages(t *testing.T) {
	each(t, func(h house) {
		p := h.proposed()
		asked := h.post()
		if len(asked) != 1 || !strings.Contains(asked[h.mail(h.MinskAdmin.ID)].Text, "/partnerships/proposals/"+p.ID) {
			t.Errorf("asked are %d people, want the administrator of the other society", len(asked))
		}
		h.four(org.ProposedMail, p.ID)
		h.golden("proposal", p.ID)
		h.ok(org.New(h.db).Decline(h.Context(), h.MinskAdmin.Actor, p.ID, text.Draft{Language: locale.Russian, Body: "Осенью: сейчас у нас нет людей."}))
		if told := h.post(); len(told) != 1 || told[h.mail(h.DenmarkAdmin.ID)].Text == "" {
			t.Errorf("told of the answer are %d people", len(told))
		}
		h.four(org.AnsweredMail, p.ID)
		h.golden("proposal-declined", p.ID)
		h.four(org.ProposedMail, p.ID)
		if late := h.post(); len(late) != 0 {
			t.Errorf("%d people are asked for an answer that is there already", len(late))
		}
	})
}

func TestAnAcceptedProposalInFourLanguages(t *testing.T) {
	each(t, func(h house) {
		p := h.proposed()
		h.post()
		vitebsk := access.Actor{PersonID: h.Outsider.ID, Memberships: []access.Membership{{UnitID: h.Vitebsk, SocietyID: h.Belarus, Role: access.Administrator}}}
		partnership, err := org.New(h.db).Accept(h.Context(), vitebsk, p.ID)
		h.ok(err)
		h.post()
		h.four(org.AnsweredMail, p.ID)
		h.golden("proposal-accepted", partnership)
	})
}

// mail is somebody's address.
func (h house) mail(person string) (address string) {
	h.Helper()
	h.ok(h.db.Glance(h.Context(), func(tx *database.Tx) error {
		return tx.Row(h.Context(), `select email from people where id = $1`, person).Scan(&address)
	}))
	return address
}
