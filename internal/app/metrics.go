package app

import (
	"context"
	"errors"
	"net"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics count what the program does, for those who look after it. They hold routes and never addresses, which may hold
// a token. They are served on a listener of their own, which people's browsers do not reach.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
}

func newMetrics() *metrics {
	m := &metrics{prometheus.NewRegistry(), prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "tandem_request_seconds", Help: "How long requests took, by route and answer.",
		Buckets: []float64{.005, .02, .05, .1, .25, .5, 1, 5},
	}, []string{"method", "route", "status"})}
	m.registry.MustRegister(m.requests, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// known are the methods that a browser or a monitor sends. Any other word may stand there, and each would be a series more.
var known = []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodOptions}

func (m *metrics) observe(method, route string, status int, took time.Duration) {
	if !slices.Contains(known, method) {
		method = "other"
	}
	m.requests.WithLabelValues(method, route, strconv.Itoa(status)).Observe(took.Seconds())
}

// serve answers /metrics until the context ends; without an address nobody listens.
func (m *metrics) serve(ctx context.Context, address string) error {
	if address == "" {
		return nil
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return errors.Join(errors.New("TANDEM_METRICS_LISTEN"), err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	stop := context.AfterFunc(ctx, func() { server.Close() })
	defer stop()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
