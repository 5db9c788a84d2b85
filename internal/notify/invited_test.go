package notify_test

import (
	"testing"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/text"
)

func TestAnInvitationToTandemInFourLanguages(t *testing.T) {
	each(t, func(h house) {
		s := org.New(h.db)
		var last string
		for i, l := range locale.All {
			unit, by := h.Koge, h.DenmarkAdmin.Actor
			if i < 2 {
				unit, by = h.Brest, h.MinskAdmin.Actor
			}
			id, err := s.Invite(h.Context(), by, org.InvitationDraft{UnitID: unit, Role: access.Coordinator, Name: text.Draft{Language: l, Body: "Tandem"},
				Email: string(l) + "@tandem.example", Language: l})
			h.ok(err)
			last = id
		}
		h.golden("invited", "no ID stands in it")
		h.ok(s.InviteAgain(h.Context(), h.DenmarkAdmin.Actor, last))
		h.ok(s.RevokeInvitation(h.Context(), h.DenmarkAdmin.Actor, last))
		if late := h.post(); len(late) > 0 {
			t.Errorf("somebody is written to whose invitation was withdrawn: %v", late)
		}
	})
}
