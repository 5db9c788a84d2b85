package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/demo/demotest"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/text"
)

// place is a column of the database, by table and name.
type place struct{ table, name string }

// columns are all of the database, whichever of the two it is.
func columns(t *testing.T, db *database.DB) []place {
	t.Helper()
	list := func(query string) (found []place, err error) {
		err = db.Read(t.Context(), func(tx *database.Tx) error {
			found, err = database.All(t.Context(), tx, func(row database.Scanner) (c place, err error) {
				return c, row.Scan(&c.table, &c.name)
			}, query)
			return err
		})
		return found, err
	}
	found, err := list(`select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table'`)
	if err != nil {
		found, err = list(`select table_name, column_name from information_schema.columns where table_schema = 'public'`)
	}
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// found says where in the whole database some words stand: "table.column ×2".
func found(t *testing.T, db *database.DB, words string) (places []string) {
	t.Helper()
	err := db.Read(t.Context(), func(tx *database.Tx) error {
		for _, c := range columns(t, db) {
			var n int
			err := tx.Row(t.Context(), fmt.Sprintf(`select count(*) from %s where cast("%s" as text) like '%%' || $1 || '%%'`, c.table, c.name), words).Scan(&n)
			if err != nil {
				return err
			}
			if n > 0 {
				places = append(places, fmt.Sprintf("%s.%s ×%d", c.table, c.name, n))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(places)
	return places
}

const leaver = "p-koge-vol-1"

// everywhere leaves the leaver's name and address wherever the program can have them.
func everywhere(t *testing.T, s *demotest.Site, b *demotest.Browser) {
	t.Helper()
	form := b.Get("/me").Form("#profile")
	for field, name := range map[string]string{"name-en": "Fountain keeper", "name-da": "Springvandspasser", "name-ru": "Смотритель фонтана", "name-be": "Даглядчык фантана"} {
		form.Set(field, name)
	}
	if sent := b.Post("/me", form); sent.Status != http.StatusSeeOther {
		t.Fatal(sent.Status, sent.Text("main"))
	}
	s.DoJobs()
	ctx, id, other := t.Context(), demo.ID(leaver), demo.ID("p-koge-chair")
	err := s.DB.Write(ctx, func(tx *database.Tx) error {
		name, err := text.New(ctx, tx, text.Draft{Language: locale.Danish, Body: "Springvandspasser"}, other)
		if err != nil {
			return err
		}
		typed, err := text.New(ctx, tx, text.Draft{Language: locale.Danish, Body: "Det sagde Springvandspasser."}, other)
		if err != nil {
			return err
		}
		koge, now := demo.ID("drc-koge"), tx.Now
		for _, row := range []struct {
			statement string
			args      []any
		}{
			{`insert into invitations (id, unit_id, role, name_id, email, language, invited_by_id, invited_at, ends_at, accepted_at, accepted_by_id)
				values ('i1', $1, 'staff', $2, 'Koge-Vol-1@tandem.example', 'da', $3, $4, $4, $4, $5)`, []any{koge, name, other, now, id}},
			{`insert into invitations (id, unit_id, role, email, language, invited_by_id, invited_at, ends_at)
				values ('i2', $1, 'staff', 'koge-vol-1@tandem.example', 'da', $2, $3, $3)`, []any{koge, other, now}},
			{`insert into action_notes (id, action_id, text_id, person_id, at) values ('n1', (select min(id) from actions), $1, $2, $3)`, []any{typed, other, now}},
			{`insert into kept_forms (token_hash, person_id, path, fields, ends_at) values ('k1', $1, '/me', 'name-da=Springvandspasser', $2)`, []any{id, now}},
			{`insert into stand_ins (person_id, stand_in_id, from_on, until_on) values ($1, $2, '2020-08-01', '2020-09-01')`, []any{other, id}},
			{`insert into grants (id, issuer, email, created_at, ends_at) values ('g1', 'https://idp.example', 'koge-vol-1@tandem.example', $1, $1)`, []any{now}},
			{`insert into mail_replies (id, conference_id, address, why, answer, said, at)
				values ('m1', $1, 'koge-vol-1@tandem.example', 'comment', 'DECLINED', '', $2)`, []any{demo.ID("conf-2020-08"), now}},
			{`insert into jobs (id, kind, subject, run_at, failed_at, last_error)
				values ('j1', 'invitation', 'x', $1, $1, 'the mail server refused: 550 <koge-vol-1@tandem.example> is unknown')`, []any{now}},
		} {
			if _, err := tx.Exec(ctx, row.statement, row.args...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestNothingOfWhoLeftIsLeft(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(leaver)
		everywhere(t, s, b)
		names := []string{"Fountain keeper", "Springvandspasser", "Смотритель фонтана", "Даглядчык фантана", "Volunteer, Køge (phone contact)",
			"Frivillig, Køge (telefonkontakt)", "Волонтёр, Кёге (общение по телефону)", "Валанцёр, Кёге (зносіны па тэлефоне)", "oge-vol-1@tandem.example"}
		for _, words := range names {
			if len(found(t, s.DB, words)) == 0 {
				t.Errorf("%q is nowhere before, so the test below says nothing", words)
			}
		}
		form := b.Get("/me/leave").Form("#leave")
		form.Set("sure", "yes")
		if left := b.Post("/me/leave", form); left.Status != http.StatusSeeOther {
			t.Fatal(left.Status, left.Text("main"))
		}
		for _, words := range names {
			var want []string
			if words == "Springvandspasser" {
				want = []string{"text_revisions.body ×1"} // somebody else has typed it into a note
			}
			// The demo's mailbox stands for everybody's own mailboxes: what has arrived there is out of our reach.
			got := slices.DeleteFunc(found(t, s.DB, words), func(where string) bool { return strings.HasPrefix(where, "demo_mails.") })
			if !slices.Equal(got, want) {
				t.Errorf("%q is still in %v", words, got)
			}
		}
		stranger(t, s)
		former(t, s)
	})
}

// stranger: the identity that they had is unknown.
func stranger(t *testing.T, s *demotest.Site) {
	t.Helper()
	b := s.Visitor()
	page := b.Post("/sign-in/demo", url.Values{"account": {leaver}})
	for range 6 {
		if page.Location == "" {
			break
		}
		page = b.Get(page.Location)
	}
	if page.Status != http.StatusUnprocessableEntity {
		t.Errorf("signing in again: %d %s", page.Status, page.Text("main"))
	}
}

// former: pages that name them say so, in the reader's language.
func former(t *testing.T, s *demotest.Site) {
	t.Helper()
	var names org.Names
	err := s.DB.Read(t.Context(), func(tx *database.Tx) (err error) {
		names, err = org.New(s.DB).NamesIn(t.Context(), tx, []string{demo.ID(leaver)}, nil)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for l, want := range map[locale.Language]string{locale.English: "Former participant", locale.Danish: "Tidligere deltager",
		locale.Russian: "Бывший участник", locale.Belarusian: "Былы ўдзельнік"} {
		if got := names.Person(demo.ID(leaver)).Line([]locale.Language{l}); got.Body != want {
			t.Errorf("in %s they are called %q", l, got.Body)
		}
	}
	page := s.As("p-koge-chair").Get("/conferences/" + demo.ID("conf-2020-07") + "/minutes")
	if page.Status == http.StatusOK && !strings.Contains(page.Text("main"), "Tidligere deltager") {
		t.Errorf("the minutes do not say that a former participant was there")
	}
}
