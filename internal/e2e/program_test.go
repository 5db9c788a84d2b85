package e2e

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// build makes the program once for all tests. Its locales may be others than ours: they are laid over the real ones.
func build(name string, overlay map[string]string) (string, error) {
	program := filepath.Join(folder, name)
	arguments := []string{"build", "-buildvcs=false", "-o", program}
	if overlay != nil {
		list := filepath.Join(folder, name+".json")
		if err := os.WriteFile(list, overlayJSON(overlay), 0o644); err != nil {
			return "", err
		}
		arguments = append(arguments, "-overlay", list)
	}
	command := exec.Command("go", append(arguments, "./cmd/tandem")...)
	command.Dir = filepath.Join("..", "..")
	if out, err := command.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return program, nil
}

func overlayJSON(replace map[string]string) []byte {
	var lines []string
	for from, to := range replace {
		lines = append(lines, quote(from)+": "+quote(to))
	}
	return []byte(`{"Replace": {` + strings.Join(lines, ", ") + `}}`)
}

var tandem = sync.OnceValues(func() (string, error) { return build("tandem", nil) })

// Demo starts `tandem demo` with its own data and gives its address. What the program logs as an error fails the test.
func Demo(t *testing.T) string {
	t.Helper()
	needBrowser(t)
	program, err := tandem()
	if err != nil {
		t.Fatal(err)
	}
	return demo(t, program)
}

var announced = regexp.MustCompile(`http://(?:localhost|127\.0\.0\.1|\[::1\]):[0-9]+`)

func demo(t *testing.T, program string) string {
	t.Helper()
	command := exec.Command(program, "demo", "--listen", "127.0.0.1:0", "--data", t.TempDir())
	output, input, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	command.Stdout, command.Stderr = input, input
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	input.Close()
	said := &diary{address: make(chan string, 1), end: make(chan struct{})}
	go said.read(output)
	t.Cleanup(func() {
		command.Process.Signal(syscall.SIGTERM)
		<-said.end
		if err := command.Wait(); err != nil {
			t.Errorf("tandem did not end well: %v", err)
		}
		said.judge(t)
	})
	select {
	case address := <-said.address:
		return address
	case <-said.end:
		t.Fatalf("tandem demo ended at once:\n%s", strings.Join(said.lines, "\n"))
	case <-time.After(time.Minute):
		t.Fatal("tandem demo did not say its address within a minute")
	}
	return ""
}

// diary keeps what the program says.
type diary struct {
	address chan string
	end     chan struct{}
	lines   []string // whole once end is closed
}

func (d *diary) read(output io.ReadCloser) {
	defer close(d.end)
	defer output.Close()
	lines := bufio.NewScanner(output)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		d.lines = append(d.lines, lines.Text())
		if address := announced.FindString(lines.Text()); address != "" {
			select {
			case d.address <- address:
			default:
			}
		}
	}
}

func (d *diary) judge(t *testing.T) {
	for _, line := range d.lines {
		if strings.Contains(line, "ERROR") || strings.Contains(line, "panic") || strings.Contains(line, "DATA RACE") {
			t.Errorf("tandem said: %s", line)
		}
	}
	if t.Failed() && len(d.lines) > 0 {
		t.Logf("all that tandem said:\n%s", strings.Join(d.lines, "\n"))
	}
}
