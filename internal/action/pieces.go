package action

import (
	"strconv"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
)

// Pieces is a statement for text.Pieces: the unfinished items that somebody sees, the most urgent first.
func Pieces(seen access.Seen, limit int, args *database.Args) string {
	next := ` order by due_on, id limit ` + strconv.Itoa(limit)
	return `select 'action' as kind, title_id as thing, title_id as text_id, title_id, id as within_id, '' as within_title_id,
		partnership_id, due_on as on_day, due_on || id as rank from (select * from (` +
		seen.Each("partnership_id", args, func(here string) string {
			return `select * from actions where ` + here + ` and closed_at is null` + next
		}) + `) n` + next + `) a`
}
