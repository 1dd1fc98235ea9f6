package server

func routesForTest() []route { return (&server{meter: newMetrics(nil, "")}).routes() }

// Routes lists method and path of every route.
func Routes() [][2]string {
	var out [][2]string
	for _, r := range routesForTest() {
		out = append(out, [2]string{r.method, r.path})
	}
	return out
}

// RouteParams returns the query parameters of a route; false for a route that has
// those of openapi.yaml.
func RouteParams(method, path string) ([]string, bool) {
	for _, r := range routesForTest() {
		if r.method == method && r.path == path {
			return r.params, r.params != nil
		}
	}
	return nil, false
}
