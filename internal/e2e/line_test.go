package e2e

import (
	"context"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Line cuts the person's line, or joins it again: the browser knows, and says so to the page.
func (p *Person) Line(joined bool) {
	p.T.Helper()
	call(p, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{
		{Offline: !joined, DownloadThroughput: -1, UploadThroughput: -1}}})
	call(p, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: !joined, DownloadThroughput: -1, UploadThroughput: -1})
}

// Fault answers every request to addresses of a pattern with a status, until it is called with 0. `*` stands for anything.
func (p *Person) Fault(pattern string, status int64) {
	p.T.Helper()
	if status == 0 {
		call(p, fetch.Disable, cdp.Empty{})
		return
	}
	p.Expect(int(status))
	p.must(chromedp.Listen(p.tab, func(event any) {
		if e, is := event.(*fetch.EventRequestPaused); is {
			go chromedp.Call(p.tab, fetch.FulfillRequest, fetch.FulfillRequestParams{RequestID: e.RequestID, ResponseCode: status})
		}
	}), "listen to requests")
	call(p, fetch.Enable, fetch.EnableParams{Patterns: []*fetch.RequestPattern{{URLPattern: pattern}}})
}

// Forget ends the person's session behind their back: their browser no longer has its cookie.
func (p *Person) Forget() {
	p.T.Helper()
	call(p, network.ClearBrowserCookies, cdp.Empty{})
}

// Tab opens one more tab of the same browser: cookies and what sites keep there are shared.
func (p *Person) Tab() *Person {
	p.T.Helper()
	tab, cancel := chromedp.NewContext(p.tab)
	p.T.Cleanup(cancel)
	other := &Person{T: p.T, View: p.View, Reader: p.Reader, address: p.address, tab: tab, watch: newWatch(p.address)}
	other.must(chromedp.Do(tab), "open a tab")
	other.must(chromedp.Listen(tab, other.watch.see), "listen to the browser")
	other.resize(p.View.Width)
	other.dress(p.View.Dark)
	return other
}

// Leave goes to an empty page, which needs no line.
func (p *Person) Leave() {
	p.T.Helper()
	call(p, page.Navigate, page.NavigateParams{URL: "about:blank"})
}

// CloseTab closes it as the × of a tab does. Nothing can be done in it afterwards.
func (p *Person) CloseTab() {
	p.T.Helper()
	ctx, cancel := context.WithTimeout(p.tab, patience)
	defer cancel()
	chromedp.Call(ctx, page.Close, cdp.Empty{})
}
