package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	story "example.org/tandem/internal/demo"
	"example.org/tandem/internal/locale"
)

var notesPath = "/conferences/" + story.ID("conf-2020-08") + "/notes"

// writer is somebody on the notes page of the August conference.
func writer(t *testing.T, site, account string, view View) *Person {
	t.Helper()
	p := Open(t, site, view)
	p.SignIn(account)
	p.Visit(notesPath)
	return p
}

// area is the nth text area of the page.
func area(n int) string {
	return fmt.Sprintf(`document.querySelectorAll("textarea[name^='body-']")[%d]`, n)
}

// Note types into the nth text area, in the place of what was there.
func (p *Person) Note(n int, text string) {
	p.T.Helper()
	eval[chromedp.Void](p, area(n)+`.focus(); `+area(n)+`.select()`)
	call(p, input.InsertText, input.InsertTextParams{Text: text})
}

// Noted is what stands in the nth text area.
func (p *Person) Noted(n int) string {
	p.T.Helper()
	return eval[string](p, area(n)+`.value`)
}

// Told waits until the page says under a text area how the text stands.
func (p *Person) Told(key string) {
	p.T.Helper()
	want := p.Says(key)
	heard := `[...document.querySelectorAll('[role=status][data-live]')].map(e => e.textContent)`
	if !p.wait(func() bool { return strings.Contains(strings.Join(eval[[]string](p, heard), "\n"), want) }) {
		p.T.Fatalf("%s is not told %q, but %q", p.Language(), want, eval[[]string](p, heard))
	}
}

func TestNotesAreSavedByThemselvesAndReadByTheOtherSide(t *testing.T) {
	site := Demo(t)
	minsk := writer(t, site, coordinator, View{Language: locale.Russian})
	minsk.Note(0, "Начали вовремя.\n\n- волонтёры готовы")
	minsk.Told("notes.status.saved")
	koge := writer(t, site, coordinatorDenmark, View{Language: locale.Danish})
	koge.Sees("Начали вовремя.")
	if l := eval[string](koge, `[...document.querySelectorAll('[lang=ru]')].find(e => e.textContent === 'волонтёры готовы')?.tagName`); l != "LI" {
		t.Errorf("the list item is a %q", l)
	}
	koge.Note(0, "Vi begyndte til tiden.")
	koge.Told("notes.status.saved")
	minsk.Note(0, "Начали вовремя.\n\n- волонтёры готовы\n- вопросов нет")
	minsk.Sees("Vi begyndte til tiden.")
}

func TestClosingTheTabLosesNothing(t *testing.T) {
	site := Demo(t)
	p := writer(t, site, coordinator, View{Language: locale.Russian})
	tab := p.Tab()
	tab.Visit(notesPath)
	tab.Note(1, "Последнее слово.")
	tab.CloseTab()
	other := writer(t, site, coordinator, View{Language: locale.Russian})
	if !other.wait(func() bool { other.Visit(notesPath); return other.Noted(1) == "Последнее слово." }) {
		t.Errorf("another browser reads %q", other.Noted(1))
	}
}

// Nobody is signed in any more, so the server cannot have it: it is in this browser only.
func TestWhatCouldNotBeSentIsThereWhenThePageIsOpenedAgain(t *testing.T) {
	site := Demo(t)
	p := writer(t, site, coordinator, View{Language: locale.Russian})
	p.Forget()
	p.Note(1, "Осталось в этом браузере.")
	p.Told("notes.status.signed-out")
	p.Leave()
	other := writer(t, site, coordinator, View{Language: locale.Russian})
	other.Note(1, "Тем временем в другом браузере.")
	other.Told("notes.status.saved")
	p.SignIn(coordinator)
	p.Visit(notesPath)
	p.Reads("notes.clash.title")
	p.Sees("Осталось")
	p.Press("notes.clash.save")
	p.Told("notes.status.saved")
	other.Visit(notesPath)
	if got := other.Noted(1); got != "Тем временем в другом браузере.\n\nОсталось в этом браузере." {
		t.Errorf("another browser reads %q", got)
	}
}

func TestWhatWasLeftInTheBrowserIsOfferedAndSaved(t *testing.T) {
	site := Demo(t)
	p := writer(t, site, coordinator, View{Language: locale.Russian})
	p.Forget()
	p.Note(1, "Осталось в этом браузере.")
	p.Told("notes.status.signed-out")
	p.Leave()
	p.SignIn(coordinator)
	p.Visit(notesPath)
	p.Reads("notes.status.restored")
	p.Told("notes.status.saved")
	p.Visit(notesPath)
	p.SeesNot(p.Says("notes.status.restored"))
	if got := p.Noted(1); got != "Осталось в этом браузере." {
		t.Errorf("got %q", got)
	}
}

func TestAFaultOfTheServerIsToldAndMended(t *testing.T) {
	site := Demo(t)
	p := writer(t, site, coordinator, View{Language: locale.Russian})
	p.Fault("*/notes/*", 500)
	p.Note(0, "Сервер молчит.")
	p.Told("notes.status.failed")
	p.Note(0, "Сервер молчит, а мы пишем.")
	p.Fault("*/notes/*", 0)
	p.Told("notes.status.recovered")

	p.Visit(notesPath)
	if p.Noted(0) != "Сервер молчит, а мы пишем." {
		t.Errorf("got %q", p.Noted(0))
	}
}

func TestALostLineIsToldAndSavedOnceItIsBack(t *testing.T) {
	site := Demo(t)
	p := writer(t, site, coordinator, View{Language: locale.Belarusian})
	p.Line(false)
	p.Note(0, "Няма сувязі.")
	p.Told("notes.status.failed")
	p.Line(true)
	p.Told("notes.status.recovered")
	p.Visit(notesPath)
	if p.Noted(0) != "Няма сувязі." {
		t.Errorf("got %q", p.Noted(0))
	}
}

func TestASessionThatEndedKeepsTheTextUntilTheNextSignIn(t *testing.T) {
	site := Demo(t)
	p := writer(t, site, coordinator, View{Language: locale.English})
	p.Forget()
	p.Note(0, "Written after the session.")
	p.Told("notes.status.signed-out")
	if !p.Has(p.Says("notes.status.sign-in")) {
		t.Error("there is no way to sign in")
	}
	tab := p.Tab()
	tab.SignIn(coordinator)
	eval[chromedp.Void](p, `dispatchEvent(new Event('focus'))`)
	p.Told("notes.status.saved")
	p.Visit(notesPath)
	if p.Noted(0) != "Written after the session." {
		t.Errorf("got %q", p.Noted(0))
	}
}

func TestTwoBrowsersWriteDifferentParagraphs(t *testing.T) {
	site := Demo(t)
	one := writer(t, site, coordinatorDenmark, View{Language: locale.Danish})
	one.Note(0, "Først.\n\nSidst.")
	one.Told("notes.status.saved")
	two := writer(t, site, coordinatorDenmark, View{Language: locale.Danish})
	two.Note(0, "Først, på telefonen.\n\nSidst.")
	two.Told("notes.status.saved")
	one.Note(0, "Først.\n\nSidst, på computeren.")
	eval[chromedp.Void](one, area(0)+`.setSelectionRange(14, 14)`)
	one.Told("notes.status.merged")
	if got := one.Noted(0); got != "Først, på telefonen.\n\nSidst, på computeren." {
		t.Errorf("got %q", got)
	}
	if rest := eval[string](one, area(0)+`.value.slice(`+area(0)+`.selectionStart)`); rest != ", på computeren." && rest != "på computeren." {
		t.Logf("the caret is before %q", rest)
	}
}

// clash has two browsers change one paragraph.
func clash(t *testing.T, view View) (p *Person) {
	t.Helper()
	site := Demo(t)
	p = writer(t, site, coordinator, view)
	other := writer(t, site, coordinator, View{Language: view.Language})
	other.Note(0, "Звонили каждый день.\n\nОбщее.")
	other.Told("notes.status.saved")
	p.Note(0, "Звонили раз в неделю.\n\nОбщее.")
	p.Reads("notes.clash.title")
	p.Sees("каждый день")
	p.Sees("раз в неделю")
	return p
}

func TestAClashShowsBothTextsAndAsks(t *testing.T) {
	p := clash(t, View{Language: locale.Russian})
	marked := eval[[]string](p, `[...document.querySelectorAll('.notes-clash ins, .notes-clash del')].map(e => e.tagName + ' ' + e.textContent.trim())`)
	if got := strings.Join(marked, ", "); got != "DEL каждый день, INS раз в неделю" {
		t.Errorf("marked: %s", got)
	}
	p.Axe()
	p.Choose(p.Says("notes.clash.both"))
	p.Press("notes.clash.save")
	p.Told("notes.status.saved")
	p.Visit(notesPath)
	if got := p.Noted(0); got != "Звонили каждый день.\n\nЗвонили раз в неделю.\n\nОбщее." {
		t.Errorf("got %q", got)
	}
}

func TestAClashIsKeptOverTheEndOfThePage(t *testing.T) {
	p := clash(t, View{Language: locale.Russian})
	p.Visit(notesPath)
	p.Reads("notes.clash.title")
	p.Press("notes.clash.save")
	p.Told("notes.status.saved")
	p.Visit(notesPath)
	if got := p.Noted(0); got != "Звонили каждый день.\n\nЗвонили раз в неделю.\n\nОбщее." {
		t.Errorf("got %q", got)
	}
}

func TestNotesAndOutcomesWithScriptOff(t *testing.T) {
	site := Demo(t)
	p := writer(t, site, coordinator, View{Language: locale.Russian, NoScript: true})
	p.Note(0, "Без сценариев.")
	p.Note(1, "И второй пункт.")
	p.save(1)
	p.Reads("notice.notes")
	if p.Noted(0) != "Без сценариев." || p.Noted(1) != "И второй пункт." {
		t.Errorf("got %q and %q", p.Noted(0), p.Noted(1))
	}
	p.Note(0, "Дописано до смены языка.")
	p.PressText(locale.Danish.Endonym())
	if p.Noted(0) != "Дописано до смены языка." {
		t.Errorf("after the switch of language: %q", p.Noted(0))
	}
	p.PressText(locale.Russian.Endonym())
	other := writer(t, site, coordinator, View{Language: locale.Russian})
	other.Note(0, "Написано кем-то ещё.")
	other.Told("notes.status.saved")
	p.save(0)
	p.Reads("notes.clash.title")
	p.Axe()
	p.Choose(p.Says("notes.clash.theirs"))
	p.Press("notes.clash.save")
	if p.Noted(0) != "Написано кем-то ещё." || p.Noted(1) != "И второй пункт." {
		t.Errorf("got %q and %q", p.Noted(0), p.Noted(1))
	}
}

// save presses the button under the nth text area.
func (p *Person) save(n int) {
	p.T.Helper()
	p.PressCSS(fmt.Sprintf(".notes-items section:nth-of-type(%d) .notes-bar button", n+1))
}

func TestADecisionAndAnActionItemComeOutOfTheNotes(t *testing.T) {
	site := Demo(t)
	for _, view := range []View{{Language: locale.Russian, NoScript: true}, {Language: locale.Danish}} {
		account := map[locale.Language]string{locale.Russian: coordinator, locale.Danish: coordinatorDenmark}[view.Language]
		p := writer(t, site, account, view)
		p.Note(0, "Сначала заметка.")
		p.PressCSS(".notes-items section:nth-of-type(2) summary")
		p.Fill("notes.decision.label", "Созвониться через месяц: "+string(view.Language))
		p.PressCSS(".notes-items section:nth-of-type(2) .details button")
		p.Reads("notice.decision")
		p.Sees("Созвониться через месяц: " + string(view.Language))
		p.PressCSS(".notes-items section:nth-of-type(2) button[name=recording]")
		p.Fill("notes.action.title", "Найти день: "+string(view.Language))
		p.Press("notes.action.save")
		p.Sees(p.Says("error.required"))
		p.Fill("notes.action.due", "2020-09-15")
		eval[chromedp.Void](p, `document.querySelector('#action select').selectedIndex = 1`)
		p.Press("notes.action.save")
		p.Reads("notice.action")
		p.Sees("Найти день: " + string(view.Language))
		if p.Noted(0) != "Сначала заметка." {
			t.Errorf("the note is %q", p.Noted(0))
		}
	}
}
