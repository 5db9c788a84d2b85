package org_test

import (
	"maps"
	"slices"
	"testing"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/org/orgtest"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// draft is a form that changes nothing.
func draft(t *testing.T, store *org.Store, a access.Actor) org.ProfileDraft {
	t.Helper()
	p, err := store.Profile(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	d := org.ProfileDraft{Version: p.Version, Language: p.Language, Reads: p.Reads, Zone: p.Zone, Names: map[locale.Language]string{}}
	for _, l := range p.Name.Languages() {
		d.Names[l] = p.Name.In(l)
	}
	return d
}

func TestChangeProfile(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w, store := orgtest.New(t, db), org.New(db)
		a := w.KogeCoordinator.Actor
		d := draft(t, store, a)
		d.Names = map[locale.Language]string{locale.Danish: " Formand,\n Køge ", locale.Russian: "Председатель, Кёге"}
		d.Language, d.Reads, d.Zone = locale.English, []locale.Language{locale.Danish, locale.Russian}, "Europe/Minsk"
		if err := store.ChangeProfile(t.Context(), a, d); err != nil {
			t.Fatal(err)
		}
		p, err := store.Profile(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		if p.Language != locale.English || !slices.Equal(p.Reads, d.Reads) || p.Zone != "Europe/Minsk" || p.Version != d.Version+1 {
			t.Errorf("profile is %+v", p)
		}
		expectNames(t, p.Name, map[locale.Language]string{locale.Danish: "Formand, Køge", locale.Russian: "Председатель, Кёге"})
		if len(p.Belongs) != 1 || p.Belongs[0].Unit.ID != w.Koge || p.Belongs[0].Role != access.Coordinator {
			t.Errorf("belongs to %+v", p.Belongs)
		}
	})
}

// A name in another language does not stay behind when the one it follows is changed: its owner saw them all.
func TestRenamingKeepsEverySpelling(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w, store := orgtest.New(t, db), org.New(db)
		a := w.KogeCoordinator.Actor
		names := map[locale.Language]string{locale.Danish: "Formand, Køge", locale.English: "Chair, Køge"}
		for _, changed := range []locale.Language{locale.Danish, locale.English, locale.Danish} {
			names[changed] += " (ny)"
			d := draft(t, store, a)
			d.Names = maps.Clone(names)
			if err := store.ChangeProfile(t.Context(), a, d); err != nil {
				t.Fatal(err)
			}
			p, err := store.Profile(t.Context(), a)
			if err != nil {
				t.Fatal(err)
			}
			expectNames(t, p.Name, names)
		}
	})
}

func expectNames(t *testing.T, name text.Text, want map[locale.Language]string) {
	t.Helper()
	for _, l := range locale.All {
		if name.In(l) != want[l] || want[l] != "" && name.State(l) != text.Good && name.State(l) != text.Source {
			t.Errorf("%s: %q, %s; want %q", l, name.In(l), name.State(l), want[l])
		}
	}
}

func TestChangeProfileRefuses(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w, store := orgtest.New(t, db), org.New(db)
		a := w.KogeCoordinator.Actor
		for field, spoil := range map[string]func(*org.ProfileDraft){
			"name-da":  func(d *org.ProfileDraft) { d.Names[locale.Danish] = " " },
			"language": func(d *org.ProfileDraft) { d.Language = "sv" },
			"reads":    func(d *org.ProfileDraft) { d.Reads = []locale.Language{"sv"} },
			"zone":     func(d *org.ProfileDraft) { d.Zone = "Europe/Køge" },
		} {
			d := draft(t, store, a)
			spoil(&d)
			p, is := problem.As(store.ChangeProfile(t.Context(), a, d))
			if !is || len(p.Fields) != 1 || p.Fields[0].Name != field {
				t.Errorf("%s: %v", field, p)
			}
		}
		old := draft(t, store, a)
		if err := store.ChangeProfile(t.Context(), a, old); err != nil {
			t.Fatal(err)
		}
		if err := store.ChangeProfile(t.Context(), a, old); !problem.Is(err, problem.Conflict) {
			t.Errorf("a form of before another change: %v", err)
		}
		if err := store.ChangeProfile(t.Context(), access.Actor{}, old); !problem.Is(err, problem.NotFound) {
			t.Errorf("nobody: %v", err)
		}
	})
}

func TestSpeakAndRememberWriting(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w, store := orgtest.New(t, db), org.New(db)
		a := w.KogeCoordinator.Actor
		before := draft(t, store, a)
		if err := store.Speak(t.Context(), a, locale.Belarusian); err != nil {
			t.Fatal(err)
		}
		if err := store.RememberWriting(t.Context(), a, locale.English); err != nil {
			t.Fatal(err)
		}
		var writes string
		err := db.Read(t.Context(), func(tx *database.Tx) error {
			return tx.Row(t.Context(), `select writes from people where id = $1`, a.PersonID).Scan(&writes)
		})
		after := draft(t, store, a)
		if err != nil || writes != "en" || after.Language != locale.Belarusian {
			t.Errorf("writes %q, speaks %s, %v", writes, after.Language, err)
		}
		if after.Version != before.Version {
			t.Error("switching the language makes an open form of the profile out of date")
		}
	})
}
