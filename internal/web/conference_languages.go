package web

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/signin"
	pages "example.org/tandem/templates/conferences"
	"example.org/tandem/templates/parts"
)

// showLanguages shows the form of who interprets and where one listens.
func (w *Web) showLanguages(c echo.Context) error {
	one, err := w.seesGuests(c)
	if err != nil {
		return err
	}
	v := url.Values{}
	for _, pair := range one.Conference.Interpreted() {
		for i, who := range one.Conference.Interpreters(pair.From, pair.To) {
			if names := pages.InterpreterNames(pair.From, pair.To); i < len(names) {
				v.Set(names[i], who.PersonID)
			}
		}
	}
	for l, link := range one.Conference.Listening {
		v.Set(conference.ListeningField(l), link)
	}
	return w.languagesPage(c, one, &form{Values: v})
}

func (w *Web) languagesPage(c echo.Context, one pages.One, f *form) error {
	r := w.reader(c)
	one.Reader = r
	one.Page = w.base(c, "conferences", r.T("languages.title"))
	one.Page.Form = "languages"
	f.labels = map[string]string{}
	for _, l := range locale.All {
		f.labels[conference.ListeningField(l)] = locale.Capital(r.LanguageName(l))
	}
	return w.show(c, f.status(), pages.ShowLanguages(pages.Languages{One: one, Form: f.view(r)}))
}

// planLanguages takes that form.
func (w *Web) planLanguages(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	one, err := w.seesGuests(c)
	if err != nil {
		return err
	}
	if f.again {
		return w.languagesPage(c, one, f)
	}
	counting, mailed := mailing(c)
	err = w.Conference.PlanLanguages(counting, signin.ActorOf(c), one.Conference.ID, f.number("version"), languagePlan(one.Conference, f))
	if f.refused(err) {
		return w.languagesPage(c, one, f)
	}
	if err != nil {
		return err
	}
	return w.seeOther(c, "/conferences/"+one.Conference.ID, "notice.conference.saved"+mailed())
}

// languagePlan is the form bound: who is chosen between two languages interprets in all directions that are planned.
func languagePlan(c conference.Conference, f *form) conference.LanguagePlan {
	p := conference.LanguagePlan{Interprets: map[string][]conference.Pair{}, Listening: map[locale.Language]string{}}
	for _, pair := range c.Interpretation {
		chosen := map[string]bool{}
		for _, name := range pages.InterpreterNames(pair.From, pair.To) {
			if id := f.line(name); id != "" && !chosen[id] {
				chosen[id] = true
				p.Interprets[id] = append(p.Interprets[id], pair)
			}
		}
	}
	for _, l := range conference.Heard(c.Languages, c.Interpretation) {
		p.Listening[l] = f.line(conference.ListeningField(l))
	}
	return p
}

// showPapers is what an interpreter prepares with.
func (w *Web) showPapers(c echo.Context) error {
	one, err := w.one(c, c.Param("id"))
	if err != nil {
		return err
	}
	title := said(w.reader(c), one.Conference.Title)
	return w.papersPage(c, one, parts.Link{Href: one.At(""), Label: title.Body, Lang: title.Language})
}

// showGuestPapers is the same for an interpreter without an account.
func (w *Web) showGuestPapers(c echo.Context) error {
	return w.asGuest(c, func(one pages.One) error {
		if !one.May(access.ReadPapers) {
			return w.guestGone(c, false) // only who made the address up comes here
		}
		one.Reader = w.reader(c)
		return w.papersPage(c, one, parts.Link{Href: guestPath(c) + guestTime(c), Label: one.Reader.T("conferences.back")})
	})
}

func (w *Web) papersPage(c echo.Context, one pages.One, back parts.Link) error {
	r := w.reader(c)
	one.Reader = r
	one.Page = w.base(c, "conferences", r.T("papers.title"))
	if one.Actor.Guest {
		one.Page.Section = ""
	}
	return w.show(c, http.StatusOK, pages.ShowPapers(pages.Papers{One: one, Back: back, Terms: w.terms(one)}))
}

// mostTerms is how many words of the glossary an interpreter is shown.
const mostTerms = 60

// terms are the words of the glossary that stand in the words of a conference, in any of its languages.
func (w *Web) terms(one pages.One) (list []pages.Term) {
	known, spoken := map[string]bool{}, one.Spoken()
	for _, t := range one.Conference.Words() {
		for _, l := range spoken {
			for _, match := range w.glossary.Find(l, t.In(l)) {
				if known[match.Term.Key] || len(list) == mostTerms {
					continue
				}
				known[match.Term.Key] = true
				list = append(list, match.Term.Names)
			}
		}
	}
	return list
}
