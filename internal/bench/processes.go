package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// server is a program of its own, so that what it uses of the processor is told apart from what its clients use.
type server struct {
	command *exec.Cmd
	host    string        // that it listens on
	start   time.Duration // from nothing to ready
}

var listening = regexp.MustCompile(`127\.0\.0\.1:\d+`)

// launch starts a program that says in its first line where it listens, and waits until it answers.
func launch(ready string, command *exec.Cmd) (*server, error) {
	output, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	command.Stderr = os.Stderr
	began := time.Now()
	if err := command.Start(); err != nil {
		return nil, err
	}
	s := &server{command: command}
	line, err := bufio.NewReader(output).ReadString('\n')
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s did not start", command.Path), s.close())
	}
	s.host = listening.FindString(line)
	answer, err := http.Get("http://" + s.host + ready)
	if err != nil {
		return nil, errors.Join(err, s.close())
	}
	answer.Body.Close()
	s.start = time.Since(began)
	return s, nil
}

// provider is needed for the program to start; nobody signs in there.
const provider = `[[providers]]
id = "bench"
issuer = "https://login.example"
client_id = "bench"
client_secret = "bench"
name = {en = "Bench", ru = "Bench", be = "Bench", da = "Bench"}
`

// tandem starts the program itself, as it is run in earnest, on one database.
func tandem(binary, address string) (*server, error) {
	folder := filepath.Dir(binary)
	config := filepath.Join(folder, "config.toml")
	if err := os.WriteFile(config, []byte(provider), 0o600); err != nil {
		return nil, err
	}
	command := exec.Command(binary, "serve")
	command.Env = []string{"TANDEM_CONFIG=" + config, "TANDEM_URL=http://127.0.0.1", "TANDEM_LISTEN=127.0.0.1:0", "TANDEM_DATABASE=" + address,
		"TANDEM_BLOBS=file:" + filepath.Join(folder, "files"), "TANDEM_SMTP=smtp://127.0.0.1:9",
		"TANDEM_MAIL_FROM=tandem@tandem.example", "TANDEM_SECRET=" + strings.Repeat("0", 32)}
	return launch("/readyz", command)
}

// bare starts this program as the handler to compare with: each file of a folder is a page.
func bare(folder string) (*server, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return launch("/", exec.Command(self, "-bare", folder))
}

func (s *server) close() error {
	s.command.Process.Signal(os.Interrupt)
	return s.command.Wait()
}

// processor is how much of it a program has used so far: 1/100 s of user and system time (proc(5), stat).
func processor(pid int) time.Duration {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}

// family is the same of a program and all that it has started.
func family(pid int) time.Duration {
	all := processor(pid)
	children, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	for _, file := range children {
		list, _ := os.ReadFile(file)
		for _, child := range strings.Fields(string(list)) {
			if n, err := strconv.Atoi(child); err == nil {
				all += processor(n)
			}
		}
	}
	return all
}

// resident is a program's memory now, in MB (VmRSS of proc(5), status).
func (s *server) resident() float64 {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.command.Process.Pid))
	for line := range strings.Lines(string(status)) {
		if rest, is := strings.CutPrefix(line, "VmRSS:"); is {
			kilobytes, _ := strconv.Atoi(strings.Fields(rest)[0])
			return float64(kilobytes) / 1000
		}
	}
	return 0
}

// token is the reader's session; its row is written by signIn.
const token = "bench-bench-bench-bench-bench-bench-bench-b"

// tokenHash is how the sessions table knows it.
func tokenHash() string {
	sum := sha256.Sum256([]byte(token + "\x00"))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}
