package server

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"reformgraph/graph"
)

// metrics are what Prometheus is told of the server.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec   // by route, method, status
	seconds  *prometheus.HistogramVec // by route
	inFlight prometheus.Gauge
	loaded   *prometheus.CounterVec // articles by outcome
}

func newMetrics(store graph.Store, version string) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "reformgraph_http_requests_total", Help: "Requests answered."}, []string{"route", "method", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "reformgraph_http_request_seconds", Help: "Time from request to the end of its answer.",
			Buckets: []float64{.002, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30}}, []string{"route"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{Name: "reformgraph_http_requests_in_flight", Help: "Requests being answered."}),
		loaded:   prometheus.NewCounterVec(prometheus.CounterOpts{Name: "reformgraph_articles_total", Help: "Articles sent or forgotten over HTTP, by outcome."}, []string{"outcome"}),
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{Name: "reformgraph_build_info", Help: "1, with the version of the program.", ConstLabels: prometheus.Labels{"version": version}})
	build.Set(1)
	m.registry.MustRegister(m.requests, m.seconds, m.inFlight, m.loaded, build, storeCollector{store}, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// measured counts and times each request under the pattern of its route, of which
// there are few, never under its path.
func (m *metrics) measured(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := time.Now()
		m.inFlight.Inc()
		defer m.inFlight.Dec()
		err := next(c)
		route := c.Path()
		if route == "" {
			route = "none"
		}
		m.requests.WithLabelValues(route, methodLabel(c.Request().Method), strconv.Itoa(c.Response().Status)).Inc()
		m.seconds.WithLabelValues(route).Observe(time.Since(start).Seconds())
		return err
	}
}

// methodLabel keeps methods that clients make up out of the labels.
func methodLabel(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodDelete, http.MethodOptions:
		return method
	}
	return "other"
}

// answer answers the metrics.
func (m *metrics) answer() echo.HandlerFunc {
	return echo.WrapHandler(promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{DisableCompression: true}))
}

// storeCollector asks the store when the metrics are asked for.
type storeCollector struct{ store graph.Store }

var (
	upDesc       = prometheus.NewDesc("reformgraph_store_up", "1 if the store answers, else 0.", nil, nil)
	articlesDesc = prometheus.NewDesc("reformgraph_store_articles", "Articles in the graph.", nil, nil)
	revisionDesc = prometheus.NewDesc("reformgraph_store_revision", "Number of the graph's revision.", nil, nil)
)

// Describe implements prometheus.Collector.
func (s storeCollector) Describe(ch chan<- *prometheus.Desc) {
	ch <- upDesc
	ch <- articlesDesc
	ch <- revisionDesc
}

// storeTime is how long the store has to answer: less than a scraper waits.
const storeTime = 5 * time.Second

// Collect implements prometheus.Collector.
func (s storeCollector) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), storeTime)
	defer cancel()
	info, err := s.store.Info(ctx)
	if err != nil {
		ch <- prometheus.MustNewConstMetric(upDesc, prometheus.GaugeValue, 0)
		return
	}
	ch <- prometheus.MustNewConstMetric(upDesc, prometheus.GaugeValue, 1)
	ch <- prometheus.MustNewConstMetric(articlesDesc, prometheus.GaugeValue, float64(info.Articles))
	ch <- prometheus.MustNewConstMetric(revisionDesc, prometheus.GaugeValue, float64(info.Revision))
}
