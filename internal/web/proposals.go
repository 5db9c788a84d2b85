package web

import (
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
	orgpages "example.org/tandem/templates/organisations"
	pages "example.org/tandem/templates/partnerships"
	"example.org/tandem/templates/parts"
)

// newProposal shows an empty form, with the unit chosen that the address names.
func (w *Web) newProposal(c echo.Context) error {
	r, a := w.reader(c), signin.ActorOf(c)
	v := url.Values{"language": {string(a.Writes)}, "kind": {string(org.Joint)}, "starts-on": {r.Now.In(r.Zone).Format("2006-01-02")}}
	if unit := c.QueryParam("unit"); unit != "" {
		v.Set("units", unit)
	}
	return w.proposalForm(c, &form{Values: v})
}

// proposePartnership takes it.
func (w *Web) proposePartnership(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	ctx, a := c.Request().Context(), signin.ActorOf(c)
	if f.again {
		return w.proposalForm(c, f)
	}
	d := partnershipDraft(f)
	id, err := w.Org.Propose(ctx, a, d)
	if f.refused(err) {
		return w.proposalForm(c, f)
	}
	if err != nil {
		return err
	}
	if err := w.Org.RememberWriting(ctx, a, d.Name[0].Language); err != nil {
		return err
	}
	return w.seeOther(c, "/partnerships/proposals/"+id, "notice.proposal.sent")
}

func partnershipDraft(f *form) org.PartnershipDraft {
	d := org.PartnershipDraft{Kind: org.Kind(f.Get("kind")), Name: org.Name{f.draft("name").Line()}, StartsOn: day(f.line("starts-on")), EndsOn: day(f.line("ends-on")),
		Focus: f.Values["focus"], UnitIDs: f.Values["units"]}
	if purpose := f.draft("purpose"); purpose.Body != "" {
		d.Purpose = org.Name{purpose}
	}
	return d
}

// proposalForm is for who administers something: nobody else can propose, and who sees no units learns of no such form.
func (w *Web) proposalForm(c echo.Context, f *form) error {
	r, a := w.reader(c), signin.ActorOf(c)
	units, _, err := w.Org.Units(c.Request().Context(), a)
	if err != nil {
		return err
	}
	if !a.Administers() {
		return problem.Forbid()
	}
	page := pages.ProposalForm{Page: w.base(c, "partnerships", r.T("partnerships.propose"))}
	page.Language, _ = locale.Parse(f.Get("language"))
	for _, society := range trees(r, a, units) {
		page.Trees = append(page.Trees, offered(a, f, society, !hasSay(a, society.ID)))
	}
	slices.SortStableFunc(page.Trees, func(x, y pages.Branch) int { return distance(a, x.ID) - distance(a, y.ID) })
	page.Page.Form = "proposal"
	f.labels = partnershipLabels(r)
	page.Form = f.view(r)
	return w.show(c, f.status(), pages.ShowProposalForm(page))
}

// offered puts boxes on a tree: on every unit of a society that the actor has no say in, else on what they administer.
func offered(a access.Actor, f *form, b orgpages.Branch, all bool) pages.Branch {
	all = all || slices.ContainsFunc(a.Memberships, func(m access.Membership) bool { return m.UnitID == b.ID && m.Role.Reaches(access.Administrator) })
	o := pages.Branch{Unit: b.Unit, Offered: all, Chosen: slices.Contains(f.Values["units"], b.ID)}
	for _, child := range b.Below {
		o.Below = append(o.Below, offered(a, f, child, all))
	}
	return o
}

// hasSay tells whether somebody administers anything of a society.
func hasSay(a access.Actor, societyID string) bool {
	return slices.ContainsFunc(a.Memberships, func(m access.Membership) bool {
		return m.SocietyID == societyID && m.Role.Reaches(access.Administrator)
	})
}

// partnershipLabels are what the fields of the forms of a partnership are called.
func partnershipLabels(r locale.Reader) map[string]string {
	return map[string]string{"name": r.T("partnerships.field.name"), "purpose": r.T("partnerships.purpose"), "kind": r.T("partnerships.field.kind"),
		"focus": r.T("partnerships.focus"), "starts-on": r.T("partnerships.field.starts"), "ends-on": r.T("partnerships.field.ends"),
		"units": r.T("partnerships.sides"), "reason": r.T("partnerships.proposal.reason")}
}

func (w *Web) showProposal(c echo.Context) error {
	return w.proposalPage(c, &form{Values: url.Values{"language": {string(signin.ActorOf(c).Writes)}}})
}

func (w *Web) proposalPage(c echo.Context, f *form) error {
	r, a := w.reader(c), signin.ActorOf(c)
	p, err := w.Org.FindProposal(c.Request().Context(), a, c.Param("id"))
	if err != nil {
		return err
	}
	page := pages.Proposal{Page: w.base(c, "partnerships", said(r, p.Name).Body), Proposal: p, Withdraws: p.Withdraws(a)}
	for _, s := range p.Societies() {
		if s.ID == p.Answers(a) {
			page.Answers, page.Page.Form = s, "decline"
		}
	}
	f.labels = partnershipLabels(r)
	page.Form = f.view(r)
	return w.show(c, f.status(), pages.ShowProposal(page))
}

func (w *Web) acceptProposal(c echo.Context) error {
	partnership, err := w.Org.Accept(c.Request().Context(), signin.ActorOf(c), c.Param("id"))
	f := &form{Values: url.Values{"language": {string(signin.ActorOf(c).Writes)}}}
	switch {
	case f.refused(err):
		return w.proposalPage(c, f)
	case err != nil:
		return err
	case partnership != "":
		return w.seeOther(c, "/partnerships/"+partnership, "notice.proposal.begun")
	}
	return w.seeOther(c, "/partnerships/proposals/"+c.Param("id"), "notice.proposal.agreed")
}

func (w *Web) declineProposal(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	if !f.again {
		err = w.Org.Decline(c.Request().Context(), signin.ActorOf(c), c.Param("id"), f.draft("reason"))
	}
	if f.again || f.refused(err) {
		return w.proposalPage(c, f)
	}
	if err != nil {
		return err
	}
	return w.seeOther(c, "/partnerships/proposals/"+c.Param("id"), "notice.proposal.declined")
}

func (w *Web) withdrawProposal(c echo.Context) error {
	f := &form{Values: url.Values{}}
	err := w.Org.Withdraw(c.Request().Context(), signin.ActorOf(c), c.Param("id"))
	if f.refused(err) {
		return w.proposalPage(c, f)
	}
	if err != nil {
		return err
	}
	return w.seeOther(c, "/partnerships/proposals/"+c.Param("id"), "notice.proposal.withdrawn")
}

// proposed adds what awaits an answer to the list of partnerships, for who administers something.
func (w *Web) proposed(c echo.Context, page *pages.List) error {
	a := signin.ActorOf(c)
	if page.MayPropose = a.Administers(); !page.MayPropose {
		return nil
	}
	list, more, err := w.Org.Proposals(c.Request().Context(), a)
	for _, p := range list {
		page.Proposed = append(page.Proposed, pages.Proposed{Proposal: p, Yours: p.Answers(a) != ""})
	}
	if more {
		page.Notices = append(page.Notices, notice(parts.Info, page.Reader.T("partnerships.more")))
	}
	return err
}
