// Package export writes the graph, and answers that are graphs, as files that
// programs for networks read: GraphML and GEXF 1.3.
//
// Both hold the same attributes. A node's label is what a program shows, its name;
// its type is its label in the graph. Edges are directed and numbered; those of the
// whole graph have the properties of the dump, with start and end of the quote as
// quote_start and quote_end. Texts of articles are left out, as are the lists of
// where an article mentions a node. Lists are JSON. Characters that XML cannot hold
// become U+FFFD.
//
// GEXF has spells besides. An edge with a date since which something holds is there
// from the first day of that date on; one with the date of an event, or a period,
// from its first to its last day; a place while it was valid; an article from its
// publication on. What has no date has no spell and is always there.
package export
