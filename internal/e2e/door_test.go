package e2e

import (
	"fmt"
	"testing"

	content "example.org/tandem/internal/demo"
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

// door is an administrator, whoever they invite, and an administrator of the other society.
type door struct {
	admin, newcomer, other *Person
}

func openDoor(t *testing.T) *door {
	site := Demo(t)
	d := &door{admin: Open(t, site, View{Language: locale.Russian}), newcomer: Open(t, site, View{Language: locale.Belarusian, Width: phone}),
		other: Open(t, site, View{Language: locale.Danish})}
	d.admin.SignIn(coordinator) // administers the Belarusian secretariat
	return d
}

// invite has the administrator invite somebody to their unit, by mail.
func (d *door) invite() {
	p := d.admin
	p.Visit("/people?unit=" + content.ID("brc-sec"))
	p.Press("people.invite")
	p.Check()
	p.Press("people.invite.send")
	p.Reads("error.required") // nothing typed is told beside its field
	p.Fill("people.invite.name", "Новый волонтёр, Минск")
	p.Fill("people.email", "newcomer@tandem.example")
	p.In(p.Says("people.invite.language")).Choose(locale.Belarusian.Endonym())
	p.Press("people.invite.send")
	p.Reads("notice.invited")
	p.Sees("Новый волонтёр, Минск")
	p.Check()
}

// come is the newcomer's way from the mail to the first page.
func (d *door) come() {
	p := d.newcomer
	p.openMail("invited", "newcomer@tandem.example", "Tandem")
	p.PressCSS("article.letter a[href*='/invitations/']")
	p.Reads("invitations.accept.title")
	p.Check()
	p.PressCSS("main form button[name=provider]")
	p.PressCSS("button[name=account][value='newcomer-1']")
	p.Reads("privacy.agree")
	p.Choose(p.Says("privacy.agree.tick"))
	p.Press("privacy.agree.button")
	p.Reads("home.coming")
}

func TestDoorInvitation(t *testing.T) {
	t.Parallel()
	d := openDoor(t)
	d.invite()
	d.come()
	p := d.newcomer
	p.Visit("/conferences")
	p.Sees("2020")
	stranger := d.other
	stranger.openMail("invited", "newcomer@tandem.example", "Tandem")
	stranger.PressCSS("article.letter a[href*='/invitations/']")
	stranger.Reads("invitations.gone") // it was good once
	d.remove()
}

// remove ends the newcomer's membership: they are out at their next click.
func (d *door) remove() {
	p := d.admin
	p.Visit("/people?unit=" + content.ID("brc-sec"))
	p.PressText("Новый волонтёр, Минск")
	p.Check()
	p.Press("people.end")
	p.Reads("people.end.nothing")
	p.Check()
	p.Press("people.end.do")
	p.Reads("notice.person.ended")
	if status := d.newcomer.VisitStatus("/conferences/" + content.ID("conf-2020-08")); status != 404 {
		p.T.Errorf("who was removed still gets %d", status)
	}
	d.newcomer.Visit("/me")
}

func TestDoorPartnershipOfBothSides(t *testing.T) {
	t.Parallel()
	d := openDoor(t)
	p, other := d.admin, d.other
	other.SignIn("p-drc-country")
	p.Visit("/partnerships")
	p.Press("partnerships.propose")
	p.Check()
	p.Fill("partnerships.field.name", "Первая помощь вместе")
	p.Fill("conferences.field.purpose", "Учиться друг у друга.")
	p.Choose("Секретариат Белорусского Красного Креста")
	p.Choose("Отделение Датского Красного Креста в Кёге")
	p.Press("partnerships.send")
	p.Reads("notice.proposal.sent")
	p.Check()
	path := p.Path()
	other.Visit("/partnerships")
	other.PressText("Первая помощь вместе")
	other.Check()
	other.Press("partnerships.proposal.accept")
	other.Reads("notice.proposal.begun")
	p.Visit(path)
	p.Press("partnerships.proposal.open")
	p.Sees("Первая помощь вместе")
	p.Check()
}

func TestDoorDevices(t *testing.T) {
	t.Parallel()
	site := Demo(t)
	desk, pocket := Open(t, site, View{Language: locale.Danish}), Open(t, site, View{Language: locale.Danish, Width: phone})
	for _, p := range []*Person{desk, pocket} {
		p.SignIn(coordinatorDenmark)
	}
	desk.Visit("/me/devices")
	desk.Check()
	desk.Press("me.devices.others")
	desk.SeesNot(desk.Says("me.devices.others"))
	pocket.Visit("/actions")
	if got := pocket.Path(); got != "/sign-in?next=%2Factions" {
		t.Errorf("the device that was signed out is on %s", got)
	}
	desk.Visit("/actions")
}
