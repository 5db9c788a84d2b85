package static

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

var folder = fstest.MapFS{
	"dist/manifest.json":   {Data: []byte(`{"app.css": "app-AB.css"}`)},
	"dist/app-AB.css":      {Data: []byte("plain")},
	"dist/app-AB.css.br":   {Data: []byte("brotli")},
	"dist/app-AB.css.gz":   {Data: []byte("zipped")},
	"dist/mark-CD.svg":     {Data: []byte("<svg/>")},
	"dist/.keep":           {},
	"dist/folder/in-it.js": {Data: []byte("x")},
}

func get(a assets, path, accept string) *http.Response {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept-Encoding", accept)
	w := httptest.NewRecorder()
	a.ServeHTTP(w, r)
	return w.Result()
}

func TestTheSmallestFormThatTheBrowserTakes(t *testing.T) {
	a := open(folder)
	for accept, want := range map[string]string{"gzip, deflate, br": "br", "gzip": "gzip", "br;q=0, gzip": "gzip", "": "", "identity": ""} {
		response := get(a, a.path("app.css"), accept)
		if got := response.Header.Get("Content-Encoding"); got != want {
			t.Errorf("%q: got %q, want %q", accept, got, want)
		}
		if got := response.Header.Get("Content-Type"); !strings.HasPrefix(got, "text/css") {
			t.Errorf("%q: it is said to be %q", accept, got)
		}
		if response.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: a cache could hand one form to everybody", accept)
		}
	}
	if got := get(a, "/static/dist/mark-CD.svg", "br").Header.Get("Content-Encoding"); got != "" {
		t.Errorf("what is not compressed is said to be %q", got)
	}
}

func TestAHashedNameIsKeptForEver(t *testing.T) {
	response := get(open(folder), "/static/dist/app-AB.css", "")
	if got := response.Header.Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
		t.Errorf("got %q", got)
	}
}

func TestOnlyAssetsAreServed(t *testing.T) {
	a := open(folder)
	for _, path := range []string{"/static/dist/app.css", "/static/dist/.keep", "/static/dist/folder", "/static/dist/", "/static/../static.go", "/static/dist/app-AB.css.br"} {
		if response := get(a, path, "br"); response.StatusCode != http.StatusNotFound || response.Header.Get("Cache-Control") != "" {
			t.Errorf("%s: %d, Cache-Control %q", path, response.StatusCode, response.Header.Get("Cache-Control"))
		}
	}
}

func TestWithoutABuildItSaysWhatToDo(t *testing.T) {
	a := open(fstest.MapFS{"dist/.keep": {}})
	w := httptest.NewRecorder()
	a.ServeHTTP(w, httptest.NewRequest(http.MethodGet, a.path("app.css"), nil))
	if w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "make assets") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
