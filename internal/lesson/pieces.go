package lesson

import (
	"strconv"
	"strings"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
)

// Pieces is a statement for text.Pieces: the newest lessons that somebody sees, each with all its sections.
func Pieces(a access.Actor, seen access.Seen, limit int, args *database.Args) string {
	newest := ` order by created_at desc, id desc limit ` + strconv.Itoa(limit)
	lessons := seen.Each("partnership_id", args, func(here string) string {
		return `select * from lessons where ` + here + ` and ` + access.SeesDraftsSQL(a, "society_id", "state", args) + newest
	})
	columns := []string{"title_id", "summary_id", "context_id", "went_well_id", "challenges_id", "key_lessons_id", "recommendations_id", "applicability_id"}
	for i, column := range columns {
		columns[i] = `select 'lesson' as kind, id as thing, ` + column + ` as text_id, title_id, id as within_id, '' as within_title_id,
			partnership_id, '' as on_day, cast(created_at as text) as rank from newest`
	}
	return `with newest as (select * from (` + lessons + `) n` + newest + `) ` + strings.Join(columns, ` union all `)
}
