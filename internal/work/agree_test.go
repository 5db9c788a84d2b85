package work_test

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"example.org/tandem/internal/action"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/decision"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/minutes"
	"example.org/tandem/internal/org/orgtest"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/work"
)

func TestBothSidesAgreeAndTheMinutesAreFrozen(t *testing.T) {
	eachMixed(t, func(h *house) {
		h.write(h.MinskCoordinator, ru, 0, "Звонили каждый день.")
		id, err := h.RecordDecision(h.Context(), h.KogeCoordinator.Actor, h.conference, h.items[1], in(da, "Vi mødes i august."))
		h.ok(err)
		if h.agree(h.MinskCoordinator, ru) {
			t.Fatal("one side is enough")
		}
		if !h.agree(h.KogeCoordinator, da) {
			t.Fatal("both sides are not enough")
		}
		m := h.read(h.BrestStaff)
		if !m.Frozen || m.Conference.State != conference.Agreed || len(m.Record.Agreements) != 2 {
			t.Errorf("got %+v", m)
		}
		if d, err := h.Decisions.Find(h.Context(), h.KogeStaff.Actor, id); err != nil || d.State != decision.InForce {
			t.Errorf("the decision is %s (%v)", d.State, err)
		}
		want := []string{h.MinskCoordinator.ID, h.BrestStaff.ID, h.KogeCoordinator.ID, h.KogeStaff.ID}
		slices.Sort(want)
		if got := h.mails(conference.MinutesMail); !slices.Equal(got, want) {
			t.Errorf("mailed to %v, want %v", got, want)
		}
	})
}

func TestFrozenMinutesAreNotRewritten(t *testing.T) {
	eachMixed(t, func(h *house) {
		id, err := h.RecordAction(h.Context(), h.MinskCoordinator.Actor, h.conference, h.items[1], h.task("2020-08-10"))
		h.ok(err)
		h.agree(h.MinskCoordinator, ru)
		h.agree(h.KogeCoordinator, da)
		item, err := h.Actions.Find(h.Context(), h.KogeStaff.Actor, id)
		h.ok(err)
		h.ok(h.Actions.Work(h.Context(), h.KogeStaff.Actor, id, item.Parts[0].ID, action.Done, item.Parts[0].Version))
		if got := h.read(h.KogeStaff).Record.Items[1].Actions[0].Parts[0].State; got != "open" {
			t.Errorf("the part is %s in the minutes", got)
		}
		_, err = h.SaveNotes(h.Context(), h.MinskCoordinator.Actor, h.conference, ru, []work.Note{{ItemID: h.items[0], Body: "Ещё.", Base: 1}})
		h.refused(err, "notes.problem.agreed")
		_, err = h.RecordDecision(h.Context(), h.KogeCoordinator.Actor, h.conference, h.items[1], in(da, "Så."))
		h.refused(err, "notes.problem.agreed")
		_, err = h.RecordAction(h.Context(), h.KogeCoordinator.Actor, h.conference, h.items[1], h.task("2020-08-10"))
		h.refused(err, "notes.problem.agreed")
		_, err = h.Conferences.AddItem(h.Context(), h.MinskCoordinator.Actor, h.conference, conference.ItemDraft{Topic: in(ru, "Ещё"), Kind: conference.Discussion, Minutes: 5})
		h.refused(err, "conference.problem.closed")
	})
}

func TestAChangeOfMeaningVoidsTheOtherSidesAgreement(t *testing.T) {
	for name, change := range map[string]func(h *house){
		"a note": func(h *house) { h.write(h.KogeCoordinator, da, 0, "Det gjorde vi også.") },
		"a decision": func(h *house) {
			_, err := h.RecordDecision(h.Context(), h.KogeCoordinator.Actor, h.conference, h.items[0], in(da, "Så."))
			h.ok(err)
		},
		"an action item": func(h *house) {
			_, err := h.RecordAction(h.Context(), h.KogeCoordinator.Actor, h.conference, h.items[0], h.task("2020-08-10"))
			h.ok(err)
		},
		"who took part": func(h *house) {
			h.ok(h.Attend(h.Context(), h.KogeCoordinator.Actor, h.conference, []string{h.KogeCoordinator.ID, h.BrestStaff.ID}))
		},
		"an item of the agenda": func(h *house) {
			_, err := h.Conferences.AddItem(h.Context(), h.KogeCoordinator.Actor, h.conference, conference.ItemDraft{Topic: in(da, "Mere"), Kind: conference.Discussion, Minutes: 5})
			h.ok(err)
			h.ok(h.Recheck(h.Context(), h.conference))
		},
	} {
		t.Run(name, func(t *testing.T) {
			eachMixed(t, func(h *house) {
				h.agree(h.MinskCoordinator, ru)
				change(h)
				if g := h.read(h.KogeStaff).Agreements; len(g) != 1 || g[0].VoidedAt.IsZero() {
					t.Errorf("the agreement still counts: %+v", g)
				}
				if got := h.mails(minutes.VoidedMail); !slices.Equal(got, []string{h.MinskCoordinator.ID}) {
					t.Errorf("told: %v", got)
				}
				if h.agree(h.KogeCoordinator, da) {
					t.Error("frozen on an agreement that was voided")
				}
				if !h.agree(h.MinskCoordinator, ru) {
					t.Error("the side that was voided cannot agree anew")
				}
			})
		})
	}
}

func TestAnAgreementThatEndsAgainIsToldAgain(t *testing.T) {
	eachMixed(t, func(h *house) {
		for _, note := range []string{"Én ting.", "En anden ting."} {
			h.agree(h.MinskCoordinator, ru)
			h.write(h.KogeCoordinator, da, 0, note)
		}
		if got := h.mails(minutes.VoidedMail); len(got) != 2 {
			t.Errorf("told: %v", got)
		}
		h.ok(h.db.Read(t.Context(), func(tx *database.Tx) error {
			subjects, err := database.Strings(t.Context(), tx, `select distinct subject from jobs where kind = $1`, minutes.VoidedMail)
			if len(subjects) != 2 {
				t.Errorf("a mail does not say which agreement it is about: %v", subjects)
			}
			return err
		}))
	})
}

func TestWhatMovesNoMeaningVoidsNothing(t *testing.T) {
	eachMixed(t, func(h *house) {
		h.write(h.MinskCoordinator, ru, 0, "Звонили.")
		h.agree(h.MinskCoordinator, ru)
		h.write(h.MinskCoordinator, ru, 0, "Звонили.  ")
		if !h.agree(h.KogeCoordinator, da) {
			t.Error("the first agreement does not count")
		}
	})
}

func TestAnAgreementToAnotherMeaningIsNoAgreement(t *testing.T) {
	eachMixed(t, func(h *house) {
		h.agree(h.MinskCoordinator, ru)
		// Somewhere that does not recheck: the second side still does not freeze on the first's agreement.
		_, err := h.Conferences.AddItem(h.Context(), h.MinskCoordinator.Actor, h.conference, conference.ItemDraft{Topic: in(ru, "Ещё"), Kind: conference.Discussion, Minutes: 5})
		h.ok(err)
		if h.agree(h.KogeCoordinator, da) {
			t.Error("frozen")
		}
		if got := h.mails(minutes.VoidedMail); !slices.Equal(got, []string{h.MinskCoordinator.ID}) {
			t.Errorf("told: %v", got)
		}
	})
}

func TestAgreementsRefused(t *testing.T) {
	eachMixed(t, func(h *house) {
		old := h.consent(h.KogeCoordinator, da)
		h.write(h.MinskCoordinator, ru, 0, "Звонили.")
		_, err := h.Agree(h.Context(), h.KogeCoordinator.Actor, old)
		if !problem.Is(err, problem.Conflict) {
			t.Errorf("minutes that changed after they were read: %v", err)
		}
		for name, a := range everybody(h) {
			if _, err := h.Agree(h.Context(), a, h.consent(h.KogeCoordinator, da)); err == nil {
				t.Errorf("%s agrees", name)
			}
		}
		_, err = h.Agree(h.Context(), h.MinskCoordinator.Actor, h.consent(h.KogeCoordinator, da))
		if !problem.Is(err, problem.Forbidden) {
			t.Errorf("for the other society: %v", err)
		}
		_, err = h.Agree(h.Context(), h.KogeCoordinator.Actor, h.consent(h.KogeCoordinator, ru))
		h.refused(err, "minutes.problem.language")
		h.back(before)
		_, err = h.Agree(h.Context(), h.KogeCoordinator.Actor, h.consent(h.KogeCoordinator, da))
		h.refused(err, "minutes.problem.not-held")
		h.back(after)
		if g := h.read(h.KogeStaff).Agreements; len(g) > 0 {
			t.Errorf("got %+v", g)
		}
	})
}

func TestAConsentThatNoFormSendsIsRefused(t *testing.T) {
	eachMixed(t, func(h *house) {
		for key, spoil := range map[string]func(*minutes.Consent){
			"error.choice":             func(c *minutes.Consent) { c.Reservation = in("uk", "Але.") },
			"error.too-long":           func(c *minutes.Consent) { c.Reservation = in(ru, strings.Repeat("а\n\n", 600)) },
			"minutes.problem.language": func(c *minutes.Consent) { c.Languages = []locale.Language{ru, ru, ru} },
		} {
			consent := h.consent(h.MinskCoordinator, ru)
			spoil(&consent)
			_, err := h.Agree(t.Context(), h.MinskCoordinator.Actor, consent)
			h.refused(err, key)
		}
	})
}

func TestAVersionOfMinutesThatIsNotThereIsRefused(t *testing.T) {
	eachMixed(t, func(h *house) {
		_, err := h.Agree(t.Context(), h.MinskCoordinator.Actor, h.consent(h.MinskCoordinator, locale.Belarusian))
		h.refused(err, "minutes.problem.version")
		_, err = h.Agree(t.Context(), h.KogeCoordinator.Actor, h.consent(h.KogeCoordinator, locale.English))
		h.refused(err, "minutes.problem.version")
		h.agree(h.KogeCoordinator, da) // spoken and written in it, if not all through
	})
}

func TestTwoAgreementsAtOnceFreezeExactlyOnce(t *testing.T) {
	eachMixed(t, func(h *house) {
		h.write(h.MinskCoordinator, ru, 0, "Звонили.")
		var frozen atomic.Int32
		var both sync.WaitGroup
		for person, l := range map[*orgtest.Person]locale.Language{&h.MinskCoordinator: ru, &h.KogeCoordinator: da} {
			consent := h.consent(*person, l)
			both.Go(func() {
				was, err := h.Agree(t.Context(), person.Actor, consent)
				if err != nil {
					t.Error(err)
				}
				if was {
					frozen.Add(1)
				}
			})
		}
		both.Wait()
		if frozen.Load() != 1 || !h.read(h.KogeStaff).Frozen {
			t.Errorf("frozen %d times", frozen.Load())
		}
	})
}

// Whoever writes while the other side signs either comes first, and what they wrote is in the minutes or the agreement is
// void, or comes too late and is told so.
func TestNotesSavedWhileMinutesAreSignedAreInThemOrRefused(t *testing.T) {
	eachMixed(t, func(h *house) {
		h.agree(h.MinskCoordinator, ru)
		consent, base := h.consent(h.KogeCoordinator, da), h.notes(0).Version
		var both sync.WaitGroup
		var saved, agreed error
		both.Go(func() {
			_, saved = h.SaveNotes(t.Context(), h.BrestCoordinator.Actor, h.conference, ru, []work.Note{{ItemID: h.items[0], Body: "Успели.", Base: base}})
		})
		both.Go(func() { _, agreed = h.Agree(t.Context(), h.KogeCoordinator.Actor, consent) })
		both.Wait()
		m := h.read(h.KogeStaff)
		switch {
		case m.Frozen && agreed == nil:
			h.refused(saved, "notes.problem.agreed")
		case saved == nil:
			if !problem.Is(agreed, problem.Conflict) {
				t.Errorf("agreed to what nobody had read: %v", agreed)
			}
		default:
			t.Errorf("saved: %v, agreed: %v, frozen: %v", saved, agreed, m.Frozen)
		}
	})
}
