package provider

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/url"
	"slices"

	"example.org/tandem/internal/locale"
	"example.org/tandem/static"
	"example.org/tandem/templates/layout"
	pages "example.org/tandem/templates/signin"
	"github.com/a-h/templ"
	"github.com/zitadel/oidc/v3/pkg/oidc"
)

const loginPath = Path + "/login"

// showAccounts asks who it is, unless that is known: Tandem has said whom it wants (login_hint), or this browser has chosen
// before and nobody asked for another choice.
func (p *Provider) showAccounts(w http.ResponseWriter, r *http.Request) {
	request, err := p.memory.request(r.FormValue("id"))
	if err != nil {
		p.gone(w, r)
		return
	}
	chosen := request.asked.LoginHint
	again := slices.Contains(request.asked.Prompt, oidc.PromptLogin) || slices.Contains(request.asked.Prompt, oidc.PromptSelectAccount)
	if chosen == "" && !again {
		chosen = p.memory.known(r.Context())
	}
	if chosen != "" && p.admit(w, r, request.id, chosen) {
		return
	}
	page := pages.Chooser{Page: p.page(p.reader(r, request), "accounts"), Action: loginPath, Request: request.id}
	for _, a := range p.everyone {
		page.Societies.Add(page.Reader, a.Society, pages.Account{ID: a.ID, Name: a.Name, Role: a.Role, Unit: a.Unit})
	}
	show(w, r, http.StatusOK, pages.ShowChooser(page))
}

// chooseAccount takes the button that was pressed. The language switch of the page comes here too.
func (p *Provider) chooseAccount(w http.ResponseWriter, r *http.Request) {
	id := r.PostFormValue("id")
	if language := r.PostFormValue("switch-language"); language != "" {
		http.Redirect(w, r, loginPath+"?"+url.Values{"id": {id}, "language": {language}}.Encode(), http.StatusSeeOther)
		return
	}
	if !p.admit(w, r, id, r.PostFormValue("account")) {
		p.gone(w, r)
	}
}

// admit signs an account in and sends the browser back to Tandem, if there are such a request and such an account.
func (p *Provider) admit(w http.ResponseWriter, r *http.Request, requestID, accountID string) bool {
	if p.memory.choose(requestID, accountID) != nil {
		return false
	}
	p.begin(w, accountID)
	http.Redirect(w, r, p.callback(r.Context(), requestID), http.StatusSeeOther)
	return true
}

// gone is for a request that is unknown or was answered: the way on is to begin again in Tandem.
func (p *Provider) gone(w http.ResponseWriter, r *http.Request) {
	reader := p.reader(r, &request{})
	page := pages.Gone{Page: p.page(reader, "")}
	show(w, r, http.StatusUnprocessableEntity, pages.ShowGone(page))
}

func (p *Provider) page(r locale.Reader, form string) layout.Page {
	return layout.Page{Reader: r, Title: r.T("demo.provider.name"), Path: "/sign-in", Section: "sign-in", Assets: static.Path, Form: form}
}

// reader speaks the language that was switched to here, else the one that Tandem asked for, else the browser's.
func (p *Provider) reader(r *http.Request, request *request) locale.Reader {
	l, ok := locale.Parse(r.FormValue("language"))
	for _, tag := range request.asked.UILocales {
		if !ok {
			l, ok = locale.Parse(tag.String())
		}
	}
	if !ok {
		l = locale.Choose(r.Header)
	}
	return p.catalog.Reader(l, nil, p.memory.now())
}

func show(w http.ResponseWriter, r *http.Request, status int, page templ.Component) {
	var buffer bytes.Buffer
	if err := page.Render(r.Context(), &buffer); err != nil {
		slog.ErrorContext(r.Context(), "the demo provider's page could not be shown", "error", err)
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	w.Write(buffer.Bytes())
}
