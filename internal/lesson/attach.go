package lesson

import (
	"context"
	"io"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/files"
	"example.org/tandem/internal/problem"
)

// MaxFiles is how many files a lesson may have.
const MaxFiles = 20

// WithFiles gives a store that can attach files.
func (s *Store) WithFiles(kept *files.Store) *Store {
	with := *s
	with.files = kept
	return &with
}

// Attach keeps a file with a lesson; of a published lesson anybody can read it from then on. Whoever may not write the
// lesson is refused before the file is read. What can be wrong with a file is said by files.Keep; besides it is refused
// where the lesson has MaxFiles already, or this very file. Only with success is anything of it kept.
func (s *Store) Attach(ctx context.Context, a access.Actor, lessonID, name string, body io.Reader) (files.File, error) {
	err := s.db.Read(ctx, func(tx *database.Tx) error {
		_, err := takesFile(ctx, tx, a, lessonID)
		return err
	})
	if err != nil {
		return files.File{}, err
	}
	f, err := s.files.Keep(ctx, name, body)
	if err != nil {
		return files.File{}, err
	}
	err = s.db.Write(ctx, func(tx *database.Tx) error { return s.attach(ctx, tx, a, lessonID, f) })
	if _, refused := problem.As(err); refused {
		s.files.Drop(f.ID) // after any other error the row may be there, and the bytes are swept up if it is not
	}
	return f, err
}

func (s *Store) attach(ctx context.Context, tx *database.Tx, a access.Actor, lessonID string, f files.File) error {
	if err := touch(ctx, tx, lessonID); err != nil {
		return err
	}
	l, err := takesFile(ctx, tx, a, lessonID)
	if err != nil {
		return err
	}
	twin, err := sameFile(ctx, tx, lessonID, f.SHA256)
	if err != nil {
		return err
	}
	if twin != "" {
		return problem.Refuse("files.problem.twice", problem.Values{"Name": twin})
	}
	if err := s.files.RecordIn(ctx, tx, a.PersonID, f); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `insert into lesson_files (lesson_id, file_id, position)
		select $1, $2, coalesce(max(position), 0) + 1 from lesson_files where lesson_id = $1`, lessonID, f.ID)
	if err != nil {
		return err
	}
	return audit.Record(ctx, tx, a.PersonID, "attach file", "lesson:"+lessonID, audit.Details{"file": f.ID, "state": string(l.State)})
}

// Detach takes a file away for good: nobody can open it any more.
func (s *Store) Detach(ctx context.Context, a access.Actor, lessonID, fileID string) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		l, err := writable(ctx, tx, a, lessonID)
		if err != nil {
			return err
		}
		if err := touch(ctx, tx, lessonID); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, `delete from lesson_files where lesson_id = $1 and file_id = $2`, lessonID, fileID)
		if err != nil {
			return err
		}
		if n == 0 {
			return problem.Missing()
		}
		if err := s.files.ForgetIn(ctx, tx, fileID); err != nil {
			return err
		}
		return audit.Record(ctx, tx, a.PersonID, "remove file", "lesson:"+lessonID, audit.Details{"file": fileID, "state": string(l.State)})
	})
}

// writable is the lesson, for those who may change it.
func writable(ctx context.Context, tx *database.Tx, a access.Actor, lessonID string) (Lesson, error) {
	l, err := bare(ctx, tx, lessonID)
	if err != nil {
		return l, err
	}
	return l, access.Check(a, access.WriteLesson, access.SeeLesson, l.Case())
}

// takesFile is the lesson too, while there is room for one file more.
func takesFile(ctx context.Context, tx *database.Tx, a access.Actor, lessonID string) (Lesson, error) {
	l, err := writable(ctx, tx, a, lessonID)
	if err != nil {
		return l, err
	}
	var n int
	if err := tx.Row(ctx, `select count(*) from lesson_files where lesson_id = $1`, lessonID).Scan(&n); err != nil {
		return l, err
	}
	if n >= MaxFiles {
		return l, problem.Refuse("files.problem.many", problem.Values{"Limit": MaxFiles})
	}
	return l, nil
}

// touch has two who attach at once follow each other, so that both are counted. The lesson's version stays: what somebody
// is writing in it at the moment is not in the way of a file.
func touch(ctx context.Context, tx *database.Tx, lessonID string) error {
	_, err := tx.Exec(ctx, `update lessons set changed_at = $2 where id = $1`, lessonID, tx.Now)
	return err
}

// sameFile is the name of the file of a lesson with the same content, or "".
func sameFile(ctx context.Context, tx *database.Tx, lessonID, sha256 string) (name string, err error) {
	err = tx.Row(ctx, `select f.name from lesson_files lf join files f on f.id = lf.file_id
		where lf.lesson_id = $1 and f.sha256 = $2 order by lf.position limit 1`, lessonID, sha256).Scan(&name)
	if database.IsNone(err) {
		return "", nil
	}
	return name, err
}
