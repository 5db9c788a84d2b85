package audit

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
)

// Entry is one entry as whoever looks after the installation reads it. Whom an ID means is for others to say.
type Entry struct {
	ID       string
	At       time.Time
	PersonID string // "" for the program itself
	Deed     string
	Kind     string // of what it was done to
	Subject  string // its ID; may be ""
	Details  Details
}

// Filter narrows the log. The zero value is all of it.
type Filter struct {
	PersonID    string // who did it, or to whom it was done
	Deed, Kind  string
	From, Until time.Time // from and before a moment; zero: no bound
	After       string    // the ID of the last entry of the page before
	Limit       int       // 0: Page
}

// Limits of one page of the log.
const (
	Page    = 50
	MaxPage = 500
)

// List is one page of the log, the newest first, with the ID for the next page's Filter.After; "" on the last. For site
// administrators; for anybody else it is NotFound.
func List(ctx context.Context, db *database.DB, a access.Actor, f Filter) (list []Entry, next string, err error) {
	if err := access.Check(a, access.RunSite, access.RunSite, access.Case{}); err != nil {
		return nil, "", err
	}
	err = db.Read(ctx, func(tx *database.Tx) error {
		var args database.Args
		where := f.where(&args)
		list, err = database.All(ctx, tx, readListed, `select id, at, coalesce(person_id, ''), deed, subject, details from audit`+where+
			` order by at desc, id desc limit `+args.Add(f.limit()+1), args...)
		return err
	})
	if len(list) > f.limit() {
		list = list[:f.limit()]
		next = list[len(list)-1].ID
	}
	return list, next, err
}

func (f Filter) limit() int {
	if f.Limit <= 0 || f.Limit > MaxPage {
		return Page
	}
	return f.Limit
}

func (f Filter) where(args *database.Args) string {
	var all []string
	if f.PersonID != "" {
		all = append(all, `(person_id = `+args.Add(f.PersonID)+` or subject = `+args.Add("person:"+f.PersonID)+`)`)
	}
	if f.Deed != "" {
		all = append(all, `deed = `+args.Add(f.Deed))
	}
	if isKind(f.Kind) {
		all = append(all, `subject like `+args.Add(f.Kind+":%"))
	}
	if !f.From.IsZero() {
		all = append(all, `at >= `+args.Add(f.From.UTC()))
	}
	if !f.Until.IsZero() {
		all = append(all, `at < `+args.Add(f.Until.UTC()))
	}
	if f.After != "" {
		all = append(all, `(at, id) < (select at, id from audit where id = `+args.Add(f.After)+`)`)
	}
	if len(all) == 0 {
		return ""
	}
	return ` where ` + strings.Join(all, ` and `)
}

func readListed(row database.Scanner) (e Entry, err error) {
	var subject, details string
	if err := row.Scan(&e.ID, &e.At, &e.PersonID, &e.Deed, &subject, &details); err != nil {
		return e, err
	}
	e.Kind, e.Subject, _ = strings.Cut(subject, ":")
	return e, json.Unmarshal([]byte(details), &e.Details)
}
