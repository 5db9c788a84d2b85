package e2e

import (
	"fmt"
	"testing"

	"example.org/tandem/internal/locale"
)

// A session that ends while somebody types costs them nothing: what they sent is there again after they have signed in, on
// its own page.
func TestDoorGivesBackWhatWasTyped(t *testing.T) {
	t.Parallel()
	for l, noScript := range map[locale.Language]bool{locale.Danish: false, locale.Belarusian: true} {
		t.Run(fmt.Sprintf("%s, script %v", l, !noScript), func(t *testing.T) {
			t.Parallel()
			p := Open(t, Demo(t), View{Language: l, NoScript: noScript, Width: phone})
			p.SignIn(coordinator)
			p.Visit("/lessons/new")
			p.Fill("lessons.section.title", p.Types().Title)
			p.Fill("lessons.section.summary", p.Types().Note)
			p.Forget()
			p.Press("lessons.begin")
			p.PressCSS("button[name=account][value='" + coordinator + "']")
			p.Reads("kept.title")
			p.Speak()
			p.Sees(p.Types().Title)
			p.Check()
			p.Press("kept.continue")
			if got := p.Value("lessons.section.title"); got != p.Types().Title {
				t.Errorf("the title is %q", got)
			}
			if got := p.Value("lessons.section.summary"); even(got) != even(p.Types().Note) {
				t.Errorf("the summary is %q", got)
			}
			p.Press("lessons.begin")
			p.Reads("notice.lesson.begun")
		})
	}
}
