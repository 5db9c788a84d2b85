// Package lesson keeps lessons-learned documents: what one society has learned, written for people who were not there. A
// lesson is a draft that its own society sees, then shared with the partnership, then published to everybody.
package lesson

import (
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/files"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
)

// State is how far a lesson has come.
type State string

const (
	Draft     State = "draft"     // seen by its own society's people in the partnership
	Shared    State = "shared"    // seen by everybody in the partnership
	Published State = "published" // read by anybody, signed in or not
)

// Section is one part of a lesson. Each is a text of its own.
type Section string

const (
	Title           Section = "title"
	Summary         Section = "summary"
	Context         Section = "context"
	WentWell        Section = "went-well"
	Challenges      Section = "challenges"
	KeyLessons      Section = "key-lessons"
	Recommendations Section = "recommendations"
	Applicability   Section = "applicability" // where it can be used
)

// Sections are all of them in the order in which they are read.
var Sections = []Section{Title, Summary, Context, WentWell, Challenges, KeyLessons, Recommendations, Applicability}

// Topics are what a lesson can be about. The words for them are in locales/.
// words: lessons.topic.covid19 lessons.topic.delivery lessons.topic.first-aid lessons.topic.helpline lessons.topic.online
// words: lessons.topic.ppe lessons.topic.pss lessons.topic.training lessons.topic.volunteers lessons.topic.youth
var Topics = []string{"covid19", "delivery", "first-aid", "helpline", "online", "ppe", "pss", "training", "volunteers", "youth"}

// Figure is a number with what it says, its date and its source.
type Figure struct {
	ID     string
	Value  string // a decimal number, '' where there is only a sentence
	AsOf   string // YYYY, YYYY-MM or YYYY-MM-DD
	Said   text.Text
	Source text.Text
}

// Attachment is a file that belongs to a lesson.
type Attachment struct {
	FileID string
	Name   string
	Type   string // media type, decided by content
	Size   int64  // bytes
}

// Lesson is one document.
type Lesson struct {
	ID            string
	PartnershipID string
	ConferenceID  string // '' where it was begun empty
	UnitID        string // whose experience it is
	SocietyID     string
	State         State
	Texts         map[Section]text.Text
	Topics        []string
	Figures       []Figure     // Find only
	Attachments   []Attachment // Find only
	SharedAt      time.Time    // zero until then
	PublishedAt   time.Time
	CreatedByID   string
	CreatedAt     time.Time
	ChangedAt     time.Time
	Version       int

	units []access.Unit // of the partnership
}

// Case is what the policy needs to know of a lesson.
func (l Lesson) Case() access.Case {
	return access.Case{Units: l.units, Owner: &access.Unit{ID: l.UnitID, SocietyID: l.SocietyID}, Draft: l.State == Draft}
}

// May tells whether a person may do something with a lesson that was found for them; its state may still forbid it.
func (l Lesson) May(a access.Actor, d access.Deed) bool { return access.Can(a, d, l.Case()) }

// Line is one of its short texts as a reader gets it; of a lesson that has no title yet, an empty line.
func (l Lesson) Line(s Section, reads []locale.Language) text.Said { return l.Texts[s].Line(reads) }

// All are its texts in the order in which they are read: the sections, then what each figure says and where it comes from.
func (l Lesson) All() (texts []text.Text) {
	for _, s := range Sections {
		texts = append(texts, l.Texts[s])
	}
	for _, f := range l.Figures {
		texts = append(texts, f.Said, f.Source)
	}
	return texts
}

// Store keeps lessons.
type Store struct {
	db    *database.DB
	files *files.Store // nil where nothing can be attached
}

// New gives a store on a database that is migrated.
func New(db *database.DB) *Store { return &Store{db: db} }
