package files

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"example.org/tandem/internal/problem"
)

func openStore(t testing.TB, folder string) *Store {
	t.Helper()
	s, err := Open(nil, folder, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// left are the files in a folder and below it.
func left(t testing.TB, folder string) (list []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			list = append(list, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestWhatIsTaken(t *testing.T) {
	folder := t.TempDir()
	s := openStore(t, folder)
	for _, c := range []struct{ name, kept, media, body string }{
		{"План.pdf", "План.pdf", "application/pdf", "%PDF-1.4\n1 0 obj\n<</Author (" + secret + ")>>\nendobj\ntrailer<<>>\n%%EOF\n"},
		{"IMG_1.JPG", "IMG_1.jpg", "image/jpeg", string(photoOf(t, 6))},
		{"shot.png", "shot.png", "image/png", string(pngOf(t))},
		{"a.docx", "a.docx", office + "wordprocessingml.document", string(docx(t))},
		{"a.xlsx", "a.xlsx", office + "spreadsheetml.sheet", string(xlsx(t))},
		{"a.pptx", "a.pptx", office + "presentationml.presentation", string(zipOf(t, types(office+"presentationml.presentation.main+xml")))},
		{"a.odt", "a.odt", open + "text", string(odt(t))},
		{"a.ods", "a.ods", open + "spreadsheet", string(zipOf(t, entry{"mimetype", open + "spreadsheet"}))},
		{"a.odp", "a.odp", open + "presentation", string(zipOf(t, entry{"mimetype", open + "presentation"}))},
		{"a.txt", "a.txt", "text/plain; charset=utf-8", "Праверце нумар.\r\nPrøv igen.\n"},
		{"a.txt", "a.txt", "text/plain", "\xcf\xf0\xe8\xe2\xe5\xf2, \xe3\xee\xf0\xff\xf7\xe0\xff \xeb\xe8\xed\xe8\xff\n"}, // Windows-1251
		{"a.csv", "a.csv", "text/csv; charset=utf-8", "dato;opkald\n2020-07-01;12\n"},
		{"a.docx", "a.pdf", "application/pdf", "%PDF-1.7\n%%EOF"},            // another ending than it should have
		{"setup.exe", "setup.exe.txt", "text/plain; charset=utf-8", "Notes"}, // an ending that says more than there is
	} {
		f, err := s.Keep(t.Context(), c.name, strings.NewReader(c.body))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if f.Name != c.kept || f.Type != c.media {
			t.Errorf("%s: kept as %q, %s", c.name, f.Name, f.Type)
		}
		checkKept(t, s, f)
	}
	if in := left(t, filepath.Join(folder, incoming)); len(in) > 0 {
		t.Errorf("left behind: %v", in)
	}
}

// checkKept reads a file back: it is what its row will say, and tells of nobody.
func checkKept(t *testing.T, s *Store, f File) {
	t.Helper()
	in, err := s.Read(f.ID)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	body, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(body)
	if int64(len(body)) != f.Size || hex.EncodeToString(sum[:]) != f.SHA256 {
		t.Errorf("%s: %d bytes %x, said %d %s", f.Name, len(body), sum, f.Size, f.SHA256)
	}
	if bytes.Contains(body, []byte(secret)) {
		t.Errorf("%s still tells who made it", f.Name)
	}
	if z, err := zip.NewReader(bytes.NewReader(body), int64(len(body))); err == nil {
		for _, e := range z.File {
			if strings.Contains(content(e), secret) {
				t.Errorf("%s still tells who made it, in %s", f.Name, e.Name)
			}
		}
	}
}

func TestWhatIsRefusedLeavesNothing(t *testing.T) {
	folder := t.TempDir()
	s := openStore(t, folder)
	many := make([]entry, mostEntries+1)
	for i := range many {
		many[i].name = "word/" + strings.Repeat("x", i%50)
	}
	deep := docx(t)
	for range deepest + 1 {
		deep = docx(t, entry{"word/embeddings/a.docx", string(deep)})
	}
	lying := docx(t, entry{"word/media/a.xml", strings.Repeat("a", 1<<20)})
	for at := bytes.Index(lying, []byte(headOfEntry)) + 4; ; at += 4 { // all entries but the first say that they are small
		i := bytes.Index(lying[at:], []byte(headOfEntry))
		if i < 0 {
			break
		}
		at += i
		copy(lying[at+24:], []byte{1, 0, 0, 0})
	}
	for name, c := range map[string]struct{ file, body, key string }{
		"empty":                          {"a.pdf", "", "files.problem.empty"},
		"a program called a document":    {"a.pdf", "MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00", "files.problem.type"},
		"a program called a text":        {"a.txt", "\x7fELF\x02\x01\x01\x00", "files.problem.type"},
		"a page called a text":           {"a.txt", "<!DOCTYPE html><script>alert(1)</script>", "files.problem.type"},
		"a drawing with script":          {"a.png", `<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`, "files.problem.type"},
		"a program behind a text":        {"a.txt", strings.Repeat("Notes. ", 1000) + "\x00\x01", "files.problem.type"},
		"an archive":                     {"a.zip", string(zipOf(t, entry{"a.txt", "a"})), "files.problem.type"},
		"an archive called a document":   {"a.docx", string(zipOf(t, entry{"a.txt", "a"})), "files.problem.type"},
		"a document with a password":     {"a.docx", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600), "files.problem.locked"},
		"an old document":                {"a.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600), "files.problem.type"},
		"macros":                         {"a.docx", string(docx(t, entry{"word/vbaProject.bin", "x"})), "files.problem.macros"},
		"macros, as they say themselves": {"a.docm", string(zipOf(t, types("application/vnd.ms-word.document.macroEnabled.main+xml"))), "files.problem.macros"},
		"macros in a sheet within":       {"a.docx", string(docx(t, entry{"word/embeddings/a.xlsx", string(xlsx(t, entry{"xl/VbaProject.BIN", "x"}))})), "files.problem.macros"},
		"macros of the other family":     {"a.odt", string(odt(t, entry{"Basic/Standard/Module1.xml", "x"})), "files.problem.macros"},
		"OpenDocument with a password":   {"a.odt", string(odt(t, entry{"META-INF/manifest.xml", "<manifest:encryption-data/>"})), "files.problem.locked"},
		"a bomb":                         {"a.docx", string(docx(t, entry{"word/1.xml", zeros}, entry{"word/2.xml", zeros})), "files.problem.bomb"},
		"a bomb within":                  {"a.docx", string(docx(t, entry{"a.zip", string(zipOf(t, entry{"1", zeros}, entry{"2", zeros}))})), "files.problem.bomb"},
		"too many entries":               {"a.docx", string(docx(t, many...)), "files.problem.bomb"},
		"too deep":                       {"a.docx", string(deep), "files.problem.bomb"},
		"sizes that are not true":        {"a.docx", string(lying), "files.problem.damaged"},
		"half a document":                {"a.docx", string(docx(t)[:300]), "files.problem.damaged"},
		"half a picture":                 {"a.jpg", string(photoOf(t, 1)[:700]), "files.problem.damaged"},
		"half a drawing":                 {"a.png", string(pngOf(t)[:200]), "files.problem.damaged"},
	} {
		_, err := s.Keep(t.Context(), c.file, strings.NewReader(c.body))
		p, is := problem.As(err)
		if !is || p.Key != c.key || p.Kind != problem.Invalid {
			t.Errorf("%s: %v, want %s", name, err, c.key)
		}
		if rest := left(t, folder); len(rest) > 0 {
			t.Fatalf("%s: left behind: %v", name, rest)
		}
	}
}

func TestSizeIsCountedAndNotBelieved(t *testing.T) {
	folder := t.TempDir()
	s := openStore(t, folder)
	text := strings.Repeat("0123456789abcdef", MaxSize/16)
	if f, err := s.Keep(t.Context(), "a.txt", strings.NewReader(text)); err != nil || f.Size != MaxSize {
		t.Errorf("exactly as much as is taken: %v", err)
	}
	before := left(t, folder)
	if _, err := s.Keep(t.Context(), "a.txt", strings.NewReader(text+"!")); !problem.Is(err, problem.TooLarge) {
		t.Errorf("one byte more: %v", err)
	}
	if rest := left(t, folder); len(rest) != len(before) {
		t.Errorf("left behind: %v", rest)
	}
}

func TestASenderThatBreaksOffLeavesNothing(t *testing.T) {
	folder := t.TempDir()
	s := openStore(t, folder)
	half := io.MultiReader(strings.NewReader("half a "), iotest.ErrReader(io.ErrUnexpectedEOF))
	_, err := s.Keep(t.Context(), "a.txt", half)
	if p, is := problem.As(err); !is || p.Key != "files.problem.broken-off" {
		t.Errorf("%v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Keep(ctx, "a.txt", iotest.ErrReader(errors.New("gone"))); !errors.Is(err, context.Canceled) {
		t.Errorf("a browser that has left: %v", err)
	}
	if rest := left(t, folder); len(rest) > 0 {
		t.Errorf("left behind: %v", rest)
	}
}

func TestAPicturesOrientationStays(t *testing.T) {
	for turn := range uint16(10) {
		var b bytes.Buffer
		if err := stripJPEG(&b, bytes.NewReader(photoOf(t, turn))); err != nil {
			t.Fatal(err)
		}
		at := bytes.Index(b.Bytes(), []byte("Exif\x00\x00"))
		switch stands := turn < 2 || turn > 8; {
		case stands && at >= 0:
			t.Errorf("%d: more Exif than is needed", turn)
		case !stands && (at < 0 || orientation(b.Bytes()[at+6:]) != byte(turn)):
			t.Errorf("%d: would lie on its side", turn)
		}
	}
	var b bytes.Buffer
	if err := stripPNG(&b, bytes.NewReader(pngOf(t))); err != nil {
		t.Fatal(err)
	}
	if at := bytes.Index(b.Bytes(), []byte("eXIf")); at < 0 || orientation(b.Bytes()[at+4:]) != 6 {
		t.Error("a PNG would lie on its side")
	}
}
