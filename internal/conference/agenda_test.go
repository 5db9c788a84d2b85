package conference_test

import (
	"strings"
	"testing"
	"time"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
)

func item(topic string, minutes int) conference.ItemDraft {
	return conference.ItemDraft{Topic: text.Draft{Language: locale.Danish, Body: topic}, Kind: conference.Discussion, Minutes: minutes}
}

func (h house) add(c conference.Conference, d conference.ItemDraft) string {
	h.Helper()
	id, err := h.AddItem(h.Context(), h.KogeCoordinator.Actor, c.ID, d)
	h.ok(err)
	return id
}

func (h house) topics(id string) string {
	var list []string
	for _, i := range h.find(id).Agenda {
		list = append(list, i.Topic.In(locale.Danish))
	}
	return strings.Join(list, " ")
}

func TestStartsFallOutOfTheMinutes(t *testing.T) {
	each(t, func(h house) {
		c := h.scheduled()
		h.add(c, item("A", 10))
		h.add(c, item("B", 25))
		h.add(c, item("C", 20))
		got := h.find(c.ID)
		for i, after := range []int{0, 10, 35} {
			if want := c.StartsAt.Add(time.Duration(after) * time.Minute); !got.Agenda[i].StartsAt.Equal(want) {
				h.Errorf("item %d: got %s, want %s", i, got.Agenda[i].StartsAt, want)
			}
		}
		if got.Planned() != 55*time.Minute || got.Version != c.Version {
			h.Errorf("planned %s, version %d", got.Planned(), got.Version)
		}
	})
}

func TestWithoutATimeItemsHaveNoStart(t *testing.T) {
	each(t, func(h house) {
		c := h.poll()
		h.add(c, item("A", 10))
		if got := h.find(c.ID).Agenda[0].StartsAt; !got.IsZero() {
			h.Errorf("got %s", got)
		}
	})
}

func TestItemsMoveAndStopAtTheEnds(t *testing.T) {
	each(t, func(h house) {
		c := h.scheduled()
		a := h.add(c, item("A", 10))
		h.add(c, item("B", 10))
		last := h.add(c, item("C", 10))
		for _, step := range []struct {
			item string
			down bool
			want string
		}{{a, true, "B A C"}, {a, true, "B C A"}, {a, true, "B C A"}, {last, false, "C B A"}, {last, false, "C B A"}} {
			h.ok(h.MoveItem(h.Context(), h.KogeCoordinator.Actor, c.ID, step.item, step.down))
			if got := h.topics(c.ID); got != step.want {
				h.Errorf("got %s, want %s", got, step.want)
			}
		}
		h.ok(h.RemoveItem(h.Context(), h.KogeCoordinator.Actor, c.ID, last))
		h.add(c, item("D", 10))
		if got := h.topics(c.ID); got != "B A D" {
			h.Errorf("got %s", got)
		}
	})
}

func TestAnItemIsEdited(t *testing.T) {
	each(t, func(h house) {
		c := h.scheduled()
		id := h.add(c, item("A", 10))
		was := h.find(c.ID).Agenda[0]
		d := item("Ny overskrift", 15)
		d.TopicBase, d.PresenterID, d.Kind = was.Topic.Version, h.BrestStaff.ID, conference.Decision
		h.ok(h.EditItem(h.Context(), h.MinskCoordinator.Actor, c.ID, id, was.Version, d))
		got := h.find(c.ID).Agenda[0]
		if got.Topic.In(locale.Danish) != "Ny overskrift" || got.Minutes != 15 || got.PresenterID != h.BrestStaff.ID || got.Kind != conference.Decision {
			h.Errorf("got %+v", got)
		}
		h.refused(h.EditItem(h.Context(), h.MinskCoordinator.Actor, c.ID, id, was.Version, d), "error.conflict")
	})
}

func TestAnItemAboutAnActionBearsItsTitle(t *testing.T) {
	each(t, func(h house) {
		c := h.scheduled()
		var title string
		h.ok(h.db.Write(h.Context(), func(tx *database.Tx) (err error) {
			title, err = text.New(h.Context(), tx, text.Draft{Language: locale.Danish, Body: "Find en dag"}, h.KogeCoordinator.ID)
			return err
		}))
		d := item("", 5)
		d.TopicID = title
		h.add(c, d)
		if got := h.find(c.ID).Agenda[0].Topic; got.ID != title || got.In(locale.Danish) != "Find en dag" {
			h.Errorf("got %+v", got)
		}
	})
}

func TestWhatAnItemIsRefusedFor(t *testing.T) {
	each(t, func(h house) {
		c := h.scheduled()
		ctx, koge := h.Context(), h.KogeCoordinator.Actor
		for name, c2 := range map[string]struct {
			field, key string
			spoil      func(*conference.ItemDraft)
		}{
			"no topic":      {"topic", "error.required", func(d *conference.ItemDraft) { d.Topic.Body = "" }},
			"no minutes":    {"minutes", "conference.problem.length", func(d *conference.ItemDraft) { d.Minutes = 0 }},
			"five hours":    {"minutes", "conference.problem.length", func(d *conference.ItemDraft) { d.Minutes = 300 }},
			"another kind":  {"kind", "error.choice", func(d *conference.ItemDraft) { d.Kind = "gossip" }},
			"not a speaker": {"presenter", "conference.problem.member", func(d *conference.ItemDraft) { d.PresenterID = h.HeadquartersStaff.ID }},
		} {
			d := item("A", 10)
			c2.spoil(&d)
			_, err := h.AddItem(ctx, koge, c.ID, d)
			h.Log(name)
			h.refusedField(err, c2.field, c2.key)
		}
		_, err := h.AddItem(ctx, h.KogeStaff.Actor, c.ID, item("A", 10))
		h.refused(err, "error.forbidden")
		_, err = h.AddItem(ctx, h.Outsider.Actor, c.ID, item("A", 10))
		h.missing(err)
		h.missing(h.MoveItem(ctx, koge, c.ID, "no such item", true))
		other := h.add(h.poll(), item("A", 10))
		h.missing(h.RemoveItem(ctx, koge, c.ID, other)) // of another conference
		h.ok(h.Cancel(ctx, koge, c.ID, c.Version))
		_, err = h.AddItem(ctx, koge, c.ID, item("A", 10))
		h.refused(err, "conference.problem.closed")
	})
}

func TestAnItemWithNotesIsNotRemoved(t *testing.T) {
	each(t, func(h house) {
		c := h.scheduled()
		id := h.add(c, item("A", 10))
		notes := h.find(c.ID).Agenda[0].NotesID
		h.ok(h.db.Write(h.Context(), func(tx *database.Tx) error {
			_, err := text.Save(h.Context(), tx, text.Edit{TextID: notes, Base: 1, Language: locale.Danish, Body: "Sagt.", PersonID: h.KogeCoordinator.ID})
			return err
		}))
		h.refused(h.RemoveItem(h.Context(), h.KogeCoordinator.Actor, c.ID, id), "conference.problem.item-used")
	})
}

func TestAnAgendaHasAnEnd(t *testing.T) {
	each(t, func(h house) {
		c := h.scheduled()
		h.ok(h.db.Write(h.Context(), func(tx *database.Tx) error {
			for range conference.MaxItems {
				if _, err := h.AddItemIn(h.Context(), tx, h.KogeCoordinator.Actor, c.ID, item("A", 1)); err != nil {
					return err
				}
			}
			return nil
		}))
		_, err := h.AddItem(h.Context(), h.KogeCoordinator.Actor, c.ID, item("A", 1))
		h.refused(err, "conference.problem.items")
	})
}
