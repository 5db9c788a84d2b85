package work

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"log/slog"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/files"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
)

// Listing is one list of an export: a JSON file, read and written a page at a time, so that no export needs more memory than one
// page, however much somebody has written.
type Listing struct {
	Name  string
	write func(context.Context, *listWriter) error
}

// exportPage is how many rows are read at once. No transaction is open while they go out: a slow line must not keep one.
const exportPage = 200

// Listed is a list that is there already.
func Listed[T any](name string, rows []T) Listing {
	return Listing{name, func(_ context.Context, w *listWriter) error {
		for _, row := range rows {
			if err := w.row(row); err != nil {
				return err
			}
		}
		return nil
	}}
}

// pages give a feature's rows of one person: after a key, at most so many.
type pages[T interface{ Key() string }] func(ctx context.Context, tx *database.Tx, personID, after string, limit int) ([]T, error)

// saying finishes a page before it is written; nil: there is nothing to add.
type saying[T any] func(context.Context, *database.Tx, []T) error

// paged is a list that a feature gives page by page.
func paged[T interface{ Key() string }](d *Desk, name, personID string, next pages[T], say saying[T]) Listing {
	return Listing{name, func(ctx context.Context, w *listWriter) error {
		for after := ""; ; {
			rows, err := onePage(ctx, d, personID, after, next, say)
			if err != nil {
				return err
			}
			for _, row := range rows {
				if err := w.row(row); err != nil {
					return err
				}
			}
			if len(rows) < exportPage {
				return nil
			}
			after = rows[len(rows)-1].Key()
		}
	}}
}

func onePage[T interface{ Key() string }](ctx context.Context, d *Desk, personID, after string, next pages[T], say saying[T]) (rows []T, err error) {
	err = d.db.Read(ctx, func(tx *database.Tx) error {
		if rows, err = next(ctx, tx, personID, after, exportPage); err == nil && say != nil {
			err = say(ctx, tx, rows)
		}
		return err
	})
	return rows, err
}

// listWriter writes rows as one JSON array.
type listWriter struct {
	to   io.Writer
	rows int
}

func (w *listWriter) row(row any) error {
	before := ",\n"
	if w.rows == 0 {
		before = "[\n"
	}
	w.rows++
	var line bytes.Buffer
	line.WriteString(before)
	encoder := json.NewEncoder(&line)
	encoder.SetEscapeHTML(false) // it is no page
	if err := encoder.Encode(row); err != nil {
		return err
	}
	_, err := w.to.Write(bytes.TrimSuffix(line.Bytes(), []byte("\n")))
	return err
}

func (w *listWriter) end() error {
	end := "\n]\n"
	if w.rows == 0 {
		end = "[]\n"
	}
	_, err := io.WriteString(w.to, end)
	return err
}

// NoteExport keeps in the audit log that the actor takes everything about themselves with them. It comes before the first byte.
func (d *Desk) NoteExport(ctx context.Context, a access.Actor) error {
	if err := access.Check(a, access.EditProfile, access.EditProfile, access.Case{Person: a.PersonID}); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *database.Tx) error {
		return audit.Record(ctx, tx, a.PersonID, "export own data", "person:"+a.PersonID, nil)
	})
}

// Export writes all that is known about the actor, and the files that they added, as a ZIP. The readme is its first entry.
// Names and titles are in the first of `reads` that there is. `more` are lists that are above us.
func (d *Desk) Export(ctx context.Context, a access.Actor, to io.Writer, readme string, reads []locale.Language, more ...Listing) error {
	if err := access.Check(a, access.EditProfile, access.EditProfile, access.Case{Person: a.PersonID}); err != nil {
		return err
	}
	archive := zip.NewWriter(to)
	w, err := archive.CreateHeader(d.entry("README.txt"))
	if err == nil {
		_, err = io.WriteString(w, readme)
	}
	if err != nil {
		return err
	}
	listings, err := d.listings(ctx, a.PersonID, reads)
	if err != nil {
		return err
	}
	for _, s := range append(listings, more...) {
		if err := s.into(ctx, archive, d.entry(s.Name)); err != nil {
			return err
		}
	}
	if err := d.ownFiles(ctx, a.PersonID, archive); err != nil {
		return err
	}
	return archive.Close()
}

// entry is a file of the archive as of now.
func (d *Desk) entry(name string) *zip.FileHeader {
	return &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: d.db.Now()}
}

func (s Listing) into(ctx context.Context, archive *zip.Writer, entry *zip.FileHeader) error {
	to, err := archive.CreateHeader(entry)
	if err != nil {
		return err
	}
	w := &listWriter{to: to}
	if err := s.write(ctx, w); err != nil {
		return err
	}
	return w.end()
}

// listings are what each feature knows about a person.
func (d *Desk) listings(ctx context.Context, id string, reads []locale.Language) ([]Listing, error) {
	k, err := d.known(ctx, id, reads)
	if err != nil {
		return nil, err
	}
	return []Listing{
		Listed("profile.json", []any{k}),
		Listed("memberships.json", k.Memberships),
		Listed("identities.json", k.Identities),
		Listed("consents.json", k.Consents),
		paged(d, "invitations.json", id, d.Org.OwnInvitationsIn, nil),
		paged(d, "answers.json", id, d.Conferences.OwnAnswersIn, answersSaid(reads)),
		paged(d, "uninvited.json", id, d.Conferences.OwnUninvitedIn, uninvitedSaid(reads)),
		paged(d, "counters.json", id, d.Conferences.OwnCountersIn, countersSaid(reads)),
		paged(d, "poll-answers.json", id, d.Conferences.OwnPollAnswersIn, nil),
		paged(d, "action-parts.json", id, d.Actions.OwnPartsIn, partsSaid(reads)),
		paged(d, "progress-notes.json", id, d.Actions.OwnNotesIn, nil),
		paged(d, "agreements.json", id, d.Minutes.OwnIn, nil),
		titled(d, "conferences.json", id, d.Conferences.OwnIn, reads),
		titled(d, "decisions.json", id, d.Decisions.OwnIn, reads),
		titled(d, "actions.json", id, d.Actions.OwnIn, reads),
		titled(d, "lessons.json", id, d.Lessons.OwnIn, reads),
		titled(d, "proposals.json", id, d.Org.OwnProposalsIn, reads),
		paged(d, "texts.json", id, text.OwnIn, nil),
		paged(d, "files.json", id, d.Files.OwnIn, nil),
		paged(d, "log.json", id, audit.OwnIn, nil),
	}, nil
}

// ownFiles adds the bytes of every file that a person added. One whose bytes are lost is left out, and the operator told.
func (d *Desk) ownFiles(ctx context.Context, personID string, archive *zip.Writer) error {
	for after := ""; ; {
		var list []files.Own
		err := d.db.Read(ctx, func(tx *database.Tx) (err error) {
			list, err = d.Files.OwnIn(ctx, tx, personID, after, exportPage)
			return err
		})
		if err != nil || len(list) == 0 {
			return err
		}
		for _, f := range list {
			if err := d.ownFile(f, archive); errors.Is(err, fs.ErrNotExist) {
				slog.WarnContext(ctx, "a file that has a row has no bytes", "file", f.ID)
			} else if err != nil {
				return err
			}
		}
		after = list[len(list)-1].Key()
	}
}

func (d *Desk) ownFile(f files.Own, archive *zip.Writer) error {
	body, err := d.Files.Read(f.ID)
	if err != nil {
		return err
	}
	defer body.Close()
	to, err := archive.CreateHeader(&zip.FileHeader{Name: "files/" + f.ID + "/" + f.Name, Method: zip.Store, Modified: f.At})
	if err == nil {
		_, err = io.Copy(to, body)
	}
	return err
}
