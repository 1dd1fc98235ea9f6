// Package graphtest is the suite that every graph.Store passes: see Run. It is
// imported from tests only.
package graphtest
