// Package graph holds the domain model of reformgraph: the labels and edges of
// the graph, the ids of its nodes, what one article says (Facts), the contract
// of a Store that keeps such facts, and the dump that proves two stores equal.
//
// Principles:
//
//   - The graph is a pure function of the set of loaded articles and of the
//     edition (extractor version, gazetteer, lexicon). Order of loading,
//     reloading and forgetting leave no trace in it.
//   - Every edge but PART_OF between places rests on one article. A claim edge
//     carries the verbatim quote and its offsets, counted in Unicode code
//     points of the article's stored text.
//   - A store holds plain facts. What a place's adoption date is, or whether
//     two dates are rivals, is decided by queries, never by a store.
//   - The package imports neither a driver nor any other package of the project.
package graph
