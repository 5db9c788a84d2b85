package work_test

import (
	"strings"
	"sync"
	"testing"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
	"example.org/tandem/internal/work"
)

func TestNotesOfTwoLanguagesStandBesideEachOther(t *testing.T) {
	each(t, func(h *house) {
		h.write(h.MinskCoordinator, ru, 0, "Звонили каждый день.")
		saved := h.write(h.KogeCoordinator, da, 0, "Vi ringede hver dag.\n\n- til ældre")
		if n := h.notes(0); n.In(ru) != "Звонили каждый день." || n.In(da) != "Vi ringede hver dag.\n\n– til ældre" || n.Version != saved.Version {
			t.Errorf("got %q and %q", n.In(ru), n.In(da))
		}
	})
}

func TestNotesThatOthersWroteMeanwhileComeBackMerged(t *testing.T) {
	each(t, func(h *house) {
		base := h.write(h.MinskCoordinator, ru, 0, "Раз.\n\nДва.").Version
		h.write(h.BrestCoordinator, ru, 0, "Раз.\n\nДва!")
		saved := h.save(h.MinskCoordinator, ru, work.Note{ItemID: h.items[0], Body: "Раз!\n\nДва.", Base: base})
		if !saved.Merged || saved.Text != "Раз!\n\nДва!" || saved.Clash != nil {
			t.Errorf("got %+v", saved)
		}
	})
}

func TestAClashInOneItemKeepsNoOtherFromBeingSaved(t *testing.T) {
	each(t, func(h *house) {
		base := h.write(h.MinskCoordinator, ru, 0, "Раз.").Version
		h.write(h.BrestCoordinator, ru, 0, "Раз, Брест.")
		saved, err := h.SaveNotes(h.Context(), h.MinskCoordinator.Actor, h.conference, ru, []work.Note{
			{ItemID: h.items[0], Body: "Раз, Минск.", Base: base}, {ItemID: h.items[1], Body: "Решили.", Base: h.notes(1).Version}})
		h.ok(err)
		if saved[0].Clash == nil || saved[1].Clash != nil {
			t.Fatalf("got %+v", saved)
		}
		if h.notes(0).In(ru) != "Раз, Брест." || h.notes(1).In(ru) != "Решили." {
			t.Error("the clash was written, or the other item was not")
		}
		chosen := h.save(h.MinskCoordinator, ru, work.Note{ItemID: h.items[0], Body: "Раз, Брест.\n\nРаз, Минск.", Base: saved[0].Clash.Version})
		if chosen.Clash != nil || h.notes(0).In(ru) != "Раз, Брест.\n\nРаз, Минск." {
			t.Errorf("got %+v", chosen)
		}
	})
}

// A reply was lost on the way: the browser does not know that the server has the first half of what it now sends.
func TestNobodyClashesWithThemselves(t *testing.T) {
	each(t, func(h *house) {
		half := "Раз"
		first := work.Note{ItemID: h.items[0], Body: half, Base: 1}
		for range 2 {
			if saved := h.save(h.MinskCoordinator, ru, first); saved.Clash != nil || saved.Version != 2 {
				t.Errorf("the same again: %+v", saved)
			}
		}
		more := work.Note{ItemID: h.items[0], Body: "Раз, два", Base: 1, Sent: &half}
		if saved := h.save(h.MinskCoordinator, ru, more); saved.Clash != nil || saved.Text != "Раз, два" {
			t.Errorf("more than was sent: %+v", saved)
		}
		more.Body = "Раз, два, три"
		if saved := h.save(h.MinskCoordinator, ru, more); saved.Clash == nil {
			t.Errorf("what was sent is no longer what is there, so somebody has to look: %+v", saved)
		}
	})
}

func TestTypingOnBesideWhatCameMerged(t *testing.T) {
	each(t, func(h *house) {
		base := h.write(h.MinskCoordinator, ru, 0, "Раз.\n\nДва.").Version
		h.write(h.BrestCoordinator, ru, 0, "Раз.\n\nДва, Брест.")
		sent := "Раз, Минск.\n\nДва."
		h.save(h.MinskCoordinator, ru, work.Note{ItemID: h.items[0], Body: sent, Base: base})
		saved := h.save(h.MinskCoordinator, ru, work.Note{ItemID: h.items[0], Body: "Раз, Минск, и ещё.\n\nДва.", Base: base, Began: &sent})
		if saved.Clash != nil || saved.Text != "Раз, Минск, и ещё.\n\nДва, Брест." {
			t.Errorf("got %+v", saved)
		}
	})
}

func TestNotesRefused(t *testing.T) {
	each(t, func(h *house) {
		note := []work.Note{{ItemID: h.items[0], Body: "Раз.", Base: 1}}
		for name, a := range everybody(h) {
			_, err := h.SaveNotes(h.Context(), a, h.conference, ru, note)
			if !problem.Is(err, problem.NotFound) && !problem.Is(err, problem.Forbidden) {
				t.Errorf("%s may write: %v", name, err)
			}
		}
		_, err := h.SaveNotes(h.Context(), h.MinskCoordinator.Actor, h.conference, ru, []work.Note{{ItemID: "elsewhere", Body: "Раз."}})
		if !problem.Is(err, problem.NotFound) {
			t.Errorf("an item of no conference: %v", err)
		}
		long := []work.Note{{ItemID: h.items[0], Body: strings.Repeat("р", 30_000), Base: 1}}
		_, err = h.SaveNotes(h.Context(), h.MinskCoordinator.Actor, h.conference, ru, long)
		h.refused(err, "error.too-long")
		many := strings.Repeat("а\n\n", 30_000) // what script says it began with costs as much as what it sends
		for _, n := range []work.Note{{Began: &many}, {Sent: &many}} {
			n.ItemID, n.Body, n.Base = h.items[0], "Раз.", 1
			_, err = h.SaveNotes(h.Context(), h.MinskCoordinator.Actor, h.conference, ru, []work.Note{n})
			h.refused(err, "error.too-long")
		}
		if !h.notes(0).Empty() {
			t.Error("something was written")
		}
	})
}

func TestThereAreNoNotesOfWhatWasCancelled(t *testing.T) {
	each(t, func(h *house) {
		h.back(before)
		c, err := h.Conferences.Find(h.Context(), h.MinskCoordinator.Actor, h.conference)
		h.ok(err)
		h.ok(h.Conferences.Cancel(h.Context(), h.MinskCoordinator.Actor, h.conference, c.Version))
		_, err = h.SaveNotes(h.Context(), h.MinskCoordinator.Actor, h.conference, ru, []work.Note{{ItemID: h.items[0], Body: "Раз.", Base: 1}})
		h.refused(err, "notes.problem.cancelled")
	})
}

func TestADecisionAndAnActionStandUnderTheirItem(t *testing.T) {
	each(t, func(h *house) {
		_, err := h.RecordDecision(h.Context(), h.KogeCoordinator.Actor, h.conference, h.items[1], in(da, "Vi mødes i august."))
		h.ok(err)
		_, err = h.RecordAction(h.Context(), h.MinskCoordinator.Actor, h.conference, h.items[1], h.task("2020-08-10"))
		h.ok(err)
		item := h.read(h.KogeStaff).Record.Items[1]
		if len(item.Decisions) != 1 || item.Decisions[0].Label != "2020/001" || len(item.Actions) != 1 || len(item.Actions[0].Parts) != 2 {
			t.Errorf("got %+v", item)
		}
	})
}

func TestOutcomesRefused(t *testing.T) {
	each(t, func(h *house) {
		for name, a := range everybody(h) {
			if _, err := h.RecordDecision(h.Context(), a, h.conference, h.items[0], in(da, "Så.")); err == nil {
				t.Errorf("%s records decisions", name)
			}
			if _, err := h.RecordAction(h.Context(), a, h.conference, h.items[0], h.task("2020-08-10")); err == nil {
				t.Errorf("%s records action items", name)
			}
		}
		_, err := h.RecordDecision(h.Context(), h.KogeCoordinator.Actor, h.conference, "elsewhere", in(da, "Så."))
		if !problem.Is(err, problem.NotFound) {
			t.Errorf("an item of no conference: %v", err)
		}
		r := h.read(h.KogeStaff).Record
		if len(r.AllDecisions())+len(r.AllActions()) > 0 {
			t.Error("something was recorded")
		}
	})
}

func TestTheFollowUpBeginsWithWhatIsOpen(t *testing.T) {
	each(t, func(h *house) {
		_, err := h.RecordAction(h.Context(), h.MinskCoordinator.Actor, h.conference, h.items[1], h.task("2020-08-10"))
		h.ok(err)
		id, err := h.FollowUp(h.Context(), h.KogeCoordinator.Actor, conference.Plan{PartnershipID: h.Partnership, FollowsID: h.conference, Draft: true,
			Title: in(da, "Opfølgning"), Zone: "Europe/Copenhagen", Minutes: 60, Hosts: []string{h.Koge, h.Secretariat}, Languages: []locale.Language{ru, da},
			Room: conference.Room{Kind: "none"}},
			[]text.Draft{in(da, "Opgaver fra sidste konference"), in(ru, "Задачи прошлой конференции")})
		h.ok(err)
		c, err := h.Conferences.Find(h.Context(), h.KogeCoordinator.Actor, id)
		h.ok(err)
		if c.FollowsID != h.conference || len(c.Agenda) != 2 || c.Agenda[1].ActionID == "" || c.Agenda[0].Topic.In(ru) != "Задачи прошлой конференции" ||
			c.Agenda[1].Topic.In(da) != "Find en dag" {
			t.Errorf("got %+v", c.Agenda)
		}
	})
}

// Whoever writes under an item while it is taken off the agenda comes first, and it stays; or too late, and is told so.
func TestNotesOfAnItemThatIsBeingRemovedAreKeptOrRefused(t *testing.T) {
	each(t, func(h *house) {
		for range 20 {
			item, err := h.Conferences.AddItem(h.Context(), h.MinskCoordinator.Actor, h.conference,
				conference.ItemDraft{Topic: in(ru, "Разное"), Kind: conference.Discussion, Minutes: 5})
			h.ok(err)
			var both sync.WaitGroup
			var saved, removed error
			both.Go(func() {
				_, saved = h.SaveNotes(t.Context(), h.BrestCoordinator.Actor, h.conference, ru, []work.Note{{ItemID: item, Body: "Успели.", Base: 1}})
			})
			both.Go(func() { removed = h.Conferences.RemoveItem(t.Context(), h.MinskCoordinator.Actor, h.conference, item) })
			both.Wait()
			switch {
			case saved == nil && removed == nil:
				t.Fatal("notes were accepted and are gone")
			case saved == nil:
				h.refused(removed, "conference.problem.item-used")
			case removed != nil || !problem.Is(saved, problem.NotFound):
				t.Fatalf("saved: %v, removed: %v", saved, removed)
			}
		}
	})
}
