package web

import (
	"errors"
	"io"
	"io/fs"
	"mime/multipart"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/klauspost/compress/gzhttp"
	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/files"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
	pages "example.org/tandem/templates/lessons"
)

// filesRoute takes larger bodies than every other.
const filesRoute = "/lessons/:id/files"

// takesFiles tells that a request may have a body as large as a file.
func takesFiles(c echo.Context) bool {
	return c.Request().Method == http.MethodPost && c.Path() == filesRoute
}

// showFiles is the page where the files of a lesson are added and removed.
func (w *Web) showFiles(c echo.Context) error { return w.filesPage(c, nil) }

func (w *Web) filesPage(c echo.Context, p *problem.Problem) error {
	a, r := signin.ActorOf(c), w.reader(c)
	l, err := w.Lesson.Find(c.Request().Context(), a, c.Param("id"))
	if err != nil {
		return err
	}
	if err := access.Check(a, access.WriteLesson, access.SeeLesson, l.Case()); err != nil {
		return err
	}
	f := form{Values: url.Values{}}
	code := http.StatusOK
	if p != nil {
		code = status[p.Kind]
		f.problem = &problem.Problem{Kind: p.Kind, Fields: []problem.Field{{Name: "file", Key: p.Key, Values: p.Values}}}
	}
	return w.show(c, code, pages.ShowFiles(pages.Files{Page: w.base(c, "lessons", r.T("lessons.files.title")), LessonID: l.ID,
		Title: l.Line(lesson.Title, r.Reads), Published: l.State == lesson.Published, Attachments: l.Attachments, Form: f.view(r)}))
}

// attachFile takes one. What is wrong with it is said on its page, which keeps the rest.
func (w *Web) attachFile(c echo.Context) error {
	body := &patient{from: c.Request().Body, line: http.NewResponseController(c.Response())}
	c.Request().Body = body
	err := w.attach(c)
	if err == nil {
		return w.seeOther(c, pages.FilesOf(c.Param("id")), "notice.file.attached")
	}
	// A browser reads no answer before it has sent everything: hear it out, within reason.
	io.CopyN(io.Discard, body, 4*files.MaxSize)
	p, is := problem.As(err)
	if !is || !strings.HasPrefix(p.Key, "files.problem.") {
		return err
	}
	if p.Cause != nil {
		w.Log.Warn("a file was not kept", "problem", err)
	}
	return w.filesPage(c, p)
}

func (w *Web) attach(c echo.Context) error {
	file, err := sentFile(c.Request())
	if err != nil {
		return err
	}
	_, err = w.Lesson.Attach(c.Request().Context(), signin.ActorOf(c), c.Param("id"), file.FileName(), file)
	return err
}

// sentFile is the file of a form, still on its way: it is never in memory as a whole.
func sentFile(r *http.Request) (*multipart.Part, error) {
	form, err := r.MultipartReader()
	if err != nil {
		return nil, problem.Refuse("files.problem.none")
	}
	for {
		part, err := form.NextPart()
		switch {
		case err == io.EOF:
			return nil, problem.Refuse("files.problem.none")
		case err != nil:
			return nil, &problem.Problem{Kind: problem.Invalid, Key: "files.problem.broken-off", Cause: err}
		case part.FormName() == "file" && part.FileName() != "":
			return part, nil
		}
	}
}

// removeFile takes one away for good.
func (w *Web) removeFile(c echo.Context) error {
	if err := w.Lesson.Detach(c.Request().Context(), signin.ActorOf(c), c.Param("id"), c.Param("file")); err != nil {
		return err
	}
	return w.seeOther(c, pages.FilesOf(c.Param("id")), "notice.file.removed")
}

// downloadFile gives a file to whoever may read what it belongs to. It is never opened here, with our address and our
// cookies: it is saved, with the name and the type that were found out, and what opens it all the same may run nothing.
func (w *Web) downloadFile(c echo.Context) error {
	f, err := w.Lesson.FindFile(c.Request().Context(), signin.ActorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	body, err := w.Files.Read(f.ID)
	if errors.Is(err, fs.ErrNotExist) {
		return &problem.Problem{Kind: problem.Unavailable, Key: "files.problem.gone", Cause: err}
	}
	if err != nil {
		return err
	}
	defer body.Close()
	h := c.Response().Header()
	h.Set("Content-Type", f.Type)
	h.Set("Content-Disposition", attachment(f.Name))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "private, no-cache") // asked for again each time, because the right to it may have ended
	h.Set("ETag", `"`+f.SHA256+`"`)
	h.Set(gzhttp.HeaderNoCompression, "yes") // parts of it can be asked for
	http.NewResponseController(c.Response()).SetWriteDeadline(time.Now().Add(slowest))
	http.ServeContent(c.Response(), c.Request(), "", time.Time{}, body)
	return nil
}

// attachment is a header that names a file, in any alphabet (RFC 6266, RFC 8187), and for old programs in ASCII.
func attachment(name string) string {
	plain := name
	if strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r > '~' || strings.ContainsRune(`"\%`, r) }) {
		plain = "file" + filepath.Ext(name)
	}
	if plain == name {
		return `attachment; filename="` + name + `"`
	}
	return `attachment; filename="` + plain + `"; filename*=UTF-8''` + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
}
