package minutes_test

import (
	"testing"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/minutes"
	"example.org/tandem/internal/org/orgtest"
)

// host names one host unit of each society and when the conference is over.
func (d desk) host(t *testing.T, over time.Time, units ...string) {
	t.Helper()
	err := d.db.Write(t.Context(), func(tx *database.Tx) error {
		for i, unit := range units {
			_, err := tx.Exec(t.Context(), `insert into conference_hosts (conference_id, unit_id, position) values ($1, $2, $3)`, d.conference, unit, i)
			if err != nil {
				return err
			}
		}
		_, err := tx.Exec(t.Context(), `update conferences set over_at = $1 where id = $2`, over, d.conference)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestMinutesWaitForTheSideThatHasNotAgreed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, clock *dbtest.Clock) {
		w := orgtest.New(t, db)
		d := desk{Store: minutes.New(db), db: db, conference: database.NewID(), minsk: w.MinskCoordinator.Actor, koge: w.KogeCoordinator.Actor}
		d.hold(t, w.Partnership)
		d.host(t, clock.Now().Add(time.Hour), w.Secretariat, w.Koge)
		expect := func(when string, want map[string]bool) {
			t.Helper()
			for who, a := range map[string]access.Actor{"Minsk": d.minsk, "Brest": w.BrestCoordinator.Actor, "Køge": d.koge,
				"above Køge": w.DenmarkAdmin.Actor, "staff": w.KogeStaff.Actor, "outsider": w.Outsider.Actor,
				"former": w.Former.Actor, "site administrator": w.SiteAdmin.Actor} {
				list, err := d.Waiting(t.Context(), a, 5)
				if err != nil {
					t.Fatal(err)
				}
				if waits := len(list) == 1 && list[0].ConferenceID == d.conference; waits != want[who] {
					t.Errorf("%s: minutes wait for %s: %t, want %t", when, who, waits, want[who])
				}
			}
		}
		expect("before the end", nil)
		clock.Advance(time.Hour)
		expect("after it", map[string]bool{"Minsk": true, "Brest": true, "Køge": true, "above Køge": true})
		if err := d.agree(t, d.koge, minutes.Consent{SocietyID: w.Denmark, Languages: danes[:1], Fingerprint: "one"}); err != nil {
			t.Fatal(err)
		}
		expect("when Denmark has agreed", map[string]bool{"Minsk": true, "Brest": true})
		err := db.Write(t.Context(), func(tx *database.Tx) error {
			_, err := d.VoidIn(t.Context(), tx, d.conference, "two")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		expect("when that is void", map[string]bool{"Minsk": true, "Brest": true, "Køge": true, "above Køge": true})
	})
}
