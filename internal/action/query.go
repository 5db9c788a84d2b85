package action

import (
	"context"
	"strings"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
)

// query is the statement behind a list. A condition such as "of one of these partnerships" makes a database read and sort
// all of them, however short the page. So each source (a person, a unit, a partnership) is read by itself, in the order of
// an index and no further than one page; what they give is put together.
type query struct {
	Filter
	actor   access.Actor
	args    database.Args
	sources []string // IDs of units or partnerships
	wide    bool     // there are too many of them
}

// manySources is where reading each by itself ends: whoever sees more than a hundred sees most of what there is, and
// finds a page of it quickly in the order of all.
const manySources = 100

// find looks up the sources. Those of one's own items are the person; a list of one partnership has that one.
func (q *query) find(ctx context.Context, tx *database.Tx) (err error) {
	var args database.Args
	switch {
	case q.Whose == Mine:
		q.sources = []string{q.actor.PersonID}
	case q.Whose == Ours:
		q.sources, err = database.Strings(ctx, tx, q.units(&args)+` limit `+args.Add(manySources+1), args...)
	case q.Partnership != "":
		q.sources = []string{q.Partnership}
	default:
		q.sources, err = database.Strings(ctx, tx, `select distinct pu.partnership_id from partnership_units pu
			join unit_ancestors ua on ua.unit_id = pu.unit_id where ua.ancestor_id in `+args.In(q.memberships())+` limit `+args.Add(manySources+1), args...)
	}
	q.wide = len(q.sources) > manySources
	return err
}

// units are those that the actor belongs to, and those below them, as far as they take part in anything.
func (q *query) units(args *database.Args) string {
	return `select distinct pu.unit_id from partnership_units pu join unit_ancestors ua on ua.unit_id = pu.unit_id
		where ua.ancestor_id in ` + args.In(q.memberships())
}

func (q *query) memberships() []string {
	ids := make([]string, len(q.actor.Memberships))
	for i, m := range q.actor.Memberships {
		ids[i] = m.UnitID
	}
	return ids
}

// text gives the statement for the IDs of one page and one item more. There is at least one source.
func (q *query) text() string {
	limit := q.order() + ` limit ` + q.args.Add(q.Limit+1)
	branch, column := q.ofParts, "p.person_id"
	switch {
	case q.wide:
		return `select a.id ` + q.ofEverything() + ` order by a.due_on` + q.order() + `, a.id` + limit
	case q.Whose == Ours:
		column = "p.unit_id"
	case q.Whose != Mine:
		branch, column = q.ofPartnership, "a.partnership_id"
	}
	branches := make([]string, len(q.sources))
	body := branch()
	for i, source := range q.sources {
		branches[i] = `select * from (` + body + ` and ` + column + ` = ` + q.args.Add(source) + ` order by 2` + q.order() + `, 1` + limit + `) s`
	}
	return `select id from (` + strings.Join(branches, ` union all `) + `) x group by id, due_on order by due_on` + q.order() + `, id` + limit
}

func (q *query) order() string {
	if q.Closed {
		return " desc"
	}
	return ""
}

// ofParts reads the parts of a person or a unit; a person can have several in one item. They are theirs to see as long as
// they see the partnership.
func (q *query) ofParts() string {
	return `select distinct p.action_id as id, p.due_on as due_on from action_parts p where exists (select 1 from actions a
		where a.id = p.action_id and ` + q.visible("a.partnership_id") + `)` + q.state("p.ended_at") + q.allEnded() + q.beyond("p.due_on", "p.action_id")
}

func (q *query) ofPartnership() string {
	return `select a.id as id, a.due_on as due_on from actions a where ` + q.visible("a.partnership_id") +
		q.state("a.closed_at") + q.beyond("a.due_on", "a.id")
}

// ofEverything walks all items in order. Joining an empty string to the column keeps both databases from collecting
// partnership by partnership.
func (q *query) ofEverything() string {
	all := `from actions a where ` + q.visible("a.partnership_id || ''") + q.beyond("a.due_on", "a.id")
	if q.Whose != Ours {
		return all + q.state("a.closed_at")
	}
	if q.Unfinished {
		all += ` and a.closed_at is null`
	}
	return all + ` and exists (select 1 from action_parts p where p.action_id = a.id and p.unit_id in (` + q.units(&q.args) + `)` +
		q.state("p.ended_at") + q.allEnded() + `)`
}

func (q *query) visible(column string) string {
	condition := access.SeesSQL(q.actor, column, &q.args)
	if q.Partnership != "" {
		condition += ` and a.partnership_id = ` + q.args.Add(q.Partnership)
	}
	return condition
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

// allEnded: of several parts of the same side an item is closed for it only with the last.
func (q *query) allEnded() string {
	if !q.Closed {
		return ""
	}
	same := `o.person_id = p.person_id`
	if q.Whose == Ours {
		same = `o.unit_id in (` + q.units(&q.args) + `)`
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
