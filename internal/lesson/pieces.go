package lesson

import (
	"strconv"
	"strings"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
)

// Pieces is a statement for text.Pieces: the newest lessons that somebody sees, each with all its sections and figures.
func Pieces(a access.Actor, seen access.Seen, limit int, args *database.Args) string {
	newest := ` order by created_at desc, id desc limit ` + strconv.Itoa(limit)
	lessons := seen.Each("partnership_id", args, func(here string) string {
		return `select * from lessons where ` + here + ` and ` + access.SeesDraftsSQL(a, "lessons.partnership_id", "lessons.society_id", "state", args) + newest
	})
	const piece = `, title_id, newest.id as within_id, '' as within_title_id, partnership_id, '' as on_day, cast(created_at as text) as rank from newest`
	var texts []string
	for column := range strings.SplitSeq(sectionColumns, ", ") {
		texts = append(texts, `select 'lesson' as kind, newest.id as thing, `+column+` as text_id`+piece)
	}
	for _, column := range []string{"said_id", "source_id"} {
		texts = append(texts, `select 'lesson' as kind, newest.id as thing, `+column+` as text_id`+piece+` cross join lesson_figures f where f.lesson_id = newest.id`)
	}
	return `with newest as (select * from (` + lessons + `) n` + newest + `) ` + strings.Join(texts, ` union all `)
}
