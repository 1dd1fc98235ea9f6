package graphtest

import (
	"testing"

	"reformgraph/graph"
)

var spread = article("1", "2020-05-06", []statement{
	{"initiative:370300:有解思维", graph.Applies, "experience:有解思维", graph.Props{"since": "2019-09", "precision": "month", "basis": "stated"}, ""},
	{"initiative:370300:有解思维", graph.In, "place:370300", nil, ""},
	{"place:370900", graph.LearnedFrom, "place:370300", graph.Props{"how": "visit"}, ""},
	{"place:370300", graph.Undertakes, "pilot:CN:物流枢纽", graph.Props{"count": int64(3), "approx": true}, ""},
	{"place:370300", graph.Measured, "figure:增速", graph.Props{"value": 5.0, "unit": "%"}, "planned"},
}, map[string]view{"initiative:370300:有解思维": {aliases: []string{"有解", "万事有解"}, props: graph.Props{"kind": "mechanism", "domain": "governance"}}})

func testLoad(t *testing.T, s graph.Store) {
	res := apply(t, s, load(spread))
	t.Log(res, info(t, s))
	t.Log(dump(t, s))
	res = apply(t, s, load(spread))
	t.Log(res, info(t, s))
	apply(t, s, forget("1"))
	t.Log(dump(t, s))
}
