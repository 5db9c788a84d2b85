package demo

import (
	_ "embed"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"example.org/tandem/internal/locale"
)

//go:embed content.json
var contentJSON []byte

// words are one text in four languages.
type words map[locale.Language]string

// content is the story of the demo: a conference in early summer 2020 and the one that follows it. It is based on one news
// article; people are roles, and what is invented says so in the file.
type content struct {
	Meta struct {
		DemoNow    time.Time
		Disclaimer words
	}
	Organisations []organisation
	People        []person
	Conferences   []conferenceStory
	Polls         []pollStory
	Decisions     []struct {
		ID, Conference string
		Text           words
	}
	ActionItems []actionStory
	Documents   []lessonStory
	Comments    []struct {
		ID, On, Person string
		Language       locale.Language
		At             time.Time
		Text           words
	}
}

type organisation struct {
	ID, Parent, Level, Country, TimeZone string
	Languages                            []locale.Language
	Name, ShortName, City                words
}

type person struct {
	ID, Org, TimeZone, Access, Email string
	DisplayName                      words
	UILanguage                       locale.Language
	Speaks                           []locale.Language
}

type conferenceStory struct {
	ID, Status, Host, CoHost, Moderator, MinuteTaker string
	ReplacedBy, FromDecision, Poll, JoinURL          string
	Title, Summary                                   words
	StartsAt, EndsAt                                 time.Time
	WorkingLanguages                                 []locale.Language
	Interpretation                                   []string
	Participants                                     []struct{ Person, RSVP string }
	Agenda                                           []struct {
		Minutes   int
		Title     words
		Presenter string
	}
	Minutes *struct {
		Problems, Successes, Conclusions []struct{ Text words }
	}
}

type pollStory struct {
	ID, Conference, Chosen string
	Deadline               time.Time
	Question               words
	Options                []struct {
		ID               string
		StartsAt, EndsAt time.Time
	}
	Votes []map[string]string
}

type actionStory struct {
	ID, Owner, DueDate, Status, CompletedOn, Priority, FromDecision, Conference string
	Support                                                                     []string
	Title, ProgressNote                                                         words
}

// lessonStory is a lesson as it is in the end. Earlier is how some of its paragraphs read in its first version.
type lessonStory struct {
	ID, Status, Author, Organisation, Conference, PublishedOn string
	OriginalLanguage                                          locale.Language
	TranslationStatus                                         map[locale.Language]string
	Version                                                   int
	Tags                                                      []string
	Title, Summary                                            words
	Sections                                                  map[string][]words
	Earlier                                                   []struct {
		Section   string
		Paragraph int
		Text      words
	}
	Evidence []struct {
		Value        json.Number
		AsOf         string
		Text, Source words
	}
}

func read() (content, error) {
	var c content
	return c, json.Unmarshal(contentJSON, &c)
}

// ID is the identifier that a thing of the content file has in the database: always the same, so that links into the demo
// stay good (UUIDv5, RFC 9562 §5.5).
func ID(name string) string {
	if name == "" {
		return ""
	}
	return uuid.NewSHA1(uuid.MustParse("6f1d3b52-5c0e-4a2e-9d52-7a4f0c2d2020"), []byte(name)).String()
}
