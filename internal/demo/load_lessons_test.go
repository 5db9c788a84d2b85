package demo_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
)

// story is a lesson as the content file tells of it.
type story struct {
	ID, Status, Author, Organisation, PublishedOn string
	OriginalLanguage                              locale.Language
	TranslationStatus                             map[locale.Language]string
	Version                                       int
	Tags                                          []string
	Title, Summary                                map[locale.Language]string
	Sections                                      map[string][]map[locale.Language]string
	Earlier                                       []struct{ Section string }
	Evidence                                      []struct {
		Value *float64
		Text  map[locale.Language]string
	}
}

var statuses = map[string]text.State{"original": text.Source, "reviewed": text.Good, "draft": text.InWork, "machine": text.Machine, "outdated": text.OutOfDate}

var names = map[lesson.Section]string{lesson.Context: "context", lesson.WentWell: "wentWell", lesson.Challenges: "challenges",
	lesson.KeyLessons: "keyLessons", lesson.Recommendations: "recommendations", lesson.Applicability: "applicability"}

// eachLesson looks at every lesson of the content file as somebody of its own society finds it.
func eachLesson(t *testing.T, test func(t *testing.T, db *database.DB, s story, l lesson.Lesson, reader access.Actor)) {
	t.Helper()
	raw, err := os.ReadFile("content.json")
	var content struct{ Documents []story }
	if err == nil {
		err = json.Unmarshal(raw, &content)
	}
	if err != nil || len(content.Documents) != 3 {
		t.Fatal(len(content.Documents), err)
	}
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		if err := demo.Load(t.Context(), db); err != nil {
			t.Fatal(err)
		}
		for _, s := range content.Documents {
			society := map[string]string{"brc-sec": "brc", "drc-koge": "drc"}[s.Organisation]
			reader := access.Actor{PersonID: "reader", Memberships: []access.Membership{{UnitID: demo.ID(s.Organisation), SocietyID: demo.ID(society), Role: access.Staff}}}
			l, err := lesson.New(db).Find(t.Context(), reader, demo.ID(s.ID))
			if err != nil {
				t.Fatal(err)
			}
			t.Run(s.ID, func(t *testing.T) { test(t, db, s, l, reader) })
		}
	})
}

// What the content file calls reviewed, draft, machine or outdated is what the texts say of themselves: for the whole lesson,
// and for every part of it. Of what is out of date as a whole, only what the source changed is out of date.
func TestTheStateOfEveryTranslationIsComputedAsTheContentSays(t *testing.T) {
	eachLesson(t, func(t *testing.T, db *database.DB, s story, l lesson.Lesson, reader access.Actor) {
		list, _, err := lesson.New(db).List(t.Context(), reader, lesson.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		listed := list[slices.IndexFunc(list, func(o lesson.Listed) bool { return o.ID == l.ID })]
		for _, in := range locale.All {
			want := statuses[s.TranslationStatus[in]]
			if got := listed.Coverage.State(in); got != want {
				t.Errorf("%s is %s, want %s", in, got, want)
			}
			for i, one := range l.All() {
				want := want
				if want == text.OutOfDate && !movedOn(s, i) {
					want = text.Good
				}
				if got := one.State(in); got != want && !one.Empty() {
					t.Errorf("text %d in %s is %s, want %s", i, in, got, want)
				}
			}
		}
	})
}

// movedOn tells whether a text, as counted by All, changed after its first version.
func movedOn(s story, i int) bool {
	return i < len(lesson.Sections) && slices.ContainsFunc(s.Earlier, func(e struct{ Section string }) bool { return e.Section == names[lesson.Sections[i]] })
}

func TestEveryWordOfALessonIsThere(t *testing.T) {
	eachLesson(t, func(t *testing.T, _ *database.DB, s story, l lesson.Lesson, _ access.Actor) {
		for _, section := range lesson.Sections {
			paragraphs := s.Sections[names[section]]
			switch section {
			case lesson.Title:
				paragraphs = []map[locale.Language]string{s.Title}
			case lesson.Summary:
				paragraphs = []map[locale.Language]string{s.Summary}
			}
			if len(paragraphs) == 0 || len(paragraphs) != len(l.Texts[section].Paragraphs) {
				t.Fatalf("%s has %d paragraphs, want %d", section, len(l.Texts[section].Paragraphs), len(paragraphs))
			}
			for i, p := range l.Texts[section].Paragraphs {
				for _, in := range locale.All {
					if got := p.Versions[in].Body; got != paragraphs[i][in] || got == "" {
						t.Errorf("%s in %s: %q, want %q", section, in, got, paragraphs[i][in])
					}
				}
			}
		}
		for i, f := range l.Figures {
			for _, in := range locale.All {
				if f.Said.In(in) != s.Evidence[i].Text[in] || (f.Value == "") != (s.Evidence[i].Value == nil) || (f.Value == "") != f.Source.Empty() {
					t.Errorf("figure %q in %s: %q", f.Value, in, f.Said.In(in))
				}
			}
		}
		if len(l.Figures) != len(s.Evidence) {
			t.Errorf("%d figures", len(l.Figures))
		}
	})
}

func TestALessonHasItsVersionsAuthorAndDay(t *testing.T) {
	eachLesson(t, func(t *testing.T, db *database.DB, s story, l lesson.Lesson, reader access.Actor) {
		want := map[string]lesson.State{"published": lesson.Published, "inReview": lesson.Shared}[s.Status]
		if l.State != want || l.Version != s.Version || l.CreatedByID != demo.ID(s.Author) || l.UnitID != demo.ID(s.Organisation) || l.ConferenceID != demo.ID("conf-2020-07") {
			t.Errorf("%s, version %d by %s of %s", l.State, l.Version, l.CreatedByID, l.UnitID)
		}
		if on := l.PublishedAt.Format(time.DateOnly); s.PublishedOn != on && (s.PublishedOn != "" || !l.PublishedAt.IsZero()) {
			t.Errorf("published on %s, want %s", on, s.PublishedOn)
		}
		if strings.Join(l.Topics, ",") != strings.Join(s.Tags, ",") {
			t.Errorf("topics %v", l.Topics)
		}
		history, err := lesson.New(db).History(t.Context(), reader, l.ID)
		if err != nil {
			t.Fatal(err)
		}
		written := slices.DeleteFunc(slices.Clone(history), func(v lesson.Version) bool { return v.What != "begun" && v.What != "edited" })
		if len(written) != s.Version {
			t.Errorf("%d versions, want %d: %v", len(written), s.Version, history)
		}
		for i, v := range history {
			if i > 0 && !v.At.Before(history[i-1].At) || v.PersonID != demo.ID(s.Author) {
				t.Errorf("%s at %s by %s", v.What, v.At, v.PersonID)
			}
		}
	})
}
