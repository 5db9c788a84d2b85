package lesson

import (
	"context"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/files"
	"example.org/tandem/internal/problem"
)

// FindFile is a file that is attached to a lesson which the actor may read; a published one's is anybody's. What they may not
// see is missing. Its bytes are files.Store's to give.
func (s *Store) FindFile(ctx context.Context, a access.Actor, id string) (f files.File, err error) {
	var lessonID string
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		err := tx.Row(ctx, `select lf.lesson_id, f.id, f.name, f.media_type, f.size, f.sha256
			from files f join lesson_files lf on lf.file_id = f.id where f.id = $1`, id).
			Scan(&lessonID, &f.ID, &f.Name, &f.Type, &f.Size, &f.SHA256)
		if database.IsNone(err) {
			return problem.Missing()
		}
		if err != nil {
			return err
		}
		l, err := bare(ctx, tx, lessonID)
		if err != nil || l.State == Published {
			return err
		}
		return access.Check(a, access.SeeLesson, access.SeeLesson, l.Case())
	})
	if err != nil {
		return files.File{}, err
	}
	return f, nil
}

// attachments are a lesson's files, in the order in which they came.
func attachments(ctx context.Context, tx *database.Tx, lessonID string) ([]Attachment, error) {
	return database.All(ctx, tx, func(row database.Scanner) (a Attachment, err error) {
		return a, row.Scan(&a.FileID, &a.Name, &a.Type, &a.Size)
	}, `select f.id, f.name, f.media_type, f.size from lesson_files lf join files f on f.id = lf.file_id
		where lf.lesson_id = $1 order by lf.position, f.id`, lessonID)
}
