package web

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/action"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
	"example.org/tandem/internal/work"
)

// sheet is what a notes form held, and what became of it.
type sheet struct {
	*form
	conference string
	language   locale.Language       // that the notes are written in
	clashes    map[string]work.Saved // by item
	recording  string                // item under which the form for an action item is open
}

func (w *Web) showNotes(c echo.Context) error {
	f := &form{Values: map[string][]string{}}
	return w.notesPage(c, &sheet{form: f, conference: c.Param("id"), recording: c.QueryParam("action")})
}

// saveNotes keeps all notes of the page, whichever button was pressed, and then does what the button says.
func (w *Web) saveNotes(c echo.Context) error {
	s, err := w.keepNotes(c)
	if err != nil {
		return err
	}
	if !s.done() {
		return w.notesPage(c, s)
	}
	if l, ok := locale.Parse(s.Get("write-in")); ok {
		if err := w.Org.RememberWriting(c.Request().Context(), signin.ActorOf(c), l); err != nil {
			return err
		}
		return w.afterNotes(c, s.to(l), "", "")
	}
	if item := s.Get("recording"); item != "" {
		s.recording = item
		if s.typed() {
			return w.notesPage(c, s)
		}
		return c.Redirect(http.StatusSeeOther, s.path()+"?action="+item+"#action")
	}
	return w.afterNotes(c, s, c.Param("item"), "notice.notes")
}

// recordDecision turns a sentence into a decision under its item.
func (w *Web) recordDecision(c echo.Context) error {
	s, err := w.keepNotes(c)
	if err != nil {
		return err
	}
	if !s.done() {
		return w.notesPage(c, s)
	}
	item := c.Param("item")
	field := "decision-" + item
	sentence := s.draft(field)
	_, err = w.Work.RecordDecision(c.Request().Context(), signin.ActorOf(c), s.conference, item, sentence)
	if err != nil {
		if !s.refused(err) {
			return err
		}
		for i := range s.problem.Fields {
			s.problem.Fields[i].Name = field
		}
		return w.notesPage(c, s)
	}
	s.Del(field)
	return w.afterNotes(c, s, item, "notice.decision")
}

// recordAction keeps an action item under its agenda item: what, until when, and who in each unit.
func (w *Web) recordAction(c echo.Context) error {
	s, err := w.keepNotes(c)
	if err != nil {
		return err
	}
	item := c.Param("item")
	s.recording = item
	if !s.done() {
		return w.notesPage(c, s)
	}
	ctx, a := c.Request().Context(), signin.ActorOf(c)
	_, err = w.Work.RecordAction(ctx, a, s.conference, item, action.Draft{Title: s.draft("title"), DueOn: s.line("due"), Parts: s.parts()})
	if err != nil {
		if !s.refused(err) {
			return err
		}
		return w.notesPage(c, s)
	}
	s.recording = ""
	s.Del("title")
	s.Del("due")
	return w.afterNotes(c, s, item, "notice.action")
}

// afterNotes goes on once everything is saved. What was typed into other fields, but not sent off with the button, comes
// back with the page.
func (w *Web) afterNotes(c echo.Context, s *sheet, item, said string) error {
	if s.typed() {
		return w.notesPage(c, s)
	}
	to := s.path()
	if item != "" {
		to += "#item-" + item
	}
	return w.seeOther(c, to, said)
}

// keepNotes reads the form and saves the notes in it. A clash or a refusal stays in the sheet, for the page to show.
func (w *Web) keepNotes(c echo.Context) (*sheet, error) {
	f, err := w.form(c)
	if err != nil {
		return nil, err
	}
	s := &sheet{form: f, conference: c.Param("id"), recording: f.Get("action-item"), clashes: map[string]work.Saved{}}
	l, ok := locale.Parse(f.Get("language"))
	if s.language = l; !ok || f.again {
		return s, nil
	}
	ctx, a := c.Request().Context(), signin.ActorOf(c)
	saved, err := w.Work.SaveNotes(ctx, a, s.conference, l, s.notes())
	if err != nil {
		if s.refused(err) {
			return s, nil
		}
		return nil, err
	}
	for _, one := range saved {
		s.keep(one)
	}
	return s, w.Org.RememberWriting(ctx, a, l)
}

// done tells whether everything was saved and the button's own work can begin.
func (s *sheet) done() bool { return !s.again && s.problem == nil && len(s.clashes) == 0 }

func (s *sheet) path() string { return "/conferences/" + s.conference + "/notes" }

// typed tells whether something other than notes stands in the form.
func (s *sheet) typed() bool {
	for name, values := range s.Values {
		if (strings.HasPrefix(name, "decision-") || name == "title") && strings.TrimSpace(values[0]) != "" {
			return true
		}
	}
	return false
}

// to is the sheet for writing on in another language: the fields are then other ones.
func (s *sheet) to(l locale.Language) *sheet {
	for name := range s.Values {
		if strings.HasPrefix(name, "body-") || strings.HasPrefix(name, "version-") {
			s.Del(name)
		}
	}
	s.language = l
	return s
}

// keep takes in what became of one item's notes.
func (s *sheet) keep(one work.Saved) {
	if one.Clash != nil {
		s.clashes[one.ItemID] = one
		s.problem = &problem.Problem{Kind: problem.Conflict, Key: "notes.clash.title"}
		return
	}
	s.Del("body-" + one.ItemID)
	s.Del("version-" + one.ItemID)
}
