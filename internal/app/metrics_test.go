package app

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

func TestMetricsNameRoutesAndNoAddresses(t *testing.T) {
	m := newMetrics()
	m.observe("GET", "/conferences/:id", 200, 30*time.Millisecond)
	for i := range 50 {
		m.observe(fmt.Sprint("MADE-UP-", i), "/*", 405, time.Millisecond)
	}
	server := httptest.NewServer(promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	defer server.Close()
	response, err := http.Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if want := `tandem_request_seconds_count{method="GET",route="/conferences/:id",status="200"} 1`; !strings.Contains(string(body), want) {
		t.Fatalf("no %s in\n%s", want, body)
	}
	if want := `tandem_request_seconds_count{method="other",route="/*",status="405"} 50`; !strings.Contains(string(body), want) {
		t.Errorf("anybody can make us keep any number of series:\n%s", body)
	}
}
