// Package neo4jstore keeps the graph in a Neo4j database, version 5.7 or newer:
// the store that several servers and loaders share. README.md beside it lists
// what to know before running it. No other package imports the driver.
package neo4jstore
