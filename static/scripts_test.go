package static_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// What scripts think is tested by Node's own test runner, without a browser; what they do on a page, by internal/e2e.
func TestScripts(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil && os.Getenv("CI") == "" {
		t.Skip("not run: no node on this machine (Debian: nodejs)")
	}
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("js/*.test.js")
	if err != nil || len(files) == 0 {
		t.Fatal("no tests of scripts were found", err)
	}
	if out, err := exec.Command(node, append([]string{"--test"}, files...)...).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
