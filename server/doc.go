// Package server answers questions to the graph over HTTP: the named queries, the
// nodes as resources, and loading by POST. All routes stand in routes.go, all
// errors become answers in problem.go. Types of the web framework do not leave
// the package.
package server
