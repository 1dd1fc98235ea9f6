// Package queries is the catalogue of named questions to the graph: what each is
// called, what it takes and answers, and how its rows are made.
//
// A question is answered in two steps. Statements, pairs of files of one name
// (files/NAME.cypher and files/NAME.sql), fetch plain facts in the same shape
// from either store. The composition of rows (which date is the earliest, which
// dates are rivals, what a place is called today) is done once, here, so that
// both stores answer alike.
//
// What an adoption is: an Initiative with a done APPLIES claim to an Experience
// and a done IN claim to a Place. Its date is APPLIES.since, else IN.since, else
// the publication date of the article that claims APPLIES (basis reported). A
// practice that initiatives of two or more prefectures share, and that no
// Experience node carries, is a discovered experience; there the IN claims alone
// are the adoption.
//
// Every place is counted as the division that it is today; rows show its name of
// the time.
package queries
