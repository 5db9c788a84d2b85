package files

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"example.org/tandem/internal/problem"
)

// TestMain lets the test's own binary be a process that may write no large file: the kernel refuses its writes for real.
func TestMain(m *testing.M) {
	if folder := os.Getenv("TEST_NO_ROOM_IN"); folder != "" {
		withoutRoom(folder)
	}
	os.Exit(m.Run())
}

const room = 64 << 10

// withoutRoom keeps a file that fits and one that does not, and says what came of it.
func withoutRoom(folder string) {
	signal.Ignore(syscall.SIGXFSZ)
	limit := syscall.Rlimit{Cur: room, Max: room}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		fmt.Println("no limit:", err)
		os.Exit(1)
	}
	t := &testing.T{}
	s := openStore(t, folder)
	for _, size := range []int{room / 2, 2 * room} {
		_, err := s.Keep(t.Context(), "a.txt", strings.NewReader(strings.Repeat("0123456789abcdef", size/16)))
		p, _ := problem.As(err)
		if p == nil {
			p = &problem.Problem{Key: "kept"}
		}
		fmt.Println(p.Key, p.Kind, err)
	}
	os.Exit(0)
}

func TestAFullDiskKeepsNothingAndSaysSo(t *testing.T) {
	folder := t.TempDir()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), "TEST_NO_ROOM_IN="+folder)
	out, err := child.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(lines) != 2 || !strings.HasPrefix(lines[0], "kept ") || !strings.HasPrefix(lines[1], fmt.Sprint("files.problem.full ", problem.Unavailable)) {
		t.Errorf("got\n%s", out)
	}
	if rest := left(t, folder); len(rest) != 1 || strings.Contains(rest[0], incoming) {
		t.Errorf("left: %v", rest)
	}
}

func TestEveryWayOfBeingFull(t *testing.T) {
	for err, key := range map[error]string{syscall.ENOSPC: "files.problem.full", syscall.EDQUOT: "files.problem.full",
		syscall.EFBIG: "files.problem.full", syscall.EIO: "files.problem.disk", syscall.EROFS: "files.problem.disk"} {
		p, is := problem.As(unkept(&os.PathError{Op: "write", Path: "x", Err: err}))
		if !is || p.Key != key || p.Kind != problem.Unavailable || !errors.Is(p, err) {
			t.Errorf("%v: %v", err, p)
		}
	}
}

// A folder in the way is what an unmounted or broken disk looks like from here: the file can be written, and finds no place.
func TestAFileThatFindsNoPlaceIsNotKept(t *testing.T) {
	folder := t.TempDir()
	s := openStore(t, folder)
	for i := range 256 {
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%02x", i)), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	_, err := s.Keep(t.Context(), "a.pdf", strings.NewReader("%PDF-1.4\n%%EOF"))
	if p, is := problem.As(err); !is || p.Key != "files.problem.disk" {
		t.Errorf("%v", err)
	}
	if rest := left(t, filepath.Join(folder, incoming)); len(rest) > 0 {
		t.Errorf("left: %v", rest)
	}
}

func TestAFolderThatCannotBeWrittenToIsToldAtOnce(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(nil, filepath.Join(file, "folder"), nil); err == nil {
		t.Error("opened")
	}
}
