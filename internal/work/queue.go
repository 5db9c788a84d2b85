package work

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/action"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/decision"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
)

// Shelf is where a text that waits for its translation is found.
type Shelf string

const (
	OfConferences Shelf = "conferences" // what comes next, with its agenda
	OfLessons     Shelf = "lessons"
	OfActions     Shelf = "actions" // unfinished
	OfDecisions   Shelf = "decisions"
)

// Shelves are all of them, what is needed soonest first.
var Shelves = []Shelf{OfConferences, OfLessons, OfActions, OfDecisions}

// Wanted says which part of the queue is asked for.
type Wanted struct {
	Languages []locale.Language // that the actor would write, the one they like best first
	Shelves   []Shelf
	Readable  bool // only what the actor can read in another language
	Look      int  // how many things of each shelf are looked at, the most urgent or the newest first
	Limit     int  // how many of each shelf are listed
}

// Waiting is a text that waits to be translated, or for its translation to be checked.
type Waiting struct {
	text.Piece
	Title    text.Text
	Within   text.Text // the title of the conference that it belongs to
	Into     []locale.Language
	MayCheck bool
}

// Queue is what waits for somebody.
type Queue struct {
	Count map[locale.Language]int // of all that was looked at
	On    map[Shelf][]Waiting
	More  map[Shelf]bool // there is more than was listed
	Any   bool           // there was something to look at
}

// Empty tells whether nothing is listed.
func (q Queue) Empty() bool { return len(q.On) == 0 }

// Queue is what waits for the actor to translate or check. What they may not see is not in it.
func (d *Desk) Queue(ctx context.Context, a access.Actor, w Wanted) (q Queue, err error) {
	err = d.db.Read(ctx, func(tx *database.Tx) error {
		seen, err := access.Partnerships(ctx, tx, a)
		if err != nil {
			return err
		}
		var texts text.Batch
		if q, err = d.QueueWith(ctx, tx, &texts, a, seen, w); err != nil {
			return err
		}
		return texts.Load(ctx, tx)
	})
	return q, err
}

// QueueWith is Queue for a page that reads the texts of several features at once: the titles are there after texts.Load.
func (d *Desk) QueueWith(ctx context.Context, tx *database.Tx, texts *text.Batch, a access.Actor, seen access.Seen, w Wanted) (Queue, error) {
	var args database.Args
	parts := make([]string, len(w.Shelves))
	for i, s := range w.Shelves {
		parts[i] = `select ` + text.PieceColumns + ` from (` + s.pieces(a, tx, seen, w.Look, &args) + `) p`
	}
	pieces, err := text.Pieces(ctx, tx, strings.Join(parts, ` union all `), args...)
	slices.SortFunc(pieces, func(x, y text.Piece) int {
		return cmp.Or(cmp.Compare(shelfOf(x), shelfOf(y)), strings.Compare(x.Rank, y.Rank)*direction(x), strings.Compare(x.ID, y.ID))
	})
	q := Queue{Count: map[locale.Language]int{}, On: map[Shelf][]Waiting{}, More: map[Shelf]bool{}, Any: len(pieces) > 0}
	known := map[string]bool{}
	for _, p := range pieces {
		if !known[p.ID] { // a carried action item is a topic of the next agenda, by the same text
			known[p.ID] = true
			q.add(Waiting{Piece: p, MayCheck: seen.Plans(p.PartnershipID)}, a.Reads, w)
		}
	}
	for _, list := range q.On {
		for i := range list {
			texts.Want(list[i].TitleID, &list[i].Title)
			texts.Want(list[i].WithinTitleID, &list[i].Within)
		}
	}
	return q, err
}

func (s Shelf) pieces(a access.Actor, tx *database.Tx, seen access.Seen, look int, args *database.Args) string {
	switch s {
	case OfConferences:
		return conference.Pieces(seen, tx.Now, look, args)
	case OfLessons:
		return lesson.Pieces(a, seen, look, args)
	case OfActions:
		return action.Pieces(seen, look, args)
	}
	return decision.Pieces(seen, look, args)
}

// add counts what waits in any language and lists what waits in one that was asked for.
func (q Queue) add(p Waiting, reads []locale.Language, w Wanted) {
	for _, l := range locale.All {
		if !p.waits(l) || w.Readable && !p.readable(reads, l) {
			continue
		}
		q.Count[l]++
		if slices.Contains(w.Languages, l) {
			p.Into = append(p.Into, l)
		}
	}
	slices.SortFunc(p.Into, func(x, y locale.Language) int { return slices.Index(w.Languages, x) - slices.Index(w.Languages, y) })
	s := Shelves[shelfOf(p.Piece)]
	switch {
	case len(p.Into) == 0:
	case len(q.On[s]) == w.Limit:
		q.More[s] = true
	default:
		q.On[s] = append(q.On[s], p)
	}
}

// waits tells whether something is to be done in a language. Checking is for coordinators.
func (p Waiting) waits(l locale.Language) bool {
	switch p.Coverage.State(l) {
	case text.Missing, text.OutOfDate, text.Machine:
		return true
	case text.InWork:
		return p.MayCheck
	}
	return false
}

// readable tells whether somebody reads it in a language other than the one to be written.
func (p Waiting) readable(reads []locale.Language, into locale.Language) bool {
	return slices.ContainsFunc(reads, func(l locale.Language) bool { return l != into && p.Coverage.State(l) != text.Missing })
}

func shelfOf(p text.Piece) int {
	switch p.Kind {
	case "lesson":
		return 1
	case "action":
		return 2
	case "decision":
		return 3
	}
	return 0
}

// direction: what was learned and decided last comes first.
func direction(p text.Piece) int {
	if p.Kind == "lesson" || p.Kind == "decision" {
		return -1
	}
	return 1
}
