package parts_test

import (
	"context"
	"io"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
	"example.org/tandem/locales"
	"example.org/tandem/templates/parts"
)

func reader(t *testing.T, l locale.Language) locale.Reader {
	t.Helper()
	catalog, err := locales.Catalog()
	if err != nil {
		t.Fatal(err)
	}
	return catalog.Reader(l, nil, time.Date(2020, 7, 27, 9, 0, 0, 0, time.UTC))
}

func render(t *testing.T, c templ.Component) *goquery.Document {
	t.Helper()
	var b strings.Builder
	if err := c.Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	page, err := goquery.NewDocumentFromReader(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// words of an element, with single spaces.
func words(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

var refused = parts.Form{
	Values:  url.Values{"title": {"<b>Ёлка"}, "side": {"da"}},
	Errors:  map[string]string{"title": "Too short", "side": "Not this one"},
	Summary: []parts.ErrorLink{{Field: "title", Text: "Too short"}, {Field: "side", Text: "Not this one"}},
}

func TestAWrongFieldSaysWhatIsWrongToEverybody(t *testing.T) {
	page := render(t, parts.Field(refused.Input("title", "Title").Hinted("A few words").Must().Limited(200)))
	input := page.Find("input")
	for name, want := range map[string]string{
		"id": "field-title", "name": "title", "type": "text", "value": "<b>Ёлка", "aria-invalid": "true", "aria-required": "true",
		"aria-describedby": "field-title-error field-title-hint", "data-limit": "200",
	} {
		if got, _ := input.Attr(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if _, first := input.Attr("autofocus"); !first {
		t.Error("the first wrong field has not got the focus")
	}
	if got := words(page.Find("#field-title-error")); got != "Too short" {
		t.Errorf("the error reads %q", got)
	}
	if got := words(page.Find("label[for=field-title]")); got != "Title" {
		t.Errorf("the label reads %q", got)
	}
	if _, cut := input.Attr("maxlength"); cut {
		t.Error("maxlength cuts what is pasted without a word")
	}
}

func TestARightFieldIsNotMarked(t *testing.T) {
	page := render(t, parts.TextArea(parts.Form{Values: url.Values{"body": {"one\ntwo"}}}.Input("body", "Text").Written(locale.Danish)))
	area := page.Find("textarea")
	for _, name := range []string{"aria-invalid", "aria-describedby", "aria-required", "autofocus"} {
		if value, there := area.Attr(name); there {
			t.Errorf("%s is %q", name, value)
		}
	}
	if area.Text() != "one\ntwo" || area.AttrOr("lang", "") != "da" {
		t.Errorf("%q in %q", area.Text(), area.AttrOr("lang", ""))
	}
}

func TestAGroupIsNamedAndItsErrorLeadsToTheFirstChoice(t *testing.T) {
	options := []parts.Option{{Value: "be", Label: "Беларуская", Lang: locale.Belarusian}, {Value: "da", Label: "Dansk", Lang: locale.Danish}}
	page := render(t, parts.Choice(refused.Options("side", "Language", options...)))
	if got := words(page.Find("fieldset > legend")); got != "Language" {
		t.Errorf("the legend reads %q", got)
	}
	if got := page.Find("fieldset").AttrOr("aria-describedby", ""); got != "field-side-error" || page.Find("#"+got).Length() != 1 {
		t.Errorf("the group is described by %q", got)
	}
	radios := page.Find("input[type=radio][name=side]")
	if radios.Length() != 2 || radios.First().AttrOr("id", "") != parts.FieldID("side") {
		t.Errorf("%d choices, the first is %q", radios.Length(), radios.First().AttrOr("id", ""))
	}
	if got := page.Find("input[checked]").AttrOr("value", ""); got != "da" {
		t.Errorf("%q is chosen", got)
	}
	if page.Find("span[lang=be]").Length() != 1 {
		t.Error("a label in another language does not say so")
	}
}

func TestTheSummaryLeadsToEveryWrongField(t *testing.T) {
	page := render(t, parts.ErrorSummary("Look again", refused.Summary))
	box := page.Find("[role=alert]")
	if words(box.Find("h2")) != "Look again" || box.Find("a[href='#field-title']").Length() != 1 || box.Find("a[href='#field-side']").Length() != 1 {
		t.Error(box.Html())
	}
	if _, focused := box.Attr("autofocus"); focused {
		t.Error("the summary takes the focus from the first wrong field")
	}
	whole := render(t, parts.ErrorSummary("Look again", []parts.ErrorLink{{Text: "Not allowed"}}))
	if _, focused := whole.Find("[role=alert]").Attr("autofocus"); !focused || whole.Find("a").Length() != 0 {
		t.Error("a refusal without a field has to have the focus itself")
	}
	if render(t, parts.ErrorSummary("Look again", nil)).Find("[role=alert]").Length() != 0 {
		t.Error("a form without errors complains")
	}
}

func TestTheReadersOwnClockComesFirst(t *testing.T) {
	at := time.Date(2020, 7, 2, 11, 0, 0, 0, time.UTC)
	for l, want := range map[locale.Language]struct{ words, first, second string }{
		locale.Russian: {"Четверг, 2 июля 2020 г. 14:00–15:30 Минск / 13:00–14:30 Копенгаген", "2020-07-02T14:00+03:00", "2020-07-02T13:00+02:00"},
		locale.Danish:  {"Torsdag den 2. juli 2020 uge 27 kl. 13.00–14.30 København / kl. 14.00–15.30 Minsk", "2020-07-02T13:00+02:00", "2020-07-02T14:00+03:00"},
	} {
		page := render(t, parts.When(reader(t, l), at, 90*time.Minute))
		if got := words(page.Find(".when")); got != want.words {
			t.Errorf("%s: got %q, want %q", l, got, want.words)
		}
		clocks := page.Find("time")
		if clocks.Length() != 2 || clocks.Eq(0).AttrOr("datetime", "") != want.first || clocks.Eq(1).AttrOr("datetime", "") != want.second {
			t.Errorf("%s: %d clocks, first %q", l, clocks.Length(), clocks.Eq(0).AttrOr("datetime", ""))
		}
		if !clocks.Eq(0).HasClass("clock-own") || clocks.Eq(1).HasClass("clock-own") {
			t.Errorf("%s: the reader's own clock does not stand out", l)
		}
	}
}

func TestMarksSayTheirStateInWords(t *testing.T) {
	marks := []parts.LanguageMark{{Language: locale.Belarusian, State: text.Good}, {Language: locale.Russian, State: text.Source}, {Language: locale.Danish, State: text.OutOfDate}, {Language: locale.English, State: text.Missing}}
	page := render(t, parts.LanguageMarks(reader(t, locale.English), marks))
	signs := map[string]bool{}
	page.Find("li").Each(func(i int, li *goquery.Selection) {
		signs[strings.TrimSpace(li.Find("[aria-hidden]").Text()[2:])] = true
	})
	if len(signs) != 4 {
		t.Errorf("the states look alike without colour: %v", signs)
	}
	if got := words(page.Find("li").Eq(2).Find(".unseen")); got != "Danish: the original has changed" {
		t.Errorf("got %q", got)
	}
}

func TestNeighboursInOneLanguageShareALabel(t *testing.T) {
	danish := func(kind text.Kind, body string) text.Said {
		return text.Said{Kind: kind, Body: body, Language: locale.Danish, State: text.Source}
	}
	page := render(t, parts.Blocks(reader(t, locale.English), []text.Said{
		{Kind: text.Plain, Body: "Own", Language: locale.English, State: text.Good, Own: true},
		danish(text.Plain, "Fremmed"), danish(text.Item, "en"), danish(text.Item, "to"),
		{Kind: text.Plain, Body: "Machine", Language: locale.English, State: text.Machine, Own: true},
	}))
	var labels []string
	page.Find(".origin").Each(func(_ int, s *goquery.Selection) { labels = append(labels, words(s)) })
	if got := strings.Join(labels, "|"); got != "Text in Danish|Machine translation, not checked" {
		t.Errorf("labels: %s", got)
	}
	if page.Find("ul > li[lang=da]").Length() != 2 || page.Find("p[lang=da]").Length() != 1 {
		t.Error("a paragraph does not say its language")
	}
}

// around puts one component into another.
func around(outer, inner templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return outer.Render(templ.WithChildren(ctx, inner), w)
	})
}

// As cards on a phone the parts of a table lose their roles unless they carry them.
func TestATableStaysATable(t *testing.T) {
	row := around(parts.Row(), around(parts.Cell("Name"), templ.Raw("Køge")))
	page := render(t, around(parts.Table("Units", []string{"Name"}), row))
	if words(page.Find("table[role=table] > caption")) != "Units" || page.Find("thead tr[role=row] > th[role=columnheader][scope=col]").Length() != 1 {
		t.Error("the table has no name or no heads")
	}
	cell := page.Find("tbody[role=rowgroup] > tr[role=row] > td[role=cell]")
	if words(cell) != "Køge" || cell.AttrOr("data-label", "") != "Name" {
		t.Error(page.Html())
	}
}

func TestAButtonSubmitsUnlessToldOtherwise(t *testing.T) {
	button := render(t, parts.Button(parts.Primary, "Save", nil)).Find("button")
	if button.AttrOr("type", "") != "submit" || words(button) != "Save" {
		t.Error(button.Html())
	}
	other := render(t, parts.Button(parts.Danger, "Call off", templ.Attributes{"type": "button", "name": "deed", "value": "cancel"})).Find("button")
	if other.AttrOr("type", "") != "button" || other.AttrOr("value", "") != "cancel" {
		t.Error(other.Html())
	}
}

func TestThePagerLeadsOnlyWhereThereIsSomething(t *testing.T) {
	r := reader(t, locale.Danish)
	if page := render(t, parts.Pager(r, "", "/actions?after=7")); page.Find("a[rel=next][href='/actions?after=7']").Length() != 1 || page.Find("a").Length() != 1 {
		t.Error(page.Html())
	}
	if page := render(t, parts.Pager(r, "/actions", "")); page.Find("a[href='/actions']").Text() != "Til første side" {
		t.Error(page.Html())
	}
	if render(t, parts.Pager(r, "", "")).Find("nav").Length() != 0 {
		t.Error("a list of one page has a pager")
	}
}
