package web

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
	"example.org/tandem/templates/parts"
)

// form is what somebody typed, as they typed it. It goes back to the page whole when something is wrong with it.
type form struct {
	url.Values
	again   bool // show it once more without doing anything: the language was switched, another row asked for, or it was kept over a sign-in
	problem *problem.Problem
	labels  map[string]string // of fields, already said: what the summary of what is wrong calls them
}

// form reads a posted form. A language switch in it takes effect at once.
func (w *Web) form(c echo.Context) (*form, error) {
	if err := c.Request().ParseForm(); err != nil {
		if errors.Is(err, echo.ErrStatusRequestEntityTooLarge) {
			return nil, err
		}
		return nil, &problem.Problem{Kind: problem.Invalid, Key: "error.form", Cause: err}
	}
	f := &form{Values: c.Request().PostForm}
	for _, values := range f.Values {
		for i := range values {
			values[i] = onlyText(values[i])
		}
	}
	if f.Get("kept") != "" {
		f.Del("kept")
		f.again = true
		return f, w.SignIn.Forget(c)
	}
	if l, ok := locale.Parse(f.Get("switch-language")); ok {
		f.again = true
		return f, w.speak(c, l)
	}
	return f, nil
}

// line is a field of one line, without spaces around it.
func (f *form) line(name string) string { return strings.TrimSpace(f.Get(name)) }

// number is a whole number that a column can hold; anything else is −1, which no rule accepts.
func (f *form) number(name string) int {
	n, err := strconv.ParseInt(f.line(name), 10, 32)
	if err != nil {
		return -1
	}
	return int(n)
}

// instant is a moment as a page of ours wrote it down (RFC 3339); anything else is none.
func (f *form) instant(name string) time.Time {
	at, _ := time.Parse(time.RFC3339, f.line(name))
	return at
}

// languages are those of a group of boxes, each once and in the order in which they were ticked.
func (f *form) languages(name string) []locale.Language {
	return locale.ParseList(strings.Join(f.Values[name], ","))
}

// draft is a text field together with the language that its author chose in the field "…-language" or "language".
func (f *form) draft(name string) text.Draft {
	l, ok := locale.Parse(f.Get(name + "-language"))
	if !ok {
		l, _ = locale.Parse(f.Get("language"))
	}
	return text.Draft{Language: l, Body: bounded(f.Get(name))}
}

// refused takes a problem with the form's content and tells whether it was one; everything else is the caller's to return.
func (f *form) refused(err error) bool {
	p, is := problem.As(err)
	if !is || p.Kind != problem.Invalid && p.Kind != problem.Conflict {
		return false
	}
	f.problem = p
	return true
}

// status of the page that shows the form again.
func (f *form) status() int {
	switch {
	case f.problem == nil:
		return http.StatusOK
	case f.problem.Kind == problem.Conflict:
		return http.StatusConflict
	}
	return http.StatusUnprocessableEntity
}

// summed is a line of the summary: far from its field a sentence does not say what it is about.
func (f *form) summed(r locale.Reader, name, said string) string {
	if label := f.labels[name]; label != "" {
		return r.T("error.at-field", locale.V{"Field": label, "Problem": said})
	}
	return said
}

// view is the form for its page: what was typed, and what is wrong beside each field, in the reader's words.
func (f *form) view(r locale.Reader) parts.Form {
	v := parts.Form{Values: f.Values, Errors: map[string]string{}}
	if f.problem == nil {
		return v
	}
	for _, field := range f.problem.Fields {
		said := r.T(field.Key, field.Values)
		if _, there := v.Errors[field.Name]; !there {
			v.Errors[field.Name] = said
			v.Summary = append(v.Summary, parts.ErrorLink{Field: field.Name, Text: f.summed(r, field.Name, said)})
		}
	}
	if len(f.problem.Fields) == 0 {
		v.Summary = append(v.Summary, parts.ErrorLink{Text: r.T(f.problem.Key, f.problem.Values)})
	}
	return v
}
