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

// manifest maps a name to the one with its hash: "app.css" → "app-3KX2.css".
var manifest = readManifest()

func readManifest() map[string]string {
	names := map[string]string{}
	if content, err := dist.ReadFile("dist/manifest.json"); err == nil {
		if err := json.Unmarshal(content, &names); err != nil {
			panic("static/dist/manifest.json: " + err.Error()) // written by our own build
		}
	}
	return names
}

// Built tells whether style sheets and scripts have been bundled into this program.
func Built() bool { return len(manifest) > 0 }

// Path is the address of an asset: Path("app.css") is /static/dist/app-3KX2.css. One that is not there keeps its own name,
// and answers 404.
func Path(name string) string {
	if hashed, ok := manifest[name]; ok {
		name = hashed
	}
	return "/static/dist/" + name
}

// encodings that the build has prepared, best first.
var encodings = []struct{ name, suffix string }{{"br", ".br"}, {"gzip", ".gz"}}

// Handler serves /static/dist/… for ever (RFC 8246), in the smallest form that the browser takes.
func Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/static/")
		kind := mime.TypeByExtension(path.Ext(name))
		if !Built() {
			http.Error(w, "Style sheets and scripts have not been built: run make assets, and build again.", http.StatusNotFound)
			return
		}
		if kind == "" || !isFile(name) {
			http.NotFound(w, r)
			return
		}
		h := w.Header()
		h.Set("Content-Type", kind)
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		h.Set("Vary", "Accept-Encoding")
		for _, e := range encodings {
			if accepts(r, e.name) && isFile(name+e.suffix) {
				h.Set("Content-Encoding", e.name)
				name += e.suffix
				break
			}
		}
		http.ServeFileFS(w, r, dist, name)
	})
}

func isFile(name string) bool {
	info, err := fs.Stat(dist, name)
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
