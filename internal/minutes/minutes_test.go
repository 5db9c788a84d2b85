package minutes_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/minutes"
	"example.org/tandem/internal/org/orgtest"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

var (
	danes       = []locale.Language{locale.Danish, locale.English}
	belarusians = []locale.Language{locale.Russian, locale.Belarusian}
	onlyRussian = belarusians[:1]
)

// desk is a conference of two societies.
type desk struct {
	*minutes.Store
	db                           *database.DB
	conference, belarus, denmark string
	minsk, koge                  access.Actor
}

func each(t *testing.T, test func(t *testing.T, d desk)) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w := orgtest.New(t, db)
		d := desk{Store: minutes.New(db), db: db, conference: database.NewID(), belarus: w.Belarus, denmark: w.Denmark,
			minsk: w.MinskCoordinator.Actor, koge: w.KogeCoordinator.Actor}
		d.hold(t, w.Partnership)
		test(t, d)
	})
}

// hold writes the row of a conference that minutes can refer to.
func (d desk) hold(t *testing.T, partnership string) {
	t.Helper()
	err := d.db.Write(t.Context(), func(tx *database.Tx) error {
		title, err := text.New(t.Context(), tx, text.Draft{}, "")
		if err != nil {
			return err
		}
		_, err = tx.Exec(t.Context(), `insert into conferences (id, partnership_id, title_id, purpose_id, state, zone, minutes, room_url,
			room_kind, languages, interpretation, created_by_id, starts_at, created_at, changed_at)
			values ($1, $2, $3, $3, 'scheduled', 'Europe/Minsk', 60, '', 'none', 'ru', '', $4, $5, $5, $5)`,
			d.conference, partnership, title, d.minsk.PersonID, tx.Now)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (d desk) agree(t *testing.T, a access.Actor, c minutes.Consent) error {
	c.ConferenceID = d.conference
	return d.db.Write(t.Context(), func(tx *database.Tx) error { return d.AgreeIn(t.Context(), tx, a, c, mixed()) })
}

func (d desk) agreements(t *testing.T) (list []minutes.Agreement) {
	t.Helper()
	err := d.db.Read(t.Context(), func(tx *database.Tx) (err error) {
		list, err = d.AgreementsIn(t.Context(), tx, d.conference)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestAnAgreementKeepsItsLanguagesAndReservation(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		c := minutes.Consent{SocietyID: d.belarus, Languages: onlyRussian, Fingerprint: "one",
			Reservation: text.Draft{Language: locale.Russian, Body: "Срок зависит от поставки."}}
		if err := d.agree(t, d.minsk, c); err != nil {
			t.Fatal(err)
		}
		got := d.agreements(t)
		if len(got) != 1 || got[0].SocietyID != d.belarus || got[0].PersonID != d.minsk.PersonID || !got[0].Holds("one") || got[0].Holds("two") ||
			!cmp.Equal(got[0].Languages, onlyRussian) || got[0].Reservation.In(locale.Russian) != "Срок зависит от поставки." {
			t.Fatalf("got %+v", got)
		}
	})
}

func TestAgreementsRefused(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		first := minutes.Consent{SocietyID: d.belarus, Languages: onlyRussian, Fingerprint: "one"}
		if err := d.agree(t, d.minsk, first); err != nil {
			t.Fatal(err)
		}
		other := minutes.Consent{SocietyID: d.denmark, Languages: danes[:1], Fingerprint: "one"}
		long := other
		long.Reservation.Body = strings.Repeat("m", minutes.MaxReservation+1)
		for name, c := range map[string]struct {
			by      access.Actor
			consent minutes.Consent
			key     string
		}{
			"a society twice":                      {d.koge, first, "minutes.problem.already"},
			"one person for both societies":        {d.minsk, other, "minutes.problem.both"},
			"no language":                          {d.koge, minutes.Consent{SocietyID: d.denmark}, "minutes.problem.language"},
			"a language that is not the society's": {d.koge, minutes.Consent{SocietyID: d.denmark, Languages: onlyRussian}, "minutes.problem.language"},
			"a version that is not there":          {d.koge, minutes.Consent{SocietyID: d.denmark, Languages: danes}, "minutes.problem.version"},
			"a reservation longer than minutes":    {d.koge, long, "error.too-long"},
		} {
			err := d.agree(t, c.by, c.consent)
			if !problem.Is(err, problem.Invalid) || !strings.Contains(err.Error(), c.key) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if got := d.agreements(t); len(got) != 1 {
			t.Errorf("%d agreements", len(got))
		}
	})
}

func TestOnlyAgreementsToAnotherMeaningAreVoided(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		for _, c := range []struct {
			by      access.Actor
			consent minutes.Consent
		}{
			{d.minsk, minutes.Consent{SocietyID: d.belarus, Languages: onlyRussian, Fingerprint: "old"}},
			{d.koge, minutes.Consent{SocietyID: d.denmark, Languages: danes[:1], Fingerprint: "new"}},
		} {
			if err := d.agree(t, c.by, c.consent); err != nil {
				t.Fatal(err)
			}
		}
		var voided []minutes.Agreement
		err := d.db.Write(t.Context(), func(tx *database.Tx) (err error) {
			voided, err = d.VoidIn(t.Context(), tx, d.conference, "new")
			return err
		})
		if err != nil || len(voided) != 1 || voided[0].SocietyID != d.belarus {
			t.Fatal(voided, err)
		}
		again := minutes.Consent{SocietyID: d.belarus, Languages: onlyRussian, Fingerprint: "new"}
		if err := d.agree(t, d.minsk, again); err != nil {
			t.Error("the side that was voided cannot agree anew:", err)
		}
	})
}

func TestFrozenMinutesComeBackAsTheyWereAndAreFrozenOnce(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		r := sample()
		r.ConferenceID = d.conference
		freeze := func() error {
			return d.db.Write(t.Context(), func(tx *database.Tx) error { return d.FreezeIn(t.Context(), tx, r) })
		}
		if _, frozen, err := d.Frozen(t.Context(), d.conference); frozen || err != nil {
			t.Fatal(frozen, err)
		}
		if err := freeze(); err != nil {
			t.Fatal(err)
		}
		if err := freeze(); !database.IsDuplicate(err) {
			t.Error("frozen twice:", err)
		}
		got, frozen, err := d.Frozen(t.Context(), d.conference)
		if err != nil || !frozen || got.Fingerprint() != r.Fingerprint() {
			t.Fatal(frozen, err)
		}
		if diff := cmp.Diff(r, got, cmpopts.EquateEmpty()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestTheFingerprintStandsForMeaningOnly(t *testing.T) {
	base := sample().Fingerprint()
	for name, c := range map[string]struct {
		change func(r *minutes.Record)
		moves  bool
	}{
		"another meaning":        {func(r *minutes.Record) { r.Items[0].Notes[0].Meaning++ }, true},
		"a paragraph less":       {func(r *minutes.Record) { r.Items[0].Notes = nil }, true},
		"another topic":          {func(r *minutes.Record) { r.Items[0].Topic[0].Meaning++ }, true},
		"a decision less":        {func(r *minutes.Record) { r.Items[0].Decisions = nil }, true},
		"a decision elsewhere":   {func(r *minutes.Record) { r.Decisions, r.Items[0].Decisions = r.Items[0].Decisions, nil }, true},
		"another due date":       {func(r *minutes.Record) { r.Items[0].Actions[0].DueOn = "2020-09-01" }, true},
		"another person":         {func(r *minutes.Record) { r.Items[0].Actions[0].Parts[0].PersonID = "x" }, true},
		"a finished action":      {func(r *minutes.Record) { r.Items[0].Actions[0].Parts[0].State = "done" }, false},
		"a translation":          {func(r *minutes.Record) { r.Items[0].Notes[0].In[locale.Danish] = minutes.Version{Body: "En."} }, false},
		"somebody less who came": {func(r *minutes.Record) { r.Sides[0].People = nil }, true},
	} {
		r := sample()
		if c.change(&r); (r.Fingerprint() != base) != c.moves {
			t.Errorf("%s: moves the fingerprint: %v, want %v", name, !c.moves, c.moves)
		}
	}
}

func TestAPassageReadsAsTheTextItWasTakenFrom(t *testing.T) {
	source := text.Text{Paragraphs: []text.Paragraph{{ID: "p", Kind: text.Item, Meaning: 2, Origin: locale.Russian,
		Versions: map[locale.Language]text.Revision{
			locale.Russian: {Language: locale.Russian, Meaning: 2, Body: "Два.", How: text.Written},
			locale.Danish:  {Language: locale.Danish, Meaning: 1, Body: "En.", How: text.Checked},
		}}}}
	for _, reads := range [][]locale.Language{{locale.Danish}, {locale.English, locale.Russian}, {locale.English}} {
		if got, want := minutes.Of(source).Text().For(reads), source.For(reads); !cmp.Equal(got, want) {
			t.Errorf("%v: got %v, want %v", reads, got, want)
		}
	}
}

func TestAVersionThatIsNotThereIsNotAgreedTo(t *testing.T) {
	paragraph := func(origin locale.Language, in map[locale.Language]minutes.Version) minutes.Paragraph {
		return minutes.Paragraph{ID: string(origin), Kind: text.Plain, Meaning: 2, Origin: origin, In: in}
	}
	written := minutes.Version{Body: "…", Meaning: 2, How: text.Written}
	translated, machine, old := written, written, written
	translated.How, machine.How, old.How, old.Meaning = text.Translated, text.ByMachine, text.Checked, 1
	both := []locale.Language{locale.Russian, locale.Belarusian}
	for name, c := range map[string]struct {
		in    map[locale.Language]minutes.Version // of a paragraph in Danish
		works []locale.Language
		want  []locale.Language
	}{
		"nothing in it: the original": {nil, both, []locale.Language{locale.Danish}},
		"a translation by a person":   {map[locale.Language]minutes.Version{locale.Russian: translated}, both, onlyRussian},
		"a translation by a machine":  {map[locale.Language]minutes.Version{locale.Russian: machine}, both, []locale.Language{locale.Danish}},
		"a translation that is old":   {map[locale.Language]minutes.Version{locale.Belarusian: old, locale.Russian: translated}, both, onlyRussian},
		"the language it was said in": {nil, danes, danes[:1]},
	} {
		in := map[locale.Language]minutes.Version{locale.Danish: written}
		for l, v := range c.in {
			in[l] = v
		}
		r := minutes.Record{Title: minutes.Passage{paragraph(locale.Danish, in)}}
		if got := r.Agreeable(c.works); !cmp.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	r := mixed()
	if got := r.Agreeable(both); !cmp.Equal(got, onlyRussian) {
		t.Errorf("notes in two languages: %v", got)
	}
	if s := r.Standing(locale.Danish); s != (minutes.Standing{Language: locale.Danish, Of: 6, There: 1, Written: 1}) {
		t.Errorf("%+v", s)
	}
}

// mixed are minutes in Russian, with one note that a Dane wrote.
func mixed() minutes.Record {
	r := sample()
	r.Items[0].Notes = append(r.Items[0].Notes, minutes.Paragraph{ID: "nd", Kind: text.Plain, Meaning: 1, Origin: locale.Danish,
		In: map[locale.Language]minutes.Version{locale.Danish: {Body: "Det gjorde vi også.", Meaning: 1, How: text.Written}}})
	return r
}

func sample() minutes.Record {
	passage := func(id, body string) minutes.Passage {
		return minutes.Passage{{ID: id, Kind: text.Plain, Meaning: 1, Origin: locale.Russian,
			In: map[locale.Language]minutes.Version{locale.Russian: {Body: body, Meaning: 1, How: text.Written}}}}
	}
	start := time.Date(2020, 7, 2, 8, 0, 0, 0, time.UTC)
	return minutes.Record{ConferenceID: "c", Title: passage("t", "Обмен опытом"), StartsAt: start, Minutes: 90, Spoken: onlyRussian,
		Sides: []minutes.Side{{SocietyID: "b", Name: passage("s", "БКК"), People: []minutes.Attendee{{PersonID: "p", Unit: passage("u", "Секретариат")}}}},
		Items: []minutes.Item{{ID: "i", Kind: "discussion", Topic: passage("o", "Обсуждение"), StartsAt: start, Minutes: 20, Notes: passage("n", "Сказано."),
			Decisions: []minutes.Decision{{ID: "d", Label: "2020/001", Text: passage("dt", "Решено.")}},
			Actions: []minutes.Action{{ID: "a", Title: passage("at", "Сделать."), DueOn: "2020-08-01",
				Parts: []minutes.Part{{UnitID: "u", Unit: passage("u", "Секретариат"), PersonID: "p", State: "open"}}}}}},
	}
}
