package conference

import (
	"strconv"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
)

// Pieces is a statement for text.Pieces: the conferences that come next of those that somebody sees, with all that their
// participants read beforehand.
func Pieces(seen access.Seen, now time.Time, limit int, args *database.Args) string {
	next := ` order by starts_at, id limit ` + strconv.Itoa(limit)
	at, planned := args.Add(now), args.In(seen.Planned())
	coming := seen.Each("partnership_id", args, func(here string) string {
		return `select * from conferences where ` + here + ` and (over_at is null or over_at > ` + at + `)
			and (state <> 'draft' or partnership_id in ` + planned + `)` + next
	})
	return `with coming as (select * from (` + coming + `) n` + next + `)
		` + piece("conference", "c.title_id", `'0'`, "") + `
		union all ` + piece("purpose", "c.purpose_id", `'1'`, "") + `
		union all ` + piece("question", "c.poll_question_id", `'2'`, "") + `
		union all ` + piece("topic", "i.topic_id", "cast(1000 + i.position as text)", " cross join agenda_items i where i.conference_id = c.id")
}

// piece is one text of each of those conferences; `place` is where it stands in its conference.
func piece(kind, column, place, join string) string {
	return `select '` + kind + `' as kind, ` + column + ` as thing, ` + column + ` as text_id, ` + column + ` as title_id, c.id as within_id,
		c.title_id as within_title_id, c.partnership_id, coalesce(substr(c.starts_local, 1, 10), '') as on_day,
		cast(c.starts_at as text) || c.id || ` + place + ` as rank from coming c` + join
}
