package action

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
)

// query is the statement behind a list. A condition such as "of one of these partnerships" makes a database read and sort
// all of them, however short the page. So each source (a person, a unit, a partnership) is read by itself, in the order of
// an index and no further than one page; what they give is put together.
type query struct {
	Filter
	actor        access.Actor
	args         database.Args
	partnerships []string // that the actor sees, and the list is about
	units        []string // of those: the actor's own and those below them
}

// manySources is where reading each by itself ends: whoever sees more than a hundred sees most of what there is, and
// finds a page of it quickly in the order of all.
const manySources = 100

// look finds out what the actor sees, in one statement.
func (q *query) look(ctx context.Context, tx *database.Tx) error {
	var args database.Args
	own := make([]string, len(q.actor.Memberships))
	for i, m := range q.actor.Memberships {
		own[i] = m.UnitID
	}
	statement := `select pu.partnership_id, pu.unit_id, exists (select 1 from unit_ancestors ua where ua.unit_id = pu.unit_id
		and ua.ancestor_id in ` + args.In(own) + `) from partnership_units pu where ` + access.SeesSQL(q.actor, "pu.partnership_id", &args)
	if q.Partnership != "" {
		statement += ` and pu.partnership_id = ` + args.Add(q.Partnership)
	}
	_, err := database.All(ctx, tx, func(row database.Scanner) (none struct{}, err error) {
		var partnership, unit string
		var ours bool
		err = row.Scan(&partnership, &unit, &ours)
		q.partnerships = append(q.partnerships, partnership)
		if ours {
			q.units = append(q.units, unit)
		}
		return none, err
	}, statement, args...)
	q.partnerships, q.units = distinct(q.partnerships), distinct(q.units)
	return err
}

func distinct(ids []string) []string {
	slices.Sort(ids)
	return slices.Compact(ids)
}

// text gives the statement for the IDs of one page and one item more.
func (q *query) text() string {
	branch, column, sources := q.ofParts, "p.person_id", []string{q.actor.PersonID}
	switch {
	case q.Whose == Ours:
		column, sources = "p.unit_id", q.units
	case q.Whose != Mine:
		branch, column, sources = q.ofPartnership, "a.partnership_id", q.partnerships
	}
	if len(sources) == 0 {
		return `select id from actions where 1 = 0`
	}
	if len(sources) > manySources {
		return q.ofEverything() + q.page("a.due_on", "a.id")
	}
	branches := make([]string, len(sources))
	body := branch()
	for i, source := range sources {
		branches[i] = `select * from (` + body + ` and ` + column + ` = ` + q.args.Add(source) + q.page("2", "1") + `) s`
	}
	return `select id from (` + strings.Join(branches, ` union all `) + `) x group by id, due_on` + q.page("due_on", "id")
}

// page is the order of a list and its end. The number stands in the statement itself: PostgreSQL plans by it.
func (q *query) page(due, id string) string {
	return ` order by ` + due + q.order() + `, ` + id + q.order() + ` limit ` + strconv.Itoa(q.Limit+1)
}

func (q *query) order() string {
	if q.Closed {
		return " desc"
	}
	return ""
}

// ofParts reads the parts of a person or a unit. A person can have several in one item.
func (q *query) ofParts() string {
	distinct := ""
	if q.Whose == Mine {
		distinct = "distinct "
	}
	return `select ` + distinct + `p.action_id as id, p.due_on as due_on from action_parts p where p.partnership_id in ` + q.args.In(q.partnerships) +
		q.state("p.ended_at") + q.allEnded() + q.beyond("p.due_on", "p.action_id")
}

func (q *query) ofPartnership() string {
	return `select a.id as id, a.due_on as due_on from actions a where 1 = 1` + q.state("a.closed_at") + q.beyond("a.due_on", "a.id")
}

// ofEverything walks all items in order. Joining an empty string to the column keeps both databases from collecting
// partnership by partnership.
func (q *query) ofEverything() string {
	all := `select a.id from actions a where a.partnership_id || '' in ` + q.args.In(q.partnerships) + q.beyond("a.due_on", "a.id")
	if q.Whose != Ours {
		return all + q.state("a.closed_at")
	}
	if q.Unfinished {
		all += ` and a.closed_at is null`
	}
	return all + ` and exists (select 1 from action_parts p where p.action_id = a.id and p.unit_id in ` + q.args.In(q.units) +
		q.state("p.ended_at") + q.allEnded() + `)`
}

func (q *query) state(ended string) string {
	switch {
	case q.Unfinished:
		return ` and ` + ended + ` is null`
	case q.Closed:
		return ` and ` + ended + ` is not null`
	}
	return ""
}

// allEnded: of several parts of the same side an item is closed for it only with the last. Joining an empty string keeps a
// database from going through all unfinished parts of that side, for each item again.
func (q *query) allEnded() string {
	if !q.Closed || q.Whose == Ours && len(q.units) == 1 {
		return ""
	}
	same := `o.person_id || '' = p.person_id`
	if q.Whose == Ours {
		same = `o.unit_id || '' in ` + q.args.In(q.units)
	}
	return ` and not exists (select 1 from action_parts o where o.action_id = p.action_id and o.ended_at is null and ` + same + `)`
}

func (q *query) beyond(due, id string) string {
	lastDue, lastID, ok := q.after()
	if !ok {
		return ""
	}
	sign := ">"
	if q.Closed {
		sign = "<"
	}
	return ` and (` + due + `, ` + id + `) ` + sign + ` (` + q.args.Add(lastDue) + `, ` + q.args.Add(lastID) + `)`
}
