package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	keptpage "example.org/tandem/templates/kept"
)

// showKept gives back what somebody sent after their session had ended. The button brings it to its own page once more, as
// it was typed; only there is it saved.
func (w *Web) showKept(c echo.Context) error {
	form, err := w.SignIn.Kept(c)
	if err != nil {
		return err
	}
	fields := form.Fields
	for _, name := range []string{"switch-language", "kept"} {
		fields.Del(name)
	}
	page := keptpage.Page{Page: w.base(c, "", w.reader(c).T("kept.title")), Action: form.Path, Fields: fields}
	return w.show(c, http.StatusOK, keptpage.Show(page))
}
