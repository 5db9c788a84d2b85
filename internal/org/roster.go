package org

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Limits of one list of people.
const (
	RosterLines = 500
	RosterSize  = 256 << 10 // bytes
)

// RosterColumns are what a list of people may say of each, in the order in which it is shown.
var RosterColumns = []string{"name", "email", "unit", "role", "language"}

// RosterWords are how people write columns, roles and languages, in any language; upper and lower case are one.
type RosterWords struct {
	Columns, Roles, Languages map[string][]string
}

// Roster is a list of people as an administrator wrote it down, and what would come of it.
type Roster struct {
	Lines   []RosterLine
	Ignored []string // headings that mean nothing here
}

// RosterLine is one person of a list, as typed.
type RosterLine struct {
	Number int               // of the line; that of the headings is 1
	Typed  map[string]string // by RosterColumns
	Unit   Unit              // that was found
	Draft  InvitationDraft   // what is sent
	Wrong  []problem.Field   // by RosterColumns; a line with none is right
}

// Right are the lines that can be sent.
func (r Roster) Right() (list []RosterLine) {
	for _, l := range r.Lines {
		if len(l.Wrong) == 0 {
			list = append(list, l)
		}
	}
	return list
}

// RosterDraft is a list as it is handed in.
type RosterDraft struct {
	Table  string // comma, semicolon or tab between columns, a heading first
	UnitID string // where a line that names no unit belongs; may be empty
	Words  RosterWords
	Skip   bool // send the right lines though others are wrong
}

// TryRoster tells what would come of a list, and writes nothing. It is for who administers a unit.
func (s *Store) TryRoster(ctx context.Context, a access.Actor, d RosterDraft) (r Roster, err error) {
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		r, err = tryRoster(ctx, tx, a, d)
		return err
	})
	return r, err
}

// InviteRoster invites everybody on a list in one go, and tells how many. With a wrong line nobody is invited, unless those are
// to be left out.
func (s *Store) InviteRoster(ctx context.Context, a access.Actor, d RosterDraft) (n int, err error) {
	err = s.db.Write(ctx, func(tx *database.Tx) error {
		r, err := tryRoster(ctx, tx, a, d)
		if err != nil {
			return err
		}
		right := r.Right()
		switch {
		case len(right) == 0:
			return problem.Refuse("people.import.problem.none")
		case len(right) < len(r.Lines) && !d.Skip:
			return problem.Refuse("people.import.problem.wrong")
		}
		for _, l := range right {
			if _, err := s.InviteIn(ctx, tx, a, l.Draft); err != nil {
				return err
			}
		}
		n = len(right)
		return audit.Record(ctx, tx, a.PersonID, "import people", "person:"+a.PersonID, audit.Details{"invited": strconv.Itoa(n)})
	})
	return n, err
}

func tryRoster(ctx context.Context, tx *database.Tx, a access.Actor, d RosterDraft) (Roster, error) {
	if !a.Administers() {
		return Roster{}, problem.Missing()
	}
	r, err := readRoster(d)
	if err != nil {
		return r, err
	}
	units, err := loadRosterUnits(ctx, tx, a)
	if err != nil {
		return r, err
	}
	if d.UnitID != "" && !units.managed(d.UnitID) {
		return r, problem.Missing()
	}
	for i := range r.Lines {
		r.Lines[i].resolve(d, units)
	}
	return r, r.known(ctx, tx)
}

// resolve finds what the words of a line stand for.
func (l *RosterLine) resolve(d RosterDraft, units rosterUnits) {
	var c problem.Check
	at := units.find(l.Typed["unit"], d.UnitID, &c)
	l.Unit = at.unit
	l.Draft = InvitationDraft{UnitID: at.unit.ID, Role: access.Staff, Email: l.Typed["email"], Language: at.language}
	if typed := l.Typed["role"]; typed != "" {
		l.Draft.Role = access.Role(meaning(d.Words.Roles, typed))
	}
	if typed := l.Typed["language"]; typed != "" {
		l.Draft.Language = locale.Language(meaning(d.Words.Languages, typed))
	}
	c.That(l.Draft.Role.Rank() >= 0, "role", "people.import.problem.role")
	c.That(isLanguage(l.Draft.Language) || at.unit.ID == "" && l.Typed["language"] == "", "language", "people.import.problem.language")
	c.That(l.Draft.Email == "" || isEmail(l.Draft.Email), "email", "people.problem.email")
	named := text.Draft{Language: l.Draft.Language, Body: l.Typed["name"]}.Line()
	l.Draft.Name = named
	if !isLanguage(named.Language) {
		named.Language = locale.English // what is wrong with the language is said beside it
	}
	named.CheckLine(&c, "name")
	if p, wrong := problem.As(c.Err()); wrong {
		l.Wrong = p.Fields
		slices.SortStableFunc(l.Wrong, func(x, y problem.Field) int {
			return slices.Index(RosterColumns, x.Name) - slices.Index(RosterColumns, y.Name)
		})
	}
}

// known marks those who are asked or members already, and who is on the list twice. It asks twice, however long the list.
func (r *Roster) known(ctx context.Context, tx *database.Tx) error {
	asked, err := r.there(ctx, tx, `select i.unit_id, lower(i.email) from invitations i where i.accepted_at is null and i.revoked_at is null
		and i.ends_at > $1 and lower(i.email) in `, tx.Now)
	if err != nil {
		return err
	}
	members, err := r.there(ctx, tx, `select m.unit_id, lower(p.email) from memberships m join people p on p.id = m.person_id
		where m.ended_at is null and lower(p.email) in `)
	if err != nil {
		return err
	}
	seen := map[address]bool{}
	for i := range r.Lines {
		l := &r.Lines[i]
		at := l.address()
		if at.email == "" || at.unit == "" {
			continue
		}
		key := ""
		switch {
		case asked[at]:
			key = "people.invite.problem.asked"
		case members[at]:
			key = "people.invite.problem.member"
		case seen[at]:
			key = "people.import.problem.twice"
		}
		if key != "" {
			l.Wrong = append(l.Wrong, problem.Field{Name: "email", Key: key})
		}
		seen[at] = true
	}
	return nil
}

// address is a mailbox in a unit: one invitation is sent there.
type address struct{ unit, email string }

func (l RosterLine) address() address { return address{l.Unit.ID, strings.ToLower(l.Draft.Email)} }

func (r *Roster) there(ctx context.Context, tx *database.Tx, query string, more ...any) (map[address]bool, error) {
	args := database.Args(more)
	var emails []string
	for _, l := range r.Lines {
		emails = append(emails, l.address().email)
	}
	found := map[address]bool{}
	_, err := database.All(ctx, tx, func(s database.Scanner) (at address, err error) {
		err = s.Scan(&at.unit, &at.email)
		found[at] = true
		return at, err
	}, query+args.In(emails), args...)
	return found, err
}
