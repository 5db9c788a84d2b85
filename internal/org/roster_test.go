package org_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/org/orgtest"
	"example.org/tandem/internal/problem"
)

var rosterWords = org.RosterWords{
	Columns:   map[string][]string{"name": {"Имя", "Navn"}, "email": {"Эл. почта"}, "unit": {"Организация"}, "role": {"Роль"}, "language": {"Язык"}},
	Roles:     map[string][]string{"staff": {"сотрудник"}, "coordinator": {"координатор"}, "administrator": {"администратор"}},
	Languages: map[string][]string{"ru": {"русский"}, "be": {"беларуская"}, "da": {"dansk"}, "en": nil},
}

// wrongs are what is wrong with each line: "3 email people.problem.email".
func wrongs(r org.Roster) (list []string) {
	for _, l := range r.Lines {
		for _, f := range l.Wrong {
			list = append(list, fmt.Sprint(l.Number, " ", f.Name, " ", f.Key))
		}
	}
	return list
}

func count(t *testing.T, db *database.DB, query string) (n int) {
	t.Helper()
	err := db.Read(t.Context(), func(tx *database.Tx) error { return tx.Row(t.Context(), query).Scan(&n) })
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAListOfPeopleIsTriedBeforeAnybodyIsInvited(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w, s := orgtest.New(t, db), org.New(db)
		a := w.MinskAdmin.Actor
		d := org.RosterDraft{UnitID: w.Belarus, Words: rosterWords, Table: "\ufeffИмя;ЭЛ. ПОЧТА;Организация;роль;Язык;Телефон\r\n" +
			"Координатор, Брест;brest@x.example;Брестская   областная организация;Координатор;беларуская;1\r\n" +
			"\r\n" +
			"\"Сотрудник; Минск\";;;;;\r\n" +
			"Ольшаны;nowhere;Атлантида;царь;латынь;\r\n" +
			"Кёге;koge@x.example;Køge;;;\r\n" +
			"Второй раз;BREST@x.example;" + w.Brest + ";;;\r\n"}
		r, err := s.TryRoster(t.Context(), a, d)
		if err != nil {
			t.Fatal(err)
		}
		want := []string{"5 email people.problem.email", "5 language people.import.problem.language", "5 role people.import.problem.role",
			"5 unit people.import.problem.unit", "6 unit people.import.problem.unit.other", "7 email people.import.problem.twice"}
		got := wrongs(r)
		slices.Sort(got)
		if !slices.Equal(got, want) || !slices.Equal(r.Ignored, []string{"Телефон"}) {
			t.Errorf("wrong are %q, want %q; not used: %q", got, want, r.Ignored)
		}
		first, second := r.Lines[0].Draft, r.Lines[1].Draft
		if first.UnitID != w.Brest || first.Role != access.Coordinator || first.Language != locale.Belarusian {
			t.Errorf("the first line is %+v", first)
		}
		if second.UnitID != w.Belarus || second.Role != access.Staff || second.Name.Body != "Сотрудник; Минск" {
			t.Errorf("a line that says little is %+v", second)
		}
		if n := count(t, db, `select count(*) from invitations`); n != 0 {
			t.Errorf("trying has invited %d", n)
		}
		if _, err := s.InviteRoster(t.Context(), a, d); !problem.Is(err, problem.Invalid) || count(t, db, `select count(*) from invitations`) != 0 {
			t.Errorf("with wrong lines: %v", err)
		}
		d.Skip = true
		if n, err := s.InviteRoster(t.Context(), a, d); n != 2 || err != nil {
			t.Fatalf("%d are invited: %v", n, err)
		}
		mails := count(t, db, `select count(*) from jobs where kind = '`+org.InvitedMail+`'`)
		if n := count(t, db, `select count(*) from invitations`); n != 2 || mails != 1 {
			t.Errorf("%d invitations and %d mails, want 2 and 1: one line has no address", n, mails)
		}
		r, err = s.TryRoster(t.Context(), a, d)
		if got := wrongs(r); err != nil || !slices.Contains(got, "2 email people.invite.problem.asked") {
			t.Errorf("the list once more: %q, %v", got, err)
		}
	})
}

func TestListsThatAreRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w, s := orgtest.New(t, db), org.New(db)
		for name, table := range map[string]string{
			"empty": " \n", "only a heading": "name,email\n", "without a name": "email;unit\na@x.example;Brest\n", "another encoding": "name\n\xc8\xec\xff\n",
			"too large": "name\n" + strings.Repeat("x", org.RosterSize), "too many": "name\n" + strings.Repeat("x\n", org.RosterLines+1),
			"an open quote": "name\n\"x\n",
		} {
			_, err := s.TryRoster(t.Context(), w.MinskAdmin.Actor, org.RosterDraft{Table: table, UnitID: w.Belarus, Words: rosterWords})
			if p, is := problem.As(err); !is || p.Kind != problem.Invalid || len(p.Fields) == 0 || p.Fields[0].Name != "list" {
				t.Errorf("%s: %v", name, err)
			}
		}
		for name, a := range map[string]access.Actor{"a coordinator": w.MinskCoordinator.Actor, "an administrator elsewhere": w.DenmarkAdmin.Actor,
			"who looks after the installation": w.SiteAdmin.Actor} {
			_, err := s.InviteRoster(t.Context(), a, org.RosterDraft{Table: "name\nx\n", UnitID: w.Brest, Words: rosterWords})
			if !problem.Is(err, problem.NotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
