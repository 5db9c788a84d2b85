package org_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/org/orgtest"
	"example.org/tandem/internal/problem"
)

// admin is somebody who holds one role in one unit.
func admin(unit, society, person string) access.Actor {
	return access.Actor{PersonID: person, Memberships: []access.Membership{{UnitID: unit, SocietyID: society, Role: access.Administrator}}}
}

func named(body string) map[locale.Language]string {
	return map[locale.Language]string{locale.Danish: body}
}

func changed(u org.UnitFile) org.UnitChange {
	d := org.UnitChange{Version: u.Version, Writes: locale.Danish, Level: u.Level, Zone: u.Zone, Languages: u.Languages, Names: map[locale.Language]string{},
		ShortNames: map[locale.Language]string{}, Places: map[locale.Language]string{}}
	for _, l := range locale.All {
		d.Names[l], d.ShortNames[l], d.Places[l] = u.Name.In(l), u.Short.In(l), u.Place.In(l)
	}
	return d
}

func TestWhoChangesUnits(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w, s := orgtest.New(t, db), org.New(db)
		ctx := t.Context()
		koge := admin(w.Koge, w.Denmark, w.KogeStaff.ID)
		file := func(id string) org.UnitFile {
			u, err := s.FindUnit(ctx, w.DenmarkAdmin.Actor, id)
			if err != nil {
				t.Fatal(err)
			}
			return u
		}
		edit := func(a access.Actor, id string, spoil func(*org.UnitChange)) error {
			d := changed(file(id))
			spoil(&d)
			return s.ChangeUnit(ctx, a, id, d)
		}
		nothing := func(*org.UnitChange) {}
		before := audited(t, db)
		for what, line := range map[string]struct {
			err  error
			kind problem.Kind
		}{
			"staff change it":                  {edit(w.KogeStaff.Actor, w.Koge, nothing), problem.Forbidden},
			"another society's administrator":  {edit(w.MinskAdmin.Actor, w.Koge, nothing), problem.Forbidden},
			"the site administrator":           {edit(w.SiteAdmin.Actor, w.Koge, nothing), problem.Forbidden},
			"who belongs nowhere":              {edit(w.Former.Actor, w.Koge, nothing), problem.NotFound},
			"its administrator, the one above": {edit(koge, w.Denmark, nothing), problem.Forbidden},
			"its administrator, one beside":    {edit(koge, w.Aarhus, nothing), problem.Forbidden},
			"an emptied name":                  {edit(koge, w.Koge, func(d *org.UnitChange) { d.Names[locale.Danish] = " " }), problem.Invalid},
			"a fifth language":                 {edit(koge, w.Koge, func(d *org.UnitChange) { d.Languages = []locale.Language{"sv"} }), problem.Invalid},
			"a wrong address":                  {edit(koge, w.Koge, func(d *org.UnitChange) { d.Email = "køge" }), problem.Invalid},
			"a phone that is none":             {edit(koge, w.Koge, func(d *org.UnitChange) { d.Phone = "<script>" }), problem.Invalid},
			"a branch made a society":          {edit(koge, w.Koge, func(d *org.UnitChange) { d.Level = org.National }), problem.Invalid},
			"what somebody else has changed":   {edit(koge, w.Koge, func(d *org.UnitChange) { d.Version-- }), problem.Conflict},
			"one below nothing":                {add(s.AddUnit(ctx, w.DenmarkAdmin.Actor, "gone", changed(file(w.Koge)))), problem.NotFound},
			"one below another's":              {add(s.AddUnit(ctx, koge, w.Aarhus, changed(file(w.Koge)))), problem.Forbidden},
			"one without a name":               {add(s.AddUnit(ctx, koge, w.Koge, org.UnitChange{Level: org.Branch, Zone: "Europe/Copenhagen", Languages: []locale.Language{"da"}})), problem.Invalid},
		} {
			if !problem.Is(line.err, line.kind) {
				t.Errorf("%s: %v", what, line.err)
			}
		}
		if n := audited(t, db) - before; n != 0 {
			t.Errorf("%d audit entries tell of what was refused", n)
		}

		if err := edit(koge, w.Koge, func(d *org.UnitChange) {
			d.Names[locale.English], d.Email, d.Phone = "Køge branch", "koge@tandem.example", "+45 00 00 00 00"
		}); err != nil {
			t.Fatal(err)
		}
		u := file(w.Koge)
		if u.Name.In(locale.English) != "Køge branch" || u.Name.In(locale.Danish) != "Røde Kors Køge" || u.Email == "" || u.Phone == "" {
			t.Errorf("kept is %+v", u)
		}
		id, err := s.AddUnit(ctx, koge, w.Koge, org.UnitChange{Writes: locale.Danish, Level: org.Primary, Zone: u.Zone, Languages: u.Languages,
			Names: named("Herfølge"), ShortNames: named("Herfølge"), Places: named("Herfølge")})
		if err != nil {
			t.Fatal(err)
		}
		if below := file(w.Koge).Below; len(below) != 1 || below[0].ID != id {
			t.Errorf("below Køge stands %+v", below)
		}
		noWords(t, db)
	})
}

func add(_ string, err error) error { return err }

// noWords holds the audit to IDs and states.
func noWords(t *testing.T, db *database.DB) {
	t.Helper()
	write(t, db, func(ctx context.Context, tx *database.Tx) error {
		all, err := database.Strings(ctx, tx, `select details from audit`)
		for _, details := range all {
			if strings.Contains(details, "Herfølge") || strings.Contains(details, "@") || strings.Contains(details, "Støttetelefon") {
				t.Errorf("the audit log says %s", details)
			}
		}
		return err
	})
}

// lines are all units with what is above them, as the table of ancestors has it and as the parents say.
func lines(t *testing.T, db *database.DB) (kept, meant map[string][]string) {
	t.Helper()
	kept, meant = map[string][]string{}, map[string][]string{}
	parent := map[string]string{}
	write(t, db, func(ctx context.Context, tx *database.Tx) error {
		type row struct {
			unit, ancestor string
			depth          int
		}
		rows, err := database.All(ctx, tx, func(s database.Scanner) (r row, err error) { return r, s.Scan(&r.unit, &r.ancestor, &r.depth) },
			`select unit_id, ancestor_id, depth from unit_ancestors order by unit_id, depth`)
		for _, r := range rows {
			if r.depth != len(kept[r.unit]) {
				t.Errorf("%s is %d above %s, after %d others", r.ancestor, r.depth, r.unit, len(kept[r.unit]))
			}
			kept[r.unit] = append(kept[r.unit], r.ancestor)
		}
		if err != nil {
			return err
		}
		_, err = database.All(ctx, tx, func(s database.Scanner) (none struct{}, err error) {
			var id, above string
			err = s.Scan(&id, &above)
			parent[id] = above
			return none, err
		}, `select id, coalesce(parent_id, '') from units`)
		return err
	})
	for id := range parent {
		for at := id; at != "" && len(meant[id]) < 20; at = parent[at] { // no more, should they ever stand in a circle
			meant[id] = append(meant[id], at)
		}
	}
	return kept, meant
}

func rights(t *testing.T, db *database.DB, person string) (n int) {
	t.Helper()
	write(t, db, func(ctx context.Context, tx *database.Tx) error {
		return tx.Row(ctx, `select rights from people where id = $1`, person).Scan(&n)
	})
	return n
}

func TestMovingUnits(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w, s := orgtest.New(t, db), org.New(db)
		ctx := t.Context()
		brest := admin(w.Brest, w.Belarus, w.BrestStaff.ID)
		for what, line := range map[string]struct {
			err  error
			kind problem.Kind
		}{
			"below itself":                              {s.MoveUnit(ctx, w.MinskAdmin.Actor, w.Brest, w.Brest), problem.Invalid},
			"below what is below it":                    {s.MoveUnit(ctx, w.MinskAdmin.Actor, w.Brest, w.BrestTown), problem.Invalid},
			"into another society":                      {s.MoveUnit(ctx, w.MinskAdmin.Actor, w.Brest, w.Denmark), problem.Forbidden},
			"into another society one also administers": {s.MoveUnit(ctx, both(w), w.Brest, w.Koge), problem.Invalid},
			"a society":                                 {s.MoveUnit(ctx, w.MinskAdmin.Actor, w.Belarus, w.Brest), problem.Forbidden},
			"one's own unit":                            {s.MoveUnit(ctx, brest, w.Brest, w.Vitebsk), problem.Forbidden},
			"below one that one administers not":        {s.MoveUnit(ctx, brest, w.BrestTown, w.Vitebsk), problem.Forbidden},
			"by another society's administrator":        {s.MoveUnit(ctx, w.DenmarkAdmin.Actor, w.Brest, w.Vitebsk), problem.Forbidden},
			"below nothing":                             {s.MoveUnit(ctx, w.MinskAdmin.Actor, w.Brest, "gone"), problem.NotFound},
			"by who sees no units":                      {s.MoveUnit(ctx, w.Former.Actor, w.Brest, w.Vitebsk), problem.NotFound},
		} {
			if !problem.Is(line.err, line.kind) {
				t.Errorf("%s: %v", what, line.err)
			}
		}

		before := map[string]int{}
		for _, p := range []string{w.Outsider.ID, w.BrestCoordinator.ID, w.BrestTownStaff.ID, w.MinskAdmin.ID, w.KogeStaff.ID} {
			before[p] = rights(t, db, p)
		}
		if err := s.MoveUnit(ctx, w.MinskAdmin.Actor, w.Brest, w.Vitebsk); err != nil {
			t.Fatal(err)
		}
		kept, meant := lines(t, db)
		for id, line := range meant {
			if !slices.Equal(kept[id], line) {
				t.Errorf("above %s stand %v, want %v", id, kept[id], line)
			}
		}
		if got := kept[w.BrestTown]; !slices.Equal(got, []string{w.BrestTown, w.Brest, w.Vitebsk, w.Belarus}) {
			t.Errorf("above the town stand %v", got)
		}
		for p, n := range before {
			moved := rights(t, db, p) - n
			if want := map[string]int{w.Outsider.ID: 1}[p]; moved != want {
				t.Errorf("the rights of %s moved on by %d, want %d", p, moved, want)
			}
		}
		if _, _, err := s.FindPartnership(ctx, w.Outsider.Actor, w.Partnership); err != nil {
			t.Errorf("who is above Brest now does not see its partnership: %v", err)
		}
		if err := s.MoveUnit(ctx, w.MinskAdmin.Actor, w.Brest, w.Belarus); err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.FindPartnership(ctx, w.Outsider.Actor, w.Partnership); !problem.Is(err, problem.NotFound) {
			t.Errorf("who is above Brest no more: %v", err)
		}
		if kept, _ := lines(t, db); !slices.Equal(kept[w.BrestTown], []string{w.BrestTown, w.Brest, w.Belarus}) {
			t.Errorf("above the town stand %v", kept[w.BrestTown])
		}
	})
}

// both is administrator of two societies.
func both(w orgtest.World) access.Actor {
	a := w.MinskAdmin.Actor
	a.Memberships = append(slices.Clone(a.Memberships), w.DenmarkAdmin.Actor.Memberships...)
	return a
}

func TestArchivingUnits(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w, s := orgtest.New(t, db), org.New(db)
		ctx := t.Context()
		end := func(membership string) {
			write(t, db, func(ctx context.Context, tx *database.Tx) error { return s.EndMembershipIn(ctx, tx, "", membership) })
		}
		refused := func(what string, kind problem.Kind, a access.Actor, id string) {
			t.Helper()
			if err := s.ArchiveUnit(ctx, a, id); !problem.Is(err, kind) {
				t.Errorf("%s: %v", what, err)
			}
		}
		refused("with members", problem.Invalid, w.MinskAdmin.Actor, w.BrestTown)
		end(w.BrestTownStaff.MembershipID)
		refused("by its own administrator", problem.Forbidden, admin(w.BrestTown, w.Belarus, w.BrestStaff.ID), w.BrestTown)
		refused("by another society's", problem.Forbidden, w.DenmarkAdmin.Actor, w.BrestTown)
		refused("in a running partnership", problem.Invalid, w.DenmarkAdmin.Actor, w.Aarhus)
		refused("a society", problem.Forbidden, w.DenmarkAdmin.Actor, w.Denmark)
		u, err := s.FindUnit(ctx, w.MinskAdmin.Actor, w.Brest)
		if err != nil || u.Hangs != (org.Hanging{Members: 2, Below: 1, Partnerships: 1}) {
			t.Errorf("on Brest hangs %+v, %v", u.Hangs, err)
		}

		if err := s.ArchiveUnit(ctx, w.MinskAdmin.Actor, w.BrestTown); err != nil {
			t.Fatal(err)
		}
		if _, err := s.FindUnit(ctx, w.BrestStaff.Actor, w.BrestTown); !problem.Is(err, problem.NotFound) {
			t.Errorf("staff see an archived unit: %v", err)
		}
		if _, err := s.People(ctx, w.MinskAdmin.Actor, w.BrestTown); !problem.Is(err, problem.NotFound) {
			t.Errorf("the directory has an archived unit: %v", err)
		}
		if u, err := s.FindUnit(ctx, w.MinskAdmin.Actor, w.Brest); err != nil || len(u.Archived) != 1 || len(u.Below) != 0 {
			t.Errorf("its administrator finds it under %+v, %v", u.Archived, err)
		}
		if names, err := s.Names(ctx, nil, []string{w.BrestTown}); err != nil || names.Unit(w.BrestTown).Empty() {
			t.Errorf("it has lost its name: %v", err)
		}
		for what, err := range map[string]error{
			"joined": db.Write(ctx, func(tx *database.Tx) error {
				_, err := s.JoinIn(ctx, tx, "", w.KogeStaff.ID, w.BrestTown, access.Staff)
				return err
			}),
			"a parent": s.MoveUnit(ctx, w.MinskAdmin.Actor, w.Vitebsk, w.BrestTown),
			"moved":    s.MoveUnit(ctx, w.MinskAdmin.Actor, w.BrestTown, w.Vitebsk),
			"a twin": db.Write(ctx, func(tx *database.Tx) error {
				return plan(func(d *org.PartnershipDraft, w orgtest.World) { d.UnitIDs = []string{w.BrestTown, w.Koge} })(ctx, tx, s, w)
			}),
		} {
			if _, is := problem.As(err); !is {
				t.Errorf("an archived unit is %s: %v", what, err)
			}
		}
		if err := s.BringBackUnit(ctx, admin(w.BrestTown, w.Belarus, w.BrestStaff.ID), w.BrestTown); err == nil {
			t.Error("brought back by its own administrator")
		}
		if err := s.BringBackUnit(ctx, w.MinskAdmin.Actor, w.BrestTown); err != nil {
			t.Error(err)
		}
		if _, err := s.FindUnit(ctx, w.BrestStaff.Actor, w.BrestTown); err != nil {
			t.Errorf("brought back, and not seen: %v", err)
		}
	})
}

// Two moves at once must not hang two units below each other.
func TestTwoMovesAtOnceLeaveATree(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w, s := orgtest.New(t, db), org.New(db)
		var group sync.WaitGroup
		errs := make([]error, 2)
		for i, move := range [][2]string{{w.Brest, w.Vitebsk}, {w.Vitebsk, w.Brest}} {
			group.Go(func() { errs[i] = s.MoveUnit(t.Context(), w.MinskAdmin.Actor, move[0], move[1]) })
		}
		group.Wait()
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Errorf("one of the two was to be refused: %v", errs)
		}
		kept, meant := lines(t, db)
		for id, line := range meant {
			if !slices.Equal(kept[id], line) || line[len(line)-1] != w.Belarus && line[len(line)-1] != w.Denmark {
				t.Errorf("above %s stand %v, want %v", id, kept[id], line)
			}
		}
	})
}
