package server

// Routes lists method and path of every route.
func Routes() [][2]string {
	var out [][2]string
	for _, r := range (&server{meter: newMetrics(nil, "")}).routes() {
		out = append(out, [2]string{r.method, r.path})
	}
	return out
}
