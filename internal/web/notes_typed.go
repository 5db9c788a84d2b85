package web

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
	"example.org/tandem/internal/work"
	"example.org/tandem/templates/notes"
)

// typed is what script sends two seconds after the last key.
type typed struct {
	Language string  `json:"language"`
	Body     string  `json:"body"`
	Version  int32   `json:"version"`
	Began    *string `json:"began"`
	Sent     *string `json:"sent"`
}

// told is what script is told. HTML is the choice between two texts, which came with status 409.
type told struct {
	Version int    `json:"version,omitempty"`
	Text    string `json:"text"`
	Merged  bool   `json:"merged"`
	Read    string `json:"read"` // HTML: what others have written in other languages
	HTML    string `json:"html,omitempty"`
	Problem string `json:"problem,omitempty"`
}

// saveNote keeps the notes of one item: typed with script, else the whole form.
func (w *Web) saveNote(c echo.Context) error {
	if !strings.HasPrefix(c.Request().Header.Get("Content-Type"), "application/json") {
		return w.saveNotes(c)
	}
	var t typed
	if err := json.NewDecoder(c.Request().Body).Decode(&t); err != nil {
		return echo.NewHTTPError(http.StatusBadRequest, err.Error())
	}
	l, ok := locale.Parse(t.Language)
	if !ok {
		return echo.NewHTTPError(http.StatusBadRequest, "a language that is none of the four")
	}
	ctx, a := c.Request().Context(), signin.ActorOf(c)
	note := work.Note{ItemID: c.Param("item"), Body: bounded(t.Body), Base: int(t.Version), Began: boundedOf(t.Began), Sent: boundedOf(t.Sent)}
	saved, err := w.Work.SaveNotes(ctx, a, c.Param("id"), l, []work.Note{note})
	if err != nil {
		return w.sayProblem(c, err)
	}
	if err := w.Org.RememberWriting(ctx, a, l); err != nil {
		return err
	}
	return w.sayKept(c, l, saved[0])
}

func (w *Web) sayKept(c echo.Context, l locale.Language, saved work.Saved) error {
	r, ctx := w.reader(c), c.Request().Context()
	var read, choice bytes.Buffer
	if err := notes.Read(r, notes.Item{Read: others(r, saved.Notes, l)}).Render(ctx, &read); err != nil {
		return err
	}
	if saved.Clash == nil {
		return c.JSON(http.StatusOK, told{Version: saved.Version, Text: saved.Text, Merged: saved.Merged, Read: read.String()})
	}
	if err := notes.Choose(r, *notes.ClashOf(saved.ItemID, l, saved.Clash)).Render(ctx, &choice); err != nil {
		return err
	}
	return c.JSON(http.StatusConflict, told{Version: saved.Version, Read: read.String(), HTML: choice.String()})
}

// sayProblem tells script in a sentence what a page would say; faults go the way of all faults.
func (w *Web) sayProblem(c echo.Context, err error) error {
	p, is := problem.As(err)
	if !is {
		return err
	}
	r := w.reader(c)
	sentence := r.T(p.Key, p.Values)
	if len(p.Fields) > 0 {
		sentence = r.T(p.Fields[0].Key, p.Fields[0].Values)
	}
	return c.JSON(status[p.Kind], told{Problem: sentence})
}

func boundedOf(body *string) *string {
	if body != nil {
		*body = bounded(*body)
	}
	return body
}
