// Package sqlitestore keeps the graph in one SQLite file: the store that needs no
// server. README.md beside it lists what to know before running it.
package sqlitestore
