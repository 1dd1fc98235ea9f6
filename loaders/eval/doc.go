// Package eval measures the extraction against annotated articles and against
// passages annotated with their ties of spread.
//
// An annotated article is a text file and a file of the same name that ends in
// .gold.json: entities and claims, each core (its absence is a miss) or not
// (fair to return, fair to leave out). Passages stand one a line in a .ndjson
// file, each with its text and the ties of spread that it states. Names in both
// are simplified and without quotation marks; docs/evaluation.md has the formats.
//
// What counts. An extracted entity is right when its type is that of a gold
// entity and its name equals one of that entity's names after folding (exact), or
// overlaps it well (relaxed). Each gold entity takes one extracted entity, the
// best first. A claim is right when its predicate is that of a gold claim and
// both ends match. What matches core gold is a true positive, what matches other
// gold is left out of the count, what matches nothing is a false positive.
//
// On top of that: attributes on the matched core entities, offsets (every
// mention and quote must stand in the text where it says), status and date of the
// matched ties, and whether confidence means what it says.
package eval
