package files

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gabriel-vasile/mimetype"

	"example.org/tandem/internal/problem"
)

// kind is one sort of file that is taken.
type kind struct {
	media   string
	word    string   // the end of the message key that names it: files.type.word
	endings []string // of its names; the first is put where there is none of them
	clean   func(to io.Writer, from *os.File) error
}

const (
	office = "application/vnd.openxmlformats-officedocument."
	open   = "application/vnd.oasis.opendocument."
)

var (
	plainText = kind{"text/plain; charset=utf-8", "text", []string{".txt"}, nil}
	csvTable  = kind{"text/csv; charset=utf-8", "csv", []string{".csv"}, nil}
	pdf       = kind{"application/pdf", "pdf", []string{".pdf"}, cleanPDF}
	jpeg      = kind{"image/jpeg", "picture", []string{".jpg", ".jpeg", ".jpe", ".jfif"}, cleanJPEG}
	png       = kind{"image/png", "picture", []string{".png"}, cleanPNG}
)

// archives are the kinds that are a zip inside, by how they call themselves in there.
var archives = []kind{
	{office + "wordprocessingml.document", "document", []string{".docx"}, cleanOffice},
	{office + "spreadsheetml.sheet", "table", []string{".xlsx"}, cleanOffice},
	{office + "presentationml.presentation", "slides", []string{".pptx"}, cleanOffice},
	{open + "text", "document", []string{".odt"}, cleanOffice},
	{open + "spreadsheet", "table", []string{".ods"}, cleanOffice},
	{open + "presentation", "slides", []string{".odp"}, cleanOffice},
}

var kinds = slices.Concat([]kind{pdf, jpeg, png, plainText, csvTable}, archives)

// Endings are those of the names of all files that are taken, for a form to offer no others.
func Endings() (list []string) {
	for _, k := range kinds {
		list = append(list, k.endings...)
	}
	return list
}

// Word is the end of the message key that says what a media type is to people.
func Word(media string) string {
	for _, k := range kinds {
		if bare(k.media) == bare(media) {
			return k.word
		}
	}
	return "other"
}

func bare(media string) string { return strings.SplitN(media, ";", 2)[0] }

// What a file can be refused for.
var (
	errType    = errors.New("a type that is not taken")
	errDamaged = errors.New("damaged")
	errBomb    = errors.New("grows beyond all measure when it is opened")
	errMacros  = errors.New("has macros")
	errLocked  = errors.New("is locked with a password")
)

// refused puts it into words. Everything else that went wrong while reading was the disk's fault.
//
// words: files.problem.type files.problem.damaged files.problem.bomb files.problem.macros files.problem.locked
func refused(err error) error {
	for e, word := range map[error]string{errType: "type", errBomb: "bomb", errMacros: "macros", errLocked: "locked", errDamaged: "damaged"} {
		if errors.Is(err, e) {
			return problem.Refuse("files.problem." + word)
		}
	}
	return unkept(err)
}

// decide finds out what a file is, from its content. The name only tells a table from a text where both are plain text.
func decide(f *os.File, name string) (kind, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return kind{}, err
	}
	m, err := mimetype.DetectReader(f)
	if err != nil {
		return kind{}, err
	}
	for t := m; t != nil; t = t.Parent() {
		switch {
		case t.Is(pdf.media):
			return pdf, nil
		case t.Is(jpeg.media):
			return jpeg, nil
		case t.Is(png.media):
			return png, nil
		case t.Is("application/zip"):
			return decideArchive(f)
		}
	}
	if m.Is("application/x-ole-storage") && slices.ContainsFunc(archives, func(k kind) bool { return slices.Contains(k.endings, strings.ToLower(path.Ext(name))) }) {
		return kind{}, errLocked // the same sort of file with a password is another sort
	}
	if m.Is("text/plain") || m.Is("text/csv") || m.Is("text/tab-separated-values") {
		return decideText(f, name)
	}
	return kind{}, errType
}

// decideText looks at all of it: a program can begin like a text. Which alphabet old texts are in is not known: these say
// none, and the reader's programme guesses.
func decideText(f *os.File, name string) (kind, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return kind{}, err
	}
	content, err := io.ReadAll(f)
	if err != nil {
		return kind{}, err
	}
	if bytes.ContainsFunc(content, func(r rune) bool { return r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\f' }) {
		return kind{}, errType
	}
	k := plainText
	if strings.EqualFold(path.Ext(name), ".csv") {
		k = csvTable
	}
	if !utf8.Valid(content) {
		k.media = bare(k.media)
	}
	return k, nil
}
