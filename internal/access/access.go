// Package access decides who may do what, in one table. Every handler and every use case asks here and nowhere else.
// Where a person may not even see a thing, the answer is "not found": it must look as if it were not there.
package access

import (
	"slices"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
)

// Role is what a person is in a unit. The three are a ladder: each may do all that the ones before it may.
type Role string

const (
	Staff         Role = "staff"
	Coordinator   Role = "coordinator"
	Administrator Role = "administrator"
)

var ladder = []Role{Staff, Coordinator, Administrator}

// Rank is how high on the ladder a role stands.
func (r Role) Rank() int { return slices.Index(ladder, r) }

// Reaches tells whether a role may do all that another may.
func (r Role) Reaches(other Role) bool { return r.Rank() >= other.Rank() }

// Membership is a role held in a unit; it holds in every unit below it too.
type Membership struct {
	UnitID    string
	SocietyID string
	Role      Role
}

// Actor is who is asking: a signed-in person with the memberships of this moment.
type Actor struct {
	PersonID     string
	SiteAdmin    bool
	Memberships  []Membership
	StandsFor    []string          // people who are away and named this one as their stand-in
	Language     locale.Language   // of the interface
	Reads        []locale.Language // best first
	Guest        bool              // came by a guest's link, which is good for the one conference that it names
	Writes       locale.Language   // last written in: presets the language of the next text
	Zone         string            // IANA name
	Name         string            // display name, for the person themselves; rights never hang on it
	NameLanguage locale.Language
}

// SignedIn tells whether there is a person at all. A zero Actor is somebody nobody knows.
func (a Actor) SignedIn() bool { return a.PersonID != "" }

// Coordinates tells whether a person is a coordinator anywhere, so that planning is worth offering; Can says where.
func (a Actor) Coordinates() bool {
	return slices.ContainsFunc(a.Memberships, func(m Membership) bool { return m.Role.Reaches(Coordinator) })
}

// Administers tells whether a person is an administrator anywhere; Can says where.
func (a Actor) Administers() bool { return len(a.units(Administrator)) > 0 }

// Unit is one unit of a case with everything above it, itself included.
type Unit struct {
	ID        string
	SocietyID string
	Line      []string // IDs of the unit and of all above it
}

// Case is what a deed is about: only the facts that the table needs.
type Case struct {
	Units      []Unit // of the partnership, or the one unit that is administered
	Owner      *Unit  // whose own the thing is: an action's part, a text's source
	Person     string // whose own it is: an answer, a profile
	Guest      bool   // the actor was asked to the conference as a guest
	Invited    bool   // the actor is a participant of the conference
	Draft      bool   // nobody was told of it yet: a conference is its coordinators' alone, a lesson its own society's
	Hosts      []Unit // of the conference
	Interprets bool   // the actor interprets at the conference
	Leads      bool   // the actor is the conference's moderator or minute taker
	Unled      bool   // nobody administers the society
}

// Deed is something a person may or may not do.
type Deed string

const (
	SeePartnership   Deed = "see partnership"
	SeeConference    Deed = "see conference"
	PlanConference   Deed = "plan conference"   // propose, edit, choose a time, agenda, cancel, start and end, follow up
	AnswerConference Deed = "answer conference" // poll and invitation, for oneself
	ReadPapers       Deed = "read papers"       // what an interpreter prepares with: its words in every language, who speaks, the terms
	RunConference    Deed = "run conference"    // start and end: a host's coordinator, the moderator, the minute taker
	WriteNotes       Deed = "write notes"
	RecordOutcome    Deed = "record outcome" // a decision or an action item
	AgreeMinutes     Deed = "agree minutes"  // for one's own society: Owner
	SeeAction        Deed = "see action"
	PlanAction       Deed = "plan action"  // create, change title and due date, add parts
	WorkOnPart       Deed = "work on part" // Owner is the part's unit, Person who is responsible
	NoteProgress     Deed = "note progress"
	SeeLesson        Deed = "see lesson"     // Owner is whose experience it is; Draft: it is not shared yet
	WriteLesson      Deed = "write lesson"   // begin, edit, attach, share, publish: its own society
	TranslateText    Deed = "translate text" // put it into another language; whoever sees it may
	CheckTranslation Deed = "check translation"
	SeeUnit          Deed = "see unit"
	ManageUnit       Deed = "manage unit"              // names, contact, units below it, its people and their roles
	PlaceUnit        Deed = "place unit"               // move it, archive it: an administrator above it
	NameFirst        Deed = "name first administrator" // of a society; who looks after the installation may too
	SeeProposal      Deed = "see proposal"             // of a partnership; Units are those that it would join
	ProposeUnit      Deed = "propose unit"             // as one side of a partnership: Owner
	AnswerProposal   Deed = "answer proposal"          // for one's own society: Owner
	KeepPartnership  Deed = "keep partnership"         // its purpose, its period, its own units
	NameStandIn      Deed = "name stand-in"            // for oneself, or Units are the person's
	SeePerson        Deed = "see person"
	EditProfile      Deed = "edit profile"
	RunSite          Deed = "run site"
)

// rule says yes or no to one deed.
type rule func(Actor, Case) bool

// table is the whole policy (DESIGN.md §3). Site administrators look after the installation and see no work.
var table = map[Deed]rule{
	SeePartnership: someUnit(Staff),
	SeeConference:  seeConference,
	PlanConference: someUnit(Coordinator),
	AnswerConference: func(a Actor, c Case) bool {
		return c.Invited && c.Person == a.PersonID && (seeConference(a, c) || a.Guest && c.Guest && !c.Draft)
	},
	ReadPapers: func(a Actor, c Case) bool {
		return seeConference(a, c) || a.Guest && c.Guest && c.Interprets && !c.Draft
	},
	RunConference: func(a Actor, c Case) bool { return seeConference(a, c) && (c.Leads || hosts(a, c)) },
	WriteNotes:    func(a Actor, c Case) bool { return someUnit(Coordinator)(a, c) || c.Leads && seeConference(a, c) },
	RecordOutcome: someUnit(Coordinator),
	AgreeMinutes:  func(a Actor, c Case) bool { return someUnit(Coordinator)(a, c) && ownUnit(a, c, Coordinator) },
	SeeAction:     someUnit(Staff),
	PlanAction:    someUnit(Coordinator),
	WorkOnPart: func(a Actor, c Case) bool {
		return someUnit(Staff)(a, c) && (ownUnit(a, c, Coordinator) || a.speaksFor(c.Person))
	},
	NoteProgress: someUnit(Staff),
	SeeLesson:    seeLesson,
	WriteLesson: func(a Actor, c Case) bool {
		return ownSide(a, c, Coordinator)
	},
	TranslateText:    seeLesson,
	CheckTranslation: func(a Actor, c Case) bool { return someUnit(Coordinator)(a, c) && seeLesson(a, c) },
	SeeUnit:          func(a Actor, _ Case) bool { return len(a.Memberships) > 0 || a.SiteAdmin },
	ManageUnit:       someUnit(Administrator),
	PlaceUnit:        func(a Actor, c Case) bool { return slices.ContainsFunc(c.Units, a.administersAbove) },
	NameFirst: func(a Actor, c Case) bool {
		return a.SiteAdmin && c.Unled && allSocieties(c.Units) || someUnit(Administrator)(a, c)
	},
	SeeProposal:     someUnit(Administrator),
	ProposeUnit:     func(a Actor, c Case) bool { return ownUnit(a, c, Administrator) },
	AnswerProposal:  func(a Actor, c Case) bool { return someUnit(Administrator)(a, c) && ownUnit(a, c, Administrator) },
	KeepPartnership: someUnit(Administrator),
	NameStandIn:     func(a Actor, c Case) bool { return c.Person == a.PersonID || everyUnit(Administrator)(a, c) },
	SeePerson:       func(a Actor, c Case) bool { return len(a.Memberships) > 0 || a.SiteAdmin || c.Person == a.PersonID },
	EditProfile:     func(a Actor, c Case) bool { return c.Person == a.PersonID },
	RunSite:         func(a Actor, _ Case) bool { return a.SiteAdmin },
}

// Deeds are all that the table knows, for the test that holds every one to account.
func Deeds() []Deed {
	var deeds []Deed
	for d := range table {
		deeds = append(deeds, d)
	}
	slices.Sort(deeds)
	return deeds
}

// Can decides. A deed that is not in the table is refused.
func Can(a Actor, d Deed, c Case) bool {
	r, known := table[d]
	return known && a.SignedIn() && r(a, c)
}

// Check is Can as an error: who may not see the thing gets "not found"; who may see it, but not do this, is told so.
func Check(a Actor, d, see Deed, c Case) error {
	if Can(a, d, c) {
		return nil
	}
	if d != see && Can(a, see, c) {
		return problem.Forbid()
	}
	return problem.Missing()
}

func someUnit(least Role) rule {
	return func(a Actor, c Case) bool {
		return slices.ContainsFunc(c.Units, func(u Unit) bool { return a.holds(least, u) })
	}
}

func everyUnit(least Role) rule {
	return func(a Actor, c Case) bool {
		return len(c.Units) > 0 && !slices.ContainsFunc(c.Units, func(u Unit) bool { return !a.holds(least, u) })
	}
}

func ownUnit(a Actor, c Case, least Role) bool { return c.Owner != nil && a.holds(least, *c.Owner) }

func hosts(a Actor, c Case) bool {
	return slices.ContainsFunc(c.Hosts, func(u Unit) bool { return a.holds(Coordinator, u) })
}

func seeConference(a Actor, c Case) bool {
	if c.Draft {
		return someUnit(Coordinator)(a, c)
	}
	return someUnit(Staff)(a, c)
}

// seeLesson lets the partnership's people see what is shared; a draft is for those of them whose society wrote it. A text
// that is joint has no owner and is no draft.
func seeLesson(a Actor, c Case) bool {
	return someUnit(Staff)(a, c) && (!c.Draft || ownSide(a, c, Staff))
}

// ownSide wants a role in a unit of the case that is of the owner's society. Who is in that society elsewhere, and in the
// partnership through the other one, is not of that side.
func ownSide(a Actor, c Case, least Role) bool {
	return c.Owner != nil && slices.ContainsFunc(c.Units, func(u Unit) bool { return u.SocietyID == c.Owner.SocietyID && a.holds(least, u) })
}

func (a Actor) holds(least Role, u Unit) bool {
	return slices.ContainsFunc(a.Memberships, func(m Membership) bool {
		return m.Role.Reaches(least) && slices.Contains(u.Line, m.UnitID)
	})
}

// speaksFor is the person themselves, and whoever stands in for them.
func (a Actor) speaksFor(personID string) bool {
	return personID != "" && (personID == a.PersonID || slices.Contains(a.StandsFor, personID))
}

// administersAbove leaves the unit itself out: nobody moves or archives the unit that their own right comes from.
func (a Actor) administersAbove(u Unit) bool {
	u.Line = slices.DeleteFunc(slices.Clone(u.Line), func(id string) bool { return id == u.ID })
	return a.holds(Administrator, u)
}

func allSocieties(units []Unit) bool {
	return len(units) > 0 && !slices.ContainsFunc(units, func(u Unit) bool { return u.ID != u.SocietyID })
}

// SeesSQL is the "may see" rule of everything that belongs to a partnership, as a condition on a column that holds the
// partnership's ID. A test holds it to the table.
func SeesSQL(a Actor, column string, args *database.Args) string {
	return inPartnership(a, column, Staff, args)
}

// PlansSQL narrows further to the partnerships in which the actor is a coordinator.
func PlansSQL(a Actor, column string, args *database.Args) string {
	return inPartnership(a, column, Coordinator, args)
}

// ManagesSQL narrows to the units that the actor is an administrator of: a condition on a column that holds a unit's ID.
func ManagesSQL(a Actor, column string, args *database.Args) string {
	return column + ` in (select unit_id from unit_ancestors where ancestor_id in ` + args.In(a.units(Administrator)) + `)`
}

// SeesProposalsSQL narrows to the proposals of which the actor is told: a condition on a column that holds a proposal's ID.
func SeesProposalsSQL(a Actor, column string, args *database.Args) string {
	return column + ` in (select pu.proposal_id from proposal_units pu
		join unit_ancestors ua on ua.unit_id = pu.unit_id where ua.ancestor_id in ` + args.In(a.units(Administrator)) + `)`
}

// SeesLessonsSQL is the same for lessons: the columns of the row that say which partnership, society and state.
func SeesLessonsSQL(a Actor, partnership, society, state string, args *database.Args) string {
	return SeesSQL(a, partnership, args) + ` and ` + SeesDraftsSQL(a, partnership, society, state, args)
}

// SeesDraftsSQL is that part of it which is about drafts, for a statement that keeps to the actor's partnerships already. Who is in
// one society only sees a partnership through a unit of it; of who is in several the statement has to ask through which.
func SeesDraftsSQL(a Actor, partnership, society, state string, args *database.Args) string {
	var societies []string
	for _, m := range a.Memberships {
		if m.Role.Reaches(Staff) && !slices.Contains(societies, m.SocietyID) {
			societies = append(societies, m.SocietyID)
		}
	}
	own := society + ` in ` + args.In(societies)
	if len(societies) > 1 {
		own += ` and exists (select 1 from partnership_units side join units own on own.id = side.unit_id
			join unit_ancestors up on up.unit_id = side.unit_id where side.partnership_id = ` + partnership + ` and own.society_id = ` + society + `
			and up.ancestor_id in ` + args.In(a.units(Staff)) + `)`
	}
	return `(` + state + ` <> 'draft' or ` + own + `)`
}

func inPartnership(a Actor, column string, least Role, args *database.Args) string {
	return column + ` in (select pu.partnership_id from partnership_units pu
		join unit_ancestors ua on ua.unit_id = pu.unit_id where ua.ancestor_id in ` + args.In(a.units(least)) + `)`
}

// units are those in which somebody holds a role, or one above it.
func (a Actor) units(least Role) (ids []string) {
	for _, m := range a.Memberships {
		if m.Role.Reaches(least) {
			ids = append(ids, m.UnitID)
		}
	}
	return ids
}
