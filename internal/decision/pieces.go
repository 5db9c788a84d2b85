package decision

import (
	"strconv"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
)

// Pieces is a statement for text.Pieces: the newest decisions that somebody sees, but for those that no longer hold.
func Pieces(seen access.Seen, limit int, args *database.Args) string {
	newest := ` order by year desc, number desc, id desc limit ` + strconv.Itoa(limit)
	return `select 'decision' as kind, text_id as thing, text_id, text_id as title_id, id as within_id, '' as within_title_id,
		partnership_id, decided_on as on_day, decided_on || cast(10000 + number as text) as rank from (select * from (` +
		seen.Each("partnership_id", args, func(here string) string {
			return `select * from decisions where ` + here + ` and state in ('proposed', 'in force')` + newest
		}) + `) n` + newest + `) d`
}
