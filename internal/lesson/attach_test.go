package lesson_test

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/files"
	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/problem"
)

// drawer is a desk whose lesson can have files.
type drawer struct {
	*desk
	*lesson.Store
	kept   *files.Store
	folder string
}

func eachDrawer(t *testing.T, test func(d *drawer)) {
	each(t, func(d *desk) {
		folder := d.TempDir()
		kept, err := files.Open(d.db, folder, slog.New(slog.DiscardHandler))
		d.ok(err)
		d.Cleanup(func() { kept.Close() })
		test(&drawer{desk: d, Store: d.Store.WithFiles(kept), kept: kept, folder: folder})
	})
}

func (d *drawer) attach(a access.Actor, body string) (files.File, error) {
	return d.Attach(d.Context(), a, d.id, "guide.txt", strings.NewReader(body))
}

func (d *drawer) must(body string) files.File {
	d.Helper()
	f, err := d.attach(d.MinskCoordinator.Actor, body)
	d.ok(err)
	return f
}

// lying is how many files are on the disk.
func (d *drawer) lying() int {
	d.Helper()
	found, err := filepath.Glob(filepath.Join(d.folder, "*", "*"))
	d.ok(err)
	return len(found)
}

func (d *drawer) count(query string, args ...any) (n int) {
	d.Helper()
	d.ok(d.db.Read(d.Context(), func(tx *database.Tx) error { return tx.Row(d.Context(), query, args...).Scan(&n) }))
	return n
}

func TestAFileIsReadByWhoeverReadsItsLesson(t *testing.T) {
	eachDrawer(t, func(d *drawer) {
		f := d.must("guide")
		sees := func() (who []string) {
			for name, a := range map[string]access.Actor{"own": d.BrestStaff.Actor, "other side": d.KogeStaff.Actor, "outsider": d.Outsider.Actor,
				"nobody": {}, "site admin": d.SiteAdmin.Actor, "former": d.Former.Actor} {
				found, err := d.FindFile(d.Context(), a, f.ID)
				if err == nil && found != f {
					d.Errorf("%s finds %+v, want %+v", name, found, f)
				}
				if err == nil {
					who = append(who, name)
				} else if !problem.Is(err, problem.NotFound) || found != (files.File{}) {
					d.Errorf("%s: %v, %+v", name, err, found)
				}
			}
			slices.Sort(who)
			return who
		}
		if got := sees(); !slices.Equal(got, []string{"own"}) {
			d.Errorf("a draft's: %q", got)
		}
		d.share()
		if got := sees(); !slices.Equal(got, []string{"other side", "own"}) {
			d.Errorf("of one that is shared: %q", got)
		}
		d.ok(d.Publish(d.Context(), d.MinskCoordinator.Actor, d.id, d.now().Version))
		if got := sees(); len(got) != 6 {
			d.Errorf("of one that is published: %q", got)
		}
		d.ok(d.Withdraw(d.Context(), d.MinskCoordinator.Actor, d.id, d.now().Version))
		if got := sees(); len(got) != 2 {
			d.Errorf("of one that was withdrawn: %q", got)
		}
	})
}

func TestOnlyItsOwnSocietysCoordinatorsAttachAndRemove(t *testing.T) {
	eachDrawer(t, func(d *drawer) {
		d.share()
		f := d.must("guide")
		for name, c := range map[string]struct {
			actor access.Actor
			kind  problem.Kind
		}{
			"own staff": {d.BrestStaff.Actor, problem.Forbidden}, "other side": {d.KogeCoordinator.Actor, problem.Forbidden},
			"outsider": {d.Outsider.Actor, problem.NotFound}, "nobody": {access.Actor{}, problem.NotFound},
		} {
			unread := &watched{Reader: strings.NewReader("more")}
			_, err := d.Attach(d.Context(), c.actor, d.id, "a.txt", unread)
			if !problem.Is(err, c.kind) || unread.read {
				d.Errorf("%s attaches: %v, read: %t", name, err, unread.read)
			}
			if err := d.Detach(d.Context(), c.actor, d.id, f.ID); !problem.Is(err, c.kind) {
				d.Errorf("%s removes: %v", name, err)
			}
		}
		other := d.another(d.MinskCoordinator.Actor, d.Partnership)
		if err := d.Detach(d.Context(), d.MinskCoordinator.Actor, other, f.ID); !problem.Is(err, problem.NotFound) {
			d.Errorf("from another lesson: %v", err)
		}
		if n := d.count(`select count(*) from files`); n != 1 || d.lying() != 1 {
			d.Errorf("%d rows, %d files", n, d.lying())
		}
	})
}

// watched tells whether anybody has read from it.
type watched struct {
	io.Reader
	read bool
}

func (w *watched) Read(p []byte) (int, error) {
	w.read = true
	return w.Reader.Read(p)
}

func TestAttachingIsWrittenDownAndLeavesTheTextAlone(t *testing.T) {
	eachDrawer(t, func(d *drawer) {
		open := form(d.now(), ru) // somebody is writing meanwhile
		first, second := d.must("one"), d.must("two")
		l := d.now()
		if got := []string{l.Attachments[0].FileID, l.Attachments[1].FileID}; !slices.Equal(got, []string{first.ID, second.ID}) {
			d.Errorf("in the order %q", got)
		}
		if a := l.Attachments[0]; a != (lesson.Attachment{FileID: first.ID, Name: "guide.txt", Type: "text/plain; charset=utf-8", Size: 3}) {
			d.Errorf("shown as %+v", a)
		}
		d.ok(d.edit(with(open, lesson.Summary, "Итог.")))
		d.ok(d.Detach(d.Context(), d.MinskCoordinator.Actor, d.id, first.ID))
		for deed, n := range map[string]int{"attach file": 2, "remove file": 1} {
			if got := d.count(`select count(*) from audit where deed = $1 and subject = $2 and details like '%'||$3||'%'`, deed, "lesson:"+d.id, first.ID); got != 1 {
				d.Errorf("%s of the first: %d entries", deed, got)
			}
			if got := d.count(`select count(*) from audit where deed = $1 and person_id = $2`, deed, d.MinskCoordinator.ID); got != n {
				d.Errorf("%s: %d entries", deed, got)
			}
		}
		if got := d.count(`select count(*) from audit where details like '%guide%'`); got != 0 {
			d.Error("a name stands in the log")
		}
		if d.lying() != 2 {
			d.Error("the bytes went before it was certain")
		}
		runner := jobs.New(d.db, slog.New(slog.DiscardHandler))
		d.kept.Register(runner)
		d.ok(runner.Drain(d.Context()))
		if n := d.count(`select count(*) from files`); n != 1 || d.lying() != 1 {
			d.Errorf("%d rows, %d files", n, d.lying())
		}
		if _, err := d.FindFile(d.Context(), d.MinskCoordinator.Actor, first.ID); !problem.Is(err, problem.NotFound) {
			d.Errorf("still found: %v", err)
		}
	})
}

func TestWhatIsRefusedIsNotKept(t *testing.T) {
	eachDrawer(t, func(d *drawer) {
		d.must("guide")
		_, err := d.attach(d.MinskCoordinator.Actor, "guide")
		if p, is := problem.As(err); !is || p.Key != "files.problem.twice" || p.Values["Name"] != "guide.txt" {
			d.Errorf("the same once more: %v", err)
		}
		if _, err := d.attach(d.MinskCoordinator.Actor, "MZ\x00\x01"); err == nil {
			d.Error("a program was attached")
		}
		if n := d.count(`select count(*) from files`); n != 1 || d.lying() != 1 {
			d.Errorf("%d rows, %d files", n, d.lying())
		}
		d.ok(os.RemoveAll(d.folder))
		if _, err := d.attach(d.MinskCoordinator.Actor, "more"); !problem.Is(err, problem.Unavailable) {
			d.Errorf("without a disk: %v", err)
		}
		if n := d.count(`select count(*) from files`); n != 1 {
			d.Errorf("a row without bytes: %d", n)
		}
	})
}

func TestTheNumberOfFilesHoldsAlsoAtOnce(t *testing.T) {
	eachDrawer(t, func(d *drawer) {
		for i := range lesson.MaxFiles - 2 {
			d.must(fmt.Sprint("file ", i))
		}
		var group sync.WaitGroup
		errs := make([]error, 5)
		for i := range errs {
			group.Go(func() { _, errs[i] = d.attach(d.MinskCoordinator.Actor, fmt.Sprint("more ", i)) })
		}
		group.Wait()
		taken := 0
		for _, err := range errs {
			if p, is := problem.As(err); err == nil {
				taken++
			} else if !is || p.Key != "files.problem.many" {
				d.Errorf("%v", err)
			}
		}
		if n := d.count(`select count(*) from lesson_files`); taken != 2 || n != lesson.MaxFiles || d.lying() != n {
			d.Errorf("%d taken, %d rows, %d files", taken, n, d.lying())
		}
		if n := d.count(`select count(distinct position) from lesson_files`); n != lesson.MaxFiles {
			d.Errorf("%d places", n)
		}
	})
}
