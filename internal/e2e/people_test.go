package e2e

// Accounts of the demo, as its content names them.
const (
	coordinator        = "p-brc-vol"    // of volunteers, at the Belarusian secretariat; reads Russian
	coordinatorDenmark = "p-drc-voldev" // at the Danish headquarters; reads Danish and English
	siteAdministrator  = "p-admin"      // looks after the installation, sees no work
	staff              = "p-koge-vol-1" // a volunteer in Køge; reads Danish
)

// SignIn is somebody of the demo coming in. Their account may have another language: they ask for theirs with the switch
// that every page has.
func (p *Person) SignIn(account string) {
	p.T.Helper()
	p.Visit("/sign-in")
	p.PressCSS("button[name=account][value='" + account + "']")
	if !p.wait(func() bool { return eval[bool](p, `!!document.querySelector('form[action="/sign-out"]')`) }) {
		p.T.Fatalf("%s is not signed in, but on %s:\n%s", account, p.Path(), p.Text())
	}
	p.Speak()
}

const pageLanguage = `document.documentElement ? document.documentElement.lang : ''`

// Speak makes the pages speak the person's language from now on.
func (p *Person) Speak() {
	p.T.Helper()
	if eval[string](p, pageLanguage) != string(p.Language()) {
		p.PressText(p.Language().Endonym())
		p.wait(func() bool { return eval[string](p, pageLanguage) == string(p.Language()) })
	}
}
