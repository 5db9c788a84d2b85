package conference_test

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
)

func ids(list []conference.Listed) (ids []string) {
	for _, c := range list {
		ids = append(ids, c.ID)
	}
	return ids
}

func TestListsComeInOrderAndPageByPage(t *testing.T) {
	each(t, func(h house) {
		var planned []string
		h.ok(h.db.Write(h.Context(), func(tx *database.Tx) error {
			planned = nil
			for day := range 7 {
				p := h.one()
				p.Times[0] = fmt.Sprintf("2020-09-%02dT11:00", 1+(day*3)%7) // not in order
				id, err := h.ScheduleIn(h.Context(), tx, h.MinskCoordinator.Actor, p)
				if err != nil {
					return err
				}
				planned = append(planned, id)
			}
			return nil
		}))
		slices.SortFunc(planned, func(a, b string) int { return h.find(a).StartsAt.Compare(h.find(b).StartsAt) })
		h.pages(planned, conference.Filter{Limit: 3})
		h.clock.Set(time.Date(2020, 10, 1, 0, 0, 0, 0, time.UTC))
		slices.Reverse(planned)
		h.pages(planned, conference.Filter{Limit: 3, Past: true})
	})
}

// pages reads a list to its end.
func (h house) pages(want []string, f conference.Filter) {
	h.Helper()
	var got []string
	for range len(want) {
		list, err := h.List(h.Context(), h.KogeStaff.Actor, f)
		h.ok(err)
		got = append(got, ids(list.Conferences)...)
		if list.Next == "" {
			break
		}
		f.After = list.Next
	}
	if !slices.Equal(got, want) {
		h.Errorf("got %v, want %v", got, want)
	}
}

func TestListsTellWhatAPageShows(t *testing.T) {
	each(t, func(h house) {
		poll, set := h.poll(), h.scheduled()
		lists, err := h.Lists(h.Context(), h.KogeStaff.Actor, conference.Filter{}, conference.Filter{Past: true})
		h.ok(err)
		if got := ids(lists[0].Conferences); !slices.Equal(got, []string{poll.ID, set.ID}) || len(lists[1].Conferences) != 0 {
			h.Fatalf("got %v and %v", lists[0], lists[1])
		}
		first, second := lists[0].Conferences[0], lists[0].Conferences[1]
		if first.State != conference.Poll || first.HasTime || first.Slots != 3 || !first.Awaits || first.Title.Empty() {
			h.Errorf("got %+v", first)
		}
		if second.State != conference.Scheduled || !second.StartsAt.Equal(set.StartsAt) || !slices.Equal(second.Hosts, set.Hosts) || second.Mine != conference.NeedsAction {
			h.Errorf("got %+v", second)
		}
	})
}

func TestWhatAwaitsAnAnswer(t *testing.T) {
	each(t, func(h house) {
		poll, set := h.poll(), h.scheduled()
		awaiting := func(who access.Actor) []string {
			list, err := h.Awaiting(h.Context(), who, 10)
			h.ok(err)
			return ids(list)
		}
		if got := awaiting(h.KogeStaff.Actor); len(got) != 2 {
			h.Errorf("got %v", got)
		}
		if got := awaiting(h.HeadquartersStaff.Actor); len(got) != 0 {
			h.Errorf("who is not asked: %v", got)
		}
		h.says(poll, h.KogeStaff, conference.No)
		h.ok(h.Answer(h.Context(), h.KogeStaff.Actor, set.ID, conference.Tentative, time.Time{}))
		if got := awaiting(h.KogeStaff.Actor); len(got) != 0 {
			h.Errorf("got %v", got)
		}
	})
}

// What a list shows is what may be found one by one.
func TestListsAgreeWithThePolicy(t *testing.T) {
	each(t, func(h house) {
		draft := h.planned()
		draft.Draft = true
		draftID, err := h.Propose(h.Context(), h.MinskCoordinator.Actor, draft)
		h.ok(err)
		all := []string{draftID, h.poll().ID, h.scheduled().ID}
		for name, who := range map[string]access.Actor{
			"coordinator": h.MinskCoordinator.Actor, "other side": h.KogeCoordinator.Actor, "staff": h.KogeStaff.Actor,
			"above": h.MinskAdmin.Actor, "below": h.BrestTownStaff.Actor, "outside": h.Outsider.Actor, "former": h.Former.Actor,
			"site administrator": h.SiteAdmin.Actor,
		} {
			list, err := h.List(h.Context(), who, conference.Filter{})
			h.ok(err)
			for _, id := range all {
				_, err := h.Find(h.Context(), who, id)
				if listed := slices.Contains(ids(list.Conferences), id); listed != (err == nil) {
					h.Errorf("%s: listed %v, found %v", name, listed, err)
				}
			}
		}
	})
}

func TestCancelledStaysAmongWhatIsComingUntilItsTimeIsOver(t *testing.T) {
	each(t, func(h house) {
		c := h.scheduled()
		h.ok(h.Cancel(h.Context(), h.MinskCoordinator.Actor, c.ID, c.Version))
		for past, want := range map[bool]int{false: 1, true: 0} {
			list, err := h.List(h.Context(), h.KogeStaff.Actor, conference.Filter{Past: past})
			h.ok(err)
			if len(list.Conferences) != want {
				h.Errorf("past %v: got %d", past, len(list.Conferences))
			}
		}
	})
}

func TestAsManyStatementsForManyAsForOne(t *testing.T) {
	each(t, func(h house) {
		count := func(read func(ctx context.Context) error) int64 {
			var n atomic.Int64
			h.ok(read(database.WithCounter(h.Context(), &n)))
			return n.Load()
		}
		c := h.scheduled()
		lists := func(ctx context.Context) error {
			_, err := h.Lists(ctx, h.KogeStaff.Actor, conference.Filter{Limit: 100}, conference.Filter{Past: true, Limit: 100})
			return err
		}
		find := func(ctx context.Context) error {
			_, err := h.Find(ctx, h.KogeStaff.Actor, c.ID)
			return err
		}
		oneList, oneFind := count(lists), count(find)
		h.ok(h.db.Write(h.Context(), func(tx *database.Tx) error {
			for i := range 200 {
				p := h.planned()
				p.Draft = i%2 == 0
				if _, err := h.ProposeIn(h.Context(), tx, h.MinskCoordinator.Actor, p); err != nil {
					return err
				}
			}
			for range conference.MaxItems {
				if _, err := h.AddItemIn(h.Context(), tx, h.KogeCoordinator.Actor, c.ID, item("A", 1)); err != nil {
					return err
				}
			}
			return nil
		}))
		if got := count(lists); got != oneList || got > 2 {
			h.Errorf("lists: %d statements for one, %d for many", oneList, got)
		}
		if got := count(find); got != oneFind {
			h.Errorf("one conference: %d statements, then %d", oneFind, got)
		}
	})
}
