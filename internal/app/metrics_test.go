package app

import (
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
}
