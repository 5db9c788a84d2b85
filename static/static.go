// Package static serves style sheets, scripts and pictures. They are bundled by `go run ./static/build` into dist, each
// under a name with a hash of its content, so that a browser may keep it for ever and never has an old one.
package static

import (
	"embed"
	"encoding/json"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
)

// A fresh clone has only dist/.keep: everything compiles and runs, and Handler says what to do.
//
//go:embed all:dist
var dist embed.FS

var built = open(dist)

// Path is the address of an asset: Path("app.css") is /static/dist/app-3KX2.css. One that is not there keeps its own name,
// and answers 404.
func Path(name string) string { return built.path(name) }

// Handler serves /static/dist/… to be kept for ever (RFC 8246), in the smallest form that the browser takes.
func Handler() http.Handler { return built }

// assets are what the build has left in a folder.
type assets struct {
	files fs.FS
	names map[string]string // "app.css" → "app-3KX2.css"
}

func open(files fs.FS) assets {
	a := assets{files: files, names: map[string]string{}}
	if content, err := fs.ReadFile(files, "dist/manifest.json"); err == nil {
		if err := json.Unmarshal(content, &a.names); err != nil {
			panic("static/dist/manifest.json: " + err.Error()) // written by our own build
		}
	}
	return a
}

func (a assets) path(name string) string {
	if hashed, ok := a.names[name]; ok {
		name = hashed
	}
	return "/static/dist/" + name
}

func (a assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/static/")
	kind := mime.TypeByExtension(path.Ext(name))
	switch {
	case len(a.names) == 0:
		http.Error(w, "Style sheets and scripts have not been built: run make assets, and build again.", http.StatusNotFound)
		return
	case kind == "" || !a.has(name):
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	for _, e := range encodings {
		if accepts(r, e.name) && a.has(name+e.suffix) {
			h.Set("Content-Encoding", e.name)
			name += e.suffix
			break
		}
	}
	http.ServeFileFS(w, r, a.files, name)
}

// encodings that the build has prepared, best first.
var encodings = []struct{ name, suffix string }{{"br", ".br"}, {"gzip", ".gz"}}

func (a assets) has(name string) bool {
	info, err := fs.Stat(a.files, name)
	return err == nil && info.Mode().IsRegular()
}

// accepts reads Accept-Encoding (RFC 9110 §12.5.3) as far as browsers use it.
func accepts(r *http.Request, encoding string) bool {
	for offer := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, quality, _ := strings.Cut(strings.TrimSpace(offer), ";")
		if strings.TrimSpace(name) == encoding {
			return strings.ReplaceAll(quality, " ", "") != "q=0"
		}
	}
	return false
}
