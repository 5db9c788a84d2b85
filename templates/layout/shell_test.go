package layout_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"example.org/tandem/internal/locale"
	"example.org/tandem/locales"
	"example.org/tandem/templates/layout"
)

func page(t *testing.T, l locale.Language) layout.Page {
	t.Helper()
	catalog, err := locales.Catalog()
	if err != nil {
		t.Fatal(err)
	}
	return layout.Page{
		Reader: catalog.Reader(l, nil, time.Date(2020, 7, 27, 9, 0, 0, 0, time.UTC)), Title: "Канферэнцыі", Section: "conferences",
		Path: "/conferences?after=7", Assets: func(name string) string { return "/static/dist/" + name },
	}
}

func render(t *testing.T, p layout.Page) *goquery.Document {
	t.Helper()
	var b strings.Builder
	ctx := templ.WithChildren(t.Context(), templ.Raw(`<h1>Канферэнцыі</h1><form id="new" method="post"><input name="title"><button>Save</button></form>`))
	if err := layout.Shell(p).Render(ctx, &b); err != nil {
		t.Fatal(err)
	}
	document, err := goquery.NewDocumentFromReader(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	return document
}

func TestTheFrameSaysItsLanguageAndItsName(t *testing.T) {
	d := render(t, page(t, locale.Belarusian))
	if got := d.Find("html").AttrOr("lang", ""); got != "be" {
		t.Errorf("lang is %q", got)
	}
	if got := d.Find("title").Text(); got != "Канферэнцыі · Tandem" {
		t.Errorf("title is %q", got)
	}
	if d.Find("main#content h1").Length() != 1 || d.Find("body > a[href='#content']:first-child").Length() != 1 {
		t.Error("there is no way straight to the content")
	}
}

// switchesOf are the buttons of the language switch, in order.
func switchesOf(t *testing.T, d *goquery.Document) *goquery.Selection {
	t.Helper()
	buttons := d.Find(".languages button[lang]")
	var endonyms []string
	buttons.Each(func(_ int, b *goquery.Selection) { endonyms = append(endonyms, strings.TrimSpace(b.Text())) })
	if want := []string{"Беларуская", "Русский", "Dansk", "English"}; !slices.Equal(endonyms, want) {
		t.Fatalf("the switch offers %v", endonyms)
	}
	if current := d.Find(".languages [aria-current]"); current.Length() != 1 || current.AttrOr("lang", "") != d.Find("html").AttrOr("lang", "") {
		t.Errorf("%d languages are marked as the current one", current.Length())
	}
	return buttons
}

func TestWithoutAFormTheSwitchComesBackToThisPage(t *testing.T) {
	d := render(t, page(t, locale.Danish))
	form := d.Find("form.languages[method=post][action='/language']")
	if got := form.Find("input[name=next]").AttrOr("value", ""); got != "/conferences?after=7" {
		t.Errorf("next is %q", got)
	}
	switchesOf(t, d).Each(func(_ int, b *goquery.Selection) {
		if b.AttrOr("name", "") != "language" || b.AttrOr("value", "") != b.AttrOr("lang", "-") {
			t.Errorf("a button sends %s=%s", b.AttrOr("name", ""), b.AttrOr("value", ""))
		}
	})
}

func TestWithAFormTheSwitchTakesAlongWhatWasTyped(t *testing.T) {
	p := page(t, locale.Russian)
	p.Form = "new"
	d := render(t, p)
	if d.Find("form[action='/language']").Length() != 0 {
		t.Error("a second form would lose what was typed")
	}
	switchesOf(t, d).Each(func(_ int, b *goquery.Selection) {
		_, unchecked := b.Attr("formnovalidate")
		if b.AttrOr("form", "") != "new" || b.AttrOr("name", "") != "switch-language" || b.AttrOr("type", "") != "submit" || !unchecked {
			t.Errorf("a button does not send the form: %s", b.AttrOr("value", ""))
		}
	})
	// A browser presses the first button of a form when Enter is typed in a field (HTML, "implicit submission").
	first := d.Find("button[form=new]").First()
	if _, named := first.Attr("name"); named || first.AttrOr("tabindex", "") != "-1" || first.AttrOr("aria-hidden", "") != "true" {
		t.Error("Enter in a field would switch the language")
	}
}

func TestTheMenuIsForPeopleWhoAreSignedIn(t *testing.T) {
	p := page(t, locale.English)
	out := render(t, p)
	if out.Find(".menu").Length() != 0 || out.Find("header a[href='/sign-in']").Length() != 1 {
		t.Error("who is not signed in should see the way in, and nothing else")
	}
	p.Person = &layout.Person{Name: "Frivilligkoordinator", Lang: locale.Danish}
	in := render(t, p)
	if got := in.Find(".menu a[aria-current]").AttrOr("href", ""); got != "/conferences" {
		t.Errorf("the menu marks %q", got)
	}
	if in.Find("a[href='/me'] [lang=da]").Text() != "Frivilligkoordinator" || in.Find("form[method=post][action='/sign-out'] button").Length() != 1 {
		t.Error("who is signed in, and the way out, are missing")
	}
}

func TestOnlyTheDemoMovesTime(t *testing.T) {
	p := page(t, locale.English)
	if render(t, p).Find(".demo").Length() != 0 {
		t.Error("the bar is there outside the demo")
	}
	p.Demo = &layout.Demo{Moves: []string{"start", "week"}, Disclaimer: "Demonstration data."}
	bar := render(t, p).Find(".demo")
	if got := bar.Find("summary").Text(); got != "Monday 27 July 2020 · 11:00 Copenhagen / 12:00 Minsk – demo time" {
		t.Errorf("it says %q", got)
	}
	form := bar.Find("form[method=post][action='/demo/clock']")
	if form.Find("button[name=to]").Length() != 2 || form.Find("input[name=next]").AttrOr("value", "") != p.Path || bar.Find("a[href='/mailbox']").Length() != 1 {
		t.Error(bar.Html())
	}
	if !strings.Contains(render(t, p).Find("footer").Text(), "Demonstration data.") {
		t.Error("the disclaimer is missing")
	}
}

// The Content-Security-Policy forbids inline script and style; they would not work, and nobody would notice.
func TestNothingIsInline(t *testing.T) {
	p := page(t, locale.English)
	p.Person, p.Demo = &layout.Person{Name: "A"}, &layout.Demo{Moves: []string{"week"}}
	d := render(t, p)
	if d.Find("style, [style], script:not([src])").Length() != 0 {
		t.Error("there is inline style or script")
	}
}
