package web_test

import (
	"strings"
	"testing"

	"example.org/tandem/internal/config"
	"example.org/tandem/internal/demo/demotest"
)

func TestAProgressNoteCanBeSentByMailWhereAMailboxIsRead(t *testing.T) {
	read := func(testing.TB) (bool, func(*config.Settings)) {
		return true, func(s *config.Settings) { s.IMAP = "imaps://tandem:password@localhost/INBOX" }
	}
	demotest.EachWith(t, read, func(t *testing.T, s *demotest.Site, _ bool) {
		link := func(account string) string {
			b := s.As(account)
			page := b.Get(b.Get("/actions?whose=all").Document.Find(`main a[href^="/actions/"]:not([href="/actions/new"])`).First().AttrOr("href", ""))
			return page.Document.Find(`a[href^="mailto:"]`).AttrOr("href", "")
		}
		mine, others := link(minsk), link(koge)
		if !strings.Contains(mine, "?subject=Tandem%20%5B%23") || mine == others {
			t.Errorf("got %q and %q", mine, others)
		}
	})
}

func TestAMailboxThatNobodyReadsIsNotOffered(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(koge)
		if b.Get(b.Get("/actions?whose=all").Document.Find(`main a[href^="/actions/"]:not([href="/actions/new"])`).First().AttrOr("href", "")).Has(`a[href^="mailto:"]`) {
			t.Error("a mailbox that nobody reads is offered")
		}
	})
}
