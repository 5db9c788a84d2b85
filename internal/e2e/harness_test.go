package e2e

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.org/tandem/internal/locale"
)

// A small site with one fault of each kind, to hold the checks themselves to account: what they are to find, they find.
const (
	good = `<!doctype html><html lang="en"><head><title>Good</title><meta name="viewport" content="width=device-width">
<link rel="icon" href="/icon.svg"><link rel="stylesheet" href="/style.css"></head><body><main><h1>A page</h1>
<form method="post" action="/"><label for="t">Title</label> <input id="t" name="t"> <label for="d">Day</label> <input id="d" type="date" name="d">
<label for="l">Place</label> <select id="l" name="l"><option value="k">Køge</option><option value="m">Minsk</option></select>
<fieldset><legend>Answer</legend><label><input type="radio" name="a" value="yes"> Yes</label> <label><input type="radio" name="a" value="no"> No</label></fieldset>
<button>Save</button></form><ul><li>First <a href="/other">Open</a></li><li>Second <a href="/second">Open</a></li></ul>
<script src="/page.js"></script><noscript>Without script</noscript></main></body></html>`
	bad = `<!doctype html><html lang="en"><head><title>Bad</title><link rel="icon" href="/icon.svg"><link rel="stylesheet" href="/bad.css"></head>
<body><main><h1>A page</h1><div class="wide">wide</div><p class="pale">pale</p><input name="nameless">
<a href="/" tabindex="-1">not reached</a><button class="blind">blind</button><p onclick="x()" style="color: red">inline</p></main></body></html>`
	mixed = `<!doctype html><html lang="be"><head><title>Канферэнцыя</title><link rel="icon" href="/icon.svg"></head><body><p>Гэта щось</p>
<p lang="ru">Это по-русски, и это хорошо</p><button aria-label="Thursday">чацвер</button><p>Беларуская Русский Dansk English</p><p>[date.today]</p></body></html>`
	style = `:focus-visible { outline: 3px solid #005; } body { font: 1.125rem sans-serif; color: #111; background: #fff; margin: 0; }
a, button, input, select { min-height: 44px; } @media (prefers-color-scheme: dark) { body { color: #eee; background: #111; } a { color: #9cf; } }`
	badStyle = `body { margin: 0; background: #fff; } .wide { width: 700px; } .pale { color: #ccc; } @media (prefers-color-scheme: dark) { body { background: #222; } }
.blind:focus { outline: none; }`
)

func site(t *testing.T) string {
	mux := http.NewServeMux()
	serve := func(path, kind, body string) {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			w.Header().Set("Content-Security-Policy", "default-src 'self'")
			fmt.Fprint(w, body)
		})
	}
	serve("/{$}", "text/html; charset=utf-8", good)
	serve("/bad", "text/html; charset=utf-8", bad)
	serve("/mixed", "text/html; charset=utf-8", mixed)
	serve("/style.css", "text/css", style)
	serve("/bad.css", "text/css", badStyle)
	serve("/icon.svg", "image/svg+xml", `<svg xmlns="http://www.w3.org/2000/svg"/>`)
	serve("/page.js", "text/javascript", `document.querySelector('h1').append(' with script')`)
	mux.HandleFunc("POST /{$}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `<!doctype html><html lang="en"><title>Saved</title><link rel="icon" href="/icon.svg"><p>Saved: %s|%s|%s|%s`,
			r.FormValue("t"), r.FormValue("d"), r.FormValue("l"), r.FormValue("a"))
	})
	for _, path := range []string{"/other", "/second"} {
		serve(path, "text/html; charset=utf-8", "<!doctype html><html lang=en><title>T</title><link rel=icon href=/icon.svg><p>Here: "+path)
	}
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

func TestPersonUsesAPage(t *testing.T) {
	for _, script := range []bool{true, false} {
		t.Run(fmt.Sprintf("script %v", script), func(t *testing.T) {
			p := Open(t, site(t), View{Language: locale.English, NoScript: !script})
			p.Visit("/")
			if script {
				p.Sees("A page with script")
			} else {
				p.Sees("Without script")
			}
			p.FillText("Title", "Готовность ў")
			p.FillText("Day", "2020-08-27")
			p.FillText("Place", "Minsk")
			p.Choose("No")
			p.Axe()
			p.NoSidewaysScroll(320)
			p.LargeText()
			p.KeyboardWalk()
			p.PressText("Save")
			p.Sees("Saved: Готовность ў|2020-08-27|m|no")
			p.Visit("/")
			p.In("Second").PressText("Open")
			p.Sees("Here: /second")
		})
	}
}

// The checks are run against a page with faults, and a test of their own collects what they say.
func TestChecksFindFaults(t *testing.T) {
	p := Open(t, site(t), View{Language: locale.English})
	p.Visit("/bad")
	var found strings.Builder
	for _, f := range p.findings(everyRule) {
		found.WriteString(f.ID + " ")
	}
	p.resize(320)
	found.WriteString(strings.Join(eval[[]string](p, widest), " "))
	p.resize(1280)
	found.WriteString(strings.Join(p.walk(), " "))
	found.WriteString(strings.Join(p.watch.complaints(), " "))
	p.watch.wrong = nil
	for _, fault := range []string{"color-contrast", "label", "700 px wide", `class="blind"`, "Content Security Policy"} {
		if !strings.Contains(found.String(), fault) {
			t.Errorf("the checks do not find %s in:\n%s", fault, found.String())
		}
	}
}

func TestFluencyFindsOtherLanguages(t *testing.T) {
	p := Open(t, site(t), View{Language: locale.Belarusian, Width: phone})
	p.Visit("/mixed")
	want := map[string]bool{"the letter щ in be: Гэта щось": true, "English in be: Thursday": true, "no message in be: [date.today]": true}
	if found := p.influent(); !maps.Equal(found, want) {
		t.Errorf("found %v", found)
	}
}
