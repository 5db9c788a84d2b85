package files

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
)

// Keep reads a file to its end, checks it, takes out who made it, and puts it in its place. The disk has it when this
// returns; on any error it has nothing. Refused as problem.Invalid: empty, a type that is not taken, damaged, built to
// grow, with macros. problem.TooLarge: more than MaxSize. problem.Unavailable: the disk is full or broken.
//
// What is kept and named in no row is swept up after a day.
func (s *Store) Keep(ctx context.Context, name string, body io.Reader) (File, error) {
	raw, err := s.begin()
	if err != nil {
		return File{}, unkept(err)
	}
	defer s.discard(raw)
	if err := receive(ctx, raw, body); err != nil {
		return File{}, err
	}
	kind, err := decide(raw, name)
	if err != nil {
		return File{}, refused(err)
	}
	whole := raw
	if kind.clean != nil {
		if whole, err = s.begin(); err != nil {
			return File{}, unkept(err)
		}
		defer s.discard(whole)
		if err := rewrite(kind.clean, whole, raw); err != nil {
			return File{}, err
		}
	}
	f := File{ID: database.NewID(), Name: CleanName(name, kind.endings...), Type: kind.media}
	if f.Size, f.SHA256, err = weigh(whole); err == nil {
		err = s.settle(whole, f.ID)
	}
	if err != nil {
		return File{}, unkept(errors.Join(err, s.Drop(f.ID)))
	}
	return f, nil
}

// PutBack puts bytes in the place that an ID says, as they are: those of a copy, or of content that comes with the program.
// What lies there already stays.
func (s *Store) PutBack(id string, body io.Reader) error {
	if there, err := s.Read(id); err == nil {
		return there.Close()
	}
	f, err := s.begin()
	if err != nil {
		return err
	}
	defer s.discard(f)
	if _, err := io.Copy(f, body); err != nil {
		return err
	}
	return s.settle(f, id)
}

// receive writes down what arrives. A sender that breaks off is told apart from a disk that takes no more.
func receive(ctx context.Context, to io.Writer, body io.Reader) error {
	from := &listened{Reader: body}
	n, err := io.Copy(to, io.LimitReader(from, MaxSize+1))
	switch {
	case from.err != nil && ctx.Err() != nil:
		return ctx.Err()
	case from.err != nil:
		return &problem.Problem{Kind: problem.Invalid, Key: "files.problem.broken-off", Cause: from.err}
	case err != nil:
		return unkept(err)
	case n > MaxSize:
		return TooLarge()
	case n == 0:
		return problem.Refuse("files.problem.empty")
	}
	return nil
}

// TooLarge says that a file has more than MaxSize bytes.
func TooLarge() error {
	return &problem.Problem{Kind: problem.TooLarge, Key: "files.problem.large", Values: problem.Values{"Limit": MaxSize >> 20}}
}

// listened remembers what went wrong with a reader.
type listened struct {
	io.Reader
	err error
}

func (l *listened) Read(p []byte) (int, error) {
	n, err := l.Reader.Read(p)
	if err != nil && err != io.EOF {
		l.err = err
	}
	return n, err
}

// noted remembers what went wrong with a writer.
type noted struct {
	io.Writer
	err error
}

func (w *noted) Write(p []byte) (int, error) {
	n, err := w.Writer.Write(p)
	if err != nil {
		w.err = err
	}
	return n, err
}

// rewrite is the file without what does not belong into it. What cannot be read to its end is damaged, whatever the reason.
func rewrite(clean func(to io.Writer, from *os.File) error, to io.Writer, from *os.File) error {
	out := &noted{Writer: to}
	err := clean(out, from)
	if out.err != nil {
		return unkept(out.err)
	}
	if err != nil {
		return refused(errors.Join(errDamaged, err))
	}
	return nil
}

// weigh reads what was written once more: its size and its hash are those of what is really there.
func weigh(f *os.File) (size int64, hash string, err error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return 0, "", err
	}
	sum := sha256.New()
	size, err = io.Copy(sum, f)
	return size, hex.EncodeToString(sum.Sum(nil)), err
}
