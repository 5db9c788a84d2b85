package org_test

import (
	"testing"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/org/orgtest"
)

// A guest becomes the same person with an account once their provider has verified the address; who only holds the link of an
// invitation does not take a guest's place.
func TestAGuestWhoGetsAnAccountStaysTheSamePerson(t *testing.T) {
	for verified, same := range map[string]bool{"ny@tandem.example": true, "": false, "other@tandem.example": false} {
		t.Run("verified "+verified, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
				w, s := orgtest.New(t, db), org.New(db)
				invitation, err := s.Invite(t.Context(), w.DenmarkAdmin.Actor, newcomer(w))
				if err != nil {
					t.Fatal(err)
				}
				var guest, again, member string
				err = db.Write(t.Context(), func(tx *database.Tx) (err error) {
					draft := org.GuestDraft{Name: "Apoteker", Email: "ny@tandem.example", Language: locale.Danish, Zone: "Europe/Copenhagen"}
					if guest, err = s.GuestIn(t.Context(), tx, w.KogeCoordinator.ID, draft); err != nil {
						return err
					}
					draft.Email, draft.Name = "NY@tandem.example", "En anden"
					if again, err = s.GuestIn(t.Context(), tx, w.MinskCoordinator.ID, draft); err != nil {
						return err
					}
					member, err = s.AcceptIn(t.Context(), tx, invitation, "", org.Identity{Issuer: "https://login.example", Subject: "1"}, verified)
					return err
				})
				if err != nil || guest != again {
					t.Fatal(guest, again, err)
				}
				if (member == guest) != same {
					t.Errorf("the guest %s, the account %s", guest, member)
				}
				if n := count(t, db, `select count(*) from people where guest`); n == 1 == same {
					t.Errorf("%d guests are left", n)
				}
			})
		})
	}
}
