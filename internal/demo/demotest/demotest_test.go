package demotest_test

import (
	"net/http"
	"testing"

	"example.org/tandem/internal/demo/demotest"
)

func TestAPersonOfTheDemoSignsInAndIsSpokenToInTheirLanguage(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		for account, language := range map[string]string{"p-brc-vol": "ru", "p-brc-vol-grodno": "be", "p-koge-chair": "da", "p-koge-vol-2": "en"} {
			page := s.As(account).Get("/")
			if page.Status != http.StatusOK || page.Document.Find("html").AttrOr("lang", "") != language {
				t.Errorf("%s: %d in %q, want %s", account, page.Status, page.Document.Find("html").AttrOr("lang", ""), language)
			}
		}
	})
}

func TestOutsidersLearnNothingAboutWhichPagesExist(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		for _, path := range []string{"/me", "/no-such-page", "/partnerships/1"} {
			if page := s.Visitor().Get(path); page.Status != http.StatusSeeOther || page.Location == "" {
				t.Errorf("%s: %d", path, page.Status)
			}
		}
	})
}

func TestAnotherSiteCannotSendForms(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		request, err := http.NewRequest(http.MethodPost, s.URL+"/language", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Sec-Fetch-Site", "cross-site")
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != http.StatusForbidden {
			t.Fatalf("answered %d", response.StatusCode)
		}
	})
}
