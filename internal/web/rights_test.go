package web_test

import (
	_ "embed"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/demo/demotest"
	"example.org/tandem/internal/link"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/web"
	"example.org/tandem/internal/work"
	"example.org/tandem/static"
)

// Who gets an answer from which address. Each line of the file is a route with what it is asked with, and a mark for each
// person, in the order of the heading. A route without a line fails the test.
//
//   - an answer: the page, or what a form gets that is wrong      > the way to the sign-in page
//     . not found: it looks as if it were not there                 x told that this is not theirs to do
//
//go:embed testdata/rights.txt
var rightsTable string

// rightsLine is one line of the table.
type rightsLine struct {
	route  string            // "POST /conferences/:id/start"
	with   map[string]string // what stands in the path for :id, or in the form for a field
	marks  string
	number int
}

func parseRights(t *testing.T) (people []string, lines []rightsLine) {
	t.Helper()
	for i, text := range strings.Split(rightsTable, "\n") {
		left, right, is := strings.Cut(text, "|")
		if strings.HasPrefix(text, "#") || !is {
			continue
		}
		words := strings.Fields(left)
		if people == nil {
			people = strings.Fields(right)
			continue
		}
		line := rightsLine{route: words[0] + " " + words[1], with: map[string]string{}, marks: strings.ReplaceAll(right, " ", ""), number: i + 1}
		for _, word := range words[2:] {
			name, value, _ := strings.Cut(word, "=")
			line.with[name] = value
		}
		if len(line.marks) != len(people) {
			t.Fatalf("line %d has %d marks for %d people", line.number, len(line.marks), len(people))
		}
		lines = append(lines, line)
	}
	return people, lines
}

// request is the address and the form of a line, with what its names stand for.
func (l rightsLine) request(names map[string]string) (method, path string, form url.Values) {
	method, path, _ = strings.Cut(l.route, " ")
	form = url.Values{}
	for name, value := range l.with {
		if meant, named := names[value]; named {
			value = meant
		}
		if before, rest, is := strings.Cut(name, "{"); is { // a field that is called after an ID
			name = before + names[strings.TrimSuffix(rest, "}")]
		}
		switch {
		case strings.HasPrefix(name, ":"), name == "*":
			path = strings.Replace(path, name, value, 1)
		default:
			form.Set(name, value)
		}
	}
	if method == http.MethodGet && len(form) > 0 {
		path += "?" + form.Encode()
	}
	return method, path, form
}

func TestEveryRouteHasItsLine(t *testing.T) {
	_, lines := parseRights(t)
	routes := web.Routes()
	for _, route := range routes {
		if !slices.ContainsFunc(lines, func(l rightsLine) bool { return l.route == route }) {
			t.Errorf("testdata/rights.txt says nothing of %s", route)
		}
	}
	for _, l := range lines {
		if !slices.Contains(routes, l.route) {
			t.Errorf("line %d: there is no %s", l.number, l.route)
		}
	}
}

func TestWhoGetsAnAnswer(t *testing.T) {
	people, lines := parseRights(t)
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		w := newRightsWorld(t, s)
		browsers := make([]*demotest.Browser, len(people))
		for i, name := range people {
			browsers[i] = w.browser(name)
		}
		for _, l := range lines {
			method, path, form := l.request(w.names)
			w.exec(`delete from rate_limits`) // who comes often is another test's matter
			var marks strings.Builder
			for _, b := range browsers {
				marks.WriteString(mark(t, b, method, path, form))
			}
			if marks.String() != l.marks {
				t.Errorf("line %d: %s\n\t%s\n\t%s is\n\t%s, not", l.number, l.route, strings.Join(people, " "), spaced(marks.String(), people), spaced(l.marks, people))
			}
		}
	})
}

// mark sends one request and says how it was answered.
func mark(t *testing.T, b *demotest.Browser, method, path string, form url.Values) string {
	var page demotest.Page
	if method == http.MethodGet {
		page = b.Get(path)
	} else {
		page = b.Post(path, form)
	}
	switch {
	case page.Status >= http.StatusInternalServerError && page.Status != http.StatusServiceUnavailable:
		t.Errorf("%s %s answers %d", method, path, page.Status)
		return "!"
	case page.Status == http.StatusSeeOther && strings.HasPrefix(page.Location, "/sign-in?next="):
		return ">"
	case page.Status == http.StatusNotFound:
		return "."
	case page.Status == http.StatusForbidden:
		return "x"
	}
	return "+"
}

// spaced puts each mark under the name that it is of.
func spaced(marks string, people []string) string {
	var b strings.Builder
	for i, name := range people {
		fmt.Fprintf(&b, "%-*s", len(name)+1, marks[i:i+1])
	}
	return b.String()
}

// rightsWorld is the demo's content with the people in it who make a difference. All is seen from Køge.
type rightsWorld struct {
	t     *testing.T
	s     *demotest.Site
	names map[string]string // what the words of the table stand for
}

func newRightsWorld(t *testing.T, s *demotest.Site) *rightsWorld {
	w := &rightsWorld{t: t, s: s, names: map[string]string{
		"partnership": demo.ID("partnership"), "held": demo.ID("conf-2020-07"), "conference": demo.ID("conf-2020-08"),
		"another": demo.ID("another"), "brc": demo.ID("brc"), "koge": demo.ID("drc-koge"), "drc": demo.ID("drc"), "brest": demo.ID("brc-brest"), "chair": demo.ID("p-koge-chair"),
		"action": demo.ID("a4"), "shared": demo.ID("ll-online"), "published": demo.ID("ll-helpline"), "nothing": demo.ID("nothing"),
	}}
	w.move("p-koge-vol-1", "drc-koge", "administrator")
	w.unit("other", "drc")
	w.unit("village", "brc")
	w.exec(`insert into partnerships (id, name_id, purpose_id, kind, starts_on) select $1, name_id, purpose_id, kind, starts_on from partnerships where id = $2`,
		demo.ID("another"), demo.ID("partnership"))
	for i, unit := range []string{"other", "village"} {
		w.exec(`insert into partnership_units (partnership_id, unit_id, position) values ($1, $2, $3)`, demo.ID("another"), demo.ID(unit), i)
	}
	w.move("p-drc-voldev", "other", "administrator")
	w.again("lessons", "ll-online", "draft")
	w.again("conferences", "conf-2020-08", "unsent")
	w.exec(`insert into conference_hosts (conference_id, unit_id, position) select $1, unit_id, position from conference_hosts where conference_id = $2`,
		w.names["unsent"], w.names["conference"])
	w.series("series", w.names["held"])
	w.series("unsent-series", w.names["unsent"])
	w.name("item", `select id from agenda_items where conference_id = '`+w.names["conference"]+`' order by position`)
	w.name("text", `select summary_id from lessons where id = '`+w.names["shared"]+`'`)
	w.names["stylesheet"] = strings.TrimPrefix(static.Path("app.css"), "/static/")
	w.exec(`insert into texts (id, created_at) select $1, created_at from texts where id = (select summary_id from lessons where id = $2)`, demo.ID("its text"), w.names["draft"])
	w.exec(`update lessons set summary_id = $1 where id = $2`, demo.ID("its text"), w.names["draft"])
	w.name("own-text", `select summary_id from lessons where id = '`+w.names["draft"]+`'`)
	w.name("part", `select id from action_parts where unit_id = '`+w.names["koge"]+`' and action_id = '`+w.names["action"]+`'`)
	w.name("slot", `select id from slots where conference_id = '`+w.names["conference"]+`'`)
	w.name("secret", `select title_id from actions where id = '`+w.names["action"]+`'`)
	w.name("decision", `select id from decisions order by id`)
	w.exec(`update memberships set ended_at = since_at where person_id = $1`, demo.ID("p-interp"))
	w.exec(`update lesson_files set lesson_id = $1`, w.names["draft"])
	w.name("file", `select file_id from lesson_files`)
	for _, name := range []string{"proposal", "to-decline", "to-withdraw"} {
		w.proposal(name)
	}
	for _, name := range []string{"invitation", "to-accept"} {
		w.invitation(name)
	}
	for _, name := range []string{"guest", "second-guest"} {
		w.guest(name)
	}
	for _, p := range link.Purposes {
		w.names["token-"+string(p)] = w.token(p)
	}
	w.names["special-day"] = demo.ID("special-day")
	w.exec(`insert into texts (id, created_at) select $1, created_at from texts where id = $2`, demo.ID("its name"), w.names["secret"])
	w.exec(`insert into special_days (id, country, day_on, kind, name_id, created_at) select $1, 'BY', '2020-04-04', 'working', id, created_at
		from texts where id = $2`, w.names["special-day"], demo.ID("its name"))
	w.name("membership", `select id from memberships where person_id = '`+w.names["chair"]+`'`)
	return w
}

// proposal is a partnership that Køge wants with the Belarusian secretariat.
func (w *rightsWorld) proposal(name string) {
	w.t.Helper()
	w.names[name] = demo.ID(name)
	w.exec(`insert into proposals (id, kind, name_id, purpose_id, focus, starts_on, proposed_by_id, proposed_at, society_id)
		select $1, kind, name_id, purpose_id, '', starts_on, $2, $3, $4 from partnerships where id = $5`,
		w.names[name], demo.ID("p-koge-vol-1"), w.s.Clock.Now(), w.names["drc"], w.names["partnership"])
	for i, unit := range []string{"drc-koge", "brc-sec"} {
		w.exec(`insert into proposal_units (proposal_id, unit_id, position) values ($1, $2, $3)`, w.names[name], demo.ID(unit), i)
	}
}

// invitation waits in Køge.
func (w *rightsWorld) invitation(name string) {
	w.t.Helper()
	w.names[name] = demo.ID(name)
	w.exec(`insert into invitations (id, unit_id, role, name_id, email, language, invited_by_id, invited_at, ends_at)
		select $1, $2, 'staff', name_id, '', 'da', $3, $4, $5 from units where id = $2`, w.names[name], w.names["koge"], demo.ID("p-koge-vol-1"),
		w.s.Clock.Now(), w.s.Clock.Now().Add(org.InvitationLife))
}

// guest is somebody without an account whom Køge has asked.
func (w *rightsWorld) guest(name string) {
	w.t.Helper()
	w.names[name] = demo.ID(name)
	w.exec(`insert into people (id, name_id, email, language, reads, writes, zone, guest, joined_at)
		select $1, name_id, $2, language, reads, writes, zone, true, joined_at from people where id = $3`,
		w.names[name], name+"@tandem.example", demo.ID("p-koge-vol-1"))
	w.exec(`insert into participants (conference_id, person_id, unit_id, rsvp, guest) values ($1, $2, $3, 'NEEDS-ACTION', true)`,
		w.names["conference"], w.names[name], w.names["koge"])
}

// series is one that a conference alone is left of.
func (w *rightsWorld) series(name, conference string) {
	w.t.Helper()
	w.names[name] = demo.ID(name)
	w.exec(`insert into series (id, partnership_id, first_id, rule, starts_local, zone, sequence, created_by_id, created_at)
		select $1, partnership_id, id, 'FREQ=WEEKLY;COUNT=1', starts_local, zone, 1, created_by_id, created_at from conferences where id = $2`,
		w.names[name], conference)
	w.exec(`update conferences set series_id = $1, recurs_local = starts_local where id = $2`, w.names[name], conference)
}

// unit adds one right below a society.
func (w *rightsWorld) unit(name, society string) {
	w.t.Helper()
	w.exec(`insert into units (id, society_id, parent_id, level, country, zone, languages, name_id, short_name_id, place_id)
		select $1, id, id, 'branch', country, zone, languages, name_id, short_name_id, place_id from units where id = $2`, demo.ID(name), demo.ID(society))
	w.exec(`insert into unit_ancestors (unit_id, ancestor_id, depth) values ($1, $1, 0), ($1, $2, 1)`, demo.ID(name), demo.ID(society))
	w.names[name] = demo.ID(name)
}

// again makes a draft that is like another row.
func (w *rightsWorld) again(table, like, name string) {
	w.t.Helper()
	w.names[name] = demo.ID(name)
	w.exec(`create table copied as select * from ` + table + ` where id = '` + demo.ID(like) + `'`)
	w.exec(`update copied set id = '` + demo.ID(name) + `', state = 'draft'`)
	w.exec(`insert into ` + table + ` select * from copied`)
	w.exec(`drop table copied`)
}

// token makes a link of somebody in Køge. What those of no page open is not there.
func (w *rightsWorld) token(p link.Purpose) (token string) {
	w.t.Helper()
	subject := map[link.Purpose]string{link.Invitation: w.names["to-accept"], link.Feed: w.names["chair"],
		link.Guest: work.GuestSubject(w.names["conference"], w.names["second-guest"]), link.Unsubscribe: org.StopSubject(w.names["chair"], org.LessonMails)}[p]
	if subject == "" {
		subject = demo.ID("nothing")
	}
	err := w.s.DB.Write(w.t.Context(), func(tx *database.Tx) (err error) {
		token, err = link.MakeIn(w.t.Context(), tx, link.Link{Purpose: p, Subject: subject, PersonID: w.names["chair"]})
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return token
}

// browser is that of somebody of the table's heading.
func (w *rightsWorld) browser(name string) *demotest.Browser {
	accounts := map[string]string{
		"ended": "p-interp", "site": "p-admin", "staff": "p-koge-vol-2", "coord": "p-koge-chair", "own": "p-koge-vol-1",
		"above": "p-drc-country", "other": "p-brc-vol", "beside": "p-drc-voldev",
	}
	switch name {
	case "nobody":
		return w.s.Visitor()
	case "invitee": // has opened the invitation, and not accepted
		b := w.s.Visitor()
		b.Get("/invitations/" + w.names["token-invitation"])
		return b
	}
	if accounts[name] == "" {
		w.t.Fatalf("who is %s?", name)
	}
	return w.s.As(accounts[name])
}

func (w *rightsWorld) exec(statement string, args ...any) {
	w.t.Helper()
	err := w.s.DB.Write(w.t.Context(), func(tx *database.Tx) error {
		_, err := tx.Exec(w.t.Context(), statement, args...)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// name lets a word stand for what a statement finds first.
func (w *rightsWorld) name(word, query string) {
	w.t.Helper()
	err := w.s.DB.Read(w.t.Context(), func(tx *database.Tx) error {
		var id string
		err := tx.Row(w.t.Context(), query+` limit 1`).Scan(&id)
		w.names[word] = id
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// move makes somebody a member of another unit, in another role.
func (w *rightsWorld) move(person, unit, role string) {
	w.t.Helper()
	w.exec(`update memberships set unit_id = $1, role = $2 where person_id = $3`, demo.ID(unit), role, demo.ID(person))
}
