// Package ingest brings articles into a store: it prepares them, leaves out
// those that are loaded already, extracts the facts of the others in parallel
// and writes them in batches, one batch at a time.
//
// What a store holds afterwards depends on the articles alone: not on their
// order, the number of workers, or how often a run was interrupted.
package ingest
