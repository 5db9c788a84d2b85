package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/chromedp"

	"example.org/tandem/internal/locale"
)

// The lesson of this test, as its author types it, and as it is put into Danish.
var (
	lessonRU = []string{"Звонки пожилым людям", "Как звонить так, чтобы вам были рады.",
		"Весной волонтёры звонили каждую неделю.", "– Один и тот же голос.\n– Один и тот же час."}
	lessonDA = []string{"Opkald til ældre", "Sådan ringer man, så folk bliver glade.",
		"I foråret ringede de frivillige hver uge.", "Den samme stemme.", "Det samme tidspunkt."}
	mendedRU = "Весной волонтёры звонили два раза в неделю."
	mendedDA = "I foråret ringede de frivillige to gange om ugen."
)

// telling are four people with one lesson: who writes it, who translates it, who reads it in a language that it lacks, and
// somebody out in the world.
type telling struct {
	author, translator, reader, stranger *Person
	path                                 string
}

func TestLesson(t *testing.T) {
	t.Parallel()
	for _, noScript := range []bool{false, true} {
		t.Run(fmt.Sprintf("script %v", !noScript), func(t *testing.T) {
			t.Parallel()
			site := Demo(t)
			open := func(l locale.Language) *Person { return Open(t, site, View{Language: l, NoScript: noScript}) }
			s := &telling{author: open(locale.Russian), translator: open(locale.Danish), reader: open(locale.Belarusian), stranger: open(locale.English)}
			s.author.SignIn(coordinator)
			s.translator.SignIn(coordinatorDenmark)
			s.reader.SignIn("p-brc-vol-grodno")
			s.write()
			s.attach()
			s.share()
			s.translate()
			s.mend()
			s.catchUp()
			s.read()
			s.publish()
		})
	}
}

func (s *telling) write() {
	p := s.author
	p.Visit("/lessons")
	p.Check()
	p.Press("lessons.new")
	p.Fill("lessons.section.title", lessonRU[0])
	p.Fill("lessons.section.summary", lessonRU[1])
	p.Fill("lessons.section.context", lessonRU[2])
	p.Fill("lessons.section.key-lessons", lessonRU[3])
	p.Check()
	p.Press("lessons.begin")
	p.Reads("notice.lesson.begun")
	s.path = p.Path()
	if status := s.translator.VisitStatus(s.path); status != 404 {
		p.T.Errorf("the other society sees the draft: %d", status)
	}
}

// attach adds a file the way a file dialogue does.
func (s *telling) attach() {
	p := s.author
	guide := filepath.Join(p.T.TempDir(), "памятка.txt")
	if err := os.WriteFile(guide, []byte("Поздоровайтесь. Назовите себя.\n"), 0o600); err != nil {
		p.T.Fatal(err)
	}
	p.Press("lessons.files.change")
	field := p.element(`document.querySelector('input[name=file]')`, "field for a file")
	call(p, dom.SetFileInputFiles, dom.SetFileInputFilesParams{Files: []string{guide}, BackendNodeID: field})
	p.Check()
	p.Press("lessons.files.add.do")
	p.Reads("notice.file.attached")
	p.Sees("памятка.txt")
}

func (s *telling) share() {
	p := s.author
	p.Visit(s.path)
	p.Check()
	p.step("share")
	p.Reads("notice.lesson.shared")
}

// step opens what a deed means, and does it.
func (p *Person) step(name string) {
	p.T.Helper()
	p.PressCSS("details:has(form[action$='/" + name + "']) > summary")
	p.PressCSS("form[action$='/" + name + "'] button")
}

// translate: the other society reads it in Russian, with a label, and puts it into Danish.
func (s *telling) translate() {
	p := s.translator
	p.Visit(s.path)
	p.Reads("said.other", locale.V{"Language": p.Reader.LanguageName(locale.Russian)})
	p.Sees(lessonRU[0])
	p.Check()
	p.Press("lessons.translate", locale.V{"Language": p.Reader.LanguageName(locale.Danish)})
	for i, sentence := range lessonDA {
		p.fill(p.element(fmt.Sprintf(`document.querySelectorAll('.pair textarea')[%d] || null`, i), "field of paragraph"), sentence)
	}
	p.Check()
	p.Press("translate.save-all")
	p.Visit(s.path)
	for _, sentence := range lessonDA {
		p.Sees(sentence)
	}
	p.SeesNot(p.Says("said.other", locale.V{"Language": p.Reader.LanguageName(locale.Russian)}))
}

// mend: the source is edited; what it was translated into says that it is behind.
func (s *telling) mend() {
	p := s.author
	p.Visit(s.path + "/edit")
	p.Fill("lessons.section.context", mendedRU)
	p.Press("conferences.save")
	p.Reads("notice.lesson.saved")
	s.translator.Visit(s.path)
	s.translator.Reads("said.out-of-date")
	s.translator.Sees(lessonDA[2]) // the old translation stays readable
}

// catchUp: the translation page marks what changed, and the translation follows.
func (s *telling) catchUp() {
	p := s.translator
	p.Visit(s.path + "/translate/da")
	p.In(mendedRU).Sees("два раза")
	if marked := eval[string](p, `[...document.querySelectorAll('.pair-changed ins')].map(e => e.textContent).join(' ')`); marked == "" {
		p.T.Error("what changed is not marked")
	}
	p.Check()
	p.FillCSS(".pair-out-of-date textarea", mendedDA)
	p.Press("translate.save-all")
	p.Visit(s.path)
	p.Sees(mendedDA)
	p.SeesNot(p.Says("said.out-of-date"))
}

// read: there is no Belarusian version. Who reads Belarusian gets another that they read, with a label, and the file.
func (s *telling) read() {
	p := s.reader
	p.Visit(s.path)
	p.Reads("said.other", locale.V{"Language": p.Reader.LanguageName(locale.Russian)})
	p.Sees(mendedRU)
	p.Check()
	s.opensFile(p)
}

func (s *telling) opensFile(p *Person) {
	p.T.Helper()
	const file = `fetch(document.querySelector('a.file').href).then(a => a.status + ' ' + a.headers.get('Content-Disposition').split(';')[0])`
	if got := eval[string](p, file, chromedp.EvalAwaitPromise); got != "200 attachment" {
		p.T.Errorf("%s opens the file: %s", p.Language(), got)
	}
}

// publish: anybody reads it now, signed out, and opens its file.
func (s *telling) publish() {
	if s.stranger.Visit(s.path); s.stranger.Path()[:8] != "/sign-in" {
		s.stranger.T.Errorf("a stranger is on %s", s.stranger.Path())
	}
	s.author.Visit(s.path)
	s.author.step("publish")
	s.author.Reads("notice.lesson.published")
	p := s.stranger
	p.Visit(s.path)
	p.Sees(lessonRU[0])
	p.Reads("said.other", locale.V{"Language": p.Reader.LanguageName(locale.Russian)})
	p.Check()
	s.opensFile(p)
	p.Visit("/")
	p.Sees(lessonRU[0])
}
