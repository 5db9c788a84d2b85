package work_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"testing"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/action"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/org/orgtest"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

var former = org.Name{{Language: locale.English, Body: "Former participant"}, {Language: locale.Danish, Body: "Tidligere deltager"}}

func nothingMore(context.Context, *database.Tx) error { return nil }

func TestTheLastAdministratorOfASocietyStays(t *testing.T) {
	each(t, func(h *house) {
		err := h.Leave(h.Context(), h.DenmarkAdmin.Actor, former, nothingMore)
		if p, is := problem.As(err); !is || p.Key != "me.leave.problem.last" {
			t.Fatalf("the only administrator leaves: %v", err)
		}
		h.ok(h.Leave(h.Context(), h.KogeCoordinator.Actor, former, nothingMore))
		// A second one, and now both want to go at the same time.
		second := h.HeadquartersStaff
		h.ok(h.db.Write(h.Context(), func(tx *database.Tx) error {
			_, err := h.Org.JoinIn(h.Context(), tx, "", second.ID, h.Denmark, access.Administrator)
			return err
		}))
		var all sync.WaitGroup
		results := make([]error, 2)
		for i, who := range []orgtest.Person{h.DenmarkAdmin, second} {
			all.Go(func() { results[i] = h.Leave(h.Context(), who.Actor, former, nothingMore) })
		}
		all.Wait()
		if n := len(slices.DeleteFunc(results, func(err error) bool { return err == nil })); n != 1 {
			t.Errorf("two administrators leave at once, and %d are refused", n)
		}
	})
}

func TestWhoCannotBeSignedOutDoesNotLeave(t *testing.T) {
	each(t, func(h *house) {
		broken := errors.New("sessions are still there")
		err := h.Leave(h.Context(), h.KogeStaff.Actor, former, func(context.Context, *database.Tx) error { return broken })
		if !errors.Is(err, broken) {
			t.Fatal(err)
		}
		p, err := h.Org.Profile(h.Context(), h.KogeStaff.Actor)
		h.ok(err)
		if p.Email == "" || p.Name.Line([]locale.Language{locale.English}).Body != "Volunteer, Køge" || len(p.Belongs) != 1 {
			t.Errorf("half gone: %+v", p)
		}
	})
}

func TestWhoLeavesIsOutOfWhatIsToComeAndNotOfWhatWas(t *testing.T) {
	for name, at := range map[string]time.Time{"to come": before, "held": after} {
		t.Run(name, func(t *testing.T) {
			each(t, func(h *house) {
				h.back(at)
				task := h.task("2020-09-01")
				task.PartnershipID = h.Partnership
				id, err := h.Actions.Record(h.Context(), h.KogeCoordinator.Actor, task)
				h.ok(err)
				told, err := h.Leaving(h.Context(), h.KogeStaff.Actor)
				h.ok(err)
				if len(told.Actions) != 1 || told.Actions[0].ID != id || told.Titles[told.Actions[0].TextID].Empty() {
					t.Errorf("before leaving they are told of %v", told.Actions)
				}
				if led, err := h.Leaving(h.Context(), h.KogeCoordinator.Actor); err != nil || len(led.Actions) > 0 {
					t.Errorf("somebody else is told of them: %v %v", led.Actions, err)
				}
				h.ok(h.Leave(h.Context(), h.KogeStaff.Actor, former, nothingMore))
				c, err := h.Conferences.Find(h.Context(), h.MinskCoordinator.Actor, h.conference)
				h.ok(err)
				if _, listed := c.Participant(h.KogeStaff.ID); listed != at.Equal(after) {
					t.Errorf("on the list of participants: %v", listed)
				}
				item, err := h.Actions.Find(h.Context(), h.KogeCoordinator.Actor, id)
				h.ok(err)
				if slices.ContainsFunc(item.Parts, func(p action.Part) bool { return p.PersonID == h.KogeStaff.ID }) {
					t.Error("still responsible for a part that is not finished")
				}
			})
		})
	}
}

// pile gives somebody more texts than a page of an export holds.
func (h *house) pile(who orgtest.Person, n int) {
	h.Helper()
	h.ok(h.db.Write(h.Context(), func(tx *database.Tx) error {
		for i := range n {
			if _, err := text.New(h.Context(), tx, text.Draft{Language: locale.English, Body: fmt.Sprintf("Line %d", i)}, who.ID); err != nil {
				return err
			}
		}
		return nil
	}))
}

func TestAnExportHoldsEachTextOnceHoweverManyThereAre(t *testing.T) {
	each(t, func(h *house) {
		h.pile(h.KogeStaff, 405)
		h.pile(h.KogeCoordinator, 3)
		h.ok(h.db.Write(h.Context(), func(tx *database.Tx) error { // somebody's name is not the text of whoever wrote it down
			_, err := h.Org.AddPersonIn(h.Context(), tx, h.KogeStaff.ID, org.PersonDraft{Name: org.Name{{Language: locale.Danish, Body: "Ny frivillig"}},
				Email: "ny@tandem.example", Language: locale.Danish, Zone: "Europe/Copenhagen"})
			return err
		}))
		var out bytes.Buffer
		h.ok(h.Export(h.Context(), h.KogeStaff.Actor, &out, "Hello", h.KogeStaff.Actor.Reads))
		archive, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
		h.ok(err)
		seen := map[string]bool{}
		for _, f := range archive.File {
			if f.Name != "texts.json" {
				continue
			}
			r, err := f.Open()
			h.ok(err)
			body, err := io.ReadAll(r)
			h.ok(err)
			var rows []text.Own
			h.ok(json.Unmarshal(body, &rows))
			for _, row := range rows {
				if seen[row.Body] {
					t.Errorf("twice: %s", row.Body)
				}
				seen[row.Body] = true
			}
		}
		if seen["Ny frivillig"] {
			t.Error("somebody else's name went along")
		}
		if len(seen) != 405 || !seen["Line 404"] {
			t.Errorf("%d texts of 405", len(seen))
		}
		if err := h.Export(h.Context(), access.Actor{}, io.Discard, "", nil); !problem.Is(err, problem.NotFound) {
			t.Errorf("somebody nobody knows: %v", err)
		}
	})
}
