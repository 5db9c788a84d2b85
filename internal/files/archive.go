package files

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"path"
	"strings"
)

// allowance is what a document may grow to when it is opened. Sizes are those really read: an archive can say anything.
type allowance struct {
	entries int
	bytes   int64
}

const (
	mostEntries  = 10_000
	mostUnpacked = 250 << 20
	deepest      = 2 // a spreadsheet in a document, with something in it in turn
	headOfZip    = "PK\x03\x04"
	headOfEntry  = "PK\x01\x02"
)

// decideArchive opens a document that is a zip inside and looks at everything in it.
func decideArchive(f *os.File) (kind, error) {
	info, err := f.Stat()
	if err != nil {
		return kind{}, err
	}
	if err := fewEntries(f); err != nil {
		return kind{}, err
	}
	z, err := zip.NewReader(f, info.Size())
	if err != nil {
		return kind{}, errors.Join(errDamaged, err)
	}
	k, err := calledItself(z)
	if err != nil {
		return kind{}, err
	}
	return k, (&allowance{mostEntries, mostUnpacked}).look(z, 0)
}

// fewEntries counts before anything is opened: a list of half a million would fill the memory.
func fewEntries(f *os.File) error {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	in, n := bufio.NewReaderSize(f, 64<<10), 0
	for n <= mostEntries {
		window, err := in.Peek(64 << 10)
		n += bytes.Count(window, []byte(headOfEntry))
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		in.Discard(len(window) - len(headOfEntry) + 1) // one that lies across the edge is counted with the next
	}
	if n > mostEntries {
		return errBomb
	}
	return nil
}

// calledItself is what a document says it is. OpenDocument says so in its first entry (ODF 1.3 part 2, §3.3), Office Open
// XML in its list of content types (ECMA-376 part 2, §7.2.3).
func calledItself(z *zip.Reader) (kind, error) {
	said := ""
	if len(z.File) > 0 && z.File[0].Name == "mimetype" {
		said = content(z.File[0])
	}
	for _, e := range z.File {
		if strings.EqualFold(e.Name, "[Content_Types].xml") {
			said = content(e)
		}
	}
	for _, k := range archives {
		if said == k.media || strings.Contains(said, `"`+k.media+`.main+xml"`) {
			return k, nil
		}
	}
	if strings.Contains(said, "macroEnabled") {
		return kind{}, errMacros
	}
	return kind{}, errType
}

// content is the beginning of an entry, or nothing.
func content(e *zip.File) string {
	in, err := e.Open()
	if err != nil {
		return ""
	}
	defer in.Close()
	text, _ := io.ReadAll(io.LimitReader(in, 1<<20))
	return string(text)
}

// look reads all entries to their end.
func (a *allowance) look(z *zip.Reader, depth int) error {
	if a.entries -= len(z.File); a.entries < 0 || depth > deepest {
		return errBomb
	}
	for _, e := range z.File {
		if acts(e.Name) {
			return errMacros
		}
		if e.Flags&1 != 0 || path.Base(e.Name) == "manifest.xml" && strings.Contains(content(e), "encryption-data") {
			return errLocked
		}
		if err := a.entry(e, depth); err != nil {
			return err
		}
	}
	return nil
}

// acts tells whether an entry is a program.
func acts(name string) bool {
	name = strings.ToLower(strings.ReplaceAll(name, `\`, "/"))
	switch path.Base(name) {
	case "vbaproject.bin", "vbadata.xml":
		return true
	}
	return strings.HasPrefix(name, "basic/") || strings.HasPrefix(name, "scripts/") ||
		strings.Contains(name, "/macrosheets/") || strings.Contains(name, "/activex/")
}

func (a *allowance) entry(e *zip.File, depth int) error {
	in, err := e.Open()
	if err != nil {
		return errors.Join(errDamaged, err)
	}
	defer in.Close()
	content := bufio.NewReader(in)
	head, _ := content.Peek(len(headOfZip))
	if string(head) == headOfZip {
		return a.nested(content, depth)
	}
	n, err := io.Copy(io.Discard, io.LimitReader(content, a.bytes+1))
	return a.took(n, err)
}

// nested is an archive within one. It has to be in memory to be opened, and may be no larger than a file by itself.
func (a *allowance) nested(content io.Reader, depth int) error {
	whole, err := io.ReadAll(io.LimitReader(content, min(a.bytes, MaxSize)+1))
	if err := a.took(int64(len(whole)), err); err != nil {
		return err
	}
	if len(whole) > MaxSize || bytes.Count(whole, []byte(headOfEntry)) > a.entries {
		return errBomb
	}
	z, err := zip.NewReader(bytes.NewReader(whole), int64(len(whole)))
	if err != nil {
		return errors.Join(errDamaged, err)
	}
	return a.look(z, depth+1)
}

func (a *allowance) took(n int64, err error) error {
	if a.bytes -= n; a.bytes < 0 {
		return errBomb
	}
	if err != nil {
		return errors.Join(errDamaged, err)
	}
	return nil
}
