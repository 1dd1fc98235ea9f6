package openapi_test

import (
	"net/url"
	"testing"

	"reformgraph/server/openapi"
)

func BenchmarkCheckQuery(b *testing.B) {
	d, err := openapi.Load()
	if err != nil {
		b.Fatal(err)
	}
	values := url.Values{"experience": {"experience:有解思维"}, "limit": {"100"}, "basis": {"stated"}, "min_confidence": {"0.2"}}
	for b.Loop() {
		if err := d.Operation("GET", "/api/v1/queries/spread").CheckQuery(values); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCheckBody(b *testing.B) {
	d, err := openapi.Load()
	if err != nil {
		b.Fatal(err)
	}
	body := []byte(`{"statement":"SELECT 1","params":{}}`)
	for b.Loop() {
		if err := d.Operation("POST", "/api/v1/sql").CheckBody(body); err != nil {
			b.Fatal(err)
		}
	}
}
