package lessons

import (
	"strconv"
	"strings"

	"example.org/tandem/internal/files"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
	"example.org/tandem/templates/layout"
	"example.org/tandem/templates/parts"
)

// Files is the page on which the files of a lesson are added and removed.
type Files struct {
	layout.Page
	LessonID    string
	Title       text.Said // of the lesson; empty where it has none yet
	Published   bool
	Attachments []lesson.Attachment
	Form        parts.Form
}

func (p Files) at(more string) string { return FilesOf(p.LessonID) + more }

// FilesOf is the address of that page.
func FilesOf(lessonID string) string { return "/lessons/" + lessonID + "/files" }

func (p Files) full() bool { return len(p.Attachments) >= lesson.MaxFiles }

func (p Files) crumbs() []parts.Link {
	label, lang := p.Title.Body, p.Title.Language
	if label == "" {
		label, lang = p.Reader.T("lessons.files.lesson"), ""
	}
	return []parts.Link{{Href: "/lessons/" + p.LessonID, Label: label, Lang: lang}}
}

// chosen is the field for a file. The browser offers the right ones and says at once when one is too large; the server
// looks for itself.
func (p Files) chosen() parts.FieldView {
	return p.Form.Input("file", p.Reader.T("lessons.files.file")).Of("file").Must().
		Hinted(p.Reader.T("lessons.files.hint", locale.V{"Limit": files.MaxSize >> 20})).
		With("accept", strings.Join(files.Endings(), ",")).
		With("data-choose", p.Reader.T("lessons.files.choose")).
		With("data-nothing", p.Reader.T("lessons.files.nothing")).
		With("data-most", strconv.Itoa(files.MaxSize)).
		With("data-large", p.Reader.T("files.problem.large", locale.V{"Limit": files.MaxSize >> 20}))
}

// about is what kind of file it is, and how large.
//
// words: files.type.pdf files.type.picture files.type.document files.type.table files.type.slides files.type.text files.type.csv files.type.other
func about(r locale.Reader, a lesson.Attachment) string {
	return r.T("files.type."+files.Word(a.Type)) + " · " + r.Size(a.Size)
}
