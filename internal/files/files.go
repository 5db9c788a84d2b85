// Package files keeps the bytes of documents that people attach, on a disk of ours and under a name of ours. What kind of
// file it is, is decided by what is in it, never by what it is called; what is not on the list is refused, and so is what is
// built to fill the disk of whoever opens it. Who took a picture, where, and who wrote a document, is taken out.
package files

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path"
	"strings"
	"syscall"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
)

// MaxSize is how large a file may be, in bytes.
const MaxSize = 25 << 20

// File is one that is kept.
type File struct {
	ID     string
	Name   string // as its owner called it, cleaned
	Type   string // media type, decided by content
	Size   int64  // bytes, without what was taken out
	SHA256 string // of these bytes, in hexadecimal
}

// Store keeps files in one folder. Several programs may share it.
type Store struct {
	db   *database.DB
	root *os.Root
	log  *slog.Logger
}

// incoming is where files lie until all of them is there and checked.
const incoming = "incoming"

// Open makes the folder where it is missing and makes sure that it can be written to.
func Open(db *database.DB, folder string, log *slog.Logger) (*Store, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	s := &Store{db: db, root: root, log: log}
	trial, err := s.begin()
	if err != nil {
		return nil, errors.Join(err, root.Close())
	}
	s.discard(trial)
	return s, nil
}

// Close lets go of the folder.
func (s *Store) Close() error { return s.root.Close() }

// Read opens a file that is kept; the caller closes it.
func (s *Store) Read(id string) (io.ReadSeekCloser, error) { return s.root.Open(place(id)) }

// place is where a file lies: IDs begin with the time and end at random, so their ends fill all folders evenly.
func place(id string) string { return path.Join(id[max(0, len(id)-2):], id) }

// begin makes an empty file that has no place yet.
func (s *Store) begin() (*os.File, error) {
	if err := s.root.MkdirAll(incoming, 0o700); err != nil {
		return nil, err
	}
	return s.root.OpenFile(path.Join(incoming, database.NewID()), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
}

// discard drops a file that was begun. One that found its place is not there any more.
func (s *Store) discard(f *os.File) {
	f.Close()
	if err := s.root.Remove(path.Join(incoming, path.Base(f.Name()))); err != nil && !errors.Is(err, fs.ErrNotExist) {
		s.log.Warn("a file that was not kept stays behind until it is swept up", "error", err)
	}
}

// settle gives a whole file its place. It is on the disk when this returns, its name too: a power cut takes neither.
func (s *Store) settle(f *os.File, id string) error {
	if err := f.Sync(); err != nil {
		return err
	}
	to := place(id)
	if err := s.root.MkdirAll(path.Dir(to), 0o700); err != nil {
		return err
	}
	if err := s.root.Rename(path.Join(incoming, path.Base(f.Name())), to); err != nil {
		return err
	}
	return errors.Join(s.sync(path.Dir(to)), s.sync("."))
}

func (s *Store) sync(folder string) error {
	d, err := s.root.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// unkept says that the disk did not take a file. Nothing of it is left.
func unkept(err error) error {
	key := "files.problem.disk"
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG) {
		key = "files.problem.full"
	}
	return &problem.Problem{Kind: problem.Unavailable, Key: key, Cause: fmt.Errorf("keep a file: %w", err)}
}

// old is how long something may lie about that nobody knows: longer than any upload takes.
const old = 24 * time.Hour

// ours tells whether a name in the folder can be one of a file, so that nothing else that lies there is touched.
func ours(name string) bool { return len(name) == 36 && strings.Count(name, "-") == 4 }
