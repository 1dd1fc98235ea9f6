// Package loaders turns news articles into facts of the graph. Its folders are
// the stages, each small and tested by itself: article reads files, clean finds
// metadata and the body, lexicon holds the word lists, resolve ties names to
// ids, extract finds mentions and claims, ingest runs all of it over a folder
// and writes to a store, eval measures it.
//
// The package itself holds what the stages have in common: the rendering of
// facts as the JSON that `reformgraph extract` prints.
package loaders
