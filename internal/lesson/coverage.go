package lesson

import (
	"context"
	"strings"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/text"
)

// coverage of whole lessons: their sections and figures together.
func coverage(ctx context.Context, tx *database.Tx, ids []string) (map[string]text.Coverage, error) {
	var args database.Args
	these := ` in ` + args.In(ids)
	var parts []string
	for column := range strings.SplitSeq(sectionColumns, ", ") {
		parts = append(parts, `select id as thing, `+column+` as text_id from lessons where id`+these)
	}
	for _, column := range []string{"said_id", "source_id"} {
		parts = append(parts, `select lesson_id as thing, `+column+` as text_id from lesson_figures where lesson_id`+these)
	}
	return text.CoverageOf(ctx, tx, strings.Join(parts, ` union all `), args...)
}
