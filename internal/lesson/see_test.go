package lesson_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/problem"
)

func TestWhoSeesALesson(t *testing.T) {
	each(t, func(d *desk) {
		who := map[string]struct {
			actor access.Actor
			from  lesson.State
		}{
			"its author":                      {d.MinskCoordinator.Actor, lesson.Draft},
			"staff of the same society":       {d.BrestStaff.Actor, lesson.Draft},
			"the administrator above":         {d.MinskAdmin.Actor, lesson.Draft},
			"a coordinator of the other side": {d.KogeCoordinator.Actor, lesson.Shared},
			"staff of the other side":         {d.KogeStaff.Actor, lesson.Shared},
			"the other society":               {d.DenmarkAdmin.Actor, lesson.Shared},
			"a unit below":                    {d.BrestTownStaff.Actor, lesson.Published},
			"another partnership":             {d.Outsider.Actor, lesson.Published},
			"somebody who has left":           {d.Former.Actor, lesson.Published},
			"the site's administrator":        {d.SiteAdmin.Actor, lesson.Published},
			"somebody nobody knows":           {access.Actor{}, lesson.Published},
		}
		order := []lesson.State{lesson.Draft, lesson.Shared, lesson.Published}
		for i, step := range []func(){func() {}, d.share, func() { d.ok(d.Publish(d.Context(), d.MinskCoordinator.Actor, d.id, d.now().Version)) }} {
			step()
			for name, w := range who {
				if got, want := d.sees(w.actor), slices.Index(order, w.from) <= i; got != want {
					d.Errorf("%s, %s: seen %t", order[i], name, got)
				}
			}
		}
		d.ok(d.Withdraw(d.Context(), d.MinskCoordinator.Actor, d.id, d.now().Version))
		if d.sees(access.Actor{}) || d.sees(d.SiteAdmin.Actor) || !d.sees(d.KogeStaff.Actor) {
			d.Error("what was withdrawn is the partnership's, and nobody else's")
		}
	})
}

func TestALessonIsWrittenByCoordinatorsOfItsOwnSocietyOnly(t *testing.T) {
	each(t, func(d *desk) {
		d.share()
		version := d.now().Version
		for name, w := range map[string]struct {
			actor access.Actor
			kind  problem.Kind
		}{
			"staff of the same society":       {d.BrestStaff.Actor, problem.Forbidden},
			"a coordinator of the other side": {d.KogeCoordinator.Actor, problem.Forbidden},
			"another partnership":             {d.Outsider.Actor, problem.NotFound},
			"the site's administrator":        {d.SiteAdmin.Actor, problem.NotFound},
			"somebody nobody knows":           {access.Actor{}, problem.NotFound},
		} {
			_, begun := d.Begin(d.Context(), w.actor, d.begun())
			if name != "a coordinator of the other side" { // who may begin one of their own
				d.refused(begun, w.kind)
			}
			for _, err := range []error{
				d.Edit(d.Context(), w.actor, d.id, with(form(d.now(), ru), lesson.Summary, "Чужое.")),
				d.Publish(d.Context(), w.actor, d.id, version),
				d.Share(d.Context(), w.actor, d.id, version),
				d.Withdraw(d.Context(), w.actor, d.id, version),
				d.Restore(d.Context(), w.actor, d.id, 1),
			} {
				d.refused(err, w.kind)
			}
		}
		if l := d.now(); l.Version != version || l.State != lesson.Shared || !l.Texts[lesson.Summary].Empty() {
			d.Errorf("something was written: version %d, %s", l.Version, l.State)
		}
		d.ok(d.Edit(d.Context(), d.BrestCoordinator.Actor, d.id, with(form(d.now(), ru), lesson.Summary, "Свое.")))
	})
}

// SeesLessonsSQL is the policy table's rule once more, for lists. Whoever the actor is, they say the same.
func TestListsAgreeWithThePolicy(t *testing.T) {
	each(t, func(d *desk) {
		ids := []string{d.id, d.another(d.KogeCoordinator.Actor, d.Partnership), d.another(d.Outsider.Actor, d.Other), d.another(d.BrestCoordinator.Actor, d.Partnership)}
		d.ok(d.Share(d.Context(), d.BrestCoordinator.Actor, ids[3], 1))
		units := map[string]string{d.Belarus: d.Belarus, d.Secretariat: d.Belarus, d.BrestTown: d.Belarus, d.Vitebsk: d.Belarus,
			d.Denmark: d.Denmark, d.Koge: d.Denmark, d.Aarhus: d.Denmark, "gone": "gone"}
		membership := rapid.Custom(func(r *rapid.T) access.Membership {
			unit := rapid.SampledFrom([]string{d.Belarus, d.Secretariat, d.BrestTown, d.Vitebsk, d.Denmark, d.Koge, d.Aarhus, "gone"}).Draw(r, "unit")
			return access.Membership{UnitID: unit, SocietyID: units[unit],
				Role: rapid.SampledFrom([]access.Role{access.Staff, access.Coordinator, access.Administrator, ""}).Draw(r, "role")}
		})
		rapid.Check(d.T, func(r *rapid.T) {
			a := access.Actor{PersonID: "somebody", SiteAdmin: rapid.Bool().Draw(r, "site"), Memberships: rapid.SliceOfN(membership, 0, 3).Draw(r, "memberships")}
			var args database.Args
			var bySQL []string
			d.ok(d.db.Read(d.Context(), func(tx *database.Tx) (err error) {
				bySQL, err = database.Strings(d.Context(), tx, `select id from lessons where `+access.SeesLessonsSQL(a, "lessons.partnership_id", "lessons.society_id", "lessons.state", &args), args...)
				return err
			}))
			list, _, err := d.List(d.Context(), a, lesson.Filter{})
			d.ok(err)
			for _, id := range ids {
				_, err := d.Find(d.Context(), a, id)
				listed := slices.ContainsFunc(list, func(l lesson.Listed) bool { return l.ID == id })
				if found := err == nil; found != listed || found != slices.Contains(bySQL, id) {
					r.Errorf("found %t, listed %t, by the condition %t: %+v", found, listed, slices.Contains(bySQL, id), a.Memberships)
				}
			}
		})
	})
}

func (d *desk) another(a access.Actor, partnership string) string {
	d.Helper()
	b := d.begun()
	b.PartnershipID = partnership
	id, err := d.Begin(d.Context(), a, b)
	d.ok(err)
	return id
}

func TestHistoryOfADraftIsItsOwnSocietys(t *testing.T) {
	each(t, func(d *desk) {
		d.write(lesson.Summary, "Что прочтут все.")
		d.share()
		own, err := d.History(d.Context(), d.BrestStaff.Actor, d.id)
		d.ok(err)
		others, err := d.History(d.Context(), d.KogeCoordinator.Actor, d.id)
		d.ok(err)
		if len(own) != 3 || len(others) != 2 || others[0].What != "shared" || others[1].What != "edited" || others[1].Number != 2 {
			d.Errorf("own %v, others %v", own, others)
		}
		if _, err := d.At(d.Context(), d.KogeCoordinator.Actor, d.id, 1); !problem.Is(err, problem.NotFound) {
			d.Errorf("a version that was never shared: %v", err)
		}
		if l, err := d.At(d.Context(), d.KogeCoordinator.Actor, d.id, 2); err != nil || l.State != lesson.Shared {
			d.Errorf("got %s, %v", l.State, err)
		}
		d.ok(d.Publish(d.Context(), d.MinskCoordinator.Actor, d.id, 2))
		_, err = d.History(d.Context(), access.Actor{}, d.id)
		d.refused(err, problem.NotFound)
	})
}
