package web

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

// A browser says how long a form is; who does not say so is stopped on the way.
func TestAFormOfUnsaidLengthHasALimitToo(t *testing.T) {
	e, status := echo.New(), 0
	e.Use(middleware.BodyLimit("1K"))
	e.POST("/", func(c echo.Context) error {
		_, err := (&Web{}).form(c)
		if he, is := err.(*echo.HTTPError); is {
			status = he.Code
		}
		return err
	})
	request := httptest.NewRequest(http.MethodPost, "/", io.MultiReader(strings.NewReader("a="+strings.Repeat("b", 4096))))
	request.Header.Set("Content-Type", echo.MIMEApplicationForm)
	request.ContentLength = -1
	e.ServeHTTP(httptest.NewRecorder(), request)
	if status != http.StatusRequestEntityTooLarge {
		t.Errorf("answered %d", status)
	}
}
