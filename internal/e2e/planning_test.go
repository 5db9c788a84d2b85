package e2e

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/chromedp/chromedp/kb"

	content "example.org/tandem/internal/demo"
	"example.org/tandem/internal/locale"
)

// planning is a conference between two offices, from the grid of hours to the mail that calls it off. Five of them are asked and a
// guest without an account: one answers with the keyboard alone, one without script, one on a phone, one by telephone.
type planning struct {
	planner, keyboard, noScript, phone, other, guest *Person
	site, path                                       string
}

// guestAddress is that of somebody without an account.
const guestAddress = "apoteker@tandem.example"

// asked are the five who have an account, by their accounts and addresses.
var asked = map[string]string{
	coordinator: "brc-vol@tandem.example", "p-brc-vol-grodno": "brc-vol-grodno@tandem.example",
	coordinatorDenmark: "drc-voldev@tandem.example", "p-koge-chair": "koge-chair@tandem.example", staff: "koge-vol-1@tandem.example",
}

func TestPlanning(t *testing.T) {
	t.Parallel()
	site := Demo(t)
	s := &planning{
		site:     site,
		planner:  Open(t, site, View{Language: locale.Russian}),
		keyboard: Open(t, site, View{Language: locale.Belarusian}),
		noScript: Open(t, site, View{Language: locale.Danish, NoScript: true}),
		phone:    Open(t, site, View{Language: locale.English, Width: phone}),
		other:    Open(t, site, View{Language: locale.Danish}),
		guest:    Open(t, site, View{Language: locale.Danish, Width: phone}),
	}
	s.propose(t)
	s.askGuest(t)
	s.answer(t)
	s.choose(t)
	s.move(t)
	s.cancel(t)
	s.readEveryMail(t)
}

// propose: three hours of the third week are picked in the grid, and only five people are asked.
func (s *planning) propose(t *testing.T) {
	p := s.planner
	p.SignIn(coordinator)
	p.Visit("/conferences/new")
	p.Fill("conferences.field.title", p.Types().Title)
	for range 3 {
		p.Press("conferences.grid.later")
	}
	for _, local := range []string{"2020-08-18T11:00", "2020-08-19T14:00", "2020-08-20T10:00"} {
		p.PressCSS("[id='at-" + local + "']")
	}
	if got := p.Value("conferences.field.title"); got != p.Types().Title {
		t.Errorf("the grid has lost the title: %q", got)
	}
	for _, id := range eval[[]string](p, `[...document.querySelectorAll('input[name=participants]:checked')].map(e => e.value)`) {
		if !slices.ContainsFunc(accounts(), func(account string) bool { return content.ID(account) == id }) {
			p.PressCSS("input[name=participants][value='" + id + "']")
		}
	}
	p.Reads("conferences.told.poll", locale.V{"N": len(asked)})
	p.Check()
	p.Press("conferences.send")
	p.Reads("notice.conference.asked")
	s.path = p.Path()
}

func accounts() (list []string) {
	for account := range asked {
		list = append(list, account)
	}
	return list
}

// askGuest: the guest's mail opens one page, in the language that they are written to in, without signing in.
func (s *planning) askGuest(t *testing.T) {
	p := s.planner
	p.Visit(s.path + "/guests")
	p.Fill("guests.name", "Apoteker, Køge")
	p.Fill("guests.email", guestAddress)
	p.In(p.Says("guests.language")).Choose(locale.Danish.Endonym())
	p.Press("guests.ask.send")
	p.Sees(guestAddress)
	p.Check()
	s.guest.openMail("poll", guestAddress, p.Types().Title)
	s.guest.PressCSS("article.letter a[href*='/guest/']")
	s.guest.Reads("guests.lead")
	s.guest.sayYes("2", "")
	s.guest.Check()
}

// answer: each in their own way. The one on the phone was asked by telephone; the planner answers for them.
func (s *planning) answer(t *testing.T) {
	s.keyboard.SignIn("p-brc-vol-grodno")
	s.keyboard.Visit(s.path + "/poll")
	for range 3 {
		s.keyboard.tabTo("#poll input[type=radio]:not(.done)")
		s.keyboard.Key(" ")
		eval[bool](s.keyboard, `(() => { for (const e of document.getElementsByName(document.activeElement.name)) e.classList.add('done'); return true })()`)
	}
	s.keyboard.tabTo("#poll button[type=submit]")
	s.keyboard.Key(kb.Enter)
	s.keyboard.Reads("notice.conference.poll-answered")

	s.noScript.SignIn("p-koge-chair")
	s.noScript.Visit(s.path + "/poll")
	s.noScript.sayYes("2", "kun til kl. 15")
	s.other.SignIn(coordinatorDenmark)
	s.other.Visit(s.path + "/poll")
	s.other.sayYes("2", "")

	s.planner.Visit(s.path + "/poll?for=" + content.ID(staff))
	s.planner.sayYes("2", "")
	s.planner.Visit(s.path + "/poll")
	s.planner.sayYes("2", "")
	s.planner.Sees("kun til kl. 15")
	s.planner.PressCSS("tbody details summary")
	s.planner.Reads("conferences.poll.by")
	s.planner.Check()
}

// sayYes answers yes to one of the times, by its place, and no to all others.
func (p *Person) sayYes(place, note string) {
	p.T.Helper()
	for row := range 3 {
		value := "no"
		if fmt.Sprint(row+1) == place {
			value = "yes"
		}
		p.PressCSS(fmt.Sprintf("form tbody tr:nth-child(%d) input[value=%s]", row+1, value))
	}
	if note != "" {
		p.Fill("conferences.poll.note", note)
	}
	p.Press("conferences.poll.send")
	p.Reads("notice.conference.poll-answered")
}

// tabTo presses Tab until the focus is where a selector says.
func (p *Person) tabTo(selector string) {
	p.T.Helper()
	for range 120 {
		p.Key(kb.Tab)
		if eval[bool](p, "document.activeElement.matches("+quote(selector)+")") {
			return
		}
	}
	p.T.Fatalf("the Tab key does not come to %s on %s", selector, p.Path())
}

func (s *planning) choose(t *testing.T) {
	p := s.planner
	best := p.In(p.Says("conferences.poll.best"))
	best.Sees("14:00")
	best.Press("conferences.poll.choose")
	p.Reads("notice.conference.invited")
	s.phone.SignIn(staff)
	s.phone.Visit(s.path)
	s.phone.Choose(s.phone.Says("conferences.answer.ACCEPTED"))
	s.phone.Press("conferences.answer.send")
	s.phone.Reads("notice.conference.answered")
}

// move: another hour of the grid takes the place of the time. What was answered was about another time. The mails wait until they
// are released.
func (s *planning) move(t *testing.T) {
	p := s.planner
	p.Visit(s.path + "/edit")
	p.PressCSS("[id='at-2020-08-20T15:00']")
	p.Reads("conferences.told.change", locale.V{"N": len(asked)})
	p.Choose(p.Says("conferences.field.hold.yes"))
	p.Press("conferences.save-and-tell")
	p.Reads("conferences.held", locale.V{"N": fmt.Sprint(len(asked) + 1)})
	p.Check()
	p.Press("conferences.held.release")
	p.Reads("notice.conference.saved")
	s.phone.Visit(s.path)
	s.phone.Reads("conferences.answer.title")
	if s.phone.Chosen(s.phone.Says("conferences.answer.ACCEPTED")) {
		t.Error("an answer about another time was kept")
	}
	s.phone.Check()
}

func (s *planning) cancel(t *testing.T) {
	p := s.planner
	p.Visit(s.path)
	p.PressCSS("details:has(form[action$='/cancel']) > summary")
	p.Press("conferences.cancel")
	p.Reads("notice.conference.cancelled")
}

var (
	method   = regexp.MustCompile(`(?m)^METHOD:(\w+)`)
	sequence = regexp.MustCompile(`(?m)^SEQUENCE:(\d+)`)
	uid      = regexp.MustCompile(`(?m)^UID:(\S+)`)
	starts   = regexp.MustCompile(`(?m)^DTSTART;TZID=[^:]*:(\S+)`)
)

// readEveryMail: one decision, one mail to each; each entry has the same UID and a higher sequence than the one before.
func (s *planning) readEveryMail(t *testing.T) {
	want := []string{"poll", "invite REQUEST 0 20200819T140000", "change REQUEST 1 20200820T150000", "cancel CANCEL 2 20200820T150000"}
	everybody := maps.Clone(asked)
	everybody["the guest"] = guestAddress
	for account, address := range everybody {
		var got []string
		var known string
		s.planner.wait(func() bool {
			got, known = s.mails(t, address, known)
			return len(got) >= len(want)
		})
		if !slices.Equal(got, want) {
			t.Errorf("%s got\n  %s\nand not\n  %s", account, strings.Join(got, "\n  "), strings.Join(want, "\n  "))
		}
	}
}

// mails are those about this conference that came to an address, the oldest first: kind, method, sequence and start.
func (s *planning) mails(t *testing.T, address, known string) (list []string, id string) {
	t.Helper()
	conference := strings.TrimPrefix(s.path, "/conferences/")
	page, err := goquery.NewDocumentFromReader(strings.NewReader(s.read(t, "/mailbox?receiver="+address)))
	if err != nil {
		t.Fatal(err)
	}
	for _, link := range page.Find("li.card .letter-subject a").EachIter() {
		href := link.AttrOr("href", "")
		kind, of, _ := strings.Cut(strings.TrimPrefix(href, "/mailbox/"), ".")
		if !strings.HasPrefix(of, conference) {
			continue
		}
		line := kind
		if kind != "poll" {
			entry := s.read(t, href+"/invite.ics")
			line += " " + found(method, entry) + " " + found(sequence, entry) + " " + found(starts, entry)
			if id = found(uid, entry); known != "" && id != known {
				t.Errorf("an entry of another name: %s", id)
			}
			known = id
		}
		list = append(list, line)
	}
	slices.Reverse(list)
	return list, known
}

func found(what *regexp.Regexp, in string) string {
	if m := what.FindStringSubmatch(in); m != nil {
		return m[1]
	}
	return "nothing"
}

// read gets a page of the mailbox: links of mails work signed out.
func (s *planning) read(t *testing.T, path string) string {
	t.Helper()
	answer, err := http.Get(s.site + path)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatal(path, answer.Status, err)
	}
	return string(body)
}
